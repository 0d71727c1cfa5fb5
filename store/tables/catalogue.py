"""Tables of words: those by which things are found, and those that people follow."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, Table

from domain.searching import LONGEST
from store.tables.kinds import Key, link, metadata

# Compared by their bytes: how a word begins is a range of the index on both databases.
Stem = String(LONGEST).with_variant(String(LONGEST, collation="C"), "postgresql")

search_words = Table(
    "search_words",
    metadata,
    Column("sought", String(16), nullable=False),
    Column("of", Key, nullable=False),
    Column("stem", Stem, nullable=False),
    PrimaryKeyConstraint("sought", "of", "stem"),
    Index("ix_search_words_stem", "sought", "stem", "of"),
)

# What items are about, in the words of those who follow it.
item_subjects = Table(
    "item_subjects",
    metadata,
    link("item_id", "agenda_items.id"),
    Column("topic", String(100), nullable=False),
    PrimaryKeyConstraint("item_id", "topic"),
)
