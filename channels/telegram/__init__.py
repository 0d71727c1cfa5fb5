"""Telegram as a channel, by its Bot API."""
