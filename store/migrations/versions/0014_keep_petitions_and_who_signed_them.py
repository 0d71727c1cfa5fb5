"""Keep petitions and who signed them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
PETITION_KINDS = "citizens association"
PETITION_STATES = (
    "draft held collecting threshold_reached filed to_complete at_bureau admissible inadmissible"
    " listed in_commission debated followed_up closed withdrawn expired blocked"
)
SIGNATURE_STATES = "pending valid duplicate invalid withdrawn"
ORIGINS = "online paper"
CHANNELS = "inbox console email telegram slack sms whatsapp push webhook"


def upgrade() -> None:
    _petitions()
    _petition_files()
    _signatures()
    _signature_keys()


def downgrade() -> None:
    op.drop_table("signature_keys")
    op.drop_table("signatures")
    op.drop_table("petition_files")
    op.drop_table("petitions")


def _petitions() -> None:
    op.create_table(
        "petitions",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of("petitionkind", PETITION_KINDS), nullable=False),
        sa.Column("state", _one_of("petitionstate", PETITION_STATES), nullable=False),
        sa.Column("body_id", KEY, nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("mandatary_id", KEY, nullable=False),
        sa.Column("association", sa.String(length=200), server_default="", nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("threshold", JSON, nullable=True),
        sa.Column("received_at", INSTANT, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("corrections", sa.Text(), server_default="", nullable=False),
        sa.Column("refusal_code", sa.String(length=32), nullable=True),
        sa.Column("refusal_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("item_id", KEY, nullable=True),
        sa.Column("closes_at", INSTANT, nullable=True),
        sa.Column("follow_up", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="fk_petitions_body_id"),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name="fk_petitions_item_id"),
        sa.ForeignKeyConstraint(["mandatary_id"], ["people.id"], name="fk_petitions_mandatary_id"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_petitions_tenant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_petitions"),
        sa.UniqueConstraint(
            "tenant_id", "year", "number", name="uq_petitions_tenant_id_year_number"
        ),
    )
    op.create_index("ix_petitions_item_id", "petitions", ["item_id"], unique=False)
    op.create_index("ix_petitions_mandatary_id", "petitions", ["mandatary_id"], unique=False)
    op.create_index("ix_petitions_state", "petitions", ["state"], unique=False)
    op.create_index("ix_petitions_tenant_id", "petitions", ["tenant_id"], unique=False)


def _petition_files() -> None:
    op.create_table(
        "petition_files",
        sa.Column("petition_id", KEY, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petitions.id"], name="fk_petition_files_petition_id"
        ),
        sa.ForeignKeyConstraint(["sha256"], ["contents.sha256"], name="fk_petition_files_sha256"),
        sa.PrimaryKeyConstraint("petition_id", "sha256", name="pk_petition_files"),
    )
    op.create_index("ix_petition_files_sha256", "petition_files", ["sha256"], unique=False)


def _signatures() -> None:
    op.create_table(
        "signatures",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("petition_id", KEY, nullable=False),
        sa.Column("state", _one_of("signaturestate", SIGNATURE_STATES), nullable=False),
        sa.Column("name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("place", sa.String(length=200), server_default="", nullable=False),
        sa.Column("id_ending", sa.String(length=3), server_default="", nullable=False),
        sa.Column("origin", _one_of("origin", ORIGINS), nullable=False),
        sa.Column("channel", _one_of("channel", CHANNELS), nullable=True),
        sa.Column("sheet", sa.String(length=32), server_default="", nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("invalid_reason", sa.String(length=100), server_default="", nullable=False),
        sa.Column("wants_news", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("erased_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_signatures_person_id"),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petitions.id"], name="fk_signatures_petition_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_signatures"),
    )
    op.create_index(
        "ix_signatures_petition_id_state", "signatures", ["petition_id", "state"], unique=False
    )


def _signature_keys() -> None:
    op.create_table(
        "signature_keys",
        sa.Column("petition_id", KEY, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("signature_id", KEY, nullable=False),
        sa.Column("counts", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petitions.id"], name="fk_signature_keys_petition_id"
        ),
        sa.ForeignKeyConstraint(
            ["signature_id"], ["signatures.id"], name="fk_signature_keys_signature_id"
        ),
        sa.PrimaryKeyConstraint("signature_id", "key", name="pk_signature_keys"),
    )
    op.create_index(
        "ix_signature_keys_signature_id", "signature_keys", ["signature_id"], unique=False
    )
    op.create_index(
        "uq_signature_keys_one_hand",
        "signature_keys",
        ["petition_id", "key"],
        unique=True,
        sqlite_where=sa.text("counts"),
        postgresql_where=sa.text("counts"),
    )


def _one_of(name: str, words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=32)
