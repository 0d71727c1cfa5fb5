"""Approval flows, read from their files: the presets here, and those a commune writes itself."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from domain.approvals.flows import Flow, Step
from domain.bodies import FALLBACK_LANGUAGES, Role
from domain.errors import Misconfigured, Refused

Plain = Mapping[str, Any]
SUFFIX = ".toml"
LENGTH = re.compile(r"(?:P(\d{1,3})D)|(?:PT(\d{1,3})H)")
OF_A_FLOW = frozenset({"names", "source", "steps", "expires_after"})
OF_A_STEP = frozenset(
    {
        "key",
        "names",
        "stage",
        "roles",
        "people",
        "delegates",
        "needed",
        "within",
        "escalates_to",
        "told",
    }
)


@lru_cache(maxsize=1)
def preset_keys() -> tuple[str, ...]:
    """Return the keys of the presets (`ma.commune`)."""
    names = [file.name for file in files("domain.approvals").joinpath("presets").iterdir()]
    return tuple(sorted(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)))


def written(key: str, folder: Path | None = None) -> str:
    """Return the flow of this key as it is written: of the commune's own folder, else a preset.

    Raises Refused when there is none.
    """
    own = own_keys(folder)
    if folder and key in own:
        return (folder / f"{key}{SUFFIX}").read_text("utf-8")
    if key not in preset_keys():
        known = sorted({*own, *preset_keys()})
        raise Refused("approval.unknown_flow", flow=key, flows=known)
    return files("domain.approvals").joinpath("presets", f"{key}{SUFFIX}").read_text("utf-8")


def own_keys(folder: Path | None) -> tuple[str, ...]:
    """Return the keys of the flows that a commune wrote itself."""
    found = folder.glob(f"*{SUFFIX}") if folder else ()
    return tuple(sorted(file.name.removesuffix(SUFFIX) for file in found))


@lru_cache(maxsize=64)
def read_flow(key: str, text: str) -> Flow:
    """Return the flow that this TOML describes, or raise Misconfigured with every mistake."""
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"The approval flow {key} is not TOML: {error}.") from error
    if wrong := list(_mistakes(plain)):
        raise Misconfigured(f"The approval flow {key} has mistakes. " + "; ".join(wrong) + ".")
    return Flow(
        key=key,
        names=plain["names"],
        steps=tuple(_step(number, one) for number, one in enumerate(plain["steps"], start=1)),
        expires_after=_length(plain.get("expires_after", "P14D")),
    )


def _step(number: int, plain: Plain) -> Step:
    """Return a step; one that names no stage comes after the one before it."""
    return Step(
        key=plain["key"],
        names=plain["names"],
        stage=plain.get("stage", number),
        roles=_roles(plain.get("roles", ())),
        people=frozenset(plain.get("people", ())),
        delegates=_roles(plain.get("delegates", ())),
        needed=plain.get("needed", 1),
        within=_length(plain.get("within", "P1D")),
        escalates_to=_roles(plain.get("escalates_to", ())),
        told=_roles(plain.get("told", ())),
    )


def _mistakes(plain: Plain) -> Iterator[str]:
    yield from _strange(plain, OF_A_FLOW, "the flow")
    yield from _unnamed(plain, "the flow")
    yield from _no_length(plain, "expires_after", "the flow")
    steps = plain.get("steps", [])
    if not steps:
        yield "it has no steps"
    keys = [step.get("key") for step in steps]
    if None in keys or len(set(keys)) != len(keys):
        yield "each step needs a key of its own"
    for step in steps:
        yield from _mistakes_of_step(step, f"step {step.get('key')}")


def _mistakes_of_step(step: Plain, where: str) -> Iterator[str]:
    yield from _strange(step, OF_A_STEP, where)
    yield from _unnamed(step, where)
    yield from _no_length(step, "within", where)
    if not step.get("roles") and not step.get("people"):
        yield f"{where} says nobody who decides: give roles or people"
    for name in ("roles", "delegates", "escalates_to", "told"):
        for role in step.get(name, ()):
            if role not in set(Role):
                yield f"{where} names the role {role!r}, which is none of {', '.join(Role)}"
    for name in ("needed", "stage"):
        if not isinstance(step.get(name, 1), int) or step.get(name, 1) < 1:
            yield f"{where} says {name} = {step[name]!r}, not a whole number from 1"


def _strange(plain: Plain, known: frozenset[str], where: str) -> Iterator[str]:
    for name in sorted(plain.keys() - known):
        yield f"{where} says {name}, which is nothing"


def _unnamed(plain: Plain, where: str) -> Iterator[str]:
    for language in FALLBACK_LANGUAGES:
        if not plain.get("names", {}).get(language):
            yield f"{where} has no name in {language}"


def _no_length(plain: Plain, name: str, where: str) -> Iterator[str]:
    if name in plain and not LENGTH.fullmatch(str(plain[name])):
        yield f"{where} says {name} = {plain[name]!r}, not a length such as P2D or PT4H"


def _roles(names: Any) -> frozenset[Role]:
    return frozenset(Role(name) for name in names)


def _length(text: str) -> timedelta:
    found = LENGTH.fullmatch(text)
    assert found  # noqa: S101 - checked before
    days, hours = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours)
