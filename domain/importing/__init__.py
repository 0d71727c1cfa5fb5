"""What people bring in files: how their cells are read, and what each file would change."""
