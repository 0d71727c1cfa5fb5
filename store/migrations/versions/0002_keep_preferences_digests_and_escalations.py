"""Keep what people prefer, the digests they were sent, and which notices are to escalate."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from store.migrations.checks import replace, widen

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
CHANNELS = "inbox console email telegram slack sms whatsapp push webhook"
KINDS = "convocation session_moved session_cancelled session_news reminder announcement"
AUDIENCES = "body person told everyone followers"
REASONS = "declared statutory emergency forced chosen chosen_for_topic role default escalated cannot_wait reply summary quiet_hours digest throttled opted_out unverified quarantined other_address forbidden topic_declined_here topic_declined declined muted in_reserve not_chosen no_carrier no_address"
STATES = "queued sending uncertain accepted delivered opened confirmed failed expired cancelled suppressed gathered digested"


def upgrade() -> None:
    op.create_table(
        "preferences",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("said", JSON, nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_preferences_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_preferences"),
    )
    op.create_table(
        "followings",
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_followings_person_id"),
        sa.PrimaryKeyConstraint("topic", "person_id", name="pk_followings"),
    )
    op.create_index("ix_followings_person_id", "followings", ["person_id"])
    op.create_table(
        "digests",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                *CHANNELS.split(),
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_digests_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
        sa.UniqueConstraint(
            "person_id",
            "channel",
            "address",
            "due_at",
            name="uq_digests_person_id_channel_address_due_at",
        ),
    )
    op.create_table(
        "escalations",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("climbed_to", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_escalations_notice_id"),
        sa.PrimaryKeyConstraint("id", name="pk_escalations"),
        sa.UniqueConstraint("notice_id", "step", name="uq_escalations_notice_id_step"),
    )
    op.create_index(
        "ix_escalations_due",
        "escalations",
        ["due_at"],
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_index(
        "ix_deliveries_gathered",
        "deliveries",
        ["due_at", "person_id"],
        sqlite_where=sa.text("state = 'gathered'"),
        postgresql_where=sa.text("state = 'gathered'"),
    )
    widen("notices", "noticekind", KINDS, column="kind")
    widen("notices", "audiencekind", AUDIENCES, column="audience_kind")
    widen("deliveries", "reason", REASONS, column="reason")
    widen("deliveries", "state", STATES, column="state")
    widen("delivery_events", "state", STATES, column="state")
    replace(
        "deliveries",
        "ck_deliveries_is_carried",  # the first step named it twice
        "chunk_id IS NOT NULL OR state NOT IN ('queued', 'sending', 'uncertain', 'accepted')",
    )


def downgrade() -> None:
    for table in ("escalations", "digests", "followings", "preferences"):
        op.drop_table(table)
    op.drop_index("ix_deliveries_gathered", "deliveries")
