"""The table of words by which things are found."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, Table

from domain.searching import LONGEST
from store.tables.kinds import Key, metadata

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
