"""One delivery handed to its provider, and what that came to."""

import asyncio
import time
import traceback
from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

import structlog

from domain.channel import Provider, Retraceable
from domain.deliveries import FIRST_WAIT, Outcome, State, is_repeatable, outcome_of
from domain.errors import Failed, Uncertain, Unreachable, Untried
from domain.matters import matter_of
from scheduler.breaker import Gate
from scheduler.jobs import Job
from scheduler.means import Means
from scheduler.recorder import Recorder
from store.deliveries import Recorded

RESTS = "provider_rests"  # the code of a delivery that was about to leave when its provider fell

T = TypeVar("T")

log: Any = structlog.get_logger(__name__)


class Carrying:
    """Hands deliveries to a provider, and turns its answers into outcomes."""

    def __init__(self, provider: Provider, recorder: Recorder, means: Means, gate: Gate) -> None:
        self._provider = provider
        self._recorder = recorder
        self._gate = gate
        self._trial = means.trial
        self._tracing = means.tracing
        self._clock = means.clock
        self._chance = means.chance
        self._patience = means.tempo.patience.total_seconds()
        self._is_group = provider.capabilities.is_group
        self._can_edit = provider.capabilities.edit
        self._are_repeats_harmless = provider.capabilities.is_repeat_harmless
        self._seconds = means.measures.send_seconds.labels(provider.channel)

    async def carry(self, job: Job) -> Recorded | None:
        """Send a delivery and return what to record; None when it is not ours to send any more."""
        waiting = job.waiting
        with self._tracing.span(
            "send", channel=waiting.channel, delivery=waiting.id, notice=waiting.notice_id
        ) as span:
            record = await self._carried(job)
            if record:
                span.note(state=record.outcome.state, attempts=record.attempts)
                span.note(code=record.outcome.code)
        return record

    async def _carried(self, job: Job) -> Recorded | None:
        if not job.holding.covers(self._clock.now()):
            return None
        if found := self._simulated(job) or await self._traced(job):
            return found
        if outcome := self._foregone(job):
            return self._unchanged(job, outcome)
        if not self._is_repeat_harmless(job) and job.waiting.state is State.QUEUED:
            await self._recorder.mark(self._recorded(job, Outcome(State.SENDING)))
            # The store may have been away for so long that others have the chunk, or the gate shut.
            if not job.holding.covers(self._clock.now()) or self._gate.is_shut:
                return self._not_sent(job)
        return await self._sent(job)

    async def _traced(self, job: Job) -> Recorded | None:
        """Return what comes of asking for a delivery that may have been sent already.

        None where it was not, or where the provider cannot be asked.
        """
        may_have_left = job.waiting.state is State.SENDING or job.waiting.attempts > 0
        if not may_have_left or not isinstance(self._provider, Retraceable):
            return None
        try:
            provider_ref = await self._answer(job, self._provider.trace(job.parcel))
        except Failed as failure:
            if self._foregone(job):
                return None
            # Not asked is not sent again.
            is_for_later = isinstance(failure, Unreachable)
            return self._failed(
                job,
                failure if is_for_later else Unreachable(failure.code, is_only_here=True),
            )
        if provider_ref is None:
            return None
        self._gate.answered()
        return self._standing(
            job, self._unchanged(job, Outcome(State.ACCEPTED, provider_ref=provider_ref))
        )

    def _foregone(self, job: Job) -> Outcome | None:
        """Return what is known without asking the provider."""
        waiting = job.waiting
        is_late = waiting.expires_at is not None and waiting.expires_at <= self._clock.now()
        if waiting.state is State.SENDING:
            # Whoever sent it died before the answer was recorded.
            is_over = is_late or not self._is_repeatable(job)
            return Outcome(State.UNCERTAIN, "interrupted") if is_over else None
        return Outcome(State.EXPIRED, "expired") if is_late else None

    def _simulated(self, job: Job) -> Recorded | None:
        """Return what becomes of a delivery that only a trial has made; None of any other."""
        waiting = job.waiting
        if self._trial is None or self._trial.lets_through(waiting.address, waiting.person_id):
            return None
        if waiting.state is State.SENDING:
            return self._unchanged(job, Outcome(State.UNCERTAIN, "interrupted"))
        return self._unchanged(job, Outcome(State.SUPPRESSED))

    def _not_sent(self, job: Job) -> Recorded | None:
        if not job.holding.covers(self._clock.now()):
            return None
        due_at = self._gate.until or self._clock.now()
        return self._unchanged(job, Outcome(State.QUEUED, RESTS, due_at=due_at))

    async def _sent(self, job: Job) -> Recorded:
        began = time.perf_counter()
        try:
            provider_ref = await self._answer(job, self._provider.deliver(job.parcel))
        except Failed as failure:
            return self._failed(job, failure)
        finally:
            self._seconds.observe(time.perf_counter() - began)
        self._gate.answered()
        return self._standing(
            job, self._recorded(job, Outcome(State.ACCEPTED, provider_ref=provider_ref))
        )

    def _standing(self, job: Job, result: Recorded) -> Recorded:
        """Note what stands on a screen, when it may have to be edited one day."""
        if not self._can_edit:
            return result
        subject = matter_of(job.message, job.waiting.person_id)
        return replace(result, subject=subject, settled=job.message.settled)

    def _failed(self, job: Job, failure: Failed) -> Recorded:
        """Return what comes of a failure; the provider's own is no attempt of the delivery's.

        A group that is to be left alone is left alone by itself: its limit is its own.
        """
        if isinstance(failure, Untried):
            due_at = self._clock.now() + (failure.retry_after or FIRST_WAIT)
            return self._unchanged(job, self._waiting(job, failure, due_at))
        pause = failure.retry_after if isinstance(failure, Unreachable) else None
        if pause is not None and self._is_group(job.address):
            failure = Unreachable(failure.code, retry_after=pause, is_only_here=True)
        if self._gate.failed(failure):
            return self._unchanged(job, self._resting(job, failure))
        return self._recorded(job, self._meaning(job, failure))

    def _resting(self, job: Job, failure: Failed) -> Outcome:
        """Have a delivery wait for its provider; others go first, unless it named the instant."""
        now = self._clock.now()
        is_named = isinstance(failure, Unreachable) and failure.retry_after is not None
        soon = now + FIRST_WAIT * self._chance.random()
        return self._waiting(job, failure, (self._gate.until or soon) if is_named else soon)

    def _waiting(self, job: Job, failure: Failed, due_at: datetime) -> Outcome:
        if job.waiting.expires_at and due_at >= job.waiting.expires_at:
            due_at = max(self._clock.now(), job.waiting.expires_at)  # and then it has expired
        return Outcome(State.QUEUED, failure.code, due_at=due_at)

    def _meaning(self, job: Job, failure: Failed) -> Outcome:
        return outcome_of(
            failure,
            attempts=job.waiting.attempts + 1,
            now=self._clock.now(),
            chance=self._chance,
            expires_at=job.waiting.expires_at,
            is_repeatable=self._is_repeatable(job),
        )

    async def _answer(self, job: Job, asked: Awaitable[T]) -> T:
        """Return the provider's answer; whatever else it does is a failure with a name."""
        try:
            async with asyncio.timeout(self._patience):
                return await asked
        except Failed:
            raise
        except TimeoutError as late:
            raise Uncertain("no_answer") from late
        except Exception as bug:
            # Nobody knows how far a broken provider came: what may be repeated is tried again,
            # the rest is shown as uncertain, and the lane goes on with the others.
            log.error("provider_broke", **_whereabouts(job, bug))  # noqa: TRY400 - no traceback: it may quote the person
            raise Uncertain("broken_carrier") from bug

    def _is_repeatable(self, job: Job) -> bool:
        is_harmless = self._is_repeat_harmless(job)
        return is_repeatable(job.waiting.notice_class, is_repeat_harmless=is_harmless)

    def _is_repeat_harmless(self, job: Job) -> bool:
        """Say whether nobody notices when this is told twice; an edit reads the same."""
        return self._are_repeats_harmless or job.message.amends is not None

    def _recorded(self, job: Job, outcome: Outcome) -> Recorded:
        return recorded(job, outcome, attempts=job.waiting.attempts + 1, at=self._clock.now())

    def _unchanged(self, job: Job, outcome: Outcome) -> Recorded:
        """Record what was no attempt."""
        return recorded(job, outcome, attempts=job.waiting.attempts, at=self._clock.now())


def recorded(job: Job, outcome: Outcome, *, attempts: int, at: datetime) -> Recorded:
    return Recorded(
        delivery_id=job.waiting.id,
        channel=job.waiting.channel,
        address=job.waiting.address,
        outcome=outcome,
        attempts=attempts,
        at=at,
    )


def _whereabouts(job: Job, bug: Exception) -> dict[str, object]:
    """Say where it broke, without the message of the error: it may quote an address or a text."""
    frames = traceback.extract_tb(bug.__traceback__)
    last = frames[-1] if frames else None
    return {
        "channel": job.waiting.channel,
        "delivery": job.waiting.id,
        "error": type(bug).__name__,
        "at": f"{last.filename}:{last.lineno}" if last else "",
    }
