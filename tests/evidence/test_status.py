"""Approvals in copy: what `check` reports of them, and that the ledger lists them with their record."""

from __future__ import annotations

from datetime import date

import pytest

from claimlint import readers, rules
from claimlint.engine import Engine
from claimlint.evidence import load
from claimlint.model import Checked

TODAY = date(2026, 11, 24)
OK, OVER, FALSE, OLD = "supported", "stronger-than-evidence", "contradicted", "superseded"
UNKNOWN, OUT = "no-evidence-on-record", "not-checkable"
SELLER = "Book your appointment at our clinic today. We offer care. Call (555) 010-4477.\n\n"
RULE = "core/status/approved-by-regulator"


@pytest.fixture(scope="module")
def engine() -> Engine:
    """An engine that makes the ledger, too."""
    return Engine(rules.load(), load(), profile="team", as_of=TODAY, graded=True)


def checked(engine: Engine, text: str) -> Checked:
    """A seller's page with that sentence."""
    return engine.check(readers.read("page.txt", f"{SELLER}{text}\n".encode()))


ROWS = [
    # sentence, severity of the finding, verdict, first record
    ("Ryoncil is FDA approved for rheumatoid arthritis.", "error", FALSE, "remestemcel-l/gvhd"),
    (
        "Ryoncil is FDA approved for graft-versus-host disease and lupus.",
        "error",
        FALSE,
        "remestemcel-l/gvhd",
    ),
    (
        "Stem cell therapy is FDA approved for lupus.",
        "error",
        FALSE,
        "stem-cell-therapy/autoimmune-disease/us-status",
    ),
    (
        "Our FDA-approved mesenchymal stem cells are for asthma.",
        "error",
        FALSE,
        "stem-cell-therapy/allergy/us-status",
    ),
    ("Cartistem is FDA approved for knee osteoarthritis.", "warning", OVER, "cartistem/knee-osteoarthritis"),
    ("Omisirge is FDA approved for severe aplastic anaemia.", None, OK, "omisirge/aplastic-anemia"),
    ("Omisirge is FDA approved for leukaemia.", None, OK, "omisirge/haematological-malignancy"),
    ("Ryoncil is FDA approved for paediatric steroid-refractory acute GvHD.", None, OK, "remestemcel-l/gvhd"),
    ("Ryoncil, a mesenchymal stem cell therapy, is FDA approved for GvHD.", None, OK, "remestemcel-l/gvhd"),
    ("Ryoncil is FDA approved for adults with GvHD.", "warning", OVER, "remestemcel-l/gvhd"),
    ("HeartSheet is approved in Japan for heart failure.", "warning", OLD, "heartsheet/heart-failure"),
    ("Stemirac is approved in Japan for spinal cord injury.", "warning", OVER, "stemirac/spinal-cord-injury"),
    ("ReHeart is approved in Japan for heart failure.", "warning", OVER, "reheart/heart-failure"),
    (
        "Amchepry is approved in Japan for Parkinson's disease.",
        "warning",
        OVER,
        "amchepry/parkinsons-disease",
    ),
    ("Cupistem is approved in Korea for perianal fistula.", None, OK, "cupistem/crohns-fistula"),
    ("NeuroNata-R is approved in Korea for ALS.", None, OK, "lenzumestrocel/als"),
    ("Darvadstrocel is approved in the EU.", "warning", OLD, "darvadstrocel/crohns-fistula"),
    ("Darvadstrocel was withdrawn in the EU.", None, OK, "darvadstrocel/crohns-fistula"),
    ("Ryoncil was withdrawn in the US.", None, FALSE, "remestemcel-l/gvhd"),
    ("Dupixent is FDA approved for eczema, unlike stem cells.", "warning", OUT, None),
    ("The cells are approved by the FDA.", "warning", OUT, None),
    (
        "Stem cell therapy is not FDA approved for lupus.",
        None,
        OK,
        "stem-cell-therapy/autoimmune-disease/us-status",
    ),
    (
        "Amchepry is conditionally approved in Japan for Parkinson's disease.",
        None,
        OK,
        "amchepry/parkinsons-disease",
    ),
    (
        "Alofisel was approved in the EU in 2018 and withdrawn in 2024.",
        None,
        OK,
        "darvadstrocel/crohns-fistula",
    ),
    ("The EMA has not approved any stem cell therapy for gout.", None, OUT, None),
    ("Omisirge isn't approved in Japan for gout.", None, OUT, None),
]


