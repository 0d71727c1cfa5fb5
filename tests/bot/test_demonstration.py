"""The demonstration, played whole in a folder of its own."""

import json
import mailbox
import subprocess
import sys
from pathlib import Path

import pytest

from domain.approvals import ApprovalState
from domain.clock import SystemClock
from domain.phrasebook import phrasebook
from store.connecting import opened
from tests.bot.conftest import Command


def played(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "bot", "demo", "--folder", str(folder), *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demonstration") / "town"
    run = played(folder, "--language", "fr")
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    return folder, run.stdout


def test_the_demonstration_ends_with_a_valid_proof(town: tuple[Path, str]) -> None:
    _, told = town
    last = told[told.rindex(phrasebook().say("demo.proved", "fr")) :]
    assert phrasebook().say("proof.valid", "fr")[:40] in last
    assert phrasebook().say("proof.invalid", "fr", count=147)[:40] in told


def test_nobody_is_reminded_a_minute_early(town: tuple[Path, str]) -> None:
    _, told = town
    assert "Messages sur Telegram à 08:59 : 0." in " ".join(told.split())


def test_every_councillor_has_their_letters_in_the_maildir(town: tuple[Path, str]) -> None:
    folder, _ = town
    letters = mailbox.Maildir(str(folder / "mail"), create=False)
    declared = [str(letter["To"]) for letter in letters if "calendar" in letter.as_string()]
    assert len(set(declared)) >= 147


def test_one_goes_on_talking_in_the_folder_that_was_left(town: tuple[Path, str]) -> None:
    folder, _ = town
    talk = subprocess.run(
        [sys.executable, "-m", "bot", "console"],
        input="C’est quand la prochaine session du conseil ?\n/quit\n",
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""},
        timeout=60,
    )
    assert talk.returncode == 0, talk.stderr
    assert "convoquée" in talk.stdout


def test_petitions_are_there_to_be_signed_and_answered(town: tuple[Path, str]) -> None:
    folder, _ = town
    listed = subprocess.run(
        [sys.executable, "-m", "bot", "petitions", "list", "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""},
        timeout=60,
    )
    found = {(one["state"], one["signatures"]) for one in json.loads(listed.stdout)}
    assert found == {("collecting", 73), ("collecting", 21), ("at_bureau", 0)}


def test_a_folder_that_holds_something_else_is_left_alone(beffroi: Command, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    assert beffroi("demo", "--folder", tmp_path).code == 2
    assert "letter.txt" in {file.name for file in tmp_path.iterdir()}


def test_a_language_we_do_not_speak_is_refused(beffroi: Command, tmp_path: Path) -> None:
    assert beffroi("demo", "--folder", tmp_path / "town", "--language", "xx").code == 2


async def test_texts_are_out_to_be_read_and_one_waits_for_the_secretariat(
    town: tuple[Path, str],
) -> None:
    folder, _ = town
    store = opened(f"sqlite+aiosqlite:///{folder / 'beffroi.db'}", SystemClock())
    async with store.reading() as unit:
        out = [one.text("ar")[1].title for one in await unit.bulletins.latest(most=5)]
        waiting = await unit.publications.in_states({ApprovalState.WAITING})
    await store.close()
    assert out == ["ثلاثة مسابح للأحياء تفتح في الربيع", "إغلاق سوق درب غلف يومي اثنين"]
    assert len(waiting) == 1
