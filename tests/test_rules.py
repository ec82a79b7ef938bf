"""Every shipped rule against its own examples, through the readers and the engine."""

from __future__ import annotations

import pytest

from claimlint.commands.rule_tests import day_of
from claimlint.language.expressions import thawed
from claimlint.language.tables import build, keys_of
from claimlint.model import Rule, Severity
from claimlint.rules.phrases import compile_phrase
from claimlint.rules.testing import Example, examples
from claimlint.triage.housekeeping import RULES as HOUSEKEEPING
from tests.corecheck import check, ruleset

RULES = ruleset().rules
IDS = [rule.id for rule in RULES]
CATEGORIES = frozenset(
    "cure proof efficacy mechanism safety superiority status testimonial statistic disparage urgency intended-use evidence "
    "missing-notice cta-without-risk prohibited-ad credibility evasion housekeeping".split()
)


def _profile(rule: Rule) -> str:
    return "team" if not rule.profiles or "team" in rule.profiles else min(rule.profiles)


def _found(rule: Rule, example: Example) -> list[tuple[int | None, int | None]]:
    checked = check(example.text, example.format, _profile(rule), day_of(rule))
    return [(found.start, found.end) for found in checked.findings if found.rule == rule.id]


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_examples_hold(rule: Rule) -> None:
    """The rule finds exactly the words that its examples mark, and nothing in those that it must leave alone."""
    for example in examples(rule):
        found = _found(rule, example)
        if not example.must_fire:
            assert found == [], example.text
        elif example.spans:
            assert sorted(found) == sorted(example.spans), example.text
        else:
            assert len(found) == 1, example.text


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_rule_is_complete(rule: Rule) -> None:
    """A reader of a report is told what is wrong, why, and what to do; both sorts of example are there."""
    for text in (rule.title, rule.message, rule.why, *rule.suggest):
        assert text.strip()
        assert text == " ".join(text.split()), "a stray line end"
    assert rule.suggest
    sides = {example.must_fire for example in examples(rule)}
    assert sides == {True, False}
    assert rule.category in CATEGORIES


def test_messages_fill_in() -> None:
    """No finding of any example shows a placeholder, and each quotes the words at its own place."""
    seen = 0
    for rule in RULES:
        for example in examples(rule):
            if not example.must_fire:
                continue
            for found in check(example.text, example.format, _profile(rule), day_of(rule)).findings:
                seen += 1
                assert "{quote}" not in found.message
                assert "{title}" not in found.message
                if found.start is not None and found.end is not None and example.format == "txt":
                    assert example.text[found.start : found.end] == found.quote
    assert seen > 100


def test_every_category_has_a_rule() -> None:
    """Each category that the contract names is one that a shipped or built-in rule can raise."""
    assert {rule.category for rule in (*RULES, *HOUSEKEEPING)} == CATEGORIES


def test_intended_use_is_for_regulators_alone() -> None:
    """Rules of intended use are silent in every profile but the regulator's."""
    rules = [rule for rule in RULES if rule.category == "intended-use"]
    assert rules
    assert {rule.profiles for rule in rules} == {frozenset({"regulator"})}
    for rule in rules:
        for example in examples(rule):
            assert rule.id not in {found.rule for found in check(example.text, example.format).findings}


def test_there_are_forty_rules() -> None:
    """The pack has at least forty rules, and each severity is used."""
    assert len(RULES) >= 40
    assert {rule.severity for rule in RULES} == set(Severity)


def test_no_phrase_or_form_is_empty() -> None:
    """No phrase of a rule, cue or signal and no form of a lexicon can match the empty string."""
    phrases = [
        text
        for rule in RULES
        for text in (*rule.match.get("phrases", ()), *rule.match.get("exclude", ()), *rule.even_if)
    ]
    phrases += [text for cue in ruleset().cues if cue[0] in ("cue", "signal") for text in cue[6]]
    assert len(phrases) > 400
    tables = build(ruleset().terms, phrases)
    for number, text in enumerate(phrases):
        for part in compile_phrase(text):
            assert part.anchors, text
            assert all(anchor.strip("*<> ") for anchor in part.anchors), text
        for source, code, _ in tables["parts"][number]:
            assert not thawed(source, code).match(""), text
    for key in keys_of(tables)["words"].all():
        assert key.strip() == key != ""
