"""`beffroi console`."""
def console() -> None:
    """..."""
