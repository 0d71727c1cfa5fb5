"""What is noted of everything, sealed, and found again."""
