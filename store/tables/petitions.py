"""Tables of petitions: what is asked, who follows it, who signed, and what befell it."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.sql import false, text

from domain.addresses import Channel
from domain.petitions import PetitionKind, PetitionState, SignatureState
from domain.petitions.signatures import Origin
from store.tables.kinds import Instant, Json, OptionalJson, key, link, metadata, one_of

petitions = Table(
    "petitions",
    metadata,
    key(),
    link("tenant_id", "tenants.id", index=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", one_of(PetitionKind), nullable=False),
    Column("state", one_of(PetitionState), nullable=False, index=True),
    link("body_id", "bodies.id"),
    Column("subject", String(200), nullable=False),
    Column("reasons", Text, nullable=False),
    Column("goals", Text, nullable=False),
    Column("language", String(8), nullable=False),
    link("mandatary_id", "people.id", index=True),
    Column("mandatary", String(200), nullable=False, server_default=""),
    Column("association", String(200), nullable=False, server_default=""),
    Column("answers", Json, nullable=False),  # to the pre-check, as they were given
    Column("created_at", Instant, nullable=False),
    # Frozen when it is received, whatever the law becomes later.
    Column("threshold", OptionalJson),
    Column("received_at", Instant),
    Column("due_on", Date),
    Column("corrections", Text, nullable=False, server_default=""),
    Column("refusal_code", String(32)),
    Column("refusal_reason", Text, nullable=False, server_default=""),
    link("item_id", "agenda_items.id", nullable=True, index=True),
    Column("closes_at", Instant),
    Column("follow_up", Text, nullable=False, server_default=""),
    # Of its mandatary's national id, where the commune may ask for it.
    Column("id_key", String(32), nullable=False, server_default="", index=True),
    Column("id_ending", String(3), nullable=False, server_default=""),
    UniqueConstraint("tenant_id", "year", "number"),
)

# The papers it came with; the bytes are in `contents`.
petition_files = Table(
    "petition_files",
    metadata,
    link("petition_id", "petitions.id"),
    Column("sha256", String(64), ForeignKey("contents.sha256"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("added_at", Instant, nullable=False),
    PrimaryKeyConstraint("petition_id", "sha256"),
)

signatures = Table(
    "signatures",
    metadata,
    key(),
    link("petition_id", "petitions.id"),
    Column("state", one_of(SignatureState), nullable=False),
    Column("name", String(200), nullable=False, server_default=""),  # empty once it is erased
    Column("place", String(200), nullable=False, server_default=""),
    Column("id_ending", String(3), nullable=False, server_default=""),
    Column("origin", one_of(Origin), nullable=False),
    Column("channel", one_of(Channel)),
    Column("sheet", String(32), nullable=False, server_default=""),  # of paper, and the line on it
    Column("line", Integer),
    link("person_id", "people.id", nullable=True),
    Column("at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("invalid_reason", String(100), nullable=False, server_default=""),
    Column("wants_news", Boolean, nullable=False, server_default=false()),
    Column("erased_at", Instant),
    Index("ix_signatures_petition_id_state", "petition_id", "state"),
)

# What tells one signer from another, under a seal; one key counts once a petition.
signature_keys = Table(
    "signature_keys",
    metadata,
    link("petition_id", "petitions.id"),
    Column("key", String(32), nullable=False),
    link("signature_id", "signatures.id", index=True),
    Column("counts", Boolean, nullable=False, server_default=false()),
    PrimaryKeyConstraint("signature_id", "key"),
    Index(
        "uq_signature_keys_one_hand",
        "petition_id",
        "key",
        unique=True,
        sqlite_where=text("counts"),
        postgresql_where=text("counts"),
    ),
)
