"""Words and rules; pure."""
