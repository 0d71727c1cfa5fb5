"""What did they mean: one room with one entrance, `understood`."""
