"""The engine as a function of a document and rules: order, places, severity and silence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimlint import check_text, evidence, readers
from claimlint.config import Settings
from claimlint.engine import Engine
from claimlint.model import Checked, Severity
from claimlint.rules.testing import examples
from claimlint.triage import alone
from tests.corecheck import AS_OF, check, ruleset

_COPY = """Lumora Wellness

Our drip cures eczema and relieves migraine.

Benefits of stem cell therapy:

- Reduces joint pain
- Boosts the immune system

Book your free consultation now.
"""
_WORDS = (
    "our clinic cures relieves eczema migraine pain the a of and not no may stem cells drip proven safe guaranteed best "
    "immune system reset \n\n - ? . , study shows patients never"
).split(" ")


def _key(checked: Checked) -> list[tuple[int | None, int | None, str]]:
    return [(found.start, found.end, found.rule) for found in checked.findings]


def test_findings_come_in_order_of_place() -> None:
    """Findings are sorted by start, end and rule; those about the page as a whole come first."""
    found = check(_COPY).findings
    keys = [(f.start if f.start is not None else -1, f.end or 0, f.rule) for f in found]
    assert keys == sorted(keys)
    assert any(f.start is None for f in found)
    assert any(f.start is not None for f in found)


def test_same_text_same_findings() -> None:
    """Checking is a pure function: an engine that has seen other pages says the same as a new one."""
    fresh = Engine(ruleset(), None, profile="team", as_of=AS_OF)
    used = Engine(ruleset(), None, profile="team", as_of=AS_OF)
    for text in ("Is it a cure?", "Our serum cures eczema.", "Nothing here."):
        used.check(readers.read("a.txt", text.encode()))
    document = readers.read("a.txt", _COPY.encode())
    assert fresh.check(document) == used.check(document)


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        ("txt", "Our serum cures eczema."),
        ("md", "Our **serum** *cures* eczema."),
        ("html", "<p>Our <b>serum</b> cures&nbsp;eczema.</p>"),
    ],
)
def test_places_are_offsets_into_the_source(suffix: str, text: str) -> None:
    """Whatever the markup, start and end cut the offending words out of the source."""
    found = [f for f in check(text, suffix).findings if f.rule == "core/cure/cure-asserted"]
    assert len(found) == 1
    assert found[0].start is not None
    quoted = text[found[0].start : found[0].end]
    assert quoted.replace("*", "").replace("&nbsp;", " ").replace("\xa0", " ") == "cures eczema"
    assert found[0].quote.replace("\xa0", " ") == "cures eczema"


def test_registry_is_optional() -> None:
    """Without a registry nothing is judged by evidence, and everything else still is."""
    document = readers.read("a.txt", b"Mesenchymal stem cells reset the immune system.")
    bare = Engine(ruleset(), None, profile="team", as_of=AS_OF).check(document)
    assert bare.claims
    assert all(verdict is None for _, verdict in bare.claims)
    assert not [f for f in bare.findings if f.category == "evidence"]
    judged = check("Mesenchymal stem cells reset the immune system.")
    assert any(f.evidence for f in judged.findings)
    assert not any(f.evidence for f in bare.findings)


def test_hedged_claim_above_its_tier_is_a_note_for_a_team() -> None:
    """A hedged claim beyond its evidence is a note; the regulator profile raises it to a warning."""
    text = "Mesenchymal stem cells may relieve multiple sclerosis."
    severities = {
        profile: {f.severity for f in check(text, profile=profile).findings if f.category == "evidence"}
        for profile in ("team", "regulator")
    }
    assert severities == {"team": {Severity.NOTE}, "regulator": {Severity.WARNING}}


def test_profile_chooses_rules() -> None:
    """A rule that is limited to a profile is found in that profile and in no other."""
    text = "Our infusions are for people with multiple sclerosis."
    by_profile = {
        profile: {f.category for f in check(text, profile=profile).findings}
        for profile in ("team", "reviewer", "regulator")
    }
    assert "intended-use" in by_profile["regulator"]
    assert "intended-use" not in by_profile["team"] | by_profile["reviewer"]


def test_warning_page_is_read_more_kindly() -> None:
    """What an agency quotes to warn of is at most a note, although a seller who writes it is in error."""
    claim = "The drip gives permanent relief from tinnitus."
    warning = (
        "How to spot a health scam\n\nBeware of miracle cures. Unproven treatments are sold by fraudsters.\n\n"
        "Warning signs of fraud\n\nThere is no reliable evidence for such products. A typical scam reads:\n\n"
    )
    alone = [f.severity for f in check(claim).findings if f.category == "cure"]
    assert alone
    assert Severity.NOTE not in alone
    assert {f.severity for f in check(warning + claim).findings if f.category == "cure"} <= {Severity.NOTE}


def test_code_is_not_copy() -> None:
    """Program text in a Markdown page is never linted."""
    assert "cure" in {f.category for f in check("Our serum cures eczema.", "md").findings}
    assert not {f.category for f in check("```\nOur serum cures eczema.\n```", "md").findings} & {"cure"}


def test_as_of_reaches_the_verdict() -> None:
    """The registry is asked as of the engine's own date: support that nobody has looked at for years is stale."""
    document = readers.read("a.txt", b"Autologous HSCT improves rapidly progressing systemic sclerosis.")
    verdicts = []
    for day in (AS_OF, date(2060, 1, 1)):
        checked = Engine(ruleset(), evidence.load(), profile="team", as_of=day).check(document)
        verdicts.append([verdict.verdict for _, verdict in checked.claims if verdict is not None])
    assert verdicts == [["supported"], ["stale"]]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=60).map(" ".join))
