"""Which body was named: exactly, with slips of the pen, or only as `the commission`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz, process

from handlers.understanding.lexicon import Hit, Lexicon, lexicon, tables
from handlers.understanding.meaning import KnownBody
from handlers.understanding.wording import ARABIC_LETTER, Word, bare_forms, norms, worded

LONGEST_NAME = 4  # words of a name that are compared at once
FUZZY_LENGTH = 5  # letters; a shorter name must be written as it is
CLOSE, VERY_CLOSE = 84, 88  # of 100, by rapidfuzz's ratio
LONG_NAME = 9  # letters: from here CLOSE is enough
TELLING_LENGTH = 6  # letters of a last word that tells a name by itself (Bernoussi)
COMMISSION, ARRONDISSEMENT, COUNCIL = "commission", "arrondissement", "council"

# Digits that stand for Arabic letters in Latin script, as they are heard in names.
HEARD = str.maketrans({"3": "a", "7": "h", "9": "k", "5": "kh", "2": None, "6": "t", "8": "h"})


@dataclass(frozen=True, slots=True)
class NamedBody:
    """The slots of a body, and the positions of the words that named it."""

    slots: dict[str, object] = field(default_factory=dict)
    said: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Register:
    """The names of the bodies, ready to be compared.

    `names`: what is left of a name without its generic words, joined → keys. `subjects`: what
    names a commission once the word commission has been said.
    """

    names: Mapping[str, tuple[str, ...]]
    subjects: Mapping[str, tuple[str, ...]]
    fuzzy: tuple[str, ...]
    fuzzy_subjects: tuple[str, ...]
    council: str | None


def named_body(words: Sequence[Word], bodies: Sequence[KnownBody]) -> NamedBody:
    """Return the body that was named, among those known."""
    register = _register(tuple(bodies))
    heads = lexicon("bodies", "head").found(words)
    kinds = {head.value for head in heads}
    best = _best(words, register, is_commission=COMMISSION in kinds)
    if best:
        keys, said = best
        alternatives = {"body_alt": keys[1:]} if len(keys) > 1 else {}
        return NamedBody({"body": keys[0], **alternatives}, _with_heads(said, heads, words))
    said = frozenset(at for head in heads for at in range(head.first, head.last + 1))
    for kind in (COMMISSION, ARRONDISSEMENT):
        if kind in kinds:
            return NamedBody({"body_kind": kind}, said)
    if COUNCIL in kinds and register.council:
        return NamedBody({"body": register.council}, said)
    return NamedBody({}, said)


def council(bodies: Sequence[KnownBody]) -> str | None:
    """Return the key of the council of the town."""
    return _register(tuple(bodies)).council


def _best(
    words: Sequence[Word], register: Register, *, is_commission: bool
) -> tuple[tuple[str, ...], frozenset[int]] | None:
    """Return the keys and the words of the longest exact name, else of the nearest."""
    windows = list(_windows(words))
    known = (register.subjects, register.names) if is_commission else (register.names,)
    for names in known:
        exact = [(joined, said) for joined, said in windows if joined in names]
        if exact:
            joined, said = max(exact, key=lambda one: len(one[0]))
            return names[joined], said
    near: list[tuple[float, str, frozenset[int]]] = []
    fuzzy = register.fuzzy_subjects + register.fuzzy if is_commission else register.fuzzy
    for joined, said in windows:
        if len(joined) < FUZZY_LENGTH:
            continue
        cutoff = CLOSE if len(joined) >= LONG_NAME else VERY_CLOSE
        found = process.extractOne(joined, fuzzy, scorer=fuzz.ratio, score_cutoff=cutoff)
        if found and found[0][0] == joined[0]:
            near.append((found[1], found[0], said))
    if not near:
        return None
    _, name, said = max(near, key=lambda one: one[0])
    return register.names.get(name) or register.subjects[name], said


def _windows(words: Sequence[Word]) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield every few words in a row, joined as names are, with their positions."""
    telling = [(at, word.norm) for at, word in enumerate(words) if word.norm not in _joints()]
    for start in range(len(telling)):
        for length in range(1, min(LONGEST_NAME, len(telling) - start) + 1):
            chosen = telling[start : start + length]
            said = frozenset(at for at, _ in chosen)
            rest = "".join(_core(norm) for _, norm in chosen[1:])
            for first in {*bare_forms(chosen[0][1]), _core(chosen[0][1])}:
                yield _heard(first) + rest, said


def _with_heads(
    said: frozenset[int], heads: Sequence[Hit], words: Sequence[Word]
) -> frozenset[int]:
    """Return the words of a name with the `commission de la` that stands before it."""
    widened = set(said)
    for head in heads:
        between = range(head.last + 1, min(said))
        if all(words[at].norm in _joints() for at in between) or head.first > max(said):
            widened.update(range(head.first, head.last + 1), between)
    return frozenset(widened)


@lru_cache(maxsize=16)
def _register(bodies: tuple[KnownBody, ...]) -> Register:
    names: dict[str, tuple[str, ...]] = {}
    subjects: dict[str, tuple[str, ...]] = {}
    council: str | None = None
    for body in bodies:
        kind = _kind(body)
        council = council or (body.key if kind == COUNCIL else None)
        table = subjects if kind == COMMISSION else names
        for joined in _spellings(body, kind):
            table[joined] = (*(key for key in table.get(joined, ()) if key != body.key), body.key)
    return Register(names, subjects, _long(names), _long(subjects), council)


def _long(names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(name for name in names if len(name) >= FUZZY_LENGTH)


def _kind(body: KnownBody) -> str | None:
    kinds = {
        hit.value for name in body.names for hit in lexicon("bodies", "head").found(worded(name))
    }
    return next((kind for kind in (COMMISSION, ARRONDISSEMENT, COUNCIL) if kind in kinds), None)


def _spellings(body: KnownBody, kind: str | None) -> Iterator[str]:
    for name in body.names:
        if kind == COUNCIL:
            yield "".join(_core(norm) for norm in norms(name))
            continue
        core = _without_heads(name)
        if core:
            yield "".join(core)
            if kind == COMMISSION:
                yield from _subjects(name, core)
            elif len(core) > 1 and len(core[-1]) >= TELLING_LENGTH:
                yield core[-1]


def _subjects(name: str, core: Sequence[str]) -> Iterator[str]:
    yield from (word for word in core if len(word) >= FUZZY_LENGTH)
    same = tables("bodies")["same"]
    for hit in Lexicon(same).found(worded(name)):
        yield from ("".join(_core(norm) for norm in norms(phrase)) for phrase in same[hit.value])


def _without_heads(name: str) -> list[str]:
    words = worded(name)
    heads = lexicon("bodies", "head").found(words)
    generic = {at for head in heads for at in range(head.first, head.last + 1)}
    kept = [word.norm for at, word in enumerate(words) if at not in generic]
    return [_core(norm) for norm in kept if norm not in _joints()]


@lru_cache(maxsize=1)
def _joints() -> frozenset[str]:
    return frozenset(norm for word in tables("bodies")["joint"]["yes"] for norm in norms(word))


def _core(norm: str) -> str:
    """Return a word without the Arabic article, as its name is compared."""
    if ARABIC_LETTER.match(norm):
        bare = norm.removeprefix("و") if norm.startswith("وال") else norm
        return bare.removeprefix("ال") if len(bare) > 4 else bare  # noqa: PLR2004 - الفا
    return _heard(norm)


def _heard(norm: str) -> str:
    return norm if norm.isdecimal() else norm.translate(HEARD)
