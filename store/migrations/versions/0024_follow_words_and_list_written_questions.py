"""Tell who follows words of the items about them, and know where written questions stand."""

import sqlalchemy as sa
from alembic import op

from store.migrations.checks import widen

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AUDIENCES = "body person told everyone asked item about followers"


def upgrade() -> None:
    widen("notices", "audiencekind", AUDIENCES, column="audience_kind")
    widen("publications", "audiencekind", AUDIENCES, column="audience_kind")
    op.create_table(
        "item_subjects",
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name="fk_item_subjects_item_id_agenda_items"
        ),
        sa.PrimaryKeyConstraint("item_id", "topic", name="pk_item_subjects"),
    )
    op.create_table(
        "question_items",
        sa.Column("request_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name="fk_question_items_request_id_requests"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name="fk_question_items_item_id_agenda_items"
        ),
        sa.PrimaryKeyConstraint("request_id", name="pk_question_items"),
        sa.UniqueConstraint("item_id", name="uq_question_items_item_id"),
    )


def downgrade() -> None:
    op.drop_table("question_items")
    op.drop_table("item_subjects")
