"""The commands of `beffroi`, a module a subject."""
