"""Who acts: the words before an effect, read for their subject."""

from __future__ import annotations

import pytest

from claimlint import readers
from claimlint.claims.agent import Agent, agent_before
from claimlint.language.text import Sentence
from tests.corecheck import engine


def agent(before: str, previous: Agent | None = None) -> Agent:
    """The agent among the words ``before`` a verb."""
    text = f"{before} relieves migraine." if before else "Relieves migraine."
    sentence: Sentence = engine()._reader.read(readers.read("a.txt", text.encode("utf-8")))[0]
    at = text.lower().index("relieves migraine")
    return agent_before(sentence, sentence.start, at, previous)


@pytest.mark.parametrize(
    ("before", "kind", "concept"),
    [
        ("Acupuncture", "intervention", "acupuncture"),
        ("Regular acupuncture quickly", "intervention", "acupuncture"),
        ("Acupuncture also gently", "intervention", "acupuncture"),
        ("We use acupuncture, which", "we", "acupuncture"),
        ("We", "we", None),
        ("Our team", "we", None),
        ("I", "we", None),
        ("It", "pronoun", None),
        ("This", "pronoun", None),
        ("They also", "pronoun", None),
        ("The treatment", "offer", None),
        ("A single session", "offer", None),
        ("The new serum", "offer", None),
        ("You", "you", None),
        ("Patients", "people", None),
        ("Anyone", "people", None),
        ("Your body", "body", None),
        ("The body", "body", None),
        ("Your immune system", "body", None),
        ("The liver", "body", None),
        ("Arthritis", "condition", None),
        ("Ibuprofen", "drug", None),
        ("Conventional medicine", "drug", None),
        ("Standard treatments only", "drug", None),
        ("The mayor", "other", None),
        ("", "elided", None),
        ("To", "elided", None),
        ("Quickly and safely", "elided", None),
    ],
)
def test_agent(before: str, kind: str, concept: str | None) -> None:
    """The subject is told by its words, adverbs and auxiliaries set aside; the intervention named is kept."""
    found = agent(before)
    assert found.kind == kind
    if concept is not None:
        assert found.hit is not None
        assert found.hit.concept == concept


def test_a_verb_without_a_subject_shares_the_one_before() -> None:
    """ "Soothes skin and relieves migraine": the second verb has the first one's subject."""
    before = Agent("body")
    assert agent("and also", before) is before
    assert agent("We", before).kind == "we"
