"""The law: rule packs as data, three ways to count days, deadlines by name."""
