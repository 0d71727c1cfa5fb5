"""Note when somebody last proved, in a session, that it is they."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    at = sa.Column("proved_anew_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("web_sessions", at)


def downgrade() -> None:
    op.drop_column("web_sessions", "proved_anew_at")
