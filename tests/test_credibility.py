"""The credibility scorecard: what each item sees, where it points, and that it stays cheap and equal."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimlint import readers
from claimlint.credibility import scorecard
from claimlint.credibility.words import WORDS, occurrences
from claimlint.engine import Engine
from claimlint.model import Block, Document, Link, Place, Reason, Scope, Signals
from tests.corecheck import AS_OF, ruleset

_BITS = [
    " ", " ", ". ", "-", "2019; 33", "may", "can", "American ", "un", "known", "not ", "yet ", "side effects", "Side-effect", "M.D.",
    "md", "MD", "doi", "et al", "10.1234/abc", "we offer", "our team", "conventional drugs", "fever", "\u00e9", "\u0130", "x", "healing",
    "talk to your doctor", "reduc", "tion", "breakthrough", "o", "edema", "strong safety profile", "untreated", "privacy policy",
]  # fmt: skip
SEEDS = os.environ.get("CLAIMLINT_SEEDS")


def page(text: str, **meta: str) -> Document:
    """A plain text page whose non-empty lines are its blocks."""
    blocks, at = [], 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped)
            blocks.append(Block(stripped, Scope.PARAGRAPH, ((0, start, start + len(stripped)),)))
        at += len(line) + 1
    return Document("page.txt", "txt", text, tuple(blocks), meta=meta)


def item(card: dict, name: str) -> dict:
    """The item ``instrument/name`` of a card."""
    return next(one for one in card["items"] if f"{one['instrument']}/{one['item']}" == name)


@pytest.mark.parametrize(
    ("name", "text", "state"),
    [
        ("jama/disclosure", "Conflict of interest: the author owns shares in Lumora Wellness.", "present"),
        ("jama/disclosure", "We care about interesting conflicts.", "absent"),
        ("discern/risks", "Side effects include fever, nausea and, rarely, infection.", "present"),
        ("discern/risks", "These drugs carry risks such as infection, cancer and fever.", "absent"),
        ("discern/risks", "Lupus brings fever, fatigue and infection.", "absent"),
        ("discern/no-treatment", "Left untreated, the rash often fades within a year.", "present"),
        ("discern/no-treatment", "Treatment starts with a blood test.", "absent"),
        ("discern/alternatives", "Other treatment options are corticosteroids and light.", "present"),
        ("discern/alternatives", "Conventional drugs only mask the trouble.", "absent"),
        ("discern/uncertainty", "It may improve sleep, but more research is needed.", "present"),
        ("discern/uncertainty", "It improves sleep and heals skin.", "absent"),
        ("discern/shared-decision", "Talk to your doctor before you book.", "present"),
        ("discern/quality-of-life", "We measured quality of life.", "present"),
        ("discern/support", "Ask a patient charity or a helpline.", "present"),
        ("discern/aims", "This page has an aim.", "unknown"),
        ("discern/balance", "A cream for the feet.", "unknown"),
        ("hon/complementarity", "This page is no ad and not a substitute for care.", "present"),
        ("hon/privacy", "See our privacy policy.", "present"),
        ("hon/justifiability", "A miracle breakthrough, guaranteed and revolutionary.", "absent"),
        ("hon/justifiability", "The cream was tried in ten people.", "present"),
    ],
)
def test_item_is_decided_by_the_words(name: str, text: str, state: str) -> None:
    """Each item that text can decide is present or absent by its own words."""
    assert item(scorecard(page(text), Signals()), name)["state"] == state


def test_signals_decide_author_date_and_references() -> None:
    """What the signals found counts, and their words are shown at the right offsets."""
    text = "Wellness news\nBy Dr. Ima Madeup, 3 May 2024"
    reason = Reason("author", "By Dr. Ima Madeup", Place(1, 0, 17))
    card = scorecard(page(text), Signals(author=True, date=True, reasons={"author": (reason,)}))
    assert item(card, "jama/authorship")["state"] == "present"
    assert item(card, "jama/currency")["state"] == "present"
    shown = item(card, "jama/authorship")["shown"]
    assert shown == [{"quote": "By Dr. Ima Madeup", "start": 14, "end": 31}]


def test_meta_data_count_as_author_and_date() -> None:
    """Machine-readable authorship and date count where no byline stands in the copy."""
    card = scorecard(page("A page.", author="Ima Madeup", date="2024-05-03"), Signals())
    assert (item(card, "jama/authorship")["value"], item(card, "jama/currency")["value"]) == (1.0, 1.0)


def test_few_references_are_half_an_answer() -> None:
    """One reference is worth half of what three are."""
    cited = Signals(citations=True)
    one = page("Madeup I et al. 2021.")
    links = tuple(Link(f"https://example.org/{n}", 0, 1) for n in range(3))
    many = Document("page.txt", "txt", one.source, one.blocks, links=links)
    assert item(scorecard(one, cited), "jama/attribution")["value"] == 0.5
    assert item(scorecard(many, cited), "jama/attribution")["value"] == 1.0


def test_selling_what_it_describes_is_a_conflict_and_costs_a_fifth() -> None:
    """A page that promotes and invites contact shows a conflict of interest and scores 0.8 of its items."""
    text = "Left untreated, it may get worse. Side effects: fever, infection, nausea. It may improve skin."
    reader = scorecard(page(text), Signals(promotes=True))
    seller = scorecard(page(text), Signals(promotes=True, cta=True))
    assert reader["conflict_of_interest"]["state"] == "absent"
    assert seller["conflict_of_interest"]["state"] == "present"
    assert seller["score"] == pytest.approx(0.8 * reader["score"], abs=0.001)


def test_the_score_is_the_stated_formula() -> None:
    """The score can be worked out by hand from the items that say they are scored."""
    card = scorecard(page("It may improve sleep. Side effects: fever."), Signals(author=True))
    values = [one["value"] for one in card["items"] if one["scored"] and one["value"] is not None]
    assert card["score"] == pytest.approx(card["factor"] * sum(values) / len(values), abs=0.002)


def test_card_is_json_and_counts_add_up() -> None:
    """The card can be written as JSON, and each instrument's states add up to its items."""
    card = json.loads(json.dumps(scorecard(page("It heals."), Signals())))
    for name, states in card["instruments"].items():
        assert sum(states.values()) == sum(one["instrument"] == name for one in card["items"])


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="may improve risk fever .\n", max_size=200))
def test_quotes_stand_where_they_say(text: str) -> None:
    """Every quotation equals the source at its offsets, on any text."""
    document = page(text)
    for one in scorecard(document, Signals())["items"]:
        for shown in one["shown"]:
            assert document.source[shown["start"] : shown["end"]] == shown["quote"]


