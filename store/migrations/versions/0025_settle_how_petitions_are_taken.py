"""Settle how petitions are taken, and keep the trace of an id where it may be asked for."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

EMPTY: dict[str, Any] = {"server_default": "", "nullable": False}


def upgrade() -> None:
    days = sa.Column("collecting_days", sa.Integer(), server_default="183", nullable=False)
    op.add_column("tenants", days)
    op.add_column("tenants", sa.Column("id_authorisation", sa.String(64), **EMPTY))
    op.add_column("petitions", sa.Column("id_key", sa.String(32), **EMPTY))
    op.add_column("petitions", sa.Column("id_ending", sa.String(3), **EMPTY))
    op.create_index("ix_petitions_id_key", "petitions", ["id_key"])


def downgrade() -> None:
    op.drop_index("ix_petitions_id_key", table_name="petitions")
    op.drop_column("petitions", "id_ending")
    op.drop_column("petitions", "id_key")
    op.drop_column("tenants", "id_authorisation")
    op.drop_column("tenants", "collecting_days")
