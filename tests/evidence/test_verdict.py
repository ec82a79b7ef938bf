"""What the registry says of claims: a table of claims and verdicts, then the rules one by one."""

from __future__ import annotations

import json
from datetime import date

import pytest

from claimlint.evidence import (
    Registry,
    approval_verdict,
    finding_evidence,
    load,
    mechanism_verdict,
    suggested_wording,
    verdict,
)
from claimlint.evidence.status import withdrawal_verdict
from claimlint.model import Claim, Place, Reason, Strength, Verdict

TODAY = date(2026, 11, 24)
NONE, LINKED, HEDGED, CAUSAL, ABSOLUTE = Strength
OK, OVER, FALSE, OLD = "supported", "stronger-than-evidence", "contradicted", "superseded"
UNKNOWN, OUT = "no-evidence-on-record", "not-checkable"


@pytest.fixture(scope="module")
def registry() -> Registry:
    """The registry that ships."""
    return load(cache=False)


def claim(
    intervention: str | None,
    condition: str | None,
    strength: Strength = CAUSAL,
    effect: str | None = "improve",
    effect_class: str | None = "improve",
    **more: object,
) -> Claim:
    """A claim with these slots; its place is of no concern here."""
    here = Place(0, 0, 1)
    return Claim(
        here,
        here,
        strength,
        intervention=intervention,
        condition=condition,
        effect=effect,
        effect_class=effect_class,
        **more,  # type: ignore[arg-type]
    )


SC, MSC, HSCT = "stem-cell-therapy", "mesenchymal-stem-cells", "hematopoietic-transplant"
UC, CORD, BM, FAT = "msc-umbilical", "msc-cord-blood", "msc-bone-marrow", "msc-adipose"
MS, AD, T1D = "multiple-sclerosis", "atopic-dermatitis", "type-1-diabetes"

