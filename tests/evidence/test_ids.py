"""DOI, PMID and trial numbers in copy: which are recognised, and which claims they belong to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimlint import readers
from claimlint.evidence.ids import ids_in, tied, trial_name
from tests.corecheck import engine

FOUND = [
    ("See doi:10.1000/glow.29.", [("doi", "10.1000/glow.29")]),
    ("https://doi.org/10.1000/GLOW(29)00-1, and more", [("doi", "10.1000/GLOW(29)00-1")]),
    ("PMID: 1234567", [("pmid", "1234567")]),
    ("https://pubmed.ncbi.nlm.nih.gov/1234567/", [("pmid", "1234567")]),
    ("registered as nct01234567; (10.1000/a)", [("nct", "NCT01234567"), ("doi", "10.1000/a")]),
    ("version 10.2 of 5/6, NCT123, call 1234567", []),
    ("PMID 123456789", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[case[0][:20] for case in FOUND])
def test_ids_in_text(text: str, expected: list[tuple[str, str]]) -> None:
    """Each id is found in its usual spellings, without the full stop or bracket behind it."""
    found = ids_in(text)
    assert [(one.kind, one.value) for one in found] == expected
    assert all(text[one.start : one.end].upper() == one.value.upper() for one in found)


@given(st.text(alphabet="10./aN CTPMID:()", max_size=80))
def test_ids_lie_where_they_say(text: str) -> None:
    """Whatever the text, an id's offsets hold the id, and ids don't overlap."""
    found = ids_in(text)
    assert all(text[one.start : one.end].upper() == one.value.upper() for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize(
    ("text", "name"),
    [("the GLOW-2 trial", "GLOW-2"), ("an RCT study", None), ("the trial of GLOW", None), ("A trial", None)],
)
def test_names_of_trials(text: str, name: str | None) -> None:
    """A study counts as named where the text calls it a trial or study by its name."""
    assert trial_name(text) == name


def references(text: str, suffix: str = "txt") -> list[tuple[str, list[str]]]:
    """Each claim's words with the ids that it cites."""
    document = readers.read(f"page.{suffix}", text.encode())
    made = [claim for claim, _ in engine().check(document).claims]
    blocks = document.blocks
    return [
        (
            blocks[claim.place.block].text[claim.place.start : claim.place.end],
            [one.value for one in ids],
        )
        for claim, ids in zip(made, tied(document, made), strict=True)
    ]


CASES = [
    ("Exosomes relieve psoriasis (PMID 11, PMID 12).", [["11", "12"]]),
    ("Exosomes relieve psoriasis. Source: PMID 11.", [["11"]]),
    ("As PMID 11 shows, exosomes relieve psoriasis.", [["11"]]),
    ("Exosomes relieve psoriasis (PMID 11). Exosomes ease asthma (PMID 12).", [["11"], ["12"]]),
    ("Exosomes relieve psoriasis.\n\nPMID 11", [[]]),
    ("Exosomes relieve psoriasis. Exosomes ease asthma (PMID 12).", [[], ["12"]]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0][:44] for case in CASES])
def test_which_claim_an_id_belongs_to(text: str, expected: list[list[str]]) -> None:
    """An id backs the claims of the sentence that it follows, within its block."""
    assert [ids for _, ids in references(text)] == expected


def test_links_count_as_ids() -> None:
    """The address of a link behind a claim ties as an id in the words would."""
    text = '<p>Exosomes relieve psoriasis <a href="https://doi.org/10.1000/glow">trial</a>.</p>'
    assert [ids for _, ids in references(text, "html")] == [["10.1000/glow"]]
