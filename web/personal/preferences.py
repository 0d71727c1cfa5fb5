"""The page of what somebody is told, where and when: what will happen, and how to change it."""

from collections.abc import Mapping
from datetime import time
from http import HTTPStatus
from typing import Any

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from actions.notices import foreseeing, testing_ways
from actions.notices.foreseeing import Foreseen
from actions.people import consenting
from domain.addresses import Channel
from domain.clock import wall_time
from domain.errors import Refused
from domain.local_time import weekday
from domain.people import Person
from domain.phrasebook import FALLBACK, phrasebook
from domain.preferences_told import channel_names, topic_name
from domain.prospects import Said, outcomes
from domain.quiet_hours import WEEKDAYS, by_hours
from domain.routes import Verdict
from domain.topics import EVERYTHING
from domain.wishes import Preferences, Rhythm
from store.unit import Unit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.personal.wishing import EVERY_DAY, MOST_SPANS, READ, name_of
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, known_visit, see_other

Filled = Mapping[str, str]

WRONG = HTTPStatus.UNPROCESSABLE_ENTITY
ALL = "all"
# What a state looks like beside its word (domain.routes.Verdict).
SHOWN = {
    Verdict.SENT: ("✅", "good"),
    Verdict.HELD: ("🌙", "waiting"),
    Verdict.DIGESTED: ("📰", "active"),
    Verdict.SUPPRESSED: ("🚫", ""),
}


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_page(site), *_changing(site), *_deeds(site)]


def _page(site: Site) -> HTTPRouteHandler:
    @get("/preferences")
    async def preferences(request: AnyRequest) -> Page:
        found, person, _ = await known_visit(site, request)
        asked = request.query_params
        saved, tested = asked.get("saved", ""), asked.get("tested", "")
        return await _shown(
            found,
            person,
            saved=int(saved) if saved.isdecimal() and len(saved) < 10 else 0,  # noqa: PLR2004 - digits
            tested=tested if tested in set(Channel) else "",
            is_spoken="spoken" in asked,
        )

    return preferences


def _changing(site: Site) -> list[HTTPRouteHandler]:
    @post("/preferences/undo", request_max_body_size=SMALL)
    async def undo(request: AnyRequest) -> Redirect:
        found, person, _ = await known_visit(site, request)
        version = (await form(found)).get("version", "")
        async with site.store.unit() as unit:
            is_undone = version.isdecimal() and await consenting.undo(unit, person.id, int(version))
        if not is_undone:
            raise Refused("preferences.undo_too_late")
        return see_other(found, "/preferences")

    @post("/preferences/{part:str}", request_max_body_size=SMALL)
    async def change(part: FromPath[str], request: AnyRequest) -> Page | Redirect:
        """Change one part of what is wished; what cannot be is shown again as it was typed."""
        found, person, _ = await known_visit(site, request)
        filled = await form(found)
        if part not in READ:
            raise Mistaken(HTTPStatus.NOT_FOUND)
        try:
            async with site.store.unit() as unit:
                version = await _changed(found, unit, person, part, filled)
        except Refused as refused:
            return await _shown(found, person, typed=filled, part=part, wrong=refused)
        return see_other(found, f"/preferences?saved={version}")

    return [undo, change]


def _deeds(site: Site) -> list[HTTPRouteHandler]:
    @post("/preferences/language", request_max_body_size=SMALL)
    async def speak(request: AnyRequest) -> Redirect:
        found, person, _ = await known_visit(site, request)
        language = (await form(found)).get("language", "")
        async with site.store.unit() as unit:
            await consenting.choose_language(unit, person, language)
        return see_other(found, "/preferences?spoken=yes")

    @post("/preferences/pause", request_max_body_size=SMALL)
    async def pause(request: AnyRequest) -> Redirect:
        """Stop or resume what informs, on a channel or on all."""
        found, person, _ = await known_visit(site, request)
        how, _, where = (await form(found)).get("pause", "").partition(":")
        acts = {"stop": consenting.stop, "start": consenting.start}
        if how not in acts or where not in {ALL, *Channel}:
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        channel = None if where == ALL else Channel(where)
        async with site.store.unit() as unit:
            version = await acts[how](unit, person.id, channel, actor=found.actor)
        return see_other(found, f"/preferences?saved={version}")

    @post("/preferences/test", request_max_body_size=SMALL)
    async def test(request: AnyRequest) -> Redirect:
        found, person, _ = await known_visit(site, request)
        channel = (await form(found)).get("channel", "")
        if channel not in set(Channel):
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        if not site.asked.allows(f"test:{person.id}"):
            raise Mistaken(HTTPStatus.TOO_MANY_REQUESTS, wait=site.asked.within)
        async with site.store.unit() as unit:
            await testing_ways.send_test(unit, person, Channel(channel), site.means.providers)
        return see_other(found, f"/preferences?tested={channel}")

    return [speak, pause, test]


