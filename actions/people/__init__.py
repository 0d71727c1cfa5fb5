"""Who is who: the council's people and bodies, their addresses, and how they are known."""
