"""Hold channels and notices back, and know what a trial has only simulated."""

import sqlalchemy as sa
from alembic import op

from store.migrations.checks import widen

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
CHANNELS = "inbox console email telegram slack sms whatsapp push webhook"
KINDS = "paused resting barred"
REASONS = "declared statutory emergency forced chosen chosen_for_topic role default escalated cannot_wait reply summary quiet_hours digest throttled opted_out unverified quarantined other_address forbidden topic_declined_here topic_declined declined muted in_reserve not_chosen no_carrier trial no_address"


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("channel", _one_of("channel", CHANNELS), nullable=False),
        sa.Column("kind", _one_of("holdkind", KINDS), nullable=False),
        sa.Column("code", sa.String(length=100), nullable=True),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_holds"),
        sa.UniqueConstraint("channel", "kind", name="uq_holds_channel_kind"),
    )
    op.add_column("notices", sa.Column("paused_at", INSTANT, nullable=True))
    op.add_column("chunks", sa.Column("paused_at", INSTANT, nullable=True))
    widen("deliveries", "reason", REASONS, column="reason")


def downgrade() -> None:
    op.drop_column("chunks", "paused_at")
    op.drop_column("notices", "paused_at")
    op.drop_table("holds")


def _one_of(name: str, words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=32)