CLAIMS = [
    # transplant in its groups, and beyond them
    (HSCT, MS, HEDGED, OK, "E4"),
    (HSCT, MS, CAUSAL, OK, "E4"),
    (HSCT, MS, ABSOLUTE, OVER, "E4"),
    (HSCT, "systemic-sclerosis", CAUSAL, OK, "E4"),
    (HSCT, "systemic-sclerosis", ABSOLUTE, OVER, "E4"),
    (HSCT, "crohns-disease", CAUSAL, FALSE, "E0"),
    (HSCT, "crohns-disease", HEDGED, OVER, "E0"),
    (HSCT, "inflammatory-bowel-disease", CAUSAL, FALSE, "E0"),
    (HSCT, "lupus", CAUSAL, UNKNOWN, None),
    (HSCT, "psoriasis", CAUSAL, UNKNOWN, None),
    (HSCT, "autoimmune-disease", CAUSAL, OVER, "E0"),
    # mesenchymal cells do not inherit from transplant
    (MSC, MS, CAUSAL, FALSE, "E0"),
    (MSC, MS, LINKED, OVER, "E0"),
    (MSC, MS, HEDGED, OVER, "E0"),
    (MSC, MS, ABSOLUTE, FALSE, "E0"),
    (UC, MS, CAUSAL, FALSE, "E0"),
    (MSC, "systemic-sclerosis", CAUSAL, UNKNOWN, None),
    (UC, "systemic-sclerosis", HEDGED, UNKNOWN, None),
    # a kind borrows from the broader kind, never from a sibling
    (UC, "rheumatoid-arthritis", HEDGED, OK, "E3"),
    (UC, "rheumatoid-arthritis", CAUSAL, OVER, "E3"),
    (MSC, "rheumatoid-arthritis", HEDGED, OK, "E3"),
    (MSC, "rheumatoid-arthritis", LINKED, OK, "E3"),
    (MSC, "rheumatoid-arthritis", CAUSAL, OVER, "E3"),
    (FAT, "rheumatoid-arthritis", CAUSAL, OVER, "E3"),
    (FAT, AD, CAUSAL, UNKNOWN, None),
    (BM, "lupus", CAUSAL, UNKNOWN, None),
    (UC, "lupus", HEDGED, OK, "E3"),
    (UC, "lupus", CAUSAL, OVER, "E3"),
    (UC, "lupus-nephritis", CAUSAL, OVER, "E3"),
    (MSC, "lupus", HEDGED, OK, "E3"),
    (MSC, T1D, HEDGED, OK, "E3"),
    (MSC, T1D, CAUSAL, OVER, "E3"),
    ("islet-cells", T1D, HEDGED, OK, "E2"),
    ("islet-cells", T1D, CAUSAL, OVER, "E2"),
    (MSC, "crohns-disease", HEDGED, OK, "E3"),
    (UC, "crohns-disease", CAUSAL, OVER, "E3"),
    (MSC, "ulcerative-colitis", CAUSAL, OVER, "E3"),
    (MSC, "ulcerative-colitis", HEDGED, OK, "E3"),
    (HSCT, "ulcerative-colitis", CAUSAL, UNKNOWN, None),
    ("zimislecel", T1D, HEDGED, OK, "E2"),
    (MSC, "ankylosing-spondylitis", HEDGED, OK, "E3"),
    (MSC, "psoriasis", HEDGED, OVER, "E1"),
    # allergic disease
    (CORD, AD, CAUSAL, OLD, "E0"),
    (CORD, AD, ABSOLUTE, OLD, "E0"),
    (CORD, AD, HEDGED, OLD, "E0"),
    (BM, AD, HEDGED, OK, "E3"),
    (BM, AD, CAUSAL, OVER, "E3"),
    (MSC, AD, CAUSAL, OVER, "E0"),
    (MSC, "asthma", CAUSAL, OVER, "E1"),
    (MSC, "asthma", HEDGED, OVER, "E1"),
    (MSC, "asthma", LINKED, OVER, "E1"),
    (MSC, "food-allergy", CAUSAL, OVER, "E1"),
    (MSC, "allergic-rhinitis", CAUSAL, OVER, "E1"),
    (MSC, "allergy", HEDGED, OVER, "E0"),
    # the withdrawn product
    ("darvadstrocel", "crohns-fistula", CAUSAL, OLD, "E0"),
    ("darvadstrocel", "crohns-fistula", HEDGED, OLD, "E0"),
    ("darvadstrocel", "crohns-disease", CAUSAL, OVER, "E3"),
    (FAT, "crohns-fistula", CAUSAL, OLD, "E0"),
    (MSC, "crohns-fistula", CAUSAL, OLD, "E0"),
    (SC, "crohns-fistula", CAUSAL, OLD, "E0"),
    (SC, "crohns-disease", CAUSAL, OVER, "E0"),
    ("regenerative-medicine", "rheumatoid-arthritis", HEDGED, OK, "E3"),
    ("hematopoietic-stem-cells", MS, CAUSAL, OK, "E4"),
    (BM, "dermatitis", CAUSAL, OVER, "E3"),
    (MSC, "immune-disorder", CAUSAL, OVER, "E0"),
    # narrow approvals are evidence for nothing else
    ("remestemcel-l", "gvhd", HEDGED, OK, "E2"),
    ("remestemcel-l", "gvhd", CAUSAL, OVER, "E2"),
    (UC, "gvhd", CAUSAL, UNKNOWN, None),
    ("cord-blood-cells", "aplastic-anemia", HEDGED, OK, "E2"),
    # unspecified cells take the weakest candidate
    (SC, MS, CAUSAL, OVER, "E0"),
    (SC, MS, HEDGED, OVER, "E0"),
    (SC, T1D, HEDGED, OK, "E2"),
    (SC, T1D, CAUSAL, OVER, "E2"),
    (SC, "rheumatoid-arthritis", CAUSAL, OVER, "E3"),
    (SC, "autoimmune-disease", HEDGED, OVER, "E0"),
    (SC, "autoimmune-disease", ABSOLUTE, OVER, "E0"),
    (SC, "knee-osteoarthritis", CAUSAL, UNKNOWN, None),
    (SC, "autism", CAUSAL, UNKNOWN, None),
    # classes and harms
    (MSC, "autoimmune-disease", CAUSAL, OVER, "E0"),
    (MSC, "safety", HEDGED, OK, "E4"),
    (MSC, "safety", CAUSAL, OVER, "E4"),
    (UC, "safety", ABSOLUTE, OVER, "E4"),
    (HSCT, "safety", CAUSAL, OVER, "E4"),
    (SC, "safety", HEDGED, OVER, "E4"),
    # nothing on record
    ("exosomes", "rheumatoid-arthritis", CAUSAL, UNKNOWN, None),
    ("platelet-rich-plasma", "knee-osteoarthritis", HEDGED, UNKNOWN, None),
    (MSC, "migraine", CAUSAL, UNKNOWN, None),
    ("lumora-drops", MS, CAUSAL, UNKNOWN, None),
]


