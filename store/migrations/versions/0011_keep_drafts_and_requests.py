"""Keep forms half filled in, and what people ask of the town hall."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from store.migrations.checks import widen

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
CHANNELS = "inbox console email telegram slack sms whatsapp push webhook"
REQUESTS = "question audience message media mail"
STATES = "received assigned answered closed"
NOTICES = "convocation session_moved session_cancelled session_news reminder announcement request"


def upgrade() -> None:
    _drafts()
    _requests()
    op.create_table(
        "brought_files",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("draft_id", KEY, nullable=True),
        sa.Column("request_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["sha256"], ["contents.sha256"], name="fk_brought_files_sha256"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_brought_files_draft_id"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name="fk_brought_files_request_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_brought_files"),
    )
    for column in ("sha256", "draft_id", "request_id"):
        op.create_index(f"ix_brought_files_{column}", "brought_files", [column])
    widen("notices", "noticekind", NOTICES, column="kind")


def downgrade() -> None:
    op.drop_table("brought_files")
    op.drop_table("requests")
    op.drop_table("drafts")


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("holder", sa.String(length=400), nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("touched_at", INSTANT, nullable=False),
        sa.Column("dropped_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("holder", "form", name="uq_drafts_holder_form"),
    )
    op.create_index("ix_drafts_touched_at", "drafts", ["touched_at"])


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("series", sa.String(length=8), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of("requestkind", REQUESTS), nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("body_id", KEY, nullable=True),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("state", _one_of("requeststate", STATES), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("channel", _one_of("channel", CHANNELS), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("assignee", sa.String(length=200), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_requests_tenant_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_requests_person_id"),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="fk_requests_body_id"),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
        sa.UniqueConstraint("series", "year", "number", name="uq_requests_series_year_number"),
    )
    op.create_index("ix_requests_tenant_id", "requests", ["tenant_id"])
    op.create_index("ix_requests_person_id", "requests", ["person_id"])
    op.create_index("ix_requests_channel_address_at", "requests", ["channel", "address", "at"])


def _one_of(name: str, words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=32)
