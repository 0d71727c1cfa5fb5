"""What the pages say exists: settings, commands, and the pages they point to."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import app
from bot.configuring import fields

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`(beffroi [^`]+)`")
COMMAND = re.compile(r"(?:^|[|;&] *|/)beffroi ([a-z]+)(?: ([a-z][a-z-]*))?", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
SETTING = re.compile(r"BEFFROI_[A-Z0-9_]*[A-Z]\b")


def commands(page: Path) -> list[tuple[str, str]]:
    """Return the commands of `beffroi` that a page shows, each with the word after it."""
    text = page.read_text("utf-8")
    return COMMAND.findall("\n".join([*BLOCK.findall(text), *INLINE.findall(text)]))


@pytest.fixture(params=PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def page(request: pytest.FixtureRequest) -> Path:
    page: Path = request.param
    return page


def test_every_command_shown_exists(page: Path) -> None:
    known = {
        name: frozenset(getattr(command, "commands", {}))
        for name, command in getattr(get_command(app), "commands", {}).items()
    }
    shown = commands(page)
    assert [name for name, _ in shown if name not in known] == []
    assert [pair for pair in shown if known[pair[0]] and pair[1] not in {*known[pair[0]], ""}] == []


def test_every_setting_named_exists(page: Path) -> None:
    assert set(SETTING.findall(page.read_text("utf-8"))) <= set(fields())


def test_every_link_leads_to_a_page(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_setting_is_explained() -> None:
    page = ROOT / "docs" / "howto" / "configure.md"
    assert set(fields()) <= set(SETTING.findall(page.read_text("utf-8")))