def test_the_table_is_long_enough() -> None:
    """At least sixty different claims are asked for."""
    assert len({row[:3] for row in CLAIMS}) == len(CLAIMS) >= 60


@pytest.mark.parametrize(("intervention", "condition", "strength", "word", "tier"), CLAIMS)
def test_verdict(
    registry: Registry, intervention: str, condition: str, strength: Strength, word: str, tier: str | None
) -> None:
    """A claim of this strength on this pair gets this verdict, and the sentence that explains it."""
    result = verdict(claim(intervention, condition, strength), registry, TODAY)
    assert result is not None
    assert (result.verdict, result.tier) == (word, tier)
    assert result.detail.endswith((".", ")."))
    assert bool(result.records) or word == UNKNOWN


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"strength": NONE}, None),
        ({"contexts": frozenset({"question"})}, None),
        ({"contexts": frozenset({"conditional"})}, None),
        ({"contexts": frozenset({"aim"})}, None),
        ({"contexts": frozenset({"warning"})}, None),
        ({"contexts": frozenset({"study"})}, FALSE),
        ({"negated": True}, OUT),
        ({"attributed": True}, OUT),
        ({"contexts": frozenset({"reported"})}, OUT),
        ({"contexts": frozenset({"quoted"})}, FALSE),
        ({"intervention": None}, OUT),
        ({"condition": None}, OUT),
        ({"condition": "medical-condition"}, OUT),
    ],
)
def test_what_asserts_nothing_or_cannot_be_looked_up(
    registry: Registry, more: dict[str, object], word: str | None
) -> None:
    """Questions, aims and warnings assert nothing; denials, reports and empty slots cannot be checked."""
    slots: dict[str, object] = {"intervention": MSC, "condition": MS, **more}
    result = verdict(claim(**slots), registry, TODAY)  # type: ignore[arg-type]
    assert (result.verdict if result else None) == word


def test_reset_depends_on_what_resets(registry: Registry) -> None:
    """Reset is the rationale of transplant and may be said with a hedge; of mesenchymal cells it may not."""
    transplant = mechanism_verdict(HSCT, "reset", registry, HEDGED)
    cells = mechanism_verdict(MSC, "reset", registry, HEDGED)
    assert transplant is not None
    assert cells is not None
    assert (transplant.verdict, transplant.allowed) == (OK, HEDGED)
    assert (cells.verdict, cells.allowed) == (OVER, NONE)


@pytest.mark.parametrize(
    ("intervention", "strength", "condition", "word"),
    [
        (HSCT, HEDGED, None, OK),
        (HSCT, CAUSAL, MS, OVER),
        (MSC, CAUSAL, "immune-system", OVER),
        (UC, HEDGED, "allergy", OVER),
        (SC, HEDGED, None, OVER),
    ],
)
def test_mechanism_claims_are_judged_as_mechanisms(
    registry: Registry, intervention: str, strength: Strength, condition: str | None, word: str
) -> None:
    """A claim whose effect is a mechanism is held against the mechanism's record, not the pair's."""
    asserted = claim(intervention, condition, strength, "reset", "reset")
    result = verdict(asserted, registry, TODAY)
    assert result is not None
    assert result.verdict == word
    assert all("reset" in record for record in result.records)


def test_regeneration_is_not_shown_even_where_the_pair_has_trials(registry: Registry) -> None:
    """Diabetes has small trials of mesenchymal cells, and none of them shows that cells grow back."""
    result = verdict(claim(MSC, T1D, HEDGED, "rebuild", "regenerate"), registry, TODAY)
    assert result is not None
    assert (result.verdict, result.tier) == (OVER, "E1")


def test_modulation_counts_as_a_mechanism_only_of_the_immune_system(registry: Registry) -> None:
    """To regulate the immune system is a mechanism; to regulate a disease is a benefit."""
    words = (Reason("target", "immune system", Place(0, 0, 1)),)
    of_system = verdict(claim(MSC, None, HEDGED, "modulate", "regulate", why=words), registry, TODAY)
    of_disease = verdict(claim(MSC, MS, CAUSAL, "modulate", "regulate"), registry, TODAY)
    assert of_system is not None
    assert of_disease is not None
    assert (of_system.verdict, of_disease.verdict) == (OK, FALSE)


