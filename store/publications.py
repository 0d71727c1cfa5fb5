"""Publications: what is to be agreed to, its texts, and what was decided of them."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.approvals import ApprovalState, Decision, Due, Flow, Round, read_flow
from domain.clock import Clock
from domain.notices import Audience
from domain.publications import Publication, PublicationKind, Text, Texts, content_of
from store.bulletins import CURRENT_TEXT
from store.rows import AnyRow, value_of
from store.tables.approvals import (
    approval_decisions,
    approval_nudges,
    approval_showings,
    publication_texts,
    publications,
)
from store.tables.people import bodies
from store.upserts import insert_for

PLAIN = tuple(name for name in Publication.__slots__ if name not in {"body_key", "audience"})
PUBLICATION = select(
    *(publications.c[name] for name in PLAIN),
    bodies.c.key.label("body_key"),
    publications.c.audience_kind,
    publications.c.audience_ref,
).join(bodies, bodies.c.id == publications.c.body_id)
ALIVE = frozenset(
    {
        ApprovalState.DRAFT,
        ApprovalState.WAITING,
        ApprovalState.CHANGES_REQUESTED,
        ApprovalState.APPROVED,
        ApprovalState.SCHEDULED,
    }
)


class Publications:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def add(self, tenant_id: int, body_id: int, publication: Publication, flow: str) -> int:
        """Keep a new one, with its flow as it is written (TOML), and return its id."""
        made = await self._connection.execute(
            insert(publications)
            .values(
                tenant_id=tenant_id,
                body_id=body_id,
                flow_text=flow,
                created_at=self._clock.now(),
                **_columns(publication),
            )
            .returning(publications.c.id)
        )
        return int(made.scalar_one())

    async def by_id(self, publication_id: int, *, to_change: bool = False) -> Publication | None:
        """Return one; `to_change`: nobody else changes it until this unit ends."""
        query = PUBLICATION.where(publications.c.id == publication_id)
        found = await self._connection.execute(
            query.with_for_update(of=publications) if to_change else query
        )
        row = found.one_or_none()
        return _publication(row) if row else None

    async def newest(self, session_id: int, kind: PublicationKind) -> Publication | None:
        """Return the newest of a kind that was begun for a session."""
        found = await self._connection.execute(
            PUBLICATION.where(publications.c.session_id == session_id, publications.c.kind == kind)
            .order_by(publications.c.id.desc())
            .limit(1)
        )
        row = found.one_or_none()
        return _publication(row) if row else None

    async def in_states(
        self, states: Collection[ApprovalState] = ALIVE, *, most: int = 200
    ) -> list[Publication]:
        """Return those in these states, the longest waiting first."""
        found = await self._connection.execute(
            PUBLICATION.where(publications.c.state.in_(states))
            .order_by(publications.c.submitted_at, publications.c.id)
            .limit(most)
        )
        return [_publication(row) for row in found]

    async def titled(
        self,
        states: Collection[ApprovalState],
        *,
        body_keys: Collection[str],
        author_id: int | None = None,
        most: int = 50,
        offset: int = 0,
    ) -> list[tuple[Publication, Texts]]:
        """Return those in these states of these bodies, or somebody's own, the newest first."""
        query = PUBLICATION.add_columns(publication_texts.c.texts).join(
            publication_texts, CURRENT_TEXT
        )
        theirs = publications.c.author_id == author_id
        whose = theirs if author_id is not None else bodies.c.key.in_(body_keys)
        found = await self._connection.execute(
            query.where(publications.c.state.in_(states), whose)
            .order_by(publications.c.id.desc())
            .limit(most)
            .offset(offset)
        )
        return [(_publication(row), _texts(row.texts)) for row in found]

    async def to_release(self, at: datetime) -> list[int]:
        """Return those whose planned hour has come."""
        found = await self._connection.execute(
            select(publications.c.id)
            .where(publications.c.state == ApprovalState.SCHEDULED, publications.c.release_at <= at)
            .order_by(publications.c.release_at)
        )
        return list(found.scalars())

    async def change(self, publication: Publication) -> None:
        await self._connection.execute(
            update(publications)
            .where(publications.c.id == publication.id)
            .values(**_columns(publication))
        )

    async def flow(self, publication: Publication) -> Flow:
        """Return the steps it began with."""
        found = await self._connection.execute(
            select(publications.c.flow_text).where(publications.c.id == publication.id)
        )
        return read_flow(publication.flow, found.scalar_one())

    async def write(self, publication_id: int, texts: Texts, *, by: int) -> str:
        """Keep a text as the newest, and return its sha256."""
        content = content_of(texts)
        last = await self._connection.execute(
            select(func.max(publication_texts.c.number)).where(
                publication_texts.c.publication_id == publication_id
            )
        )
        await self._connection.execute(
            insert(publication_texts).values(
                publication_id=publication_id,
                content=content,
                number=(last.scalar_one() or 0) + 1,
                texts={language: asdict(text) for language, text in texts.items()},
                written_by=by,
                written_at=self._clock.now(),
            )
        )
        return content

    async def texts(self, publication_id: int) -> list[tuple[str, Texts]]:
        """Return every text it ever had with its sha256, the newest first."""
        found = await self._connection.execute(
            select(publication_texts.c.content, publication_texts.c.texts)
            .where(publication_texts.c.publication_id == publication_id)
            .order_by(publication_texts.c.number.desc())
        )
        return [(row.content, _texts(row.texts)) for row in found]

    async def round(self, publication: Publication) -> Round:
        """Return the text that is before the steps, who wrote it, and what was decided of it."""
        writers = await self._connection.execute(
            select(publication_texts.c.written_by).where(
                publication_texts.c.publication_id == publication.id,
                publication_texts.c.content == publication.content,
            )
        )
        return Round(
            content=publication.content,
            submitted_at=publication.submitted_at or publication.created_at,
            authors=frozenset({publication.author_id, *writers.scalars()}),
            decisions=tuple(await self.decisions(publication.id, round_=publication.round)),
        )

    async def decisions(self, publication_id: int, *, round_: int | None = None) -> list[Decision]:
        """Return what was decided, in order; of every round where none is named."""
        query = (
            select(*(approval_decisions.c[name] for name in Decision.__slots__))
            .where(approval_decisions.c.publication_id == publication_id)
            .order_by(approval_decisions.c.id)
        )
        if round_ is not None:
            query = query.where(approval_decisions.c.round == round_)
        return [value_of(Decision, row) for row in await self._connection.execute(query)]

    async def decided(self, publication_id: int) -> list[tuple[int, Decision]]:
        """Return what was decided in every round, each with its round's number."""
        found = await self._connection.execute(
            select(approval_decisions)
            .where(approval_decisions.c.publication_id == publication_id)
            .order_by(approval_decisions.c.id)
        )
        return [
            (row.round, Decision(*(getattr(row, name) for name in Decision.__slots__)))
            for row in found
        ]

    async def decide(self, publication: Publication, decision: Decision) -> bool:
        """Keep a decision, and say whether it is new: of two at one instant, one is."""
        kept = await self._connection.execute(
            insert_for(self._connection, approval_decisions)
            .values(publication_id=publication.id, round=publication.round, **asdict(decision))
            .on_conflict_do_nothing()
            .returning(approval_decisions.c.id)
        )
        return kept.one_or_none() is not None

    async def seen(self, publication_id: int, person_id: int) -> Texts | None:
        """Return the version somebody saw last, or None."""
        found = await self._connection.execute(
            select(publication_texts.c.texts)
            .join(
                approval_showings,
                (approval_showings.c.publication_id == publication_texts.c.publication_id)
                & (approval_showings.c.content == publication_texts.c.content),
            )
            .where(
                publication_texts.c.publication_id == publication_id,
                approval_showings.c.person_id == person_id,
            )
            .limit(1)
        )
        plain = found.scalar_one_or_none()
        return _texts(plain) if plain else None

    async def show(self, publication: Publication, person_id: int) -> None:
        """Note that somebody is shown the text that stands now."""
        statement = insert_for(self._connection, approval_showings).values(
            publication_id=publication.id, person_id=person_id, content=publication.content
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["publication_id", "person_id"],
                set_={"content": statement.excluded.content},
            )
        )

    async def nudge(self, publication: Publication, due: Due) -> bool:
        """Note that something was said about waiting, and say whether it had not been yet."""
        kept = await self._connection.execute(
            insert_for(self._connection, approval_nudges)
            .values(
                publication_id=publication.id,
                round=publication.round,
                step=due.step,
                nudge=due.nudge,
                at=self._clock.now(),
            )
            .on_conflict_do_nothing()
            .returning(approval_nudges.c.nudge)
        )
        return kept.one_or_none() is not None


def _columns(publication: Publication) -> dict[str, Any]:
    left_out = {"id", "body_key", "audience", "created_at"}
    plain = {name: getattr(publication, name) for name in Publication.__slots__}
    audience = publication.audience
    return {
        **{name: value for name, value in plain.items() if name not in left_out},
        "audience_kind": audience.kind if audience else None,
        "audience_ref": audience.ref if audience else "",
        "terms": dict(publication.terms) if publication.terms else None,
    }


def _publication(row: AnyRow) -> Publication:
    plain = {name: getattr(row, name) for name in PLAIN}
    audience = Audience(row.audience_kind, row.audience_ref) if row.audience_kind else None
    return Publication(body_key=row.body_key, audience=audience, **plain)


def _texts(plain: Mapping[str, Mapping[str, str]]) -> Texts:
    return {language: Text(**said) for language, said in plain.items()}
