"""What the law asks, by when, and whose it is."""
