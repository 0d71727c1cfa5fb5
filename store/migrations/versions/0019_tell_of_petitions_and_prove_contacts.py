"""Tell of petitions, name their mandataries, and let a code prove a contact nobody held."""

import sqlalchemy as sa
from alembic import op

from store.migrations.checks import widen

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NOTICES = (
    "convocation session_moved session_cancelled session_news reminder announcement request "
    "agenda_changed task approval petition"
)
AUDIENCES = "body person told everyone followers asked"


def upgrade() -> None:
    widen("notices", "noticekind", NOTICES, column="kind")
    widen("notices", "audiencekind", AUDIENCES, column="audience_kind")
    widen("publications", "audiencekind", AUDIENCES, column="audience_kind")
    mandatary = sa.Column("mandatary", sa.String(200), server_default="", nullable=False)
    op.add_column("petitions", mandatary)
    op.add_column("codes", sa.Column("about", sa.String(64), nullable=True))
    op.create_index("ix_codes_about", "codes", ["about"])


def downgrade() -> None:
    op.drop_index("ix_codes_about", table_name="codes")
    op.drop_column("codes", "about")
    op.drop_column("petitions", "mandatary")
