"""What a thing is about, in the person's own words: `la pétition sur l’éclairage public`."""

import re

from handlers.understanding.lexicon import lexicon
from handlers.understanding.spans import is_cut, positions, run, said
from handlers.understanding.utterance import Utterance

CUES = ("surest", "thing", "plan", "verb")  # the surest first
SHORTEST = 3  # letters
TITLE = re.compile(r":\s*[«\"“]?\s*(?P<title>[^»\"”\n]*[^»\"”\s.?!؟])")


def titled(utterance: Utterance) -> str | None:
    """Return the words after a colon, whole: a title somebody gives."""
    found = TITLE.search(utterance.text)
    return found["title"].strip() if found else None


def subject(utterance: Utterance) -> str | None:
    """Return what the thing named is about."""
    hits = lexicon("subjects", "cue").found(utterance.words)
    for cue in CUES:
        for hit in hits:
            told = _after(utterance, hit.last + 1) if hit.value == cue else None
            if told:
                return told
    return None


def _after(utterance: Utterance, start: int) -> str | None:
    joints = positions(utterance, "subjects", "joint")
    named = {at for one in utterance.references for at in one.said}
    named |= {*utterance.time.masks, *utterance.body.said}
    ends = named | (positions(utterance, "subjects", "end") - joints)
    words = run(utterance, _opening(utterance, start, joints), ends=ends, joints=joints - named)
    norms = [utterance.words[at].norm for at in words]
    is_told = len("".join(norms)) >= SHORTEST and not _is_untold(utterance, words)
    return said(utterance, words) if is_told else None


def _opening(utterance: Utterance, start: int, joints: set[int]) -> int:
    """Return where a subject begins: after articles, and after what is said to have one."""
    hits = lexicon("subjects", "cue").found(utterance.words)
    things = {hit.first: hit.last for hit in hits if hit.value == "thing"}
    at = start
    while at < len(utterance.words) and not is_cut(utterance, at):
        if at in things:
            at = things[at]
        elif at not in joints:
            break
        at += 1
    return at


def _is_untold(utterance: Utterance, words: range) -> bool:
    hits = lexicon("subjects", "untold").found([utterance.words[at] for at in words])
    return sum(hit.last - hit.first + 1 for hit in hits) == len(words)
