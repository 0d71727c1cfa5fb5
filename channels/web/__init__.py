"""The chat of a web page as a channel."""
