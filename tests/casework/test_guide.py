"""The regulator's guide, command by command, on a site that this computer serves: from a list to a case file that verifies."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("scrapy")
pytest.importorskip("duckdb")

from tests.crawl.site import Answer, Site, html, serving, set_traps

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "regulators-guide.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ claimlint (.+)$", GUIDE, re.MULTILINE)
LOCAL = (
    "--delay 0 --allow-network 127.0.0.1/32 --max-seconds 2 --max-bytes 2000000 --attempts 1 --max-alike 5"
)


def site() -> Site:
    """A small clinic with every trap, a page in Latin-1 and one that claims to cure."""
    made = Site(12)
    set_traps(made)
    made.routes["/cells"] = html(
        "Stem cells for arthritis",
        "<p>Our stem cells cure arthritis and have <em>no\n side effects</em>.</p>"
        "<p>Book your consultation now!</p><script>alert(1)</script>",
    )
    made.routes["/caf"] = Answer(
        "<title>Caf\xe9</title><p>Our caf\xe9 drops cure gout.</p>".encode("latin-1"),
        headers=(("Content-Type", "text/html; charset=iso-8859-1"),),
    )
    return made


def run(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "claimlint", *command.split()],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_from_a_list_to_a_case_file(tmp_path):
    """Each command of the guide does what it says, and the case file holds the words that the server sent."""
    assert [command.split()[0] for command in COMMANDS] == ["crawl", "batch", "batch", "batch", "batch"]
    made = site()
    with serving(made):
        (tmp_path / "sites.txt").write_text(f"{made.base}/\n", encoding="utf-8")
        done = run(tmp_path, f"{COMMANDS[0]} {LOCAL}")
        assert done.returncode == 0, done.stderr
    assert not [path for path in made.paths() if path.startswith("/private")]
    for command in COMMANDS[1:]:
        done = run(tmp_path, command.replace("clinic.example", "127.0.0.1"))
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert "Traceback" not in done.stderr
    assert "everything is as the manifest states" in done.stderr
    index = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert "sites/127.0.0.1/index.html" in index
    text = (tmp_path / "report" / "sites" / "127.0.0.1" / "index.html").read_text(encoding="utf-8")
    assert "cure arthritis</mark>" in text
    assert "cure gout</mark>" in text
    assert "HTTP status 500" in text
    assert "<script>" not in text
    ranking = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    assert ranking["sites"][0]["errors"] >= 2
    assert ranking["sites"][0]["not_judged"] >= 1


def test_the_table_of_points_is_that_of_the_weights():
    """The guide states the shipped weights."""
    from claimlint.batch.risk import load_weights

    stated = {
        name: int(points)
        for name, points in re.findall(
            r"^\| (severity|spread|breadth|notices|pressure) \| (\d+) \|", GUIDE, re.MULTILINE
        )
    }
    assert stated == {name: one["weight"] for name, one in load_weights()["components"].items()}


def test_the_outcomes_are_all_explained():
    """Every outcome that crawl.json may hold stands in the guide's table."""
    from claimlint.crawl.outcomes import OUTCOMES

    assert {name for name in OUTCOMES if f"`{name}`" not in GUIDE} == set()
