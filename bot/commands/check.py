"""`beffroi check`."""
def check() -> None:
    """..."""
