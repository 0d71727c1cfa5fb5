"""Keep the permits and the rests of networks, which all processes share."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)
CHANNELS = "inbox console email telegram slack sms whatsapp push webhook"


def _channel() -> sa.Column[str]:
    words = CHANNELS.split()
    kind = sa.Enum(*words, name="channel", native_enum=False, create_constraint=True, length=32)
    return sa.Column("channel", kind, nullable=False)


def upgrade() -> None:
    op.create_table(
        "permits",
        _channel(),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("state", JSON, nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", name="pk_permits"),
    )
    op.create_table(
        "rests",
        _channel(),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("until_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", name="pk_rests"),
    )


def downgrade() -> None:
    op.drop_table("rests")
    op.drop_table("permits")
