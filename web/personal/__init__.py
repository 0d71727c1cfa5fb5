"""What one person reads and chooses: their mailbox, their talk with the bot, their devices."""
