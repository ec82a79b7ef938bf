"""Every pack, rule and provision against its own examples, and what confidence in a provision permits."""

from __future__ import annotations

import pytest

from claimlint.model import Rule, Severity
from claimlint.rules.bearing import gravest
from claimlint.rules.testing import examples
from tests.packs.packcheck import PACKS, check, cited, concepts, provisions, ruleset

OWN = [(pack, rule) for pack in PACKS for rule in ruleset(pack).rules if rule.id.startswith(f"{pack}/")]
MOST = {"H": Severity.ERROR, "M": Severity.WARNING, "L": Severity.NOTE}
FIELDS = "title instrument section duty text binds in_force version_read source_url confidence last_checked recheck_by jurisdiction"


def _packs_of(provision: str) -> list[str]:
    """The pack of a provision's jurisdiction."""
    return [provisions()[provision]["jurisdiction"]]


def test_there_are_enough() -> None:
    """Eighteen packs and at least sixty provisions ship."""
    assert len(PACKS) == 18
    assert len(provisions()) >= 60


@pytest.mark.parametrize(("pack", "rule"), OWN, ids=[rule.id for _, rule in OWN])
def test_examples_of_pack_rules_hold(pack: str, rule: Rule) -> None:
    """A pack's rule finds exactly what its examples mark, and nothing in those that it must leave alone."""
    profile = "regulator" if rule.profiles else "team"
    for example in examples(rule):
        checked = check(pack, example.text, example.format, profile)
        found = [(f.start, f.end) for f in checked.findings if f.rule == rule.id]
        if not example.must_fire:
            assert found == [], example.text
        elif example.spans:
            assert sorted(found) == sorted(example.spans), example.text
        else:
            assert len(found) == 1, example.text


@pytest.mark.parametrize("concept", concepts(), ids=[one["id"] for one in concepts()])
def test_concepts_raise_their_provisions(concept: dict) -> None:  # type: ignore[type-arg]
    """In its own pack every provision of a concept is named on the concept's examples, and on no counter-example."""
    for name in concept["provisions"]:
        for pack in _packs_of(name):
            for text in concept["flag"]:
                assert name in cited(pack, text), (pack, text)
            for text in concept["pass"]:
                assert name not in cited(pack, text), (pack, text)


def test_every_provision_has_examples() -> None:
    """Each provision is joined by a concept or cited by a rule of a pack; nothing is listed that no copy can raise."""
    joined = {name for concept in concepts() for name in concept["provisions"]}
    joined |= {name for _, rule in OWN for name in rule.provisions}
    assert sorted(set(provisions()) - joined) == []


def test_provisions_are_complete() -> None:
    """Each provision says what it is, whom it binds, where and when it was read, and how sure that is."""
    for name, record in provisions().items():
        for field in FIELDS.split():
            assert str(record.get(field, "")).strip(), (name, field)
        assert record["source_url"].startswith(("http://", "https://")), name
        assert "unread]" not in str(record), name
        assert record["jurisdiction"] in PACKS, name


@pytest.mark.parametrize("pack", PACKS)
def test_confidence_limits_severity(pack: str) -> None:
    """No rule of a pack, and no rule that a pack raises, is graver than the surest of its provisions bears."""
    core = {rule.id: rule.severity for rule in ruleset(PACKS[0]).rules if rule.id.startswith("core/")}
    plain = {rule.id: rule.severity for rule in _core_alone()}
    assert core.keys() == plain.keys()
    for rule in ruleset(pack).rules:
        records = [provisions()[name] for name in rule.provisions]
        if not records:
            continue
        most = max((MOST[record["confidence"]] for record in records), key=lambda level: level.rank)
        raised = rule.id not in plain or rule.severity.rank > plain[rule.id].rank
        assert not raised or rule.severity.rank <= most.rank, rule.id


def _core_alone() -> tuple[Rule, ...]:
    from claimlint.rules import load

    return load(cache=False).rules


@pytest.mark.parametrize(
    ("confidences", "most"),
    [("H", "error"), ("M", "warning"), ("L", "note"), ("LM", "warning"), ("HL", "error"), ("", "error")],
)
def test_gravest(confidences: str, most: str) -> None:
    """High confidence bears an error, medium a warning, low a note; the surest provision decides; none limits nothing."""
    assert gravest("error", [{"confidence": one} for one in confidences]) == most
    assert gravest("note", [{"confidence": one} for one in confidences]) == "note"


