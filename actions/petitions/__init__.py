"""A petition's life: written, signed, filed, reviewed, answered, followed."""
