"""Keep minutes under their numbers, answers to petitions, and when a deputy was asked."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from store.migrations.checks import widen

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
FACTS = "request_filed request_received request_answered agenda_sent agenda_received governor_answered first_failed reconvened second_failed opened extended closed register_sent decisions_posted minutes_received minutes_signed minutes_given minutes_sent minutes_settled minutes_published minutes_archived"
KINDS = "press_release post newsletter speech notice agenda minutes petition_answer"
NUDGES = "remind escalate expire changed"


def upgrade() -> None:
    widen("session_facts", "sessionfact", FACTS, column="fact")
    widen("publications", "publicationkind", KINDS, column="kind")
    widen("approval_nudges", "nudge", NUDGES, column="nudge")
    op.add_column("publications", sa.Column("terms", JSON, nullable=True))
    told_at = sa.Column("told_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("delegations", told_at)
    op.create_table(
        "minutes",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("session_id", KEY, nullable=False),
        sa.Column("publication_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_minutes_tenant_id"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_minutes_session_id"),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name="fk_minutes_publication_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_minutes"),
        sa.UniqueConstraint("tenant_id", "year", "number", name="uq_minutes_tenant_id_year_number"),
        sa.UniqueConstraint("session_id", name="uq_minutes_session_id"),
        sa.UniqueConstraint("publication_id", name="uq_minutes_publication_id"),
    )


def downgrade() -> None:
    op.drop_table("minutes")
    op.drop_column("delegations", "told_at")
    op.drop_column("publications", "terms")
