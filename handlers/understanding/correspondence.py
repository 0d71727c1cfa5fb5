"""Who writes, calls or is called: the people, places and papers of the office's desk."""

import re
from datetime import datetime, time, timedelta

from domain.clock import wall_time
from handlers.understanding.lexicon import lexicon
from handlers.understanding.spans import after, positions, run, said
from handlers.understanding.utterance import Utterance

CALLED = re.compile(
    r"(?<!\w)(?i:mme|m\.|mr\.?|mrs\.?|ms\.?|monsieur|madame|السيدة?|si|lalla|docteur|dr\.?)\s+"
    r"(?P<name>(?:[A-ZÉÈ][\w’'-]+|[\u0621-\u064a]+)(?:\s+[A-ZÉÈ][\w’'-]+)*)"
)
OUT, IN = "out", "in"


def person(utterance: Utterance) -> dict[str, object]:
    """Return whom somebody speaks of: an office of the town, else a name."""
    hits = lexicon("slots", "person").found(utterance.words)
    if hits:
        return {"person": hits[0].value}
    called = CALLED.search(utterance.text)
    return {"person": called["name"]} if called else {}


def addressee(utterance: Utterance) -> dict[str, object]:
    """Return to whom a question is put."""
    offices = lexicon("slots", "person").found(utterance.words)
    openers = positions(utterance, "correspondence", "addressed")
    named = [hit for hit in offices if any(at <= hit.first for at in openers)]
    return {"addressee": named[-1].value} if named else {}


def place(utterance: Utterance) -> dict[str, object]:
    """Return where something is wrong: a street, a square or a quarter."""
    for hit, told in after(utterance, "correspondence", "place"):
        opener = utterance.words[hit.first]
        end = utterance.text.index(told, opener.start) + len(told)
        return {"place": utterance.text[opener.start : end]}
    street = lexicon("correspondence", "street").found(utterance.words)
    if not street or not street[0].first:
        return {}
    name, kind = utterance.words[street[0].first - 1], utterance.words[street[0].last]
    return {"place": utterance.text[name.start : kind.end]}


def outlet(utterance: Utterance) -> dict[str, object]:
    """Return which newspaper, station or site calls."""
    hits = lexicon("slots", "outlet").found(utterance.words)
    if hits:
        return {"outlet": hits[0].value}
    ends = positions(utterance, "correspondence", "press_end")
    joints = positions(utterance, "correspondence", "press_joint")
    for hit in lexicon("correspondence", "press").found(utterance.words):
        told = said(utterance, run(utterance, hit.last + 1, ends=ends, joints=joints))
        if told:
            return {"outlet": told}
    return {}


def deadline(utterance: Utterance) -> dict[str, object]:
    """Return until when the press waits; an hour alone is today's, or tomorrow's once past."""
    slots = utterance.time.slots
    for slot in ("datetime", "date"):
        if slot in slots:
            return {"deadline": slots[slot]}
    if "time" not in slots:
        return {}
    local = wall_time(utterance.now, utterance.zone)
    at = datetime.combine(local.date(), time.fromisoformat(str(slots["time"])))
    due = at if at >= local else at + timedelta(days=1)
    return {"deadline": due.isoformat(timespec="minutes")}


def mail(utterance: Utterance) -> dict[str, object]:
    """Return which way a letter goes, who wrote it and whose it is now."""
    directions = {hit.value for hit in lexicon("slots", "direction").found(utterance.words)}
    slots: dict[str, object] = {}
    if directions:
        slots["direction"] = OUT if OUT in directions else IN
    sender = next((told for _, told in after(utterance, "correspondence", "sender")), None)
    if sender:
        slots["sender"] = sender
    charged = "" if OUT in directions else _after(utterance, "charged")
    if assignee := _after(utterance, "assignee") or charged:
        slots["assignee"] = assignee
    return slots


def _after(utterance: Utterance, table: str) -> str:
    """Return what follows the opener that says most."""
    found = list(after(utterance, "correspondence", table))
    return max(found, key=lambda one: one[0].last - one[0].first)[1] if found else ""
