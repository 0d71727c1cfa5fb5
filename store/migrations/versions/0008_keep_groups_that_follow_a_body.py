"""Keep the groups that follow a body."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
CHANNELS = "inbox console email telegram slack sms whatsapp push webhook"


def upgrade() -> None:
    words = CHANNELS.split()
    kind = sa.Enum(*words, name="channel", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "places",
        sa.Column("channel", kind, nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("body_id", KEY, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="fk_places_body_id"),
        sa.PrimaryKeyConstraint("channel", "address", "body_id", name="pk_places"),
    )
    op.create_index("ix_places_body_id", "places", ["body_id"])


def downgrade() -> None:
    op.drop_table("places")
