"""A terminal as a channel: for trying by hand."""
