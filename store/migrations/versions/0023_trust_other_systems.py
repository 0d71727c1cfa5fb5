"""Trust other systems with tokens and new secrets, and have notices that only go so far."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)
KIND = sa.Enum(
    "live", "team", "test", name="tokenkind", native_enum=False, create_constraint=True, length=32
)


def upgrade() -> None:
    op.add_column("webhooks", sa.Column("secret_before", sa.String(100), nullable=True))
    op.add_column("webhooks", sa.Column("secret_before_until", INSTANT, nullable=True))
    # Spelled out, because Alembic leaves the check out where SQLite adds a column.
    op.execute(
        "ALTER TABLE notices ADD COLUMN reach VARCHAR(32) DEFAULT 'everyone' NOT NULL "
        "CONSTRAINT ck_notices_reach CHECK (reach IN ('everyone', 'team', 'nobody'))"
    )
    op.create_table(
        "tokens",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("scopes", JSON, nullable=False),
        sa.Column("owner_id", KEY, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name="fk_tokens_owner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("sha256", name="uq_tokens_sha256"),
        sa.UniqueConstraint("name", name="uq_tokens_name"),
    )
    op.create_index("ix_tokens_owner_id", "tokens", ["owner_id"])
    op.create_table(
        "token_requests",
        sa.Column("token_id", KEY, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("notice_id", KEY, nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["token_id"], ["tokens.id"], name="fk_token_requests_token_id"),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_token_requests_notice_id"),
        sa.PrimaryKeyConstraint("token_id", "key", name="pk_token_requests"),
    )
    op.create_index("ix_token_requests_made_at", "token_requests", ["made_at"])


def downgrade() -> None:
    op.drop_table("token_requests")
    op.drop_table("tokens")
    op.drop_column("notices", "reach")
    op.drop_column("webhooks", "secret_before_until")
    op.drop_column("webhooks", "secret_before")
