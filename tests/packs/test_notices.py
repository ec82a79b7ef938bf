"""A mandated notice in its states, and the law as reports show it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from claimlint import reporters
from claimlint.model import Finding, Rule, Run, Severity, replace
from tests.packs.packcheck import PACKS, check, ruleset

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


PARTS = (CAPTION, PRACTICE, STATUS, ADVICE)


def florida(body: str, head: str = "") -> list[Finding]:
    """The findings of Florida's notice rule on a styled page that begins with an offer."""
    page = f"<!doctype html><html><head>{head}</head><body>{OFFER}{body}</body></html>"
    found = check("us-fl", page, "html").findings
    return [one for one in found if one.rule == "us-fl/notice/advertisement"]


def test_four_pages_give_four_results() -> None:
    """Complete and large: nothing. One element missing, in a footer in small type, none at all: each says what it is."""
    large = f"<p style='font-size: 32px'>{' '.join(PARTS)}</p>"
    assert florida(large) == []
    (lacking,) = florida(large.replace(ADVICE, ""))
    (small,) = florida(
        f"<footer><p class='legal'>{' '.join(PARTS)}</p></footer>", "<style>.legal {font-size: 11px}</style>"
    )
    (none,) = florida("")
    assert "It is incomplete: it lacks the advice." in lacking.message
    assert "stands where few readers look" in small.message
    assert "Its type is 11 pixels high, and the largest on the page 32" in small.message
    assert "No part of it stands on the page." in none.message
    assert {one.severity for one in (lacking, small, none)} == {Severity.WARNING}


def test_size_that_can_not_be_seen_is_never_taken_for_large() -> None:
    """With a style sheet elsewhere, or in text, a complete notice leaves a note that says why its size isn't verified."""
    (found,) = florida(f"<p>{' '.join(PARTS)}</p>", "<link rel=stylesheet href=site.css>")
    assert found.severity is Severity.NOTE
    assert "can't verify size, because the page loads a style sheet from elsewhere." in found.message
    text = f"Our clinic offers stem cell therapy for knee pain. Call us. {' '.join(PARTS)}"
    (found,) = [f for f in check("us-fl", text, "md").findings if f.rule == "us-fl/notice/advertisement"]
    assert found.severity is Severity.NOTE
    assert "can't verify size" in found.message


def test_a_hidden_notice_is_none() -> None:
    """A notice that the page's own styles hide is not on show."""
    (found,) = florida(f"<p class=n>{' '.join(PARTS)}</p>", "<style>.n {display: none}</style>")
    assert found.severity is Severity.WARNING
    assert "styles hide it" in found.message


@pytest.mark.parametrize(
    ("styling", "around"),
    [
        ("color:white;background:white", ""),
        ("color:#fefefe", "background-color:#ffffff"),
        ("color:transparent", ""),
    ],
)
def test_a_notice_in_the_colour_of_its_ground(styling: str, around: str) -> None:
    """Complete and large, but white on white: nobody reads it, and the finding says so."""
    body = f"<div style='{around}'><p style='font-size: 32px; {styling}'>{' '.join(PARTS)}</p></div>"
    (found,) = florida(body)
    assert found.severity is Severity.WARNING
    assert "nearly the colour of what it stands on" in found.message


def test_a_notice_in_the_colour_of_its_ground_by_a_style_block() -> None:
    """The same where a style element states the colours, and in a pack that asks for no size."""
    head = "<style>body {background: white} .n {color: #fff; font-size: 32px}</style>"
    (found,) = florida(f"<p class=n>{' '.join(PARTS)}</p>", head)
    assert "nearly the colour" in found.message
    page = f"<html><head>{head}</head><body>{OFFER}<p class=n>Notice: this stem cell therapy {STATUS[3:]}</p></body></html>"
    (found,) = [f for f in check("us-vt", page, "html").findings if f.rule == "us-vt/notice/advertisement"]
    assert "nearly the colour" in found.message


def test_a_colour_that_can_not_be_told_leaves_a_note() -> None:
    """White type on a ground that nothing states may be hidden or not: a note, never silence. Ordinary colours are nothing."""
    (found,) = florida(f"<p style='font-size: 32px; color: white'>{' '.join(PARTS)}</p>")
    assert found.severity is Severity.NOTE
    assert "may have the colour of what it stands on; can't verify" in found.message
    assert florida(f"<p style='font-size: 32px; color: white; background: navy'>{' '.join(PARTS)}</p>") == []


DRAFTED = [
    (rule.id, rule.suggest[0].partition(": ")[2])
    for pack in PACKS
    for rule in ruleset(pack).rules
    if rule.kind == "notice" and rule.suggest and {"status", "not-approved"} & set(rule.match["elements"])
]


