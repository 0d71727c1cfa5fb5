"""Proof, explanation and announcement, over deliveries that were really sent."""

from datetime import date, datetime, timedelta
from random import Random

import pytest

from actions.notices.announcing import announce
from actions.notices.explaining import why
from actions.notices.rehearsing import rehearse
from actions.sessions.attending import confirm, excuse
from actions.sessions.changing import cancel, move
from actions.sessions.convening import convene
from actions.sessions.proving import Proof, proof
from channels.memory import MemoryProvider
from domain.actors import OPERATOR, Actor
from domain.addresses import Channel
from domain.clock import zone
from domain.deliveries import State
from domain.errors import Refused, Undeliverable
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from domain.policies import policy
from domain.preferences import Reason, Verdict
from domain.proof import Lack
from scheduler.dispatcher import Dispatcher
from scheduler.draining import drain
from scheduler.fan_out import FanOut
from scheduler.tempo import Tempo
from tests.actions.conftest import OPENS, Council

CASABLANCA = zone("Africa/Casablanca")
COUNCIL = Audience(AudienceKind.BODY, "council")
TEXTS = {"fr": ("Avis", "Bonjour"), "ar": ("إعلان", "مرحبا"), "en": ("Notice", "Hello")}


class Post:
    """A post office that remembers: e-mail and the inbox are carried, nothing else."""

    def __init__(self, council: Council) -> None:
        self.email = MemoryProvider(Channel.EMAIL)
        self._store = council.store
        self._dispatcher = Dispatcher(
            council.store,
            [self.email, MemoryProvider(Channel.INBOX)],
            clock=council.clock,
            chance=Random(0),
            tempo=Tempo(flush=timedelta(milliseconds=1), keeps_limits=False),
        )
        self.carried = self._dispatcher.carried

    async def send(self) -> None:
        fan_out = FanOut(self._store, self.carried)
        await drain(self._store, fan_out=fan_out, dispatcher=self._dispatcher)


@pytest.fixture
def post(council: Council) -> Post:
    return Post(council)


@pytest.fixture
async def convened(council: Council) -> Council:
    async with council.store.unit() as unit:
        await convene(unit, council.session_id, actor=OPERATOR)
    return council


async def proved(council: Council) -> Proof:
    async with council.store.reading() as unit:
        return await proof(unit, council.session_id, actor=OPERATOR, language="en")


def lacks(of: Proof) -> list[Lack]:
    return [one.lack for one in of.missing]


async def test_a_convocation_is_valid_when_every_member_was_reached_in_time(
    convened: Council, post: Post
) -> None:
    assert lacks(await proved(convened)) == [Lack.NOT_SENT] * 3
    await post.send()
    proof = await proved(convened)
    assert proof.is_valid
    assert len(proof.members) == 3
    assert proof.deadline is not None
    assert proof.deadline.date == date(2026, 2, 2)
    assert {(line.channel, line.reason) for line in proof.lines} == {
        (Channel.EMAIL, Reason.DECLARED),
        (Channel.INBOX, Reason.STATUTORY),
    }
    assert all(line.sent_at and len(line.papers) == 2 for line in proof.lines)
    kept = {document.sha256 for document in proof.documents}
    assert all(set(line.papers) <= kept for line in proof.lines)


async def test_a_member_whose_address_is_dead_is_named_and_can_be_mended(
    convened: Council, post: Post
) -> None:
    post.email.fail_next(Undeliverable("550", is_address_dead=True))
    await post.send()
    proof = await proved(convened)
    assert lacks(proof) == [Lack.FAILED]
    assert proof.is_mendable
    failed = [line for line in proof.lines if line.state is State.FAILED]
    assert [line.code for line in failed] == ["550"]


async def test_a_convocation_sent_after_the_last_day_is_late_for_everyone(
    convened: Council, post: Post
) -> None:
    convened.clock.move_to(datetime(2026, 2, 3, 0, 1, tzinfo=CASABLANCA))
    await post.send()
    proof = await proved(convened)
    assert lacks(proof) == [Lack.LATE] * 3
    assert not proof.is_mendable


async def test_an_answer_is_proof_that_the_member_knows(convened: Council, post: Post) -> None:
    await post.send()
    convened.clock.move_by(timedelta(hours=1))
    async with convened.store.unit() as unit:
        member = await convened.member(unit)
        await excuse(unit, Actor.of(member, Channel.EMAIL), convened.session_id, "maladie")
        await confirm(unit, Actor.of(member, Channel.EMAIL), convened.session_id)
        answers = await unit.attendances.of(convened.session_id)
    confirmed = [line for line in (await proved(convened)).lines if line.confirmed_at]
    assert [(line.person_id, line.state) for line in confirmed] == [
        (convened.member_ids[0], State.CONFIRMED)
    ]
    assert [(one.answer.value, one.reason) for one in answers] == [("confirmed", "")]


async def test_only_a_member_answers_and_an_excuse_has_a_reason(convened: Council) -> None:
    async with convened.store.unit() as unit:
        tenant = await unit.bodies.tenant()
        assert tenant is not None
        citizen_id = await unit.people.add(tenant.id, name="Citoyenne", language="fr")
        citizen = await unit.people.by_id(citizen_id, on=date(2026, 1, 28))
        member = await convened.member(unit)
        assert citizen is not None
        with pytest.raises(Refused, match=r"attendance\.no_seat"):
            await confirm(unit, Actor.of(citizen, Channel.EMAIL), convened.session_id)
        with pytest.raises(Refused, match=r"attendance\.needs_reason"):
            await excuse(unit, Actor.of(member, Channel.EMAIL), convened.session_id, " ")


