"""Keep roll calls, who was there, votes and decisions; and tell who follows an item."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from store.migrations.checks import widen

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
AUDIENCES = "body person told everyone asked item followers"
PRESENCES = "present excused absent"
VOICES = "for against abstained"
MAJORITIES = "cast in_office"
RESULTS = "adopted rejected to_be_repeated"
DECISION_STATES = "adopted signed sent opposed visa_awaited executory carried_out annulled"


def upgrade() -> None:
    widen("notices", "audiencekind", AUDIENCES, column="audience_kind")
    widen("publications", "audiencekind", AUDIENCES, column="audience_kind")
    _presences()
    _roll_calls()
    _votes()
    _decisions()


def downgrade() -> None:
    op.drop_table("decisions")
    op.drop_table("votes")
    op.drop_table("roll_calls")
    op.drop_table("presences")


def _presences() -> None:
    op.create_table(
        "presences",
        sa.Column("session_id", KEY, nullable=False),
        sa.Column("meeting", sa.Integer(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("presence", _one_of("presence", PRESENCES), nullable=False),
        sa.Column("is_excuse_accepted", sa.Boolean(), nullable=True),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_presences_session_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_presences_person_id"),
        sa.PrimaryKeyConstraint("session_id", "meeting", "person_id", name="pk_presences"),
    )
    op.create_index("ix_presences_person_id", "presences", ["person_id"])


def _roll_calls() -> None:
    op.create_table(
        "roll_calls",
        sa.Column("session_id", KEY, nullable=False),
        sa.Column("meeting", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("in_office", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("has_quorum", sa.Boolean(), nullable=False),
        sa.Column("counted_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_roll_calls_session_id"),
        sa.PrimaryKeyConstraint("session_id", "meeting", name="pk_roll_calls"),
    )


def _votes() -> None:
    op.create_table(
        "votes",
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("in_office", sa.Integer(), nullable=False),
        sa.Column("majority", _one_of("majority", MAJORITIES), nullable=False),
        sa.Column("result", _one_of("result", RESULTS), nullable=False),
        sa.Column("president", _one_of("voice", VOICES), nullable=True),
        sa.Column("named", JSON, nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name="fk_votes_item_id"),
        sa.PrimaryKeyConstraint("item_id", "number", name="pk_votes"),
    )


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("majority", _one_of("majority", MAJORITIES), nullable=False),
        sa.Column("state", _one_of("decisionstate", DECISION_STATES), nullable=False),
        sa.Column("needs_visa", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("days", JSON, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_decisions_tenant_id"),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name="fk_decisions_item_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sa.UniqueConstraint(
            "tenant_id", "year", "number", name="uq_decisions_tenant_id_year_number"
        ),
    )
    op.create_index("ix_decisions_item_id", "decisions", ["item_id"])


def _one_of(name: str, words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=32)
