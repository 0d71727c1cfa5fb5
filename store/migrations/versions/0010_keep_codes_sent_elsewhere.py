"""Keep the codes that prove an address by another."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
CHANNELS = "inbox console email telegram slack sms whatsapp push webhook"


def upgrade() -> None:
    op.create_table(
        "codes",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("channel", _one_of("channel", CHANNELS), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_codes_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_codes"),
    )
    op.create_index("ix_codes_person_id", "codes", ["person_id"])
    op.create_index("ix_codes_channel_address", "codes", ["channel", "address"])


def downgrade() -> None:
    op.drop_table("codes")


def _one_of(name: str, words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=32)
