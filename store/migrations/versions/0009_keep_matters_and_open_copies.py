"""Keep how matters are settled, and where messages stand that ask for it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
CHANNELS = "inbox console email telegram slack sms whatsapp push webhook"
CONTENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "matters",
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("content", CONTENT, nullable=True),
        sa.Column("settled_by", KEY, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["settled_by"], ["people.id"], name="fk_matters_settled_by_people"),
        sa.PrimaryKeyConstraint("subject", name="pk_matters"),
    )
    op.create_table(
        "open_copies",
        sa.Column("channel", _channel(), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("delivery_id", KEY, nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_open_copies_delivery_id_deliveries"
        ),
        sa.PrimaryKeyConstraint("channel", "provider_ref", name="pk_open_copies"),
    )
    op.create_index("ix_open_copies_subject", "open_copies", ["subject"])


def downgrade() -> None:
    op.drop_table("open_copies")
    op.drop_table("matters")


def _channel() -> sa.Enum:
    words = CHANNELS.split()
    return sa.Enum(*words, name="channel", native_enum=False, create_constraint=True, length=32)
