"""What comes on an agenda, in which order, with which papers, and what becomes of it."""
