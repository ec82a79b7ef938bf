"""The credibility command's report: items, and claims against what is cited and what is on record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimlint.cli import main

GOOD = (
    "Written by Dr. Ima Madeup. Published on 3 May 2026.\n\n"
    "Mesenchymal stem cells treat multiple sclerosis (PMID 123). They may ease asthma."
)


def report(folder: Path, text: str, fmt: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What `claimlint credibility` prints for one page."""
    path = folder / "page.txt"
    path.write_text(text, "utf-8")
    assert main(["credibility", str(path), "--format", fmt, "--as-of", "2026-11-24"]) == 0
    return capsys.readouterr().out


def test_claims_stand_beside_the_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dated page with an author still shows the claim that the record contradicts, and what it cites."""
    (document,) = json.loads(report(tmp_path, GOOD, "json", capsys))["documents"]
    known = document["evidence"]
    assert document["signals"]["author"]
    assert (known["claims"], known["cited"]) == (2, 1)
    assert known["verdicts"]["contradicted"] == 1
    assert known["against_the_record"][0]["verdict"] == "contradicted"
    assert "multiple sclerosis" in known["against_the_record"][0]["quote"]


def test_the_text_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The text names the number of claims, those with a reference and those against the record."""
    text = report(tmp_path, GOOD, "text", capsys)
    assert "claims: 2, 1 of them with a reference" in text
    assert "contradicted: 1" in text


def test_the_page_shows_bars_and_runs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The HTML has a bar for the score and each instrument, escapes what it quotes and loads or runs nothing."""
    page = report(
        tmp_path, GOOD + "\n\n<script>alert(1)</script> Exosomes cure <b>asthma</b>.", "html", capsys
    )
    assert page.count('<svg class="bar"') == 4
    assert "contradicted" in page
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert 'src="' not in page


def test_a_page_without_claims(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that claims nothing has no verdicts and nothing against the record."""
    (document,) = json.loads(report(tmp_path, "We open at nine o'clock.", "json", capsys))["documents"]
    assert document["evidence"] == {"claims": 0, "cited": 0, "verdicts": {}, "against_the_record": []}
