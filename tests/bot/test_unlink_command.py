import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.conftest import Command

CHAT = "4242"


@pytest.mark.usefixtures("council")
def test_an_address_is_believed_no_more_and_the_log_says_by_whom(
    beffroi: Command, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text(
        "name,role,body,language,declared address,other addresses\n"
        f"Amina,member,council,fr,amina@elus.example,telegram:{CHAT}\n",
        "utf-8",
    )
    assert beffroi("import", "people", str(tmp_path / "people.csv")).code == 0
    assert beffroi("unlink", CHAT).code == 1
    for database in tmp_path.rglob("*.db"):
        with closing(sqlite3.connect(database)) as opened, opened:
            opened.execute("UPDATE addresses SET verified_at = '2026-01-28 09:00:00'")
    assert json.loads(beffroi("unlink", CHAT, "--json").out) == {"unlinked": 1}
    assert beffroi("unlink", CHAT).code == 1
    last = json.loads(beffroi("audit", "list", "--json").out)[-1]
    assert (last["actor"].split(":")[0], last["act"]) == ("operator", "unlink")
