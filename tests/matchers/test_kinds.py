"""Each rule kind on its own: what a small rule of that kind finds, and what silences it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claimlint import evidence, readers
from claimlint.engine import Engine
from claimlint.model import Finding, Severity
from claimlint.rules import load
from tests.corecheck import AS_OF

Checker = Callable[..., list[Finding]]
_HEAD = """
title: A rule under test
category: efficacy
severity: warning
confidence: high
message: "'{quote}' is under test."
why: To see what it finds.
suggest: [Write something else.]
since: 0.1.0
"""
_EXAMPLES = """
examples:
  flag: ["One [[word]].", "Two [[words]]."]
  pass: ["Three.", "Four."]
"""
_PAGE_EXAMPLES = """
examples:
  flag: ["One.", "Two."]
  pass: ["Three.", "Four."]
"""


PHRASE = """
kind: phrase
match:
  phrases: ["{wonder*} ~2 (drip|gel)", "wonder drip"]
  exclude: ["wonder woman gel"]
unless: [negated, question]
even_if: ["wonder guarantee"]
"""
RULES = {
    "phrase": PHRASE,
    "in-headings": PHRASE + "scope: [heading]\n",
    "in-paragraphs": PHRASE + "scope: [paragraph]\n",
    "promotion": PHRASE + "when: promotional\n",
    "supported": "kind: claim\nmatch:\n  verdicts: [supported]\n",
    "relief": "kind: claim\nmatch:\n  effects: [relieve]\n",
    "claim": """
kind: claim
match:
  effects: [relieve, boost]
  targets: [condition, wellbeing]
  agents: [we, intervention]
  strength: [causal, absolute]
unless: [negated, question]
""",
    "required": """
kind: required
match:
  when: [promotes]
  lacks: investigational_notice
  about: [cell]
""",
    "cta": """
kind: call-to-action
match:
  lacks: harms
""",
    "hidden": """
kind: hidden-text
match:
  kinds: [zero-width]
""",
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    """Checks a text against one of the rules that stand below, and gives that rule's findings."""
    folder = tmp_path_factory.mktemp("rules") / "own"
    folder.mkdir()
    for name, body in RULES.items():
        page = any(kind in body for kind in ("kind: required", "kind: call-to-action"))
        (folder / f"{name}.yaml").write_text(_HEAD + body + (_PAGE_EXAMPLES if page else _EXAMPLES), "utf-8")
    engine = Engine(load(folders=(str(folder),), cache=False), evidence.load(), profile="team", as_of=AS_OF)

    def checker(rule: str, text: str, suffix: str = "txt") -> list[Finding]:
        checked = engine.check(readers.read(f"a.{suffix}", text.encode("utf-8")))
        return [found for found in checked.findings if found.rule == f"own/{rule}"]

    return checker


def quotes(found: list[Finding]) -> list[str]:
    """The quoted words."""
    return [finding.quote for finding in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A wondrous gel, our wonderful new gel.", ["wonderful"]),
        ("It is no wonderful gel.", []),
        ("Is it a wonderful gel?", []),
        ("It has no wonder guarantee.", ["wonder guarantee"]),
        ("Is there a wonder guarantee?", ["wonder guarantee"]),
        ("The wonder drip.", ["wonder drip"]),
        ("The wonder woman gel.", []),
        ("The wonder woman gel and a wonder gel.", ["wonder"]),
        ("A wonder. A gel.", []),
        ("Nothing at all.", []),
    ],
)
def test_phrase(findings: Checker, text: str, expected: list[str]) -> None:
    """Phrases find their marked words, guards drop them, even_if ignores guards, exclude cancels, the longest stays."""
    assert quotes(findings("phrase", text)) == expected


def test_phrase_says_why(findings: Checker) -> None:
    """A match that a context covers without dropping it names the context's words."""
    (found,) = findings("phrase", "It may be a wonderful gel.")
    assert [(reason.kind, reason.text) for reason in found.why] == [("hedged", "may")]
    assert found.message == "'wonderful' is under test."


