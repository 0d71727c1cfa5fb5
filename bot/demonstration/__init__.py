"""The demonstration: an invented town, and the main job happening in it."""
