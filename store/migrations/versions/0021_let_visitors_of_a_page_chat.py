"""Let visitors of a page chat: the channel's word, and who may go on with which chat."""

import sqlalchemy as sa
from alembic import op

from store.migrations.checks import widen

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

CHANNELS = "inbox console email telegram slack sms whatsapp push webhook web"
WITH_A_CHANNEL = (
    "addresses approval_decisions attendances channel_wishes chunks codes conversations deliveries "
    "digests holds link_attempts matches open_copies permits places requests rests signatures "
    "updates_heard"
)
CHATS = "channel IN ('console', 'telegram', 'slack', 'inbox', 'web')"
CHATS_BEFORE = "channel IN ('console', 'telegram', 'slack', 'inbox')"
OF_THE_WEB = "channel = 'web'"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for table in WITH_A_CHANNEL.split():
        widen(table, "channel", CHANNELS, column="channel")
    _tell_apart(CHATS)
    op.create_index(
        "ix_deliveries_web",
        "deliveries",
        ["address", "id"],
        sqlite_where=sa.text(OF_THE_WEB),
        postgresql_where=sa.text(OF_THE_WEB),
    )
    op.create_table(
        "chat_sessions",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_chat_sessions"),
    )
    op.create_index("ix_chat_sessions_expires_at", "chat_sessions", ["expires_at"])


def downgrade() -> None:
    op.drop_table("chat_sessions")
    op.drop_index("ix_deliveries_web", table_name="deliveries")
    _tell_apart(CHATS_BEFORE)


def _tell_apart(chats: str) -> None:
    op.drop_index("uq_addresses_chat", table_name="addresses")
    op.create_index(
        "uq_addresses_chat",
        "addresses",
        ["channel", "value"],
        unique=True,
        sqlite_where=sa.text(chats),
        postgresql_where=sa.text(chats),
    )
