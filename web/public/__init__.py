"""Everybody's pages: what the council does in public, to read, to search and to follow."""
