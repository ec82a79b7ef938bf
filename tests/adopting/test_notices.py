"""Shared notices: a footer counts for the pages that show it, and only for what it holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimlint.cli import main

PAGE = "# Lumora\n\nOur clinic offers exosome therapy for arthritis. Book a consultation today.\n"
FOOTER = "<footer><p>Exosome therapy is not approved by the FDA for any condition.</p></footer>\n"
RULE = "core/notice/investigational-status-missing"


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A site with one page that sells and a footer that holds the notice."""
    monkeypatch.chdir(tmp_path)
    Path("parts").mkdir()
    Path("pages").mkdir()
    Path("parts/footer.html").write_text(FOOTER)
    Path("pages/page.md").write_text(PAGE)
    return tmp_path


def report(capsys, settings: str) -> dict:
    """The JSON report on the page under these settings."""
    Path(".claimlint.yaml").write_text(settings)
    capsys.readouterr()
    main(["check", "--format", "json", "--as-of", "2026-11-24", "pages/page.md"])
    loaded: dict = json.loads(capsys.readouterr().out)
    return loaded


def rules(data: dict) -> set[str]:
    """The rules that found something."""
    return {item["rule"] for item in data["findings"]}


def test_a_notice_in_the_footer_counts(site, capsys):
    """Without the setting the page lacks its notice, with it the finding goes and the signal says so."""
    assert RULE in rules(report(capsys, ""))
    data = report(capsys, "notices: {provided_by: parts/footer.html, for: pages/}\n")
    assert RULE not in rules(data)
    assert data["documents"][0]["signals"]["investigational_notice"] is True


def test_it_counts_only_for_the_pages_named(site, capsys):
    """Other pages still lack it."""
    assert RULE in rules(report(capsys, 'notices: [{provided_by: parts/footer.html, for: ["blog/**"]}]\n'))


def test_a_footer_without_a_notice_provides_none(site, capsys):
    """The file is read: saying that it holds a notice isn't enough, and the message tells where it was looked for."""
    Path("parts/footer.html").write_text("<footer>Lumora Wellness, Fictonia</footer>")
    data = report(capsys, "notices: {provided_by: parts/footer.html, for: pages/}\n")
    found = next(item for item in data["findings"] if item["rule"] == RULE)
    assert "parts/footer.html: it isn't there" in found["message"]


def test_a_sentence_of_ones_own_counts(site, capsys):
    """A notice in the team's words counts on the page and in the footer."""
    words = "Neither assessed nor endorsed by the board of Fictonia."
    Path("parts/footer.html").write_text(f"<footer><p>{words.upper()}</p></footer>")
    both = f'notices: ["{words}", {{provided_by: parts/footer.html, for: pages/*.md}}]\n'
    assert RULE not in rules(report(capsys, both))
    Path("pages/page.md").write_text(f"{PAGE}\n{words}\n")
    assert RULE not in rules(report(capsys, f'notices: ["{words}"]\n'))


def test_a_footer_that_is_gone_is_never_clean(site, capsys):
    """A file that can't be read makes the page unchecked."""
    data = report(capsys, "notices: {provided_by: parts/gone.html, for: pages/}\n")
    assert "parts/gone.html can't be read" in data["failures"][0]["reason"]


@pytest.mark.parametrize(
    "text",
    ["notices: 3", "notices: {for: x}", "notices: {provided_by: x}", "notices: [{provided: x, for: y}]"],
)
def test_bad_settings_name_the_place(site, capsys, text):
    """One message with file and line."""
    Path(".claimlint.yaml").write_text(f"# head\n{text}\n")
    assert main(["check", "pages/page.md"]) == 2
    assert ".claimlint.yaml:2:" in capsys.readouterr().err


LAWFUL = (
    "A notice that Florida law requires: this physician performs stem cell therapy. It is not yet approved by the United "
    "States Food and Drug Administration."
)
ADVICE = " Please consult your primary care provider first."
STATUTE = "us-fl/notice/advertisement"
SETTINGS = "jurisdiction: us-fl\nnotices: {provided_by: parts/footer.html, for: pages/}\n"


def test_a_notice_in_law_counts_by_its_elements(site, capsys):
    """A shared footer leaves a note where it holds the law's notice whole, and is told for what it lacks where it doesn't."""
    Path("pages/page.md").write_text(PAGE.replace("exosome", "stem cell"))
    data = report(capsys, SETTINGS)
    (found,) = [item for item in data["findings"] if item["rule"] == STATUTE]
    assert found["severity"] == "warning"
    assert "lacks the caption, the practice, the advice." in found["message"]
    Path("parts/footer.html").write_text(f"<footer>{LAWFUL}</footer>")
    (found,) = [item for item in report(capsys, SETTINGS)["findings"] if item["rule"] == STATUTE]
    assert "lacks the advice." in found["message"]
    Path("parts/footer.html").write_text(f"<footer>{LAWFUL}{ADVICE}</footer>")
    (found,) = [item for item in report(capsys, SETTINGS)["findings"] if item["rule"] == STATUTE]
    assert found["severity"] == "note"
    assert "complete in parts/footer.html" in found["message"]


def test_a_shared_footer_opens_no_gate(site, capsys):
    """What lifts a bar on the advertisement has to stand on the page: the footer's words don't."""
    Path("parts/footer.html").write_text(
        "<footer>Only within an authorised trial. Not approved by the TGA.</footer>"
    )
    Path("pages/page.md").write_text(PAGE.replace("exosome", "stem cell"))
    settings = "jurisdiction: uk\nnotices: {provided_by: parts/footer.html, for: pages/}\n"
    assert "uk/gate/cells-to-public" in rules(report(capsys, settings))


def test_the_law_wants_its_own_notice(site, capsys):
    """The settings' sentence is offered for core's finding alone; for the law's, a draft that is never applied unseen."""
    Path("pages/page.md").write_text(PAGE.replace("exosome", "stem cell"))
    data = report(
        capsys, "jurisdiction: us-fl\nnotices: ['Nothing here has been assessed by the board of Fictonia.']\n"
    )
    fixes = {item["rule"]: item["fixes"] for item in data["findings"] if item["category"] == "missing-notice"}
    (own,), (draft,) = fixes[RULE], fixes[STATUTE]
    assert own["safe"]
    assert not draft["safe"]
    assert "Florida law requires" in draft["replacement"]
    assert "lawyer" in draft["description"]
