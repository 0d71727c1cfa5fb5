"""docs/roles.md says who may do and see what, exactly as the tables of the program do."""

from collections.abc import Mapping
from pathlib import Path

from domain.actors import Post, Proof
from domain.bodies import ELECTED, Role
from domain.phrasebook import phrasebook
from domain.rights import RIGHTS, SIGHTS, Act, Roles, Rule, Sight

PAGE = Path(__file__).parents[1] / "docs" / "roles.md"
PROOFS = {Proof.NONE: "none", Proof.LINKED: "a linked chat", Proof.FRESH: "a fresh proof"}


def _roles(roles: Roles) -> str:
    if roles == ELECTED:
        return "every elected role"
    if roles == frozenset(Role):
        return "every role"
    return ", ".join(f"`{role}`" for role in Role if role in roles) or "—"


def rows(table: Mapping[Act, Rule] | Mapping[Sight, Rule]) -> list[str]:
    """Return a table of rights as the rows of a page."""
    return [
        f"| `{what}` | {_roles(rule.here)} | {_roles(rule.below)} | "
        f"{', '.join(post for post in Post if post in rule.posts) or '—'} | {PROOFS[rule.proof]} |"
        for what, rule in table.items()
    ]


def test_the_page_says_what_the_tables_say() -> None:
    told = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert told == [*rows(RIGHTS), *rows(SIGHTS)]


def test_every_act_on_the_page_has_a_name_people_read() -> None:
    assert all(phrasebook().has(f"access.act_{act}") for act in RIGHTS)
