"""A session's life: planned, convened, opened, held, voted in, closed, or called anew."""
