"""Keep what members propose, where an item stands, and whether an agenda changed unsaid."""

import sqlalchemy as sa
from alembic import op

from store.migrations.checks import widen

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
NOTICES_BEFORE = (
    "convocation session_moved session_cancelled session_news reminder announcement request"
)
NOTICES = f"{NOTICES_BEFORE} agenda_changed task"


def upgrade() -> None:
    widen("notices", "noticekind", NOTICES, column="kind")
    op.add_column("sessions", sa.Column("agenda_changed_at", INSTANT, nullable=True))
    op.add_column("agenda_items", sa.Column("objection", sa.Text(), nullable=True))
    op.add_column("agenda_items", sa.Column("commission_key", sa.String(64), nullable=True))
    op.create_table(
        "proposals",
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("refused_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name="fk_proposals_item_id_agenda_items"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_proposals_person_id_people"),
        sa.PrimaryKeyConstraint("item_id", name="pk_proposals"),
    )
    op.create_table(
        "supports",
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name="fk_supports_item_id_agenda_items"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_supports_person_id_people"),
        sa.PrimaryKeyConstraint("item_id", "person_id", name="pk_supports"),
    )


def downgrade() -> None:
    op.drop_table("supports")
    op.drop_table("proposals")
    op.drop_column("agenda_items", "commission_key")
    op.drop_column("agenda_items", "objection")
    op.drop_column("sessions", "agenda_changed_at")
