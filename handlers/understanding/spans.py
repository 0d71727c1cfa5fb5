"""Words in a row, as they were said: found by what stands before them and what ends them."""

import re
from collections.abc import Collection, Iterator

from handlers.understanding.lexicon import Hit, lexicon
from handlers.understanding.utterance import Utterance

LONGEST = 12  # words
BREAK = re.compile(r"[,;:.?!()«»\"“”\n،؛؟]|\s[-–—]\s")
INSIDE = re.compile(r"[.]\w")  # a dot inside a word ends nothing
ARTICLE = re.compile(r"(?:l['’]|d['’]|[بل](?=ال))", re.IGNORECASE)


def positions(utterance: Utterance, file: str, table: str) -> set[int]:
    """Return where the words of a lexicon stand."""
    hits = lexicon(file, table).found(utterance.words)
    return {at for hit in hits for at in range(hit.first, hit.last + 1)}


def run(
    utterance: Utterance, start: int, *, ends: Collection[int], joints: Collection[int]
) -> range:
    """Return the words from `start` on until something ends them; joints at either end fall off."""
    at = start
    while at < len(utterance.words) and at in joints and not is_cut(utterance, at):
        at += 1
    first = at
    while (
        at < min(len(utterance.words), first + LONGEST)
        and (at not in ends or at in joints)
        and not (is_cut(utterance, at) and at >= start)
    ):
        at += 1
    while at > first and (at - 1 in joints or at - 1 in ends):
        at -= 1
    return range(first, at)


def said(utterance: Utterance, words: range) -> str:
    """Return the words as they stand in the text, without the article they open with."""
    if not words:
        return ""
    text = utterance.text[utterance.words[words[0]].start : utterance.words[words[-1]].end]
    return ARTICLE.sub("", text, count=1) if ARTICLE.match(text) else text


def after(utterance: Utterance, file: str, table: str) -> Iterator[tuple[Hit, str]]:
    """Yield what follows each opener of `words/<file>.toml` until its `<table>_end`."""
    ends = positions(utterance, file, f"{table}_end") | set(utterance.time.masks)
    joints = positions(utterance, "subjects", "article")
    for hit in lexicon(file, table).found(utterance.words):
        told = said(utterance, run(utterance, hit.last + 1, ends=ends, joints=joints))
        if told:
            yield hit, told


def is_cut(utterance: Utterance, at: int) -> bool:
    """Return whether something stands before a word that parts it from the one before."""
    if at == 0:
        return False
    gap = utterance.text[utterance.words[at - 1].end : utterance.words[at].start]
    return bool(BREAK.search(gap)) and not INSIDE.match(gap)
