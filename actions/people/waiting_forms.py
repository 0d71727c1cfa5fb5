"""Forms that wait: what a page could not hear yet, kept until its sender is surely known."""

import hashlib
from dataclasses import dataclass, replace
from typing import Self

from actions.people.signing_in import secret
from domain.drafts import Draft
from store.unit import Unit

FORM = "waiting"


@dataclass(frozen=True, slots=True)
class WaitingForm:
    """Where a form was sent to, from which page, and what it said; `had_file` came with none."""

    to: str
    page: str
    said: dict[str, str]
    had_file: bool = False

    @classmethod
    def read(cls, draft: Draft) -> Self:
        answers = dict(draft.answers)
        to, page, had_file = (answers.pop(name) for name in (" to", " page", " file"))
        return cls(to, page, answers, bool(had_file))

    def written(self) -> dict[str, str]:
        """Return it as answers of a draft: no field's name begins with a space."""
        return {**self.said, " to": self.to, " page": self.page, " file": "yes" * self.had_file}


async def keep(unit: Unit, form: WaitingForm) -> str:
    """Keep a form for a day (domain.drafts.DROPPED_FOR), and return the secret that finds it."""
    token = secret()
    draft = await unit.drafts.begin(_holder(token), FORM, form.written())
    await unit.drafts.keep(replace(draft, dropped_at=unit.clock.now()))
    return token


async def waiting(unit: Unit, token: str) -> WaitingForm | None:
    """Return the form that was kept under a secret."""
    draft = await unit.drafts.of((_holder(token),), FORM)
    return WaitingForm.read(draft) if draft else None


def _holder(token: str) -> str:
    return f"waiting:{hashlib.sha256(token.encode()).hexdigest()}"
