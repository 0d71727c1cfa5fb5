"""Tables of the Slack workspaces in which our app is installed."""

from sqlalchemy import Column, String, Table, Text

from store.tables.kinds import Instant, metadata

slack_installations = Table(
    "slack_installations",
    metadata,
    Column("team", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("token", Text, nullable=False),  # sealed, as is the next
    Column("refresh_token", Text),
    Column("expires_at", Instant),
    Column("installed_at", Instant, nullable=False),
    Column("rotating_until", Instant),  # whoever set it is asking Slack for the next token
)
