"""Keep the addresses that seem to be somebody's, until the staff have decided."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
CHANNELS = "inbox console email telegram slack sms whatsapp push webhook"
STATES = "waiting confirmed refused"


def upgrade() -> None:
    op.create_table(
        "matches",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("channel", _one_of("channel", CHANNELS), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("state", _one_of("matchstate", STATES), nullable=False),
        sa.Column("found_at", INSTANT, nullable=False),
        sa.Column("proved_at", INSTANT, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("decided_by", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_matches_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_matches"),
        sa.UniqueConstraint("channel", "address", name="uq_matches_channel_address"),
    )
    op.create_index("ix_matches_person_id", "matches", ["person_id"])


def downgrade() -> None:
    op.drop_table("matches")


def _one_of(name: str, words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=32)
