"""The lookup tables and the term finder on them: what is found, where, and which of two overlapping terms."""

from __future__ import annotations

import marshal
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimlint.language.lexicon import Hit, TermFinder, longest
from claimlint.language.normalise import normalise
from claimlint.language.scan import pad
from claimlint.language.tables import build
from claimlint.rules.ruleset import CAPS, NOUN, PREFIX, VERB, Term
from tests.corecheck import engine, ruleset

TERMS: list[Term] = [
    ("arthritis", "arthritis", "condition", "joint", "", 0),
    ("rheumatoid arthritis", "ra", "condition", "autoimmune", "", 0),
    ("ms", "ms", "condition", "neurology", "", CAPS),
    ("pain", "pain", "symptom", "pain", "", 0),
    ("tissue repair", "tissue-repair", "body", "function", "", 0),
    ("repair", "rebuild", "effect", "regenerate", "up", VERB | NOUN),
    ("reduces", "reduce", "effect", "reduce", "down", VERB),
    ("homeopath", "homeopathy", "intervention", "natural", "", PREFIX),
]
WORDS = [
    "arthritis",
    "rheumatoid",
    "MS",
    "ms",
    "pain",
    "tissue",
    "repair",
    "reduces",
    "homeopathic",
    "x",
    "-",
    "²",
    "é",
]


def find(text: str, phrases: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """(concept, words) of each hit in ``text``."""
    norm = normalise(text)
    hits, _, _ = TermFinder(build(TERMS, phrases)).find(norm.text, pad(norm.folded))
    return [(hit.concept, norm.text[hit.start : hit.end]) for hit in hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rheumatoid arthritis and arthritis", [("ra", "Rheumatoid arthritis"), ("arthritis", "arthritis")]),
        ("rheumatoid-arthritis", [("ra", "rheumatoid-arthritis")]),
        ("living with MS", [("ms", "MS")]),
        ("5 ms later", []),
        ("Ms Madeup", []),
        ("tissue repair", [("tissue-repair", "tissue repair")]),
        ("repair of tissue", [("rebuild", "repair")]),
        ("Homeopathically", [("homeopathy", "Homeopathically")]),
        ("painting, repaired", []),
        ("pain²", [("pain", "pain")]),
        ("", []),
    ],
)
def test_terms_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    """The longest term of a layer stays, capitals-only terms need capitals, starts take the whole word."""
    assert find(text) == expected


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_hits_lie_in_the_text(text: str) -> None:
    """Hits come in order, lie within the text and begin and end at word boundaries."""
    norm = normalise(text)
    hits, plain, calls = TermFinder(build(TERMS, ["pain [relief]", "no ~2 pain"])).find(
        norm.text, pad(norm.folded)
    )
    assert hits == sorted(hits, key=lambda hit: (hit.start, -hit.end))
    for start, end in [(hit.start, hit.end) for hit in hits] + [(start, end) for start, end, _ in plain]:
        assert 0 <= start < end <= len(norm.text)
        assert not norm.text[start - 1 : start].isalnum()
        assert not norm.text[end : end + 1].isalnum() or norm.text[end] == "²"
    assert all(0 <= start < len(norm.text) for start, _ in calls)
    by_layer: dict[bool, list[Hit]] = {}
    for hit in hits:
        by_layer.setdefault(hit.kind == "effect", []).append(hit)
    for layer in by_layer.values():
        for one, two in pairwise(layer):
            assert one.end <= two.start or (one.start, one.end) == (two.start, two.end)


def test_every_shipped_form_is_found() -> None:
    """Each form of the shipped lexicons is found by its own spelling, wholly or within a longer or equal term."""
    finder = engine()._reader.finder
    checked = 0
    for term in ruleset().terms[::5]:
        form, flags = term[0], term[5]
        text = form.upper() if flags & CAPS else form
        norm = normalise(text)
        hits, _, _ = finder.find(norm.text, pad(norm.folded))
        covering = [hit for hit in hits if hit.start == 0 and hit.end >= len(form.rstrip())]
        assert covering, term
        checked += 1
    assert checked > 1000


def test_longest_keeps_one_of_each_layer() -> None:
    """An effect inside a longer target is part of it; the same words may be both."""
    norm = normalise("tissue repair")
    target = Hit(0, 13, "a", *TERMS[4])
    inside = Hit(7, 13, "b", *TERMS[5])
    same = Hit(0, 13, "b", *TERMS[5])
    assert len(norm.text) == 13
    assert longest([inside, target]) == [target]
    assert set(longest([same, target])) == {same, target}


def test_tables_are_builtins() -> None:
    """Tables survive the cache's own format unchanged."""
    tables = build(TERMS, ["pain (relief|reduction)", "no ~3 <condition>", "improv*"])
    assert marshal.loads(marshal.dumps(tables)) == tables


def test_tables_do_not_depend_on_the_hash() -> None:
    """The same terms and phrases give the same tables: no order of a set shows."""
    phrases = ["(pain|ache) (relief|reduction)", "<condition> ~3 {(gone|cured)}", "(a|b|c) improv*"]
    assert marshal.dumps(build(TERMS, phrases)) == marshal.dumps(build(list(TERMS), list(phrases)))


def test_marks_tell_classes_apart() -> None:
    """Each combination of kinds has one mark, and a class names the marks of exactly its terms."""
    tables = build(TERMS, [])
    finder = TermFinder(tables)
    mark = {term[0]: finder.find(term[0].upper(), pad(term[0]))[0][0].mark for term in TERMS}
    joint = tables["classes"]["condition:joint"]
    assert re.fullmatch(joint, mark["arthritis"])
    assert not re.fullmatch(joint, mark["rheumatoid arthritis"])
    for form in ("arthritis", "rheumatoid arthritis", "ms"):
        assert re.fullmatch(tables["classes"]["condition"], mark[form])
        assert re.fullmatch(tables["classes"]["target"], mark[form])
    assert not re.fullmatch(tables["classes"]["target"], mark["repair"])
