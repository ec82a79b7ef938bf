"""The jurisdiction that is asked for, or told from the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimlint import jurisdiction, readers
from claimlint.cli import main

PACKS = jurisdiction.packs(False)


def told(text: str, suffix: str = "md") -> jurisdiction.Guess:
    """What the page shows."""
    return jurisdiction.tell(readers.read(f"page.{suffix}", text.encode()), PACKS)


@pytest.mark.parametrize(
    ("text", "pack"),
    [
        ("Call +82 2 555 0100.", "kr"),
        ("Visit us in Seoul or Gangnam.", "kr"),
        ("Lumora Wellness, 1 Madeup Street, Sydney. Registered with AHPRA.", "au"),
        ("Write to [us](mailto:desk@lumora.co.uk).", "uk"),
        ("Lumora Clinic, Miami, Florida, USA. Call +1 305 555 0100.", "us-fl"),
        ("Lumora Clinic, Miami and Houston, USA.", "us-federal"),
        ("Lumora Clinic, 12 Madeup Road, Miami, FL 33101. (305) 555-0100", "us-fl"),
        ("Lumora, Austin, TX 78701. 512-555-0100", "us-tx"),
        ("Lumora, Burlington, VT 05401.", "us-vt"),
        ("Lumora, Salt Lake City, UT 84101", "us-ut"),
        ("Lumora, Seattle, WA 98101.", "us-wa"),
        ("Call (858) 555-0100 in San Diego.", "us-ca"),
        ("Lumora, Denver, CO 80202. (303) 555-0100", "us-federal"),
        ("Lumora, Vancouver, BC V5K 0A1. Call 604-555-0100.", "ca"),
        ("Lumora, Madeup Road, W1G 9XX.", "uk"),
        ("Lumora, 1 Madeup Street, NSW 2000.", "au"),
        ("Lumora, 0049 30 555 0100", "de"),
        ("Licensed by the Florida Board of Medicine.", "us-fl"),
        ("Texas Medical Board licence 123.", "us-tx"),
        ("Our doctors are GMC registered.", "uk"),
        ("Doctors licensed by the CPSO.", "ca"),
        (
            "Lumora, Tijuana. COFEPRIS permit 12345. +52 664 555 0100. Toll free from the USA: +1 888 555 0100.",
            "mx",
        ),
        ("Lumora Klinik, Berlin. +49 30 555 0100. Patients come from the European Union.", "de"),
    ],
)
def test_places_are_told(text: str, pack: str) -> None:
    """Telephone codes, domains and names decide; a state wins over its federation, two states yield to it."""
    assert told(text).pack == pack


@pytest.mark.parametrize("code", ["324", "448", "645", "656", "689", "728"])
def test_florida_has_new_area_codes(code: str) -> None:
    """Codes laid over older ones since 2019 point to Florida as those do."""
    assert told(f"Lumora Clinic, Florida. Call ({code}) 555-0100.").pack == "us-fl"


def test_nothing_shown() -> None:
    """A page that shows no place falls under no law, and the report says so."""
    guess = told("Our drops help you sleep.")
    assert guess.pack is None
    assert "--jurisdiction" in jurisdiction.in_words(guess)


def test_a_tie_decides_nothing() -> None:
    """Two unrelated places shown equally leave it open and are named."""
    guess = told("We treat guests in Orchard Road, Singapore, and in Tokyo, Japan.")
    assert guess.pack is None
    assert set(guess.also) == {"sg", "jp"}


@pytest.mark.parametrize(
    "text",
    [
        "Offices in London, United Kingdom (+44 20 7946 0100) and Sydney, Australia (+61 2 5550 1234).",
        "Lumora, Bangkok. +66 2 555 0100",
        "IMPROVED IN 20000 PATIENTS, OR 10000 OF THEM",
        "Jackson Miami was a patient. So was Paris Texas.",
        "Batch FL 331012 of 2026, order 512-555-01000.",
        "A code such as B12 3A is no address.",
    ],
)
def test_nothing_is_told_from_look_alikes(text: str) -> None:
    """Two places that are shown equally, places of no pack, capitals, names and longer numbers decide nothing."""
    assert told(text).pack is None


def test_one_name_is_not_enough() -> None:
    """A single city may stand in a citation, so it chooses no law, and the note names it."""
    guess = told("A study from London found no benefit.")
    assert guess.pack is None
    assert '"London"' in jurisdiction.in_words(guess)


def test_words_that_decided_are_where_they_say() -> None:
    """Each reason quotes the page at its own place."""
    text = "Lumora Clinic, Gangnam, Seoul."
    document = readers.read("page.md", text.encode())
    for reason in jurisdiction.tell(document, PACKS).reasons:
        block = document.blocks[reason.place.block].text
        assert block[reason.place.start : reason.place.end] == reason.text


def run(tmp_path: Path, text: str, *options: str) -> dict:  # type: ignore[type-arg]
    """The JSON report of one page."""
    page, out = tmp_path / "page.md", tmp_path / "out.json"
    page.write_text(text, encoding="utf-8")
    main(["check", "--format", "json", "-o", str(out), "--as-of", "2026-11-24", *options, str(page)])
    made: dict = json.loads(out.read_text("utf-8"))  # type: ignore[type-arg]
    return made


PAGE = "Our clinic in Miami, Florida offers stem cell therapy for lupus. We cure it, guaranteed. Call us.\n"


def test_auto_loads_the_pack_and_says_why(tmp_path: Path) -> None:
    """--jurisdiction auto judges by the place that the page shows and names the words that decided."""
    found = run(tmp_path, PAGE, "--jurisdiction", "auto")["findings"]
    rules = {one["rule"]: one for one in found}
    assert "us-fl/gate/beyond-three-fields" in rules
    assert '"Miami"' in rules["claimlint/jurisdiction-told"]["message"]


def test_a_jurisdiction_loads_its_pack(tmp_path: Path) -> None:
    """--jurisdiction us-fl needs no --ruleset, and names Florida's and federal provisions alone."""
    found = run(tmp_path, PAGE, "--jurisdiction", "us-fl", "--ruleset", "eu")["findings"]
    places = {record["jurisdiction"] for one in found for record in one["provisions"]}
    assert places == {"us-fl", "us-federal"}


def test_jurisdiction_by_path(tmp_path: Path) -> None:
    """Settings give each folder its own law."""
    (tmp_path / ".claimlint.yaml").write_text(
        "overrides:\n- paths: ['*.md']\n  jurisdiction: au\n", encoding="utf-8"
    )
    found = run(tmp_path, PAGE)["findings"]
    assert "au/gate/cells-to-public" in {one["rule"] for one in found}
