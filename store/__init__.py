"""The disk: tables, and a shelf a subject."""
