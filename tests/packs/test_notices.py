"""A mandated notice in its states, and the law as reports show it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from claimlint import reporters
from claimlint.model import Finding, Rule, Run, Severity, replace
from tests.packs.packcheck import check, ruleset

OFFER = "<h1>Lumora Clinic</h1><p>Our clinic offers stem cell therapy for knee pain. Call us to book.</p>"
CAPTION = "This notice is required by Florida."
PRACTICE = "This physician performs stem cell therapy."
STATUS = "It has not yet been approved by the United States Food and Drug Administration."
ADVICE = "Please consult your primary care provider before you decide."


def notice(*parts: str, tag: str = "p") -> list[Finding]:
    """The findings of Florida's notice rule on an offer followed by ``parts``."""
    page = f"{OFFER}<{tag}><p>{' '.join(parts)}</p></{tag}>" if parts else OFFER
    checked = check("us-fl", f"<html><body>{page}</body></html>", "html")
    return [one for one in checked.findings if one.rule == "us-fl/notice/advertisement"]


def test_a_missing_notice() -> None:
    """Without any part of it the finding is about the page and says so."""
    (found,) = notice()
    assert found.start is None
    assert "No part of it" in found.message
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("left_out", "named"),
    [(CAPTION, "caption"), (PRACTICE, "practice"), (STATUS, "status"), (ADVICE, "advice")],
)
def test_an_incomplete_notice(left_out: str, named: str) -> None:
    """With one element missing the finding names that element and stands at the notice."""
    (found,) = notice(*(part for part in (CAPTION, PRACTICE, STATUS, ADVICE) if part != left_out))
    assert f"lacks the {named}." in found.message
    assert found.start is not None


def test_a_complete_notice() -> None:
    """Complete, it leaves a note alone: text can't show the size of type."""
    (found,) = notice(CAPTION, PRACTICE, STATUS, ADVICE)
    assert found.severity is Severity.NOTE
    assert "can't verify size" in found.message


def test_a_notice_in_the_footer() -> None:
    """Complete but in the footer, it is still a warning, which says where it stands."""
    (found,) = notice(CAPTION, PRACTICE, STATUS, ADVICE, tag="footer")
    assert found.severity is Severity.WARNING
    assert "footer" in found.message


def test_a_scattered_notice() -> None:
    """Elements far apart are no notice."""
    filler = "<p>We open at nine.</p>" * 4
    page = f"{OFFER}<p>{CAPTION} {PRACTICE}</p>{filler}<p>{STATUS} {ADVICE}</p>"
    found = [f for f in check("us-fl", page, "html").findings if f.rule == "us-fl/notice/advertisement"]
    assert ["scattered" in one.message for one in found] == [True]


def test_a_page_that_sells_nothing_needs_no_notice() -> None:
    """A warning about clinics raises no notice and no gate."""
    page = "<p>The agency warns that clinics sell unproven stem cell therapy. Beware of scams and false claims.</p>"
    assert [f.rule for f in check("us-fl", page, "html").findings if f.rule.startswith("us-fl/")] == []


def test_a_named_harm_is_no_use() -> None:
    """A disease named among the risks does not put an offer outside Florida's three fields."""
    page = f"{OFFER}<p>Side effects include infection, stroke and lupus.</p>"
    assert "us-fl/gate/beyond-three-fields" not in {f.rule for f in check("us-fl", page, "html").findings}


def _run(pack: str, text: str) -> Run:
    rules: tuple[Rule, ...] = ruleset(pack).rules
    return Run((check(pack, text, "md"),), (), rules, as_of=date(2026, 11, 24).isoformat())


TEXT = "We cure eczema, results guaranteed. Our clinic offers stem cell therapy for lupus. Call us."


def test_reports_name_the_law() -> None:
    """Text and HTML name provisions; JSON carries the records whole."""
    run = _run("us-federal", TEXT)
    assert "law: FTC Act s. 15, 15 USC 55(a)(1)" in reporters.render("text", run)
    assert "15 USC 55(a)(1)" in reporters.render("html", run)
    found = json.loads(reporters.render("json", run))["findings"]
    records = [record for one in found for record in one["provisions"]]
    assert {"id", "jurisdiction", "text", "source_url", "confidence", "last_checked"} <= records[0].keys()


def test_sarif_has_the_provisions_as_a_taxonomy() -> None:
    """Results and rules refer to taxa by index, and each reference names the taxon that stands there."""
    (made,) = json.loads(reporters.render("sarif", _run("us-federal", TEXT)))["runs"]
    (taxonomy,) = made["taxonomies"]
    taxa = [taxon["id"] for taxon in taxonomy["taxa"]]
    assert "us-15usc55" in taxa
    references = [one for result in made["results"] for one in result.get("taxa", ())]
    rules = made["tool"]["driver"]["rules"]
    references += [one["target"] for rule in rules for one in rule.get("relationships", ())]
    assert references
    for one in references:
        assert taxa[one["index"]] == one["id"]
        assert one["toolComponent"] == {"name": taxonomy["name"], "index": 0}
    assert made["tool"]["driver"]["supportedTaxonomies"] == [{"name": taxonomy["name"], "index": 0}]


def test_sarif_without_law_has_no_taxonomy() -> None:
    """Where no provision is named the log is as it was."""
    (made,) = json.loads(reporters.render("sarif", _run("isscr", "We open at nine.")))["runs"]
    assert "taxonomies" not in made


def test_overlapping_findings_keep_each_other_law() -> None:
    """Where a pack's finding and core's stand on the same words, the one that is shown names the law of both."""
    from claimlint.triage import distinct

    checked = check("eu", "Our drops are trusted by doctors.")
    (found,) = [one for one in checked.findings if one.rule == "eu/testimonial/expert-recommends"]
    twin = replace(found, severity=Severity.NOTE, provisions=({"id": "zz-1", "jurisdiction": "eu"},))
    (kept,) = distinct([found, twin])
    assert [record["id"] for record in kept.provisions] == ["eu-2001-83-90-f", "zz-1"]
