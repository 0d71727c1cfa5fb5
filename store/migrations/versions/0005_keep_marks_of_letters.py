"""Keep what people did with the letters in their mailbox here."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
# Until now, a letter was read when its delivery was opened.
ALREADY_READ = """
INSERT INTO letter_marks (delivery_id, seen_at, read_at)
SELECT id, queued_at, queued_at FROM deliveries
WHERE channel = 'inbox' AND state IN ('opened', 'confirmed')
"""


def upgrade() -> None:
    op.create_table(
        "letter_marks",
        sa.Column("delivery_id", KEY, autoincrement=False, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=True),
        sa.Column("read_at", INSTANT, nullable=True),
        sa.Column("archived_at", INSTANT, nullable=True),
        sa.Column("snoozed_until", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_letter_marks_delivery_id"
        ),
        sa.PrimaryKeyConstraint("delivery_id", name="pk_letter_marks"),
    )
    op.execute(ALREADY_READ)


def downgrade() -> None:
    op.drop_table("letter_marks")