def test_unknown_mechanism_is_no_verdict(registry: Registry) -> None:
    """An effect that is no mechanism on record gives no mechanism verdict."""
    assert mechanism_verdict(MSC, "hydrate", registry) is None


def test_safety_may_stand_in_the_effect(registry: Registry) -> None:
    """A claim to be safe names no condition and is held against the record of harms."""
    result = verdict(claim(MSC, None, CAUSAL, "safe", "safety"), registry, TODAY)
    assert result is not None
    assert result.records == ("mesenchymal-stem-cells/safety",)


def test_unspecified_cells_say_so(registry: Registry) -> None:
    """Where the copy does not say which cells, the detail says that the weakest record counts."""
    result = verdict(claim(SC, MS), registry, TODAY)
    assert result is not None
    assert "weakest counts" in result.detail
    assert "about another treatment" in result.detail
    assert set(result.records) == {f"{MSC}/{MS}", f"{HSCT}/{MS}"}


def test_a_borrowed_record_is_named(registry: Registry) -> None:
    """Where a kind of cell has no record of its own, the detail names the kind whose record is used."""
    result = verdict(claim(UC, "asthma"), registry, TODAY)
    assert result is not None
    assert result.detail.startswith("The nearest record is for mesenchymal stem cells.")


@pytest.mark.parametrize(("strength", "word"), [(HEDGED, "stale"), (CAUSAL, "stale"), (ABSOLUTE, OVER)])
def test_an_overdue_record_supports_nothing(registry: Registry, strength: Strength, word: str) -> None:
    """Past its recheck date a record's support is stale; an excess stays one, with a note."""
    result = verdict(claim(HSCT, MS, strength), registry, date(2029, 1, 1))
    assert result is not None
    assert result.verdict == word
    assert "checked again by 2027-07-22" in result.detail  # before STAR-MS reports


def test_a_record_is_fresh_on_its_last_day(registry: Registry) -> None:
    """The recheck date itself still counts as fresh."""
    result = verdict(claim(HSCT, MS), registry, date(2027, 7, 22))
    assert result is not None
    assert result.verdict == OK


@pytest.mark.parametrize(
    ("intervention", "where", "when", "use", "word"),
    [
        ("darvadstrocel", "EU", TODAY, None, OLD),
        ("darvadstrocel", None, TODAY, None, OLD),
        ("darvadstrocel", "EU", TODAY, "crohns-fistula", OLD),
        ("darvadstrocel", "EU", date(2020, 1, 1), None, OK),
        ("darvadstrocel", "EU", date(2017, 1, 1), None, UNKNOWN),
        ("darvadstrocel", "US", TODAY, None, FALSE),
        ("remestemcel-l", "US", TODAY, None, OK),
        ("remestemcel-l", None, TODAY, None, OK),
        ("remestemcel-l", "US", TODAY, "gvhd", OK),
        ("remestemcel-l", "US", TODAY, "lupus", FALSE),
        ("remestemcel-l", "EU", date(2026, 1, 15), None, FALSE),
        ("remestemcel-l", "US", date(2029, 1, 1), None, "stale"),
        (MSC, "US", TODAY, None, OVER),
        (MSC, "US", TODAY, "rheumatoid-arthritis", FALSE),
        (SC, "US", TODAY, None, OVER),
        (SC, "US", TODAY, "multiple-sclerosis", FALSE),
        (SC, "US", TODAY, "asthma", FALSE),
        (SC, "EU", TODAY, "crohns-fistula", OLD),
        (UC, "KR", TODAY, "lupus", FALSE),
        (BM, "KR", TODAY, "als", OVER),
        ("lenzumestrocel", "KR", TODAY, "als", OK),
        ("cartistem", "KR", TODAY, None, OK),
        ("cartistem", "US", TODAY, "lupus", FALSE),
        ("cartistem", "US", TODAY, "knee-osteoarthritis", OVER),
        ("cartistem", "US", TODAY, None, OVER),
        ("omisirge", "US", TODAY, "leukaemia", OK),
        ("omisirge", "US", TODAY, "lupus", FALSE),
        ("stempeucel", "IN", TODAY, None, OVER),
        ("heartsheet", "JP", TODAY, "heart-failure", OLD),
        ("stemirac", "JP", TODAY, "spinal-cord-injury", OVER),
        ("cupistem", "KR", TODAY, "crohns-fistula", OK),
        ("omisirge", "US", TODAY, "aplastic-anemia", OK),
        ("remestemcel-l", "CA", date(2019, 6, 1), None, OK),
        (BM, "JP", TODAY, "spinal-cord-injury", OVER),
        ("skeletal-myoblasts", "JP", TODAY, None, OLD),
        ("induced-pluripotent-cells", "JP", TODAY, "parkinsons-disease", OVER),
        ("exosomes", "US", TODAY, None, UNKNOWN),
    ],
)
def test_approval(
    registry: Registry, intervention: str, where: str | None, when: date, use: str | None, word: str
) -> None:
    """An approval counts for its product, use, place and time, and for nothing else."""
    result = approval_verdict(intervention, where, when, registry, use)
    assert result is not None
    assert result.verdict == word
    assert result.detail.endswith(".")


