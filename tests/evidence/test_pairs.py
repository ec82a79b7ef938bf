"""The verdict on the pair that a clause names, for words such as "is effective" that name none themselves."""

from __future__ import annotations

from datetime import date

import pytest

from claimlint import readers, rules
from claimlint.evidence import load
from claimlint.language.reader import Reader
from claimlint.language.text import Sentence
from claimlint.ledger import Ledger
from claimlint.phrasebook import Phrasebook

TODAY = date(2026, 11, 24)


def sentence(text: str) -> Sentence:
    """The first sentence of a page of plain text."""
    ruleset = rules.load()
    book = Phrasebook(ruleset, [])
    document = readers.read("page.txt", text.encode())
    return Reader(ruleset.terms, book.tables, book.cue_of).read(document, every=True)[0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("MSC therapy is effective in MS.", "contradicted"),
        ("HSCT is effective in relapsing MS.", "supported"),
        ("MSC therapy is effective in lupus.", "stronger-than-evidence"),
        ("Exosomes are effective in psoriasis.", "no-evidence-on-record"),
        ("MSCs are used here, but HSCT is effective in relapsing MS.", "supported"),
        ("Our programme is effective in MS.", None),
        ("MSC therapy is effective.", None),
    ],
)
def test_a_pair_is_judged_in_the_clause_of_its_words(text: str, word: str | None) -> None:
    """The record answers the treatment and disease of that clause, with its ids; without both there is no verdict."""
    read = sentence(text + "\n")
    at = read.norm.folded.index("effective")
    ledger = Ledger(load(), TODAY)
    found = ledger.pair_verdict(read, at)
    assert (found and found.verdict) == word


def test_without_a_registry_no_pair_is_judged() -> None:
    """A run that loads no evidence has none to tell."""
    read = sentence("MSC therapy is effective in MS.\n")
    assert Ledger(None, TODAY).pair_verdict(read, read.start) is None