@pytest.mark.parametrize(("text", "severity", "word", "record"), ROWS)
def test_an_approval_is_held_against_its_record(
    engine: Engine, text: str, severity: str | None, word: str, record: str | None
) -> None:
    """False on the record is an error, true is no finding; the ledger has a row with the same verdict and record."""
    found = checked(engine, text)
    assert [f.severity.value for f in found.findings if f.rule == RULE] == ([severity] if severity else [])
    (row,) = [
        (verdict.verdict if verdict else None, verdict.records[:1] if verdict else ())
        for claim, verdict in found.claims
        if claim.effect_class == "status"
    ]
    assert row == (word, (record,) if record else ())
    if severity and record:
        (finding,) = [f for f in found.findings if f.rule == RULE]
        assert finding.evidence[0]["record"] == record


@pytest.mark.parametrize(
    "text",
    [
        "Is stem cell therapy FDA approved?",
        "Our doctors are licensed in Germany.",
        "Three patients were withdrawn from the trial of exosomes.",
        "A study approved by the ethics committee looked at lupus.",
    ],
)
def test_what_claims_no_status_has_no_verdict(engine: Engine, text: str) -> None:
    """Questions, licences of people and patients who left a trial say nothing of an approval."""
    rows = [verdict for claim, verdict in checked(engine, text).claims if claim.effect_class == "status"]
    assert rows in ([], [None])


def test_the_ledger_names_the_use_and_the_place_of_the_words(engine: Engine) -> None:
    """The row has the treatment, the use, and the words that claim the approval."""
    found = checked(engine, "Our stem cell therapy is FDA approved for lupus.")
    (claim,) = [claim for claim, _ in found.claims if claim.effect_class == "status"]
    text = found.document.blocks[claim.place.block].text[claim.place.start : claim.place.end]
    assert (claim.intervention, claim.condition, claim.effect, text) == (
        "stem-cell-therapy",
        "lupus",
        "approved",
        "is FDA approved",
    )


def test_no_product_of_another_kind_is_taken_for_the_approved_one(engine: Engine) -> None:
    """The treatment that the words stand before counts, not one that the sentence named earlier."""
    found = checked(engine, "Unlike exosomes, FDA-approved Omisirge is used in severe aplastic anaemia.")
    (claim,) = [claim for claim, _ in found.claims if claim.effect_class == "status"]
    assert claim.intervention == "omisirge"


def test_an_overdue_record_yields_a_note() -> None:
    """What a record supported is told as stale once it was to be checked again."""
    later = Engine(rules.load(), load(), profile="team", as_of=date(2029, 3, 1))
    (finding,) = [f for f in checked(later, "HSCT may slow MS.").findings if f.category == "evidence"]
    assert (finding.rule, finding.severity.value) == ("core/evidence/stale", "note")
    assert "checked again by 2027-07-22" in finding.message
    today = Engine(rules.load(), load(), profile="team", as_of=TODAY)
    assert not [f for f in checked(today, "HSCT may slow MS.").findings if f.category == "evidence"]


def test_the_wording_of_the_record_comes_first(engine: Engine) -> None:
    """A finding that a record decides suggests, before the rule's advice, what the record bears out."""
    (finding,) = [
        f
        for f in checked(engine, "Mesenchymal stem cells treat rheumatoid arthritis.").findings
        if f.category == "evidence"
    ]
    assert finding.suggest[0].endswith(finding.evidence[0]["wording"])
    assert len(finding.suggest) > 1


