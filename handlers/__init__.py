"""The conversations: what a person says, and what is answered."""
