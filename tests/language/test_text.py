"""Sentences of a document with what was found in them: tagged text, phrases, places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimlint import readers
from claimlint.language.reader import Reader
from claimlint.language.tables import build
from claimlint.language.text import Sentence
from tests.corecheck import engine, ruleset

_WORDS = (
    "our drip cures eczema and multiple sclerosis MS pain-free it's 5% 10⁷ “quoted” (brackets) café naïve stem-cell \ufb01brosis "
    "not may never . ? ! , ; — & NAD+ b12"
).split(" ")


def read(text: str, suffix: str = "txt") -> list[Sentence]:
    """The sentences of a text, with the shipped tables."""
    return engine()._reader.read(readers.read(f"a.{suffix}", text.encode("utf-8")))


def spans(phrase: str, text: str) -> list[str]:
    """The words that ``phrase`` finds in ``text``, sentence by sentence, the longest of those that overlap."""
    terms = ruleset().terms
    reader = Reader(terms, build(terms, [phrase]), {})
    found = []
    for sentence in reader.read(readers.read("a.txt", text.encode("utf-8"))):
        places = sentence.matches(0)
        for start, end in sorted(places):
            if not any(low <= start and end <= high and (low, high) != (start, end) for low, high in places):
                found.append(sentence.norm.text[start:end])
    return found


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=40).map(" ".join))
def test_tagged_text_keeps_offsets(text: str) -> None:
    """Tagged text is one longer than its sentence, and every term's words stand at their own place plus one."""
    for sentence in read(text):
        assert len(sentence.tagged) == sentence.end - sentence.start + 1
        for hit in sentence.hits:
            at = hit.start - sentence.start
            shown = sentence.tagged[at + 1 : at + 1 + hit.end - hit.start]
            plain = sentence.folded[at : at + hit.end - hit.start]
            assert shown == "".join(char if char.isalnum() else "_" for char in plain)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=40).map(" ".join))
def test_places_lie_in_the_block(text: str) -> None:
    """Sentences come in order and do not overlap, hits lie within theirs, and places within the block."""
    last = (-1, 0)
    for sentence in read(text):
        assert (sentence.index, sentence.start) >= last
        assert sentence.start < sentence.end <= len(sentence.norm.text)
        last = (sentence.index, sentence.end)
        for hit in sentence.hits:
            assert sentence.start <= hit.start < hit.end <= sentence.end
            place = sentence.place(hit.start, hit.end)
            assert 0 <= place.start < place.end <= len(sentence.block.text)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=30).map(" ".join))
def test_phrases_match_within_their_sentence(text: str) -> None:
    """Whatever a phrase matches lies within the sentence and begins and ends with a visible sign."""
    for sentence in read(text):
        for phrase in sentence.called:
            for start, end in sentence.matches(phrase):
                assert sentence.start <= start < end <= sentence.end
                words = sentence.norm.text[start:end]
                assert words == words.strip()


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("pain relief", "Pain-relief and pain relief.", ["Pain-relief", "pain relief"]),
        ("pain relief", "Pain. Relief!", []),
        ("pain relief", "PAIN  RELIEF", ["PAIN RELIEF"]),
        ("improv* health", "It improves health.", ["improves health"]),
        ("improv* health", "It proves health.", []),
        ("(proven|tested) [clinically]", "Tested and proven clinically.", ["Tested", "proven clinically"]),
        ("[clinically] (proven|tested*)", "Clinically testedly", ["Clinically testedly"]),
        ("no ~2 risk", "No real risk at all.", ["No real risk"]),
        ("no ~2 risk", "No one here saw a risk.", []),
        ("{no} ~2 <condition>", "No more severe eczema.", ["No"]),
        ("cures <condition>", "It cures multiple sclerosis.", ["cures multiple sclerosis"]),
        ("cures <condition>", "It cures ham.", []),
        ("<effect:cure> ~2 <target>", "It reverses your diabetes.", ["reverses your diabetes"]),
        ("<number> patients", "Over 1,200 patients and ten patients.", ["1,200 patients", "ten patients"]),
        (
            "<percent> success",
            "A 95% success rate, 90 percent success.",
            ["95% success", "90 percent success"],
        ),
        ("^ guaranteed", "Guaranteed. It is guaranteed.", ["Guaranteed"]),
        ("results $", "Real results. Results vary.", ["results"]),
        ("act now !", "Act now! Or act now.", ["Act now!"]),
        ("safe , gentle", "Safe, gentle care. Safe gentle care.", ["Safe, gentle"]),
        ("don't wait", "Don’t wait. Don't wait.", ["Don't wait", "Don't wait"]),
        ("side effects", "No side-effects", ["side-effects"]),
        ("safe", "Unsafe, safely, safe²", ["safe"]),
    ],
)
def test_phrase_language(phrase: str, text: str, expected: list[str]) -> None:
    """The phrase language means what docs/architecture.md says of it."""
    assert spans(phrase, text) == expected


def test_code_has_no_sentences() -> None:
    """Code blocks are not copy."""
    assert read("```\nOur serum cures eczema.\n```", "md") == []


def test_offers_needs_an_intervention_or_we() -> None:
    """A sentence offers where it names what sellers offer or speaks as we, not where it names a drug class."""
    texts = {
        "Our bones grow.": True,
        "We heal bones.": True,
        "Acupuncture eases pain.": True,
        "Antibiotics kill bacteria and cure pneumonia.": False,
        "Pneumonia is an infection.": False,
    }
    assert {text: read(text)[0].offers for text in texts} == texts
