"""The app's own mailbox as a channel."""
