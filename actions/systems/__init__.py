"""Other systems: the tokens they bring, and where they are told."""