@pytest.mark.parametrize(("rule", "draft"), sorted(set(DRAFTED)))
def test_a_drafted_notice_states_the_status(rule: str, draft: str) -> None:
    """What a pack drafts satisfies its own rule, and core no longer misses a word of the status."""
    pack = rule.partition("/")[0]
    text = f"Our clinic offers stem cell therapy for knee pain. Call us. {draft}"
    checked = check(pack, text)
    assert checked.signals.investigational_notice
    assert "core/notice/investigational-status-missing" not in {one.rule for one in checked.findings}
    missing = [one for one in checked.findings if one.rule == rule and "lacks" in one.message]
    assert missing == []


def test_drafts_that_state_a_status_are_all_looked_at() -> None:
    """Six places ask for the status in a notice."""
    assert {rule.partition("/")[0] for rule, _ in DRAFTED} >= {
        "us-fl",
        "us-wa",
        "us-vt",
        "us-ut",
        "us-ca",
        "jp",
    }


@pytest.mark.parametrize("law", ["Florida", "Utah", "California"])
@pytest.mark.parametrize("verb", ["has", "have"])
def test_a_complete_notice_states_the_status(law: str, verb: str) -> None:
    """Singular and plural, with the regulator's whole name."""
    text = (
        f"Our clinic offers stem cell therapy for knee pain. Call us. {law} law requires this notice: this physician performs "
        f"one or more stem cell therapies. It {verb} not yet been approved by the United States Food and Drug Administration. "
        "Consult your primary care provider."
    )
    pack = {"Florida": "us-fl", "Utah": "us-ut", "California": "us-ca"}[law]
    checked = check(pack, text)
    assert checked.signals.investigational_notice
    assert "core/notice/investigational-status-missing" not in {one.rule for one in checked.findings}


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("They have not been approved by the U.S. Food and Drug Administration.", True),
        ("They are not approved by the Medicines and Healthcare products Regulatory Agency.", True),
        ("It is not authorised by the European Medicines Agency.", True),
        ("They have not yet been approved by the Ministry of Food and Drug Safety.", True),
        ("It is not approved in Japan.", True),
        ("It has never been approved by Swissmedic.", True),
        ("It is approved by the United States Food and Drug Administration.", False),
        ("Our prices are not reviewed by us.", False),
    ],
)
def test_regulators_by_their_names(status: str, told: bool) -> None:
    """A status counts whoever the regulator is; an approval, or another's review, is none."""
    text = f"Our clinic offers stem cell therapy for knee pain. Call us. {status}"
    assert check("us-federal", text).signals.investigational_notice is told


@pytest.mark.parametrize(
    ("element", "instead", "told"),
    [
        (STATUS, "It is approved by the United States Food and Drug Administration.", "of the status"),
        (STATUS, f"{STATUS} Approval is expected.", "of the status"),
        (STATUS, f"{STATUS} Our laboratory is FDA-approved.", "of the status"),
        (ADVICE, "You need not consult your primary care provider.", "of the advice"),
        (ADVICE, "There is no need to consult your primary care provider.", "of the advice"),
        (CAPTION, "This notice is not required by Florida.", "of the caption"),
    ],
)
def test_an_altered_notice(element: str, instead: str, told: str) -> None:
    """An element that says the contrary, or takes itself back, is told as altered, at its own words."""
    parts = " ".join(PARTS).replace(element, instead)
    (found,) = florida(f"<p style='font-size: 32px'>{parts}</p>")
    assert f"It is altered: {told} it says" in found.message
    assert found.severity is Severity.WARNING
    assert found.quote in instead


def test_a_negation_elsewhere_alters_nothing() -> None:
    """In one long sentence the status's own negation does not reach the advice."""
    text = (
        "Florida law requires this notice: this physician performs stem cell therapy, which is not yet approved by the "
        "U.S. Food and Drug Administration, so consult your primary care provider first."
    )
    assert florida(f"<p style='font-size: 2em'>{text}</p>") == []


def test_praise_of_approval_elsewhere_is_another_matter() -> None:
    """An approval claimed far from the notice doesn't alter it; core judges the claim."""
    body = f"<p>Our laboratory is FDA-approved.</p>{'<p>We open at nine.</p>' * 4}<p style='font-size: 2em'>{' '.join(PARTS)}</p>"
    assert florida(body) == []


def test_a_notice_far_from_the_offer() -> None:
    """Complete and large, but many passages away from the offer: a note that counts them."""
    (found,) = florida("<p>We open at nine.</p>" * 20 + f"<p style='font-size: 32px'>{' '.join(PARTS)}</p>")
    assert found.severity is Severity.NOTE
    assert "far from the offer, with 20 passages between them" in found.message


def test_a_notice_in_the_footer() -> None:
    """Complete but in the footer, it is still a warning, which says where it stands."""
    (found,) = notice(*PARTS, tag="footer")
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
