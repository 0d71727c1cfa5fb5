"""What `make bench` found, as a page: a table beside the limits and peers, and drawings.

`python -m benchmarks.report FOLDER` runs nothing: it reads the last line of each script's output
in FOLDER, and writes docs/performance.md with its drawings in docs/performance/.
"""

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks._drawing import bars, curves
from domain.clock import SystemClock

DOCS = Path(__file__).parent.parent / "docs"
DRAWINGS = DOCS / "performance"
Row = tuple[str, str, str]
WRITTEN = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
LEAST = {"sqlite": 15_000, "postgresql": 20_000}  # deliveries a second that are asked for
BY_JOBS = "1, one job a message"
PEERS = frozenset({"bare", "apprise", "smtp-source", BY_JOBS})
HEAD = """# Performance

What `make bench` measured, each figure beside a peer or a limit in the same run. Noise of some
per cent is usual on a shared machine: compare the ratios.

"""


def results(folder: Path) -> dict[str, Any]:
    """Return the figures of every script that has run, by its name."""
    found: dict[str, Any] = {}
    for output in sorted(folder.glob("*.out")):
        lines = output.read_text("utf-8").splitlines()
        said = next((line for line in reversed(lines) if line.startswith("{")), None)
        if said:
            found[output.stem] = next(iter(json.loads(said).values()))
    return found


def machine() -> str:
    cpus = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    model = next((line.partition(": ")[2] for line in cpus if line.startswith("model name")), "?")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} cores of {model}, {memory:.0f} GB, {platform.system()}, {python}"


def _fan_out(by_dialect: Any) -> Iterator[Row]:
    for dialect, sizes in by_dialect.items():
        for size, one in sizes.items():
            figures = f"{one['per_s']:,}/s, {one['rss_mb']} MB above idle"
            ratio = one["per_s"] / one["raw_per_s"]
            peer = f"raw executemany {one['raw_per_s']:,}/s ({ratio:.0%}); {LEAST[dialect]:,}/s"
            yield f"Fan-out to {int(size):,} deliveries on {WRITTEN[dialect]}", figures, peer


def _turn(one: Any) -> Iterator[Row]:
    figures = f"p99 {one['p99_ms']} ms, {one['per_s']}/s"
    yield f"A conversation's turn, {one['people']} people at once", figures, "50 ms, 300/s"


def _urgent(one: Any) -> Iterator[Row]:
    figures = f"p99 {one['p99_s']} s; bulk keeps {one['bulk_share']:.0%}"
    yield "An emergency while bulk waits", figures, "2 s; 20 %"


def _scale(one: Any) -> Iterator[Row]:
    counts = ", ".join(f"{count}: {one[count]:,}/s" for count in _processes(one))
    peer = f"2: 1.8 times one, 4: 3 times; one job a message, 1: {one['jobs_per_s']:,}/s"
    yield f"Sending by processes ({one['claimed_twice']} sent twice)", counts, peer


def _reminders(one: Any) -> Iterator[Row]:
    yield "Lateness of a reminder", f"p99 {one['late_p99_s']} s", "1 s"


def _email(one: Any) -> Iterator[Row]:
    limit = f"smtp-source {one['limit_per_s']:,}/s"
    yield "Letters to one relay", f"{one['ours_per_s']:,}/s", limit


def _web(one: Any) -> Iterator[Row]:
    figures = f"p95 {one['p95_ms']} ms, {one['per_s']}/s, {one['rss_mb']} MB"
    yield f"Pages, while {one['streams']:,} inboxes are open", figures, "50 ms, 200/s, 300 MB"


SAID: Mapping[str, Callable[[Any], Iterator[Row]]] = {
    "dispatch": lambda races: (_sent("dispatch", *race) for race in races.items()),
    "dispatch_postgresql": lambda races: (
        _sent("dispatch_postgresql", *race) for race in races.items()
    ),
    "fan_out": _fan_out,
    "turn": _turn,
    "urgent": _urgent,
    "scale": _scale,
    "reminders": _reminders,
    "email": _email,
    "web": _web,
}


def rows(found: Mapping[str, Any]) -> Iterator[Row]:
    """Return what was measured, the figure, and what it is to be compared with."""
    for name, said in SAID.items():
        if name in found:
            yield from said(found[name])


def _sent(name: str, answers: str, one: Mapping[str, float]) -> Row:
    where = "PostgreSQL" if name.endswith("postgresql") else "SQLite"
    what = f"Sending, answered {answers.replace('_', ' ')}, {where}"
    ratio = one["ours_per_s"] / one["bare_per_s"]
    wanted = "85 % wanted" if answers == "100ms" else "50 % wanted"
    figures = f"{one['ours_per_s']:,}/s, {one['ours_cpu_ms']} ms CPU"
    bare = f"bare client {one['bare_per_s']:,}/s ({ratio:.0%}; {wanted})"
    return what, figures, f"{bare}, Apprise {one['apprise_per_s']:,}/s"


def _processes(scale: Mapping[str, Any]) -> list[str]:
    return [name for name in scale if name.isdecimal()]


def drawings(found: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Return each drawing's file name, what it shows, and itself."""
    for name in ("dispatch", "dispatch_postgresql"):
        for answers, one in found.get(name, {}).items():
            title = f"Messages a second, answered {answers.replace('_', ' ')} ({name})"
            heights = {who: one[f"{who}_per_s"] for who in ("ours", "bare", "apprise")}
            yield f"{name}-{answers}.svg", title, bars(title, heights, PEERS)
    if sizes := found.get("fan_out"):
        for what, title in (("per_s", "Fan-out: deliveries a second"), ("rss_mb", "Fan-out: MB")):
            lines = {
                dialect: {int(size): one[what] for size, one in by_size.items()}
                for dialect, by_size in sizes.items()
            }
            yield f"fan-out-{what.replace('_', '-')}.svg", title, curves(title, lines)
    if scale := found.get("scale"):
        heights = {f"{count} processes": scale[count] for count in _processes(scale)}
        heights[BY_JOBS] = scale["jobs_per_s"]
        title = "Messages a second, by processes"
        yield "scale.svg", title, bars(title, heights, PEERS)
    if email := found.get("email"):
        title = "Letters a second to one relay"
        heights = {"ours": email["ours_per_s"], "smtp-source": email["limit_per_s"]}
        yield "email.svg", title, bars(title, heights, PEERS)


def page(table: Sequence[Row], shown: Sequence[tuple[str, str]]) -> str:
    lines = [f"{machine()}; {SystemClock().now():%Y-%m-%d}.", ""]
    lines += ["| what | here | beside |", "|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in table]
    lines += [f"\n![{title}](performance/{name})" for name, title in shown]
    return HEAD + "\n".join(lines) + "\n"


def main() -> None:
    found = results(Path(sys.argv[1]))
    DRAWINGS.mkdir(exist_ok=True)
    shown = []
    for name, title, drawing in drawings(found):
        (DRAWINGS / name).write_text(drawing, "utf-8")
        shown.append((name, title))
    (DOCS / "performance.md").write_text(page(list(rows(found)), shown), "utf-8")


if __name__ == "__main__":
    main()
