"""Keep the secret links by which people's own calendars are read."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "calendar_links",
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_calendar_links_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_calendar_links"),
        sa.UniqueConstraint("sha256", name="uq_calendar_links_sha256"),
    )


def downgrade() -> None:
    op.drop_table("calendar_links")
