"""The page of `make bench`: made of whatever has been measured, with drawings that can be read."""

from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.report import drawings, page, results, rows

SPREAD = '{"sqlite": {"1000": {"per_s": 9000, "raw_per_s": 20000, "rss_mb": 2.5}}}'
SENT = (
    '{"dispatch": {"100ms": {"ours_per_s": 850, "bare_per_s": 900, "apprise_per_s": 56,'
    ' "ours_cpu_ms": 0.3}}}'
)
OUTPUTS = {
    "dispatch": "some table\n" + SENT,
    "fan_out": f'{{"fan_out": {SPREAD}}}',
    "scale": '{"scale": {"1": 400, "2": 780, "claimed_twice": 0, "jobs_per_s": 148}}',
    "email": '{"email": {"ours_per_s": 2000, "limit_per_s": 6800}}',
    "urgent": "it broke",
}


def test_what_was_measured_is_told_beside_its_peers_and_drawn(tmp_path: Path) -> None:
    for name, output in OUTPUTS.items():
        (tmp_path / f"{name}.out").write_text(output, "utf-8")
    found = results(tmp_path)
    assert found.keys() == OUTPUTS.keys() - {"urgent"}
    drawn = list(drawings(found))
    said = page(list(rows(found)), [(name, title) for name, title, _ in drawn])
    for figure in (
        "850/s",
        "bare client 900/s (94%; 85 % wanted)",
        "2.5 MB",
        "148/s",
        "smtp-source 6,800/s",
    ):
        assert figure in said
    for name, title, drawing in drawn:
        assert name in said
        assert title in "".join(ET.fromstring(drawing).itertext())  # noqa: S314 - our own
