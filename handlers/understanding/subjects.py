"""What a thing is about, in the person's own words: `la pétition sur l’éclairage public`."""

import re
from collections.abc import Sequence
from itertools import pairwise

from handlers.understanding.lexicon import Hit, lexicon
from handlers.understanding.spans import is_cut, positions, run, said
from handlers.understanding.utterance import Utterance

CUES = ("surest", "thing", "plan", "verb")  # the surest first
UNTOLD = (("subjects", "untold"), ("slots", "draft_kind"), ("slots", "object_kind"))
SHORTEST = 3  # letters
FEW = 4  # words before their thing
ABOUT = re.compile("متعلق|خاص|يتعلق")  # what follows is joined to a ب: المتعلقة بسوق الجملة
TITLE = re.compile(r":\s*[«\"“]?\s*(?P<title>[^»\"”\n]*[^»\"”\s.?!؟])")


def titled(utterance: Utterance) -> str | None:
    """Return the words after a colon, whole: a title somebody gives."""
    found = TITLE.search(utterance.text)
    return found["title"].strip() if found else None


def subject(utterance: Utterance, cues: Sequence[str] = CUES) -> str | None:
    """Return what the thing named is about, by one of the cues, the surest first."""
    hits = lexicon("subjects", "cue").found(utterance.words)
    for cue in cues:
        for hit in hits:
            told = _after(utterance, hit.last + 1) if hit.value == cue else None
            if told:
                return told
    return _before(utterance, hits) if cues == CUES else None


def _before(utterance: Utterance, hits: Sequence[Hit]) -> str | None:
    """Return what stands before its thing, as in English: `the bus fleet file`."""
    openers = positions(utterance, "subjects", "opener")
    parted = positions(utterance, "subjects", "end") | positions(utterance, "subjects", "joint")
    for hit in hits:
        first = max((at + 1 for at in openers if at < hit.first), default=hit.first)
        words = range(first, hit.first)
        if hit.value == "thing" and 0 < len(words) <= FEW and parted.isdisjoint(words):
            return None if _is_untold(utterance, words) else said(utterance, words)
    return None


def _after(utterance: Utterance, start: int) -> str | None:
    joints = positions(utterance, "subjects", "joint")
    named = {at for one in utterance.references for at in one.said}
    named |= {*utterance.time.masks, *utterance.body.said, *_numbered(utterance)}
    named |= positions(utterance, "slots", "person")
    ends = named | (positions(utterance, "subjects", "end") - joints)
    words = run(utterance, _opening(utterance, start, joints), ends=ends, joints=joints - named)
    norms = [utterance.words[at].norm for at in words]
    is_told = len("".join(norms)) >= SHORTEST and not _is_untold(utterance, words)
    told = said(utterance, words)
    if words and ABOUT.search(utterance.words[words[0] - 1].norm):
        told = told.removeprefix("ب")
    return told if is_told else None


def _opening(utterance: Utterance, start: int, joints: set[int]) -> int:
    """Return where a subject begins: after articles, and after what is said to have one."""
    hits = lexicon("subjects", "cue").found(utterance.words)
    things = {hit.first: hit.last for hit in hits if hit.value in {"thing", "surest"}}
    at = start
    while at < len(utterance.words) and not is_cut(utterance, at):
        if at in things:
            at = things[at]
        elif at not in joints:
            break
        at += 1
    return at


def _numbered(utterance: Utterance) -> set[int]:
    """Return where the number of an item stands, which is no subject."""
    return {
        at
        for before, mark in pairwise(utterance.marks)
        if before.letter in "jo" and mark.letter in "NOF"
        for at in range(mark.first, mark.last + 1)
    }


def _is_untold(utterance: Utterance, words: range) -> bool:
    """Return whether the words only name a kind of thing, not what it is about."""
    said_words = [utterance.words[at] for at in words]
    told = {
        at
        for file, table in UNTOLD
        for hit in lexicon(file, table).found(said_words)
        for at in range(hit.first, hit.last + 1)
    }
    return len(told) == len(words)