def test_a_cure_in_mice_is_a_note(engine: Engine) -> None:
    """What animals showed is told as no benefit to patients, and isn't to be taken out."""
    found = [
        f
        for f in checked(engine, "Mesenchymal stem cells cured asthma in mice.").findings
        if f.place and f.place.block
    ]
    assert {f.severity.value for f in found} == {"note"}
    assert "animals" in found[0].suggest[0]
    sold = checked(engine, "Mesenchymal stem cells cure asthma.").findings
    assert "error" in {f.severity.value for f in sold}


@pytest.mark.parametrize(
    "text",
    [
        "Darvadstrocel is approved in the United States for Crohn's disease.",
        "The FDA has approved stem cells for multiple sclerosis.",
        "Zimislecel is approved for type 1 diabetes.",
    ],
)
def test_an_approval_that_the_record_denies_is_an_error(engine: Engine, text: str) -> None:
    """Also where no rule on words of approval looks for these."""
    found = checked(engine, f"Our clinic offers it. Book now.\n\n{text}")
    told = [one for one in found.findings if one.category in ("evidence", "status")]
    assert [(one.rule, one.severity.value) for one in told] == [("core/evidence/contradicted", "error")]


def test_an_approval_that_the_record_bears_out_is_no_error(engine: Engine) -> None:
    """A true one, a denial, a question and what others say raise nothing of the record."""
    text = (
        "Ryoncil is approved in the US for children with acute graft-versus-host disease.\n\n"
        "Darvadstrocel is not approved in the United States.\n\n"
        "Is zimislecel approved for type 1 diabetes?\n\nSellers say that zimislecel is approved for type 1 diabetes."
    )
    assert not [one for one in checked(engine, text).findings if one.category == "evidence"]


TRUE_OF_APPROVALS = [
    "Ryoncil is approved for children with GVHD, not for Crohn's disease.",
    "The FDA has approved Ryoncil only for children with GVHD, not for Crohn's disease.",
    "Ryoncil is approved for children with GVHD, and not for lupus or Crohn's disease.",
    "Ryoncil is approved in the US not for Crohn's disease but for children with GVHD.",
    "Ryoncil is approved for children with GVHD, but not for Crohn's disease.",
    "Alofisel is no longer approved in the EU.",
    "Alofisel is no longer authorised in Europe.",
    "Alofisel used to be approved in the EU.",
    "Alofisel was formerly approved in the EU.",
    "Alofisel was approved in the EU until 2024.",
    "Alofisel was approved in the EU until mid-2024.",
    "Alofisel closed fistulas in a first trial. It is no longer approved in the EU.",
    "HeartSheet is no longer approved in Japan.",
]


@pytest.mark.parametrize("text", TRUE_OF_APPROVALS)
def test_limits_and_ends_of_an_approval_are_no_findings(engine: Engine, text: str) -> None:
    """A use that is excluded is no use of it, and who says that it is over claims no approval; the record bears both out."""
    found = checked(engine, text)
    assert [one.rule for one in found.findings if one.category in ("evidence", "status")] == []
    words = [verdict and verdict.verdict for claim, verdict in found.claims if claim.effect_class == "status"]
    assert words == [OK]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Ryoncil is no longer approved in the US.", "error"),
        ("Alofisel is approved in the EU and has not been withdrawn.", "warning"),
        ("Patients who no longer respond may take Alofisel, which is approved in the EU.", "warning"),
        ("Ryoncil is approved for GVHD, and for Crohn's disease.", "error"),
        ("ReHeart was approved in Japan until 2033.", "warning"),
    ],
)
def test_an_end_that_is_not_so_is_a_finding(engine: Engine, text: str, severity: str) -> None:
    """An approval that stands hasn't ended, and other words of time or denial end none."""
    found = checked(engine, text)
    told = [one.severity.value for one in found.findings if one.category in ("evidence", "status")]
    assert told == [severity]


def test_a_product_bears_the_name_that_it_had_there(engine: Engine) -> None:
    """Canada authorised it under its earlier name, and the source that is told is the Canadian one."""
    found = checked(engine, "Prochymal is approved in Canada.")
    (message,) = [one.message for one in found.findings if one.rule == RULE]
    assert "Prochymal (now Ryoncil), graft-versus-host disease: authorised in Canada since 2012" in message
    assert "source: Health Canada notice" in message