def test_scope_limits_a_rule(findings: Checker) -> None:
    """A rule for headings is silent in paragraphs, and the other way round."""
    text = "# A wonder drip\n\nA wonder drip.\n"
    for rule, line in (("in-headings", 0), ("in-paragraphs", 1)):
        found = findings(rule, text, "md")
        assert [finding.place.block for finding in found if finding.place] == [line]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our drip relieves migraine.", ["relieves migraine"]),
        ("Acupuncture always relieves migraine.", ["relieves migraine"]),
        ("Our drip boosts energy.", ["boosts energy"]),
        ("Our drip increases energy.", []),
        ("Our drip reduces migraine.", []),
        ("Our drip relieves pain.", []),
        ("Ibuprofen relieves migraine.", []),
        ("Our drip may relieve migraine.", []),
        ("Our drip does not relieve migraine.", []),
        ("Does our drip relieve migraine?", []),
    ],
)
def test_claim(findings: Checker, text: str, expected: list[str]) -> None:
    """A claim rule filters by effect class or concept, target, agent, strength and contexts."""
    assert quotes(findings("claim", text)) == expected


def test_claim_by_verdict(findings: Checker) -> None:
    """A claim rule may ask for what the registry says, and its finding carries the record."""
    (found,) = findings("supported", "Autologous HSCT improves rapidly progressing systemic sclerosis.")
    assert found.evidence
    assert findings("supported", "Acupuncture improves systemic sclerosis.") == []


def test_claim_confidence_is_the_lower(findings: Checker) -> None:
    """A finding is no surer than its rule and no surer than its claim."""
    levels = {
        text: findings("relief", text)[0].confidence.value
        for text in ("Our drip relieves migraine.", "Ibuprofen relieves migraine.")
    }
    assert levels == {"Our drip relieves migraine.": "high", "Ibuprofen relieves migraine.": "low"}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Our clinic offers stem cell therapy. Call us.", 1),
        ("Our clinic offers stem cell therapy. It is considered experimental. Call us.", 0),
        ("Our clinic offers massage. Call us.", 0),
        (
            "Researchers study stem cell therapy in clinical trials. Talk to your doctor. Symptoms of gout vary.",
            0,
        ),
    ],
)
def test_required(findings: Checker, text: str, count: int) -> None:
    """A page that promotes such a treatment and lacks the notice gets one finding with no place."""
    found = findings("required", text)
    assert [(finding.start, finding.end, finding.place) for finding in found] == [(None, None, None)] * count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our clinic relieves pain. Call us.", ["Call us"]),
        ("Our clinic relieves pain. Side effects include bruising. Call us.", []),
        ("Our clinic relieves pain.", []),
        ("Our clinic relieves pain. Book your free consultation. Call us.", ["Book your free consultation"]),
    ],
)
def test_call_to_action(findings: Checker, text: str, expected: list[str]) -> None:
    """The first invitation of a page that sells and names no harm is marked, and only that one."""
    assert [" ".join(words.split()) for words in quotes(findings("cta", text))] == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It cu\u200bres gout.", 1),
        ("It cures gout.", 0),
        ("It \u0441ures gout.", 0),
    ],
)
def test_hidden_text(findings: Checker, text: str, count: int) -> None:
    """Only the kinds of disguise that the rule names are found, at the disguised word."""
    found = findings("hidden", text)
    assert len(found) == count
    for finding in found:
        assert "\u200b" in finding.quote
        assert finding.start is not None
        assert text[finding.start : finding.end] == finding.quote


def test_promotional_rules_are_notes_where_nothing_is_sold(findings: Checker) -> None:
    """A rule for promotion is a warning on a seller's page and a note on an agency's."""
    seller = "Our clinic loves this wonderful gel. Call us to book your free consultation."
    agency = (
        "Talk to your doctor or pharmacist. People with gout may ask. Symptoms of gout include pain. "
        "Clinical trials are run by researchers. A wonderful gel is among the risk factors."
    )
    assert [finding.severity for finding in findings("promotion", seller)] == [Severity.WARNING]
    assert [finding.severity for finding in findings("promotion", agency)] == [Severity.NOTE]
