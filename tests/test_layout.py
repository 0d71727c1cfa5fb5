"""What linters do not hold: the shape of the house, and that its walls are really walls."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
CONTRACTS = {one["id"]: one for one in SETTINGS["importlinter"]["contracts"]}
PACKAGES: list[str] = SETTINGS["importlinter"]["root_packages"]
CHANNELS = sorted(one.parent for one in (ROOT / "channels").glob("*/__init__.py"))

LONGEST_MODULE = 300
LONGEST_FUNCTION = 45
RECORDS = "store/migrations/versions"  # a step is a record, listed rather than written

AT_THE_ROOT = ("CHANGELOG.md", "Makefile", "README.md", "pyproject.toml", "requirements.lock")

# A folder of one machine, or an index that packages come from: neither is everybody's.
OURS_ALONE = re.compile(
    r"(?<![\w.])/(?:work|home|root|Users)/|/tmp/\w+_jobs|files\.pythonhosted\.org|pypi\.org/simple"
)

# One breach a contract, each in a module of its own.
BREACHES = {
    "layers": {"domain/planted_layers.py": "import store.unit"},
    "channels-behind-the-port": {"handlers/planted_port.py": "import channels.inbox.provider"},
    "channels-are-strangers": {"channels/inbox/planted_strangers.py": "import channels.console"},
    "pure-domain": {"domain/planted_purity.py": "import structlog"},
    "telegram-at-home": {"channels/inbox/planted_telegram.py": "import telegram"},
    "twilio-at-home": {"channels/inbox/planted_twilio.py": "import twilio"},
    "slack-at-home": {"channels/inbox/planted_slack.py": "import slack_sdk"},
    "smtp-at-home": {"channels/inbox/planted_smtp.py": "import aiosmtplib"},
    "shapes-at-home": {"actions/planted_shapes.py": "import msgspec"},
    "squares-at-home": {"actions/planted_squares.py": "import segno"},
    "markup-at-home": {"web/planted_markup.py": "import nh3"},
    "workbooks-at-home": {"actions/planted_workbooks.py": "import openpyxl"},
    "charts-at-home": {"actions/planted_charts.py": "import pygal"},
    "printing-at-home": {"actions/planted_printing.py": "import weasyprint"},
    "telemetry-at-home": {"scheduler/planted_telemetry.py": "import opentelemetry"},
    "cryptography-at-home": {"actions/planted_cryptography.py": "import cryptography"},
    "database-at-home": {"actions/planted_database.py": "import sqlalchemy"},
    "apscheduler-at-home": {"bot/planted_apscheduler.py": "import apscheduler"},
    "procrastinate-at-home": {"scheduler/planted_procrastinate.py": "import procrastinate"},
    "litestar-at-home": {"bot/planted_litestar.py": "import litestar"},
    "templates-at-home": {"handlers/planted_templates.py": "import jinja2"},
    "passkeys-at-home": {"actions/planted_passkeys.py": "import webauthn"},
    "vouching-at-home": {"actions/planted_vouching.py": "import joserfc"},
    "http-at-home": {"actions/planted_http.py": "import aiohttp"},
    "command-line-at-home": {"actions/planted_command.py": "import typer"},
    "settings-at-home": {"web/planted_settings.py": "import pydantic_settings"},
    "learning-stays-behind": {"handlers/planted_learning.py": "import sklearn"},
    "no-cycles": {
        "actions/planted_cycle.py": "import actions.planted_other",
        "actions/planted_other.py": "import actions.planted_cycle",
    },
}


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


OWN = [one for one in modules(*PACKAGES) if RECORDS not in one.as_posix()]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_package_has_its_place_in_the_layers() -> None:
    layered = re.findall(r"\w+", " ".join(CONTRACTS["layers"]["layers"]))
    packages = {one.parent.name for one in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert packages == set(layered) == set(PACKAGES)


def test_every_channel_is_a_stranger_to_the_others() -> None:
    strangers = CONTRACTS["channels-are-strangers"]["modules"]
    assert strangers == [f"channels.{folder.name}" for folder in CHANNELS]


@pytest.mark.parametrize("folder", CHANNELS, ids=named)
def test_every_channel_says_what_it_can_do_and_how_it_speaks(folder: Path) -> None:
    assert (folder / "capabilities.py").is_file()
    assert (folder / "render.py").is_file()


def test_no_module_is_too_long() -> None:
    lengths = {named(one): len(one.read_text("utf-8").splitlines()) for one in OWN}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_MODULE}


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{named(one)}:{node.name}": node.end_lineno - node.lineno + 1
        for one in (*OWN, *modules("tests", "benchmarks", "training"))
        for node in ast.walk(ast.parse(one.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }
    assert not {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}


def test_every_module_opens_with_a_sentence() -> None:
    openings = {
        named(one): ast.get_docstring(ast.parse(one.read_text("utf-8"))) or "" for one in OWN
    }
    first_lines = {name: text.partition("\n")[0] for name, text in openings.items()}
    assert not {name: line for name, line in first_lines.items() if not line.endswith((".", "!"))}
    assert not {name: line for name, line in first_lines.items() if line.startswith("This ")}


def kept() -> Iterator[Path]:
    """Return every file of the house, but not what a working copy gathers beside them."""
    for folder in (*PACKAGES, "tests", "benchmarks", "training", "docs", "deploy", ".ci"):
        yield from (ROOT / folder).rglob("*")
    yield from (ROOT / name for name in AT_THE_ROOT)


def test_nothing_kept_names_one_machine() -> None:
    found = {}
    for file in kept():
        if file.is_file() and file.suffix != ".pyc" and file != Path(__file__):
            text = file.read_bytes().decode("utf-8", "replace")
            if match := OURS_ALONE.search(text):
                found[named(file)] = match[0]
    assert not found


def test_every_contract_has_its_breach() -> None:
    assert BREACHES.keys() == CONTRACTS.keys()


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what import-linter says of each broken contract in a house with every breach."""
    house = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, house / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", house)
    for breach in BREACHES.values():
        for file, text in breach.items():
            (house / file).write_text(f'"""Planted."""\n\n{text}\n', "utf-8")
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    said = subprocess.run(  # noqa: S603 - our own command
        command, cwd=house, capture_output=True, text=True, check=False
    )
    assert said.returncode == 1, said.stderr
    report = said.stdout.partition("Broken contracts")[2]
    names = "|".join(re.escape(contract["name"]) for contract in CONTRACTS.values())
    pieces = re.split(rf"^({names})$", report, flags=re.MULTILINE)[1:]
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_breach_of_a_contract_is_noticed(contract: str, broken: dict[str, str]) -> None:
    planted = next(iter(BREACHES[contract]))
    module = planted.removesuffix(".py").replace("/", ".")
    assert module.rpartition(".")[2] in broken[CONTRACTS[contract]["name"]]
