"""The command line: what each command does, and how it says that it cannot."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from domain.addresses import Channel
from domain.deliveries import State
from domain.messages import Message
from store.connecting import Store
from tests.bot.conftest import CLERK, DEAF, Command, in_days, in_store

EVERYTHING = [
    ["session", "list"],
    ["session", "show", "1"],
    ["notice", "dry-run", "council"],
    ["deliveries"],
    ["audit", "list"],
    ["audit", "verify"],
    ["check"],
    ["migrate"],
    ["link", CLERK],
]


def test_a_plan_is_listed_and_shown(beffroi: Command, council: int) -> None:
    listed = json.loads(beffroi("session", "list", "--json").out)
    assert [(one["id"], one["state"], one["agenda"]) for one in listed] == [
        (council, "draft", "missing")
    ]
    assert "Conseil communal" in beffroi("session", "show", council).out


@pytest.mark.parametrize("command", EVERYTHING, ids=" ".join)
@pytest.mark.usefixtures("council")
def test_every_command_speaks_to_people_and_to_scripts(
    beffroi: Command, command: list[str]
) -> None:
    plain = beffroi(*command)
    assert (plain.code, plain.err) == (0, "")
    json.loads(beffroi(*command, "--json").out)


def test_a_convocation_is_sent_to_who_has_a_seat(beffroi: Command, council: int) -> None:
    convened = json.loads(beffroi("session", "convene", council, "--json").out)
    assert {warning["code"] for warning in convened["warnings"]} >= {"no_agenda"}
    shown = json.loads(beffroi("notice", "show", convened["notice"], "--json").out)
    assert (shown["kind"], shown["class"]) == ("convocation", "statutory")


def test_a_convocation_too_late_is_warned_of_and_not_blocked(
    beffroi: Command, council: int
) -> None:
    beffroi("session", "move", council, "--starts", in_days(2))
    convened = beffroi("session", "convene", council)
    assert convened.code == 0
    assert "Warning: " in convened.out
    assert "35" in convened.out


def test_a_session_is_moved_and_cancelled(beffroi: Command, council: int) -> None:
    beffroi("session", "convene", council)
    assert beffroi("session", "move", council, "--starts", in_days(50)).code == 0
    assert beffroi("session", "cancel", council, "--reason", "no quorum in sight").code == 0
    listed = json.loads(beffroi("session", "list", "--json").out)
    assert (listed[0]["state"], listed[0]["sequence"]) == ("cancelled", 2)


def test_a_proof_names_who_is_missing_and_hides_addresses(beffroi: Command, council: int) -> None:
    beffroi("session", "convene", council)
    proof = json.loads(beffroi("proof", council, "--json").out)
    assert not proof["is_valid"]
    assert {(one["member"]["name"], one["lack"]) for one in proof["missing"]} == {
        (CLERK, "not_sent"),
        (DEAF, "no_declared_address"),
    }
    assert "amina@" not in json.dumps(proof)
    assert "amina@council.ma" in beffroi("proof", council, "--json", "--unmasked").out


def test_a_proof_opens_in_a_spreadsheet(beffroi: Command, council: int) -> None:
    beffroi("session", "convene", council)
    rows = list(csv.DictReader(io.StringIO(beffroi("proof", council, "--csv").out)))
    assert {row["name"] for row in rows} == {CLERK, DEAF}


def test_a_notice_is_published_in_three_languages_once(
    beffroi: Command, council: int, folder: Path
) -> None:
    assert council
    text = folder / "notice.toml"
    text.write_text(
        "".join(f'[{one}]\ntitle = "T"\ntext = "x"\n' for one in ("fr", "ar", "en")), "utf-8"
    )
    sent = beffroi("notice", "send", "council", text, "--key", "once", "--json")
    assert json.loads(sent.out) == {"notice": 1}
    again = beffroi("notice", "send", "council", text, "--key", "once")
    assert again.code == 1
    assert "once" in again.err


def test_a_changed_audit_log_is_found_out(beffroi: Command, council: int) -> None:
    assert council

    with closing(sqlite3.connect("var/beffroi.db", isolation_level=None)) as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE audit SET actor = 'nobody'")
    verified = beffroi("audit", "verify")
    assert (verified.code, verified.err) == (1, "Entry 1 was changed, or is missing.\n")


def test_deliveries_are_found_by_state_and_their_addresses_hidden(
    beffroi: Command, council: int
) -> None:
    assert council

    async def put(store: Store) -> None:
        async with store.unit() as unit:
            await unit.outbox.put(Channel.TELEGRAM, "123456789", [Message("x", "fr")])

    in_store(put)
    found = json.loads(beffroi("deliveries", "--state", State.QUEUED, "--json").out)
    assert [one["address"] for one in found] == ["…789"]
    assert not json.loads(beffroi("deliveries", "--state", "failed", "--json").out)


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        (["session", "show", "9"], 1, "There is no session number 9"),
        (["session", "convene", "9"], 1, "There is no session number 9"),
        (["session", "cancel", "1", "--reason", " "], 1, "Say why"),
        (["session", "add", "senate", "--starts", "2090-01-01T10:00"], 1, "“senate”"),
        (["session", "add", "council", "--starts", "2001-01-01T10:00"], 1, "has passed"),
        (["session", "add", "council", "--starts", "yesterday"], 2, "yesterday"),
        (["session", "add", "council", "--starts", "2090-02-30T10:00"], 2, "2090-02-30"),
        (["session", "add", "council", "--starts", "2090-01-01T10:00", "--kind", "x"], 2, "x"),
        (["proof", "1"], 1, "not been convened"),
        (["why", "Nobody"], 2, "Nobody here is 'Nobody'"),
        (["deliveries", "--state", "lost"], 2, "queued"),
        (["notice", "show", "7"], 2, "no notice 7"),
        (["notice", "dry-run", "senate"], 1, "“senate”"),
        (["notice", "dry-run", "person:x"], 1, "x"),
        (["frobnicate"], 2, "frobnicate"),
    ],
)
@pytest.mark.usefixtures("council")
def test_what_cannot_be_done_is_said_in_one_sentence(
    beffroi: Command, command: list[str], code: int, says: str
) -> None:
    said = beffroi(*command)
    assert said.code == code
    assert says in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite:////proc/nowhere/x.db", "BEFFROI_DATABASE_URL"),
        ("postgresql://127.0.0.1:1/town", "does not answer"),
        ("mysql://127.0.0.1/town", "sqlite or postgresql"),
        ("a file", "sqlite:///FILE"),
        ("sqlite:///torn.db", "cannot be read"),
    ],
)
def test_a_store_out_of_reach_is_said_in_one_sentence(
    beffroi: Command, monkeypatch: pytest.MonkeyPatch, folder: Path, url: str, says: str
) -> None:
    (folder / "torn.db").write_bytes(b"x" * 5000)
    monkeypatch.setenv("BEFFROI_DATABASE_URL", url)
    said = beffroi("session", "list")
    assert said.code == 1
    assert says in said.err
    assert len(said.err.splitlines()) == 1


def test_a_check_finds_what_does_not_answer(
    beffroi: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BEFFROI_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("BEFFROI_SMTP_PORT", "1")
    said = beffroi("check", "--json")
    verdicts = {one["thing"]: one["verdict"] for one in json.loads(said.out)}
    assert said.code == 1
    assert verdicts["email"] == "does not answer"
    assert verdicts["database"] == "answers"
    assert verdicts["telegram"] == "not set up"


def test_a_stranger_and_a_member_talk_in_the_terminal(
    beffroi: Command, council: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert council
    monkeypatch.setattr("sys.stdin", io.StringIO("/help\n"))
    stranger = beffroi("console")
    monkeypatch.setattr("sys.stdin", io.StringIO("/inbox\n/quit\nunheard\n"))
    member = beffroi("console", "--as", CLERK)
    assert stranger.code == member.code == 0
    assert stranger.out.strip()
    assert member.out.strip()


def test_the_version_is_a_version(beffroi: Command) -> None:
    assert beffroi("--version").out.strip().count(".") == 2