def test_any_text_is_checked(text: str) -> None:
    """Whatever the words, checking ends, and every quote is the text between its offsets within one block."""
    for found in check(text).findings:
        assert (found.start is None) == (found.end is None) == (found.place is None)
        if found.start is not None and found.end is not None:
            assert 0 <= found.start < found.end <= len(text)
            assert " ".join(text[found.start : found.end].split()) == " ".join(found.quote.split())


@pytest.mark.parametrize(
    ("question", "answer", "found"),
    [
        ("## Can our drops cure gout?", "Yes, they can.", True),
        ("## Can our drops cure gout?", "No. Nothing does.", False),
        ("## Can our drops cure gout?", "They can.", True),
        ("## Can our drops cure gout?", "Ask your doctor.", False),
        ("## Can our drops cure gout?", "Absolutely not.", False),
        ("## Can our drops cure gout?", "Of course not: nothing can.", False),
        ("## Can our drops cure gout?", "Yes and no.", False),
        ("## Can our drops cure gout?", "Yes, but only in mice.", False),
        ("## Can our drops cure gout?", "It is too early to say.", False),
        ("## Can our drops cure gout?", "They can, in theory.", False),
    ],
)
def test_a_question_that_the_next_block_answers(question: str, answer: str, found: bool) -> None:
    """With a yes it is the claim that it asks for."""
    told = check_text(f"{question}\n\n{answer}\n", filename="page.md").findings
    assert any(one.category == "cure" for one in told) is found


def test_a_thing_of_its_own_takes_no_evidence_of_the_pages_treatment() -> None:
    """A serum on a page about cells is no cells; "our treatment" is."""
    page = "Our mesenchymal stem cell therapy is new.\n\nOur {} cures lupus.\n"
    serum = [one for one in check_text(page.format("serum")).findings if one.category == "cure"]
    therapy = [one for one in check_text(page.format("treatment")).findings if one.category == "cure"]
    assert serum
    assert not serum[0].evidence
    assert therapy[0].evidence


def test_rules_run_alone_find_what_they_find_among_others() -> None:
    """A page of all flagged examples: each phrase rule reports the same whether or not any other rule runs."""
    rules = [rule for rule in ruleset().rules if rule.kind == "phrase" and not rule.profiles]
    page = "\n\n".join(example.text for rule in rules for example in examples(rule) if example.must_fire)
    document = readers.read("a.txt", page.encode())
    together = Engine(ruleset(), evidence.load(), profile="team", as_of=AS_OF).check(document).findings
    for rule in rules[::5]:
        by_itself = Engine(ruleset(), evidence.load(), profile="team", as_of=AS_OF, only={rule.id})
        assert by_itself.check(document).findings == tuple(one for one in together if one.rule == rule.id)


def test_what_runs_alone() -> None:
    """Selected rules of phrases do; those about claims or documents, and a selection with housekeeping, need all."""
    rules = ruleset().rules
    assert alone(rules, Settings("/", select=("core/safety/painless",))) == {"core/safety/painless"}
    assert alone(rules, Settings("/", select=("safety",))) is not None
    assert alone(rules, Settings("/", select=("efficacy",))) is None
    assert alone(rules, Settings("/", select=("core/safety/painless", "housekeeping"))) is None
    assert alone(rules, Settings("/")) is None
