"""Keep texts that are to be agreed to, and what was decided of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from store.migrations.checks import widen

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
PUBLICATIONKIND = "press_release post newsletter speech notice agenda minutes"
APPROVALSTATE = (
    "draft waiting changes_requested approved scheduled published withdrawn rejected expired "
    "recalled"
)
AUDIENCEKIND = "body person told everyone followers"
VERDICT = "approve changes reject"
CHANNEL = "inbox console email telegram slack sms whatsapp push webhook"
NUDGE = "remind escalate expire"
NOTICES = (
    "convocation session_moved session_cancelled session_news reminder announcement request "
    "agenda_changed task approval"
)


def upgrade() -> None:
    widen("notices", "noticekind", NOTICES, column="kind")
    _delegations()
    _publications()
    _texts()
    _decisions()
    _told()


def downgrade() -> None:
    op.drop_table("publication_texts")
    op.drop_table("approval_showings")
    op.drop_table("approval_nudges")
    op.drop_table("approval_decisions")
    op.drop_table("publications")
    op.drop_table("delegations")


def _delegations() -> None:
    op.create_table(
        "delegations",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("from_id", KEY, nullable=False),
        sa.Column("to_id", KEY, nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["from_id"], ["people.id"], name="fk_delegations_from_id"),
        sa.ForeignKeyConstraint(["to_id"], ["people.id"], name="fk_delegations_to_id"),
        sa.PrimaryKeyConstraint("id", name="pk_delegations"),
    )
    op.create_index("ix_delegations_from_id", "delegations", ["from_id"], unique=False)
    op.create_index("ix_delegations_to_id", "delegations", ["to_id"], unique=False)


def _publications() -> None:
    op.create_table(
        "publications",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("body_id", KEY, nullable=False),
        sa.Column("kind", _one_of("publicationkind", PUBLICATIONKIND), nullable=False),
        sa.Column("state", _one_of("approvalstate", APPROVALSTATE), nullable=False),
        sa.Column("flow", sa.String(length=64), nullable=False),
        sa.Column("flow_text", sa.Text(), nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("round", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("submitted_at", INSTANT, nullable=True),
        sa.Column("audience_kind", _one_of("audiencekind", AUDIENCEKIND), nullable=True),
        sa.Column("audience_ref", sa.String(length=64), server_default="", nullable=False),
        sa.Column("session_id", KEY, nullable=True),
        sa.Column("release_at", INSTANT, nullable=True),
        sa.Column("notice_id", KEY, nullable=True),
        sa.Column("ended_reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name="fk_publications_author_id"),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="fk_publications_body_id"),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_publications_notice_id"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_publications_session_id"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_publications_tenant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
    )
    op.create_index("ix_publications_author_id", "publications", ["author_id"], unique=False)
    op.create_index(
        "ix_publications_release",
        "publications",
        ["release_at"],
        unique=False,
        sqlite_where=sa.text("state = 'scheduled'"),
        postgresql_where=sa.text("state = 'scheduled'"),
    )
    op.create_index("ix_publications_session_id", "publications", ["session_id"], unique=False)
    op.create_index("ix_publications_state", "publications", ["state"], unique=False)
    op.create_index("ix_publications_tenant_id", "publications", ["tenant_id"], unique=False)


def _texts() -> None:
    op.create_table(
        "publication_texts",
        sa.Column("publication_id", KEY, nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("written_by", KEY, nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name="fk_publication_texts_publication_id"
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["people.id"], name="fk_publication_texts_written_by"
        ),
        sa.PrimaryKeyConstraint("publication_id", "number", name="pk_publication_texts"),
    )


def _decisions() -> None:
    op.create_table(
        "approval_decisions",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("publication_id", KEY, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("for_id", KEY, nullable=False),
        sa.Column("verdict", _one_of("verdict", VERDICT), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("channel", _one_of("channel", CHANNEL), nullable=True),
        sa.ForeignKeyConstraint(["for_id"], ["people.id"], name="fk_approval_decisions_for_id"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_approval_decisions_person_id"
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name="fk_approval_decisions_publication_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_approval_decisions"),
        sa.UniqueConstraint(
            "publication_id",
            "round",
            "step",
            "for_id",
            name="uq_approval_decisions_publication_id_round_step_for_id",
        ),
        sa.UniqueConstraint(
            "publication_id",
            "round",
            "step",
            "person_id",
            name="uq_approval_decisions_publication_id_round_step_person_id",
        ),
    )


def _told() -> None:
    op.create_table(
        "approval_nudges",
        sa.Column("publication_id", KEY, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("nudge", _one_of("nudge", NUDGE), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name="fk_approval_nudges_publication_id"
        ),
        sa.PrimaryKeyConstraint(
            "publication_id", "round", "step", "nudge", name="pk_approval_nudges"
        ),
    )
    op.create_table(
        "approval_showings",
        sa.Column("publication_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_approval_showings_person_id"
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name="fk_approval_showings_publication_id"
        ),
        sa.PrimaryKeyConstraint("publication_id", "person_id", name="pk_approval_showings"),
    )


def _one_of(name: str, words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=32)
