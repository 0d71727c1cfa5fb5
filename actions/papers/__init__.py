"""What goes on paper around a session, signed, sent and received; the minutes above all."""