def test_core_alone_names_no_law() -> None:
    """Without a pack a finding names no provision: which law binds is the user's to say."""
    assert all(not rule.provisions for rule in _core_alone())


def test_law_that_nobody_read_is_not_cited() -> None:
    """Regulations 286 to 290 are known by their range only, and no record or citation of them goes out."""
    printed = "\n".join(f"{one['title']} {one['section']}" for one in provisions().values())
    for number in (
        "286",
        "290",
        "rule 12.6",
        "101.93(d)",
        "101.93(e)",
        "Art. 6-5",
        "114/94",
        "207.77",
        "352(a)",
    ):
        assert number not in printed
    named = cited(
        "uk",
        "We cure eczema, results guaranteed. Our serum has no side effects. Our drops are natural, therefore safe.",
    )
    assert named
    assert not any("286" in one for one in named)


def test_sources_are_those_of_the_section() -> None:
    """A section has the page on which it was read, not its neighbour's; a case read in reports is no certainty."""
    records = provisions()
    assert "1271.20" in records["us-21cfr1271-20"]["source_url"]
    assert records["us-9cir-2024"]["confidence"] == "M"
    assert records["kr-msa-57"]["source_url"] != records["kr-arb-act"]["source_url"]


@pytest.mark.parametrize("pack", PACKS)
def test_packs_say_what_they_cover(pack: str) -> None:
    """A pack says what it covers and what it leaves out, and stands for the jurisdiction that it is named after."""
    record = ruleset(pack).packs[pack]
    assert record["jurisdiction"] == pack
    for field in ("title", "description", "covers", "leaves_out", "as_of"):
        assert record[field].strip(), field


def test_states_stand_on_federal_law() -> None:
    """A state's pack brings federal law with it, and findings name both."""
    assert set(ruleset("us-fl").packs) == {"core", "us-federal", "us-fl"}
    assert "us-15usc55" in cited("us-fl", "We cure eczema, results guaranteed.")


@pytest.mark.parametrize("pack", PACKS)
def test_rules_read_well(pack: str) -> None:
    """Every rule of a pack has a way out, a version, and a title that no other rule of the run has."""
    rules = ruleset(pack).rules
    titles = [rule.title.lower() for rule in rules]
    assert len(set(titles)) == len(titles)
    for rule in rules:
        assert rule.suggest, rule.id
        assert rule.since, rule.id


@pytest.mark.parametrize("pack", PACKS)
def test_one_gate_a_page(pack: str) -> None:
    """A page that says all that is barred a dozen times has at most one gate finding a pack, about the page as a whole."""
    text = " ".join(["Our clinic offers stem cell therapy for lupus and autism."] * 12) + " Call us."
    found = [f for f in check(pack, text).findings if f.category == "prohibited-ad" and "/gate/" in f.rule]
    assert len(found) <= 1
    assert all(f.start is None for f in found)


@pytest.mark.parametrize(("pack", "rule"), OWN, ids=[rule.id for _, rule in OWN])
def test_a_team_sees_what_is_likely_and_a_regulator_everything(pack: str, rule: Rule) -> None:
    """A regulator sees every rule of a pack. A team is spared only notes and reminders of what text seldom shows."""
    assert not rule.profiles or "regulator" in rule.profiles
    if rule.severity is Severity.ERROR or rule.kind == "gate":
        assert not rule.profiles


DISCLAIMERS = (
    "Results vary. This is not medical advice. These words have not been evaluated by the FDA. Our therapy is not approved by "
    "any regulator and may involve risks such as infection. Ask your doctor first."
)


@pytest.mark.parametrize("pack", PACKS)
def test_disclaimers_cancel_nothing(pack: str) -> None:
    """What is barred stays barred under a page of disclaimers: the same findings on the claims, and the same gate."""
    text = "Our clinic offers stem cell therapy for lupus and autism. We cure lupus, guaranteed. It has no side effects. Call us."

    def barred(page: str) -> set[tuple[str, str, str]]:
        kinds = ("cure", "proof", "safety", "prohibited-ad")
        return {
            (f.rule, f.quote, f.severity.value) for f in check(pack, page).findings if f.category in kinds
        }

    assert barred(text)
    assert barred(text) <= barred(f"{text}\n\n{DISCLAIMERS}")
    assert barred(text) <= barred(f"{DISCLAIMERS}\n\n{text}")
