"""Note on which day minutes that were signed were corrected."""

from store.migrations.checks import widen

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

FACTS = "request_filed request_received request_answered agenda_sent agenda_received governor_answered first_failed reconvened second_failed opened extended closed register_sent decisions_posted minutes_received minutes_signed minutes_given minutes_sent minutes_settled minutes_published minutes_archived minutes_corrected"


def upgrade() -> None:
    widen("session_facts", "sessionfact", FACTS, column="fact")


def downgrade() -> None:
    """Leave it: what was noted since would be refused."""
