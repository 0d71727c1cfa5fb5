"""SMS and WhatsApp as channels, both carried by Twilio."""
