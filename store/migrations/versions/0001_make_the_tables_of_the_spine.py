"""Make the tables of the spine."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
WORDS = {
    "channel": "inbox console email telegram slack sms whatsapp push webhook",
    "bodykind": "council arrondissement_council bureau commission_permanent commission_temporary inquiry_commission consultative_body",
    "role": "president vice_president secretary deputy_secretary rapporteur_budget commission_chair commission_vice_chair group_leader member council_secretariat communication_writer division_head cabinet director_general registry_agent archivist auditor clerk admin",
    "sessionkind": "ordinary extraordinary_president extraordinary_third extraordinary_majority extraordinary_governor",
    "sessionstate": "draft agenda_sent convened no_quorum reconvened third_meeting open extended closed postponed cancelled",
    "agendastate": "missing drafted published unreadable",
    "answer": "confirmed excused",
    "noticeclass": "statutory emergency informational",
    "noticekind": "convocation session_moved session_cancelled reminder announcement",
    "audiencekind": "body person told everyone",
    "noticestate": "expanding expanded",
    "reminderstate": "planned sent cancelled dropped",
    "sittingstate": "planned held closed_to_public adjourned no_quorum cancelled",
    "itemsource": "president member group governor petition written_question",
    "itemstate": "proposed refused listed in_commission debated adopted adopted_amended rejected deferred withdrawn noted opposed",
    "reason": "declared statutory emergency chosen default reply unverified quarantined declined not_chosen no_carrier no_address",
    "state": "queued sending uncertain accepted delivered opened confirmed failed expired cancelled suppressed",
    "documentkind": "convocation agenda timetable report draft_decision annex minutes attendance press",
    "visibility": "public members commission staff",
}
REFUSAL = "the audit log is append-only"
APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"""
        CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
        """,
        """
        CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()
        """,
    ],
}
TABLES_FROM_THE_LAST = (
    "document_versions",
    "documents",
    "delivery_events",
    "deliveries",
    "agenda_items",
    "sittings",
    "reminders",
    "notices",
    "attendances",
    "sessions",
    "memberships",
    "link_tokens",
    "channel_wishes",
    "addresses",
    "people",
    "holidays",
    "bodies",
    "updates_heard",
    "tenants",
    "link_attempts",
    "facts",
    "conversations",
    "contents",
    "chunks",
    "audit",
)


def one_of(name: str) -> sa.Enum:
    return sa.Enum(
        *WORDS[name].split(), name=name, native_enum=False, create_constraint=True, length=32
    )


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
        sa.UniqueConstraint("hash", name="uq_audit_hash"),
    )
    op.create_table(
        "chunks",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "channel",
            one_of("channel"),
            nullable=False,
        ),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("lease", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_chunks"),
    )
    op.create_index(
        "ix_chunks_claimable",
        "chunks",
        ["channel", "urgency", "due_at"],
        unique=False,
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )

    op.create_table(
        "contents",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_contents"),
    )
    op.create_table(
        "conversations",
        sa.Column(
            "channel",
            one_of("channel"),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("state", JSON, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", name="pk_conversations"),
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
    )
    op.create_table(
        "link_attempts",
        sa.Column(
            "channel",
            one_of("channel"),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", name="pk_link_attempts"),
    )
    op.create_table(
        "tenants",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("names", JSON, nullable=False),
        sa.Column("rule_pack", sa.String(length=16), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_tenants"),
        sa.UniqueConstraint("slug", name="uq_tenants_slug"),
    )
    op.create_table(
        "updates_heard",
        sa.Column(
            "channel",
            one_of("channel"),
            nullable=False,
        ),
        sa.Column("update_ref", sa.String(length=100), nullable=False),
        sa.Column("heard_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "update_ref", name="pk_updates_heard"),
    )
    op.create_index("ix_updates_heard_heard_at", "updates_heard", ["heard_at"])

    op.create_table(
        "bodies",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            one_of("bodykind"),
            nullable=False,
        ),
        sa.Column("names", JSON, nullable=False),
        sa.Column("aliases", JSON, nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("parent_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["bodies.id"], name="fk_bodies_parent_id"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_bodies_tenant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bodies"),
        sa.UniqueConstraint("tenant_id", "key", name="uq_bodies_tenant_id_key"),
    )
    op.create_table(
        "holidays",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_holiday", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_holidays_tenant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_holidays"),
        sa.UniqueConstraint("tenant_id", "day", name="uq_holidays_tenant_id_day"),
    )
    op.create_table(
        "people",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_people_tenant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_index("ix_people_tenant_id", "people", ["tenant_id"])

    op.create_table(
        "addresses",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column(
            "channel",
            one_of("channel"),
            nullable=False,
        ),
        sa.Column("value", sa.String(length=320), nullable=False),
        sa.Column("is_declared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("verified_at", INSTANT, nullable=True),
        sa.Column("quarantined_at", INSTANT, nullable=True),
        sa.Column("quarantine_code", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_addresses_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_addresses"),
        sa.UniqueConstraint(
            "person_id", "channel", "value", name="uq_addresses_person_id_channel_value"
        ),
    )
    op.create_index("ix_addresses_channel_value", "addresses", ["channel", "value"])
    op.create_index("ix_addresses_person_id", "addresses", ["person_id"])
    op.create_index(
        "uq_addresses_chat",
        "addresses",
        ["channel", "value"],
        unique=True,
        sqlite_where=sa.text("channel IN ('console', 'telegram', 'slack', 'inbox')"),
        postgresql_where=sa.text("channel IN ('console', 'telegram', 'slack', 'inbox')"),
    )
    op.create_index(
        "uq_addresses_one_declared",
        "addresses",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("is_declared"),
        postgresql_where=sa.text("is_declared"),
    )

    op.create_table(
        "channel_wishes",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column(
            "channel",
            one_of("channel"),
            nullable=False,
        ),
        sa.Column("is_wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_channel_wishes_person_id"),
        sa.UniqueConstraint("person_id", "channel", name="uq_channel_wishes_person_id_channel"),
    )
    op.create_table(
        "link_tokens",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_link_tokens_person_id"),
        sa.PrimaryKeyConstraint("sha256", name="pk_link_tokens"),
    )
    op.create_index("ix_link_tokens_person_id", "link_tokens", ["person_id"])

    op.create_table(
        "memberships",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("body_id", KEY, nullable=False),
        sa.Column(
            "role",
            one_of("role"),
            nullable=False,
        ),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="fk_memberships_body_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_memberships_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_memberships"),
        sa.UniqueConstraint(
            "person_id", "body_id", "role", name="uq_memberships_person_id_body_id_role"
        ),
    )
    op.create_index("ix_memberships_body_id", "memberships", ["body_id"])
    op.create_index("ix_memberships_person_id", "memberships", ["person_id"])

    op.create_table(
        "sessions",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("body_id", KEY, nullable=False),
        sa.Column(
            "kind",
            one_of("sessionkind"),
            nullable=False,
        ),
        sa.Column(
            "state",
            one_of("sessionstate"),
            nullable=False,
        ),
        sa.Column(
            "agenda_state",
            one_of("agendastate"),
            nullable=False,
        ),
        sa.Column("sequence", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("cancelled_reason", sa.Text(), nullable=True),
        sa.Column("convened_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="fk_sessions_body_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_body_id", "sessions", ["body_id"])

    op.create_table(
        "attendances",
        sa.Column("session_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column(
            "answer",
            one_of("answer"),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "channel",
            one_of("channel"),
            nullable=False,
        ),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_attendances_person_id"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_attendances_session_id"),
        sa.PrimaryKeyConstraint("session_id", "person_id", name="pk_attendances"),
    )
    op.create_table(
        "notices",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column(
            "notice_class",
            one_of("noticeclass"),
            nullable=False,
        ),
        sa.Column(
            "kind",
            one_of("noticekind"),
            nullable=False,
        ),
        sa.Column("session_id", KEY, nullable=True),
        sa.Column(
            "audience_kind",
            one_of("audiencekind"),
            nullable=False,
        ),
        sa.Column("audience_ref", sa.String(length=64), server_default="", nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.String(length=100), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column(
            "state",
            one_of("noticestate"),
            nullable=False,
        ),
        sa.Column("expanded_to", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("idempotency_key", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_notices_session_id"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_notices_tenant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("idempotency_key", name="uq_notices_idempotency_key"),
    )
    op.create_index(
        "ix_notices_expanding",
        "notices",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'expanding'"),
        postgresql_where=sa.text("state = 'expanding'"),
    )
    op.create_index("ix_notices_session_id", "notices", ["session_id"])
    op.create_index("ix_notices_tenant_id", "notices", ["tenant_id"])

    op.create_table(
        "reminders",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("session_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column(
            "state",
            one_of("reminderstate"),
            nullable=False,
        ),
        sa.Column("dropped", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_reminders_person_id"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_reminders_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
    )
    op.create_index(
        "ix_reminders_due",
        "reminders",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.create_index("ix_reminders_session_id", "reminders", ["session_id"])
    op.create_index(
        "uq_reminders_one_rule",
        "reminders",
        ["session_id", sa.text("coalesce(person_id, 0)"), "rule"],
        unique=True,
    )

    op.create_table(
        "sittings",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("session_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts", sa.DateTime(), nullable=False),
        sa.Column("ends", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("place", sa.String(length=300), server_default="", nullable=False),
        sa.Column("is_public", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "state",
            one_of("sittingstate"),
            nullable=False,
        ),
        sa.CheckConstraint("ends >= starts", name="ck_sittings_ends_after_start"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_sittings_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sittings"),
        sa.UniqueConstraint("session_id", "number", name="uq_sittings_session_id_number"),
    )
    op.create_index("ix_sittings_starts_at", "sittings", ["starts_at"])

    op.create_table(
        "agenda_items",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("session_id", KEY, nullable=False),
        sa.Column("sitting_id", KEY, nullable=True),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column(
            "source",
            one_of("itemsource"),
            nullable=False,
        ),
        sa.Column("rapporteur", sa.String(length=200), nullable=True),
        sa.Column("department", sa.String(length=200), nullable=True),
        sa.Column("reference", sa.String(length=64), nullable=True),
        sa.Column("is_public", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "state",
            one_of("itemstate"),
            nullable=False,
        ),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_agenda_items_session_id"),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name="fk_agenda_items_sitting_id"),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_items"),
        sa.UniqueConstraint("session_id", "number", name="uq_agenda_items_session_id_number"),
    )
    op.create_table(
        "deliveries",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("chunk_id", KEY, nullable=True),
        sa.Column("notice_id", KEY, nullable=True),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column(
            "channel",
            one_of("channel"),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("step", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column(
            "message",
            JSON,
            nullable=True,
        ),
        sa.Column(
            "reason",
            one_of("reason"),
            nullable=False,
        ),
        sa.Column(
            "state",
            one_of("state"),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=100), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("queued_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("provider_ref", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "chunk_id IS NOT NULL OR state = 'suppressed'", name="ck_deliveries_is_carried"
        ),
        sa.CheckConstraint(
            "notice_id IS NOT NULL OR message IS NOT NULL",
            name="ck_deliveries_says_something",
        ),
        sa.ForeignKeyConstraint(["chunk_id"], ["chunks.id"], name="fk_deliveries_chunk_id"),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_deliveries_notice_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_deliveries_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint(
            "notice_id",
            "person_id",
            "channel",
            "address",
            "step",
            name="uq_deliveries_notice_id_person_id_channel_address_step",
        ),
    )
    op.create_index("ix_deliveries_chunk_id", "deliveries", ["chunk_id"])
    op.create_index("ix_deliveries_person_id", "deliveries", ["person_id"])
    op.create_index(
        "ix_deliveries_provider_ref",
        "deliveries",
        ["provider_ref"],
        unique=False,
        sqlite_where=sa.text("provider_ref IS NOT NULL"),
        postgresql_where=sa.text("provider_ref IS NOT NULL"),
    )

    op.create_table(
        "delivery_events",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("delivery_id", KEY, nullable=False),
        sa.Column(
            "state",
            one_of("state"),
            nullable=False,
        ),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("code", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_delivery_events_delivery_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_events"),
    )
    op.create_index("ix_delivery_events_delivery_id", "delivery_events", ["delivery_id"])

    op.create_table(
        "documents",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("session_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=True),
        sa.Column(
            "kind",
            one_of("documentkind"),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column(
            "visibility",
            one_of("visibility"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name="fk_documents_item_id"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_documents_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
    )
    op.create_index("ix_documents_item_id", "documents", ["item_id"])
    op.create_index("ix_documents_session_id", "documents", ["session_id"])

    op.create_table(
        "document_versions",
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_document_versions_document_id"
        ),
        sa.PrimaryKeyConstraint("document_id", "version", name="pk_document_versions"),
    )
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES_FROM_THE_LAST:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_append_only()")
