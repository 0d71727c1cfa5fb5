"""Webhooks as a channel: what the council publishes, posted to other municipal systems."""
