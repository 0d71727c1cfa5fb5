"""Keep the Slack workspaces that let our app in."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "slack_installations",
        sa.Column("team", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("refresh_token", sa.Text()),
        sa.Column("expires_at", INSTANT),
        sa.Column("installed_at", INSTANT, nullable=False),
        sa.Column("rotating_until", INSTANT),
        sa.PrimaryKeyConstraint("team", name="pk_slack_installations"),
    )


def downgrade() -> None:
    op.drop_table("slack_installations")
