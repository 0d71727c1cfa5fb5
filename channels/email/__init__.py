"""E-mail as a channel: by SMTP, or into a Maildir."""