async def _changed(found: Visit, unit: Unit, person: Person, part: str, filled: Filled) -> int:
    """Change what a form says, and return the change's number; 0 when all stands as it was."""
    means = found.site.means
    foreseen = await foreseeing.foresee(unit, person, means.providers, means.policy)
    if filled.get("version") != str(foreseen.kept.version):
        raise Refused("wishes.changed_meanwhile")
    changing = READ[part](filled, foreseen)
    if changing(foreseen.kept.now) == foreseen.kept.now:
        return 0
    return await consenting.change(unit, person.id, changing, actor=found.actor)


async def _shown(
    found: Visit,
    person: Person,
    *,
    typed: Filled | None = None,
    part: str = "",
    wrong: Refused | None = None,
    saved: int = 0,
    tested: str = "",
    is_spoken: bool = False,
) -> Page:
    means = found.site.means
    async with found.site.store.reading() as unit:
        foreseen = await foreseeing.foresee(unit, person, means.providers, means.policy)
        bodies = await unit.bodies.all()
    spoken = FALLBACK.get(found.language, found.language)
    names = {body.key: body.name(spoken) for body in bodies}
    kept = foreseen.kept
    return page(
        found,
        "personal/preferences.html",
        status=WRONG if wrong else HTTPStatus.OK,
        seen=foreseen.prospect,
        asked=kept.now,
        version=kept.version,
        clashes=foreseen.contradictions,
        saved=saved if saved == kept.version else 0,
        tested=tested,
        is_spoken=is_spoken,
        typed=typed or {},
        part=part,
        wrong=wrong,
        most_an_hour=means.policy.most_an_hour,
        letters_in=person.language,
        ways_open=_ways(foreseen),
        topic=lambda one: _topic(found, one, names),
        local=lambda instant: wall_time(instant, found.zone),
        outcomes=outcomes,
        typed_of=lambda row: any(
            name_of(row.topic, one) in (typed or {}) for one in (None, *foreseen.prospect.channels)
        ),
        names_of=lambda channels: channel_names(channels, found.language),
        **_words(found, kept.now),
    )


def _words(found: Visit, asked: Preferences) -> dict[str, Any]:
    return {
        "everything": EVERYTHING,
        "said": [one.value for one in Said],
        "shown": SHOWN,
        "name_of": name_of,
        "rhythm": asked.wish(EVERYTHING, None).rhythm or Rhythm.AT_ONCE,
        "rhythms": list(Rhythm),
        "is_muted": asked.wish(EVERYTHING, None).is_wanted is False,
        "weekdays": [(day, weekday(day, found.language)) for day in WEEKDAYS],
        **_quiet(found, asked),
    }


def _quiet(found: Visit, asked: Preferences) -> dict[str, Any]:
    """Return the quiet hours of every day, or those of each weekday, with room for some more."""
    hours = {
        day: [(span.starts, span.ends) for span in asked.quiet if span.weekday == day]
        for day in WEEKDAYS
    }
    is_usual = all(one == hours[0] for one in hours.values())
    every_day = hours[0] if is_usual else []
    return {
        "every_day": _rows(EVERY_DAY, every_day),
        "each_day": [
            (weekday(day, found.language), _rows(str(day), [] if is_usual else held))
            for day, held in hours.items()
        ],
        "is_usual": is_usual,
        "quiet": [
            (
                starts,
                ends,
                len(days) < len(WEEKDAYS) and [weekday(one, found.language) for one in days],
            )
            for (starts, ends), days in by_hours(asked.quiet).items()
        ],
    }


def _rows(day: str, hours: list[tuple[time, time]]) -> list[tuple[str, str, str]]:
    """Return the fields of some quiet hours: how each is named, and what stands in it."""
    shown = [(f"{starts:%H:%M}", f"{ends:%H:%M}") for starts, ends in hours[:MOST_SPANS]]
    return [(f"quiet:{day}:{number}", *edges) for number, edges in enumerate(shown or [("", "")])]


def _ways(foreseen: Foreseen) -> list[Channel]:
    """Return the channels on which somebody can be reached: where a test can go."""
    usable = {
        one.channel
        for one in foreseen.recipient.addresses
        if (one.is_verified or one.channel is Channel.INBOX) and not one.is_quarantined
    }
    return [channel for channel in foreseen.prospect.channels if channel in usable]


def _topic(found: Visit, topic: str, bodies: Mapping[str, str]) -> str:
    if topic == EVERYTHING:
        return phrasebook().say("wishes.everything", found.language)
    return topic_name(topic, found.language, bodies)