@pytest.mark.parametrize(
    ("intervention", "where", "word"),
    [
        ("darvadstrocel", "EU", OK),
        ("heartsheet", None, OK),
        ("remestemcel-l", "US", FALSE),
        ("cartistem", "US", UNKNOWN),
        ("lumora-drops", "US", None),
    ],
)
def test_withdrawal(registry: Registry, intervention: str, where: str | None, word: str | None) -> None:
    """That an approval was withdrawn can be true, false on the record, or unknown."""
    result = withdrawal_verdict(intervention, where, TODAY, registry)
    assert (result.verdict if result else None) == word


def test_an_approval_elsewhere_is_told_as_such(registry: Registry) -> None:
    """The product's own record is cited, with the place where it is approved, and not one of another disease."""
    result = approval_verdict("cartistem", "US", TODAY, registry, "knee-osteoarthritis")
    assert result is not None
    assert result.records == ("cartistem/knee-osteoarthritis",)
    assert "in Korea" in result.detail
    assert "An approval elsewhere is none in the United States" in result.detail


def test_approval_of_an_unknown_product_is_no_verdict(registry: Registry) -> None:
    """The registry has nothing to say of products outside its tree."""
    assert approval_verdict("lumora-drops", "US", TODAY, registry) is None


def test_the_withdrawal_is_told_with_date_and_source(registry: Registry) -> None:
    """Who reads that an approval no longer holds also reads since when and where to check."""
    result = approval_verdict("darvadstrocel", "EU", TODAY, registry)
    assert result is not None
    assert "withdrawn in the EU since 2024-12-13" in result.detail
    evidence = finding_evidence(result, registry)
    assert evidence[0]["sources"][0]["url"].startswith("https://ema.europa.eu/")


def test_evidence_of_a_finding_is_json_and_complete(registry: Registry) -> None:
    """What a finding carries can be written as JSON and holds both tiers, sources and dates."""
    result = verdict(claim(MSC, AD), registry, TODAY)
    assert result is not None
    entries = json.loads(json.dumps(finding_evidence(result, registry)))
    assert [entry["tier"] for entry in entries] == ["E0", "E3"]
    for entry in entries:
        assert entry["claimed"]["seeds"]
        assert entry["sources"]
        assert (entry["as_of"], entry["recheck_by"]) == ("2026-11-22", "2028-11-22")
        assert entry["wording"]


def test_wording_names_size_and_design(registry: Registry) -> None:
    """The suggested wording says how many people and what kind of study."""
    result = verdict(claim(CORD, AD), registry, TODAY)
    assert result is not None
    words = suggested_wording(result, registry)
    assert words is not None
    assert "34 people" in words
    assert "without a control group" in words


def test_wording_falls_back_on_the_tier(registry: Registry) -> None:
    """A record without wording of its own uses that of its tier, with the pair's names."""
    result = verdict(claim(MSC, "food-allergy"), registry, TODAY)
    assert result is not None
    words = suggested_wording(result, registry)
    assert words is not None
    assert "mesenchymal stem cells" in words
    assert "food allergy" in words
    assert suggested_wording(Verdict(OUT), registry) is None
