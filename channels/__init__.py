"""The networks: one folder a channel, each of the same shape."""
