"""Web Push as a channel: a person's browsers (RFC 8030, 8291, 8292)."""
