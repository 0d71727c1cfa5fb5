"""What people ask of the town hall."""
