"""What the commune's staff and its bureau work with: what is due, sessions, people, settings."""
