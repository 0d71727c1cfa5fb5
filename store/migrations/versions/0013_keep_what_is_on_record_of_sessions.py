"""Keep what was done for a session on paper, with its days."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FACTS = "request_filed request_received request_answered agenda_sent agenda_received governor_answered first_failed reconvened second_failed opened extended closed register_sent decisions_posted minutes_received minutes_given minutes_sent minutes_settled minutes_published"


def upgrade() -> None:
    op.create_table(
        "session_facts",
        sa.Column("session_id", KEY, nullable=False),
        sa.Column("fact", _one_of("sessionfact", FACTS), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name="fk_session_facts_session_id"
        ),
        sa.PrimaryKeyConstraint("session_id", "fact", name="pk_session_facts"),
    )


def downgrade() -> None:
    op.drop_table("session_facts")


def _one_of(name: str, words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=32)
