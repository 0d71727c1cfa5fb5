"""Texts that others must agree to, followed from the command line."""

import json
from pathlib import Path

import pytest

from tests.bot.conftest import Command

TEXT = """
[fr]
title = "Eau"
text = "L’eau sera coupée jeudi."
"""
OTHER = TEXT.replace("jeudi", "mercredi")
MISTAKEN = '[[steps]]\nkey = "one"\nroles = ["king"]\n'


@pytest.fixture
def release(tmp_path: Path) -> Path:
    file = tmp_path / "release.toml"
    file.write_text(TEXT, "utf-8")
    return file


@pytest.mark.usefixtures("council")
def test_a_text_is_submitted_from_a_file_changed_and_taken_back(
    beffroi: Command, release: Path, tmp_path: Path
) -> None:
    said = beffroi("approvals", "submit", str(release), "--by", "1", "--kind", "press_release")
    assert "APP-1 is submitted" in said.out
    [listed] = json.loads(beffroi("approvals", "list", "--json").out)
    assert (listed["ref"], listed["state"], listed["step"]) == ("APP-1", "waiting", "division")
    other = tmp_path / "other.toml"
    other.write_text(OTHER, "utf-8")
    assert "new text" in beffroi("approvals", "revise", "APP-1", str(other), "--by", "1").out
    shown = json.loads(beffroi("approvals", "show", "APP-1", "--json").out)
    assert "➕ L’eau sera coupée mercredi." in shown["changed"]
    assert [one["act"] for one in shown["history"]] == ["begin", "submit", "revise", "submit"]
    assert "recalled" in beffroi("approvals", "recall", "APP-1").out
    assert "recalled" in beffroi("approvals", "show", "APP-1").out
    assert "APP-1" in beffroi("approvals", "list", "--all").out


@pytest.mark.usefixtures("council")
def test_a_notice_to_many_needs_others_to_agree_where_the_commune_says_so(
    beffroi: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = tmp_path / "notice.toml"
    notice.write_text(TEXT + TEXT.replace("fr", "ar") + TEXT.replace("fr", "en"), "utf-8")
    monkeypatch.setenv("BEFFROI_APPROVAL_NOTICES_OVER", "0")
    refused = beffroi("notice", "send", "everyone", str(notice))
    assert (refused.code, "beffroi approvals submit" in refused.err) == (1, True)
    assert beffroi("notice", "send", "everyone", str(notice), "--class", "emergency").code == 0


def test_flows_are_listed_and_their_mistakes_named(beffroi: Command, tmp_path: Path) -> None:
    keys = [one["key"] for one in json.loads(beffroi("approvals", "flows", "list", "--json").out)]
    presets = ["ca.ministry", "ci.mairie", "council.minutes", "council.petitions", "ma.commune"]
    assert keys == presets
    mistaken = tmp_path / "ours.toml"
    mistaken.write_text(MISTAKEN, "utf-8")
    said = beffroi("approvals", "flows", "check", str(mistaken))
    assert (said.code, "'king'" in said.err) == (1, True)
