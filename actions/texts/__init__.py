"""Texts that several agree to before they go out."""