async def test_a_draft_has_nothing_to_prove(council: Council) -> None:
    async with council.store.reading() as unit:
        with pytest.raises(Refused, match=r"proof\.not_convened"):
            await proof(unit, council.session_id, actor=OPERATOR)


async def test_a_cancellation_reaches_who_was_told_and_nobody_else(
    convened: Council, post: Post
) -> None:
    post.email.fail_next(Undeliverable("550", is_address_dead=True))
    await post.send()
    async with convened.store.unit() as unit:
        await cancel(unit, convened.session_id, reason="Deuil", actor=OPERATOR)
    await post.send()
    told = [parcel.address for parcel in post.email.parcels if "Deuil" in parcel.message.text]
    assert len(told) == 2


async def test_what_had_not_left_is_kept_back_when_a_session_is_cancelled(
    convened: Council, post: Post
) -> None:
    async with convened.store.unit() as unit:
        await cancel(unit, convened.session_id, reason="Deuil", actor=OPERATOR)
    await post.send()
    assert post.email.parcels == []


async def test_word_of_a_move_counts_for_the_proof(convened: Council, post: Post) -> None:
    await post.send()
    async with convened.store.unit() as unit:
        await move(unit, convened.session_id, starts=OPENS + timedelta(days=2), actor=OPERATOR)
    assert lacks(await proved(convened)) == [Lack.NOT_SENT] * 3
    await post.send()
    proof = await proved(convened)
    assert proof.is_valid
    assert {line.kind for line in proof.lines} == {
        NoticeKind.CONVOCATION,
        NoticeKind.SESSION_MOVED,
    }


async def test_a_person_learns_why_a_notice_went_where_it_went(
    convened: Council, post: Post
) -> None:
    await post.send()
    async with convened.store.reading() as unit:
        explained = await why(unit, convened.member_ids[1])
    assert explained.title.startswith("استدعاء")
    ways = {way.channel: way for way in explained.ways}
    assert (ways[Channel.EMAIL].reason, ways[Channel.EMAIL].state) == (
        Reason.DECLARED,
        State.ACCEPTED,
    )
    assert ways[Channel.EMAIL].address == "m…@elus.example"
    assert (ways[Channel.TELEGRAM].reason, ways[Channel.TELEGRAM].state) == (
        Reason.NO_ADDRESS,
        None,
    )


async def test_nobody_learns_of_a_notice_that_was_not_theirs(convened: Council) -> None:
    async with convened.store.reading() as unit:
        with pytest.raises(Refused, match=r"announcement\.not_told"):
            await why(unit, convened.member_ids[0], 999)


async def test_an_announcement_goes_out_in_each_ones_language(council: Council, post: Post) -> None:
    async with council.store.unit() as unit:
        await announce(unit, COUNCIL, TEXTS, notice_class=NoticeClass.STATUTORY, actor=OPERATOR)
    await post.send()
    assert [parcel.message.title for parcel in post.email.parcels] == ["Avis", "إعلان", "Notice"]


@pytest.mark.parametrize(
    ("audience", "texts", "refusal"),
    [
        (COUNCIL, {"fr": ("Avis", "Bonjour")}, r"announcement\.missing_language"),
        (COUNCIL, TEXTS | {"ar": ("إعلان", " ")}, r"announcement\.missing_language"),
        (COUNCIL, TEXTS | {"fr": ("Avis", "x" * 20_001)}, r"announcement\.too_long"),
        (Audience(AudienceKind.BODY, "nobody"), TEXTS, r"announcement\.unknown_body"),
        (Audience(AudienceKind.PERSON, "Amina"), TEXTS, r"announcement\.unknown_number"),
        (Audience(AudienceKind.PERSON, "9999"), TEXTS, r"announcement\.unknown_person"),
    ],
)
async def test_an_announcement_that_cannot_be_is_refused(
    council: Council, audience: Audience, texts: dict[str, tuple[str, str]], refusal: str
) -> None:
    async with council.store.unit() as unit:
        with pytest.raises(Refused, match=refusal):
            await announce(unit, audience, texts, actor=OPERATOR)


async def test_one_key_announces_once(council: Council) -> None:
    async with council.store.unit() as unit:
        await announce(unit, COUNCIL, TEXTS, actor=OPERATOR, idempotency_key="k")
        with pytest.raises(Refused, match=r"announcement\.repeated"):
            await announce(unit, COUNCIL, TEXTS, actor=OPERATOR, idempotency_key="k")


async def test_a_rehearsal_tells_who_would_be_reached_and_tells_nobody(
    council: Council, post: Post
) -> None:
    async with council.store.reading() as unit:
        rehearsed = await rehearse(unit, COUNCIL, NoticeClass.INFORMATIONAL, post.carried, policy())
    assert (rehearsed.recipients, rehearsed.unreached) == (3, 0)
    assert rehearsed.ways == {
        (Channel.INBOX, Verdict.SENT, Reason.DEFAULT): 3,
        (Channel.EMAIL, Verdict.SUPPRESSED, Reason.UNVERIFIED): 3,
    }
    await post.send()
    assert post.email.parcels == []


async def test_the_audit_log_follows_what_was_done(convened: Council) -> None:
    async with convened.store.reading() as unit:
        entries = await unit.audit.entries()
        assert [(entry.actor, entry.act) for entry in entries] == [("operator", "convene")]
        assert await unit.audit.head() == entries[-1].hash
