"""What is told to whom: announced, explained, overseen, steered, and ended."""