@pytest.mark.parametrize("unit", ["a", "not yet ", "risk fever. ", "talk x x x x ", "may improve "])
def test_cost_is_linear_in_the_page(unit: str) -> None:
    """Eight times the text takes far less than the 64 times that a quadratic scan would."""

    def seconds(repeats: int) -> float:
        document = page(unit * repeats)
        started = time.process_time()
        scorecard(document, Signals())
        return time.process_time() - started

    seconds(10)
    small = max(min(seconds(1_000) for _ in range(3)), 1e-4)
    assert min(seconds(8_000) for _ in range(3)) < 32 * small


# What the signals of the five documents are, read by a person.
READ = {
    "000": Signals(promotes=True, cta=True, risk_disclosure=True, harms=True, investigational_notice=True),
    "001": Signals(promotes=True, risk_disclosure=True, investigational_notice=True),
    "002": Signals(promotes=True, cta=True),
    "003": Signals(citations=True),
    "004": Signals(risk_disclosure=True, harms=True),
}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("We offer exosomes.", "present"),
        ("Our clinic uses exosomes.", "present"),
        ("Others use them.", "absent"),
    ],
)
def test_an_offer_of_its_own_is_a_conflict(text: str, state: str) -> None:
    """A page that promotes what it offers itself has an interest, also where it invites nobody; words show it."""
    conflict = scorecard(page(text), Signals(promotes=True))["conflict_of_interest"]
    assert conflict["state"] == state
    assert bool(conflict["shown"]) is (state == "present")


@pytest.mark.skipif(not SEEDS, reason="CLAIMLINT_SEEDS does not name the folder of source documents")
def test_the_source_documents_come_out_in_the_estimated_order() -> None:
    """The five source documents rank as the estimate by hand ranks them."""
    scores = {}
    for path in sorted(Path(str(SEEDS)).glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            scores[path.name[:3]] = scorecard(page(file.read()), READ[path.name[:3]])["score"]
    assert sorted(scores, key=lambda name: -scores[name]) == ["004", "003", "002", "000", "001"]


@pytest.mark.skipif(not SEEDS, reason="CLAIMLINT_SEEDS does not name the folder of source documents")
def test_the_order_holds_with_the_signals_that_the_program_finds() -> None:
    """Read by the program itself, without a person's help, the five documents rank as the estimate does."""
    judge = Engine(ruleset(), None, profile="team", as_of=AS_OF, scorecards=True)
    scores = {
        path.name[:3]: judge.check(readers.read(path.name, path.read_bytes())).credibility["score"]
        for path in sorted(Path(str(SEEDS)).glob("*.txt"))
    }
    assert sorted(scores, key=lambda name: -scores[name]) == ["004", "003", "002", "000", "001"]


@pytest.mark.parametrize("name", sorted(WORDS))
@given(data=st.data())
def test_every_word_of_a_list_is_tried(name: str, data: st.DataObject) -> None:
    """Whatever a list describes is found, though lists are tried only at certain beginnings."""
    whole = st.from_regex(re.compile("|".join(WORDS[name]), re.ASCII), fullmatch=True)
    words = data.draw(whole.filter(str.isprintable))
    text = f"- {words} -"
    assert occurrences(text, 0, len(text))[name][0][0] == 2


@given(st.lists(st.sampled_from(_BITS), max_size=30).map("".join))
def test_words_are_found_where_the_whole_list_would_find_them(text: str) -> None:
    """Trying lists at certain beginnings only gives what one search for the whole list gives."""
    found = occurrences(text, 0, len(text))
    for name, parts in WORDS.items():
        flags = re.NOFLAG if name == "credentials" else re.IGNORECASE
        whole = re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", flags)
        assert found.get(name, []) == [match.span() for match in whole.finditer(text)], name


def test_nothing_is_said_of_a_page_without_words() -> None:
    """An empty page is unknown in every item and scores nothing: it is neither good nor bad."""
    card = scorecard(page(""), Signals())
    assert {one["state"] for one in card["items"]} == {"unknown"}
    assert card["score"] == 0.0
