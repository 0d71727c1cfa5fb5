"""Keep the words by which things are found."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STEM = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "search_words",
        sa.Column("sought", sa.String(length=16), nullable=False),
        sa.Column("of", KEY, nullable=False),
        sa.Column("stem", STEM, nullable=False),
        sa.PrimaryKeyConstraint("sought", "of", "stem", name="pk_search_words"),
    )
    op.create_index("ix_search_words_stem", "search_words", ["sought", "stem", "of"])
    op.create_index("ix_audit_subject", "audit", ["subject", "number"])


def downgrade() -> None:
    op.drop_index("ix_audit_subject", table_name="audit")
    op.drop_table("search_words")
