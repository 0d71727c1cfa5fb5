"""The clock: what is done because it is time."""
