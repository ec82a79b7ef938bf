"""Nothing from the material under review runs or asks for anything, wherever in the report it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from claimlint.model import (
    Block,
    Checked,
    Claim,
    Confidence,
    Document,
    Failure,
    Finding,
    Fix,
    Place,
    Reason,
    Rule,
    Run,
    Scope,
    Severity,
    Signals,
    Strength,
    Unread,
    Verdict,
)
from claimlint.reporters import render
from claimlint.reporters.claims import render_claims
from claimlint.reporters.html import render_credibility
from claimlint.reporters.view import encodable, visible

from .vectors import FAMILIES, VECTORS

pytestmark = pytest.mark.browser


def document(vector: str, path: str) -> Document:
    """A document whose blocks of every kind, locator and reason for not being read are the vector."""
    text = vector.strip() or "x"
    blocks = tuple(Block(text, scope, ((0, 0, len(vector)),), locator=vector) for scope in Scope)
    return Document(path, "html", vector, blocks, unread=(Unread(0, 1, vector),), meta={"author": vector})


def hostile(vectors: tuple[str, ...]) -> Run:
    """A run in which each vector fills every field that a page, a rule, a plugin or a registry can fill."""
    checked, rules, failures = [], [], []
    for number, vector in enumerate(vectors):
        path = f"{number} {vector}"
        doc = document(vector, path)
        rule = Rule(
            id=f"core/{number}/{vector}",
            title=vector,
            kind=vector,
            category=vector,
            severity=Severity.ERROR,
            confidence=Confidence.HIGH,
            message=vector,
            why=vector,
            match={},
            suggest=(vector,),
            sources=(vector,),
        )
        record = dict.fromkeys(
            ("record", "pair", "tier", "verdict", "summary", "wording", "url", "as_of", "date", "title"),
            vector,
        )
        record |= {
            "findings": [vector],
            "sources": [{"title": vector, "url": vector, "date": vector}],
            "regulatory": [{"jurisdiction": vector, "status": vector, "since": vector}],
            vector: vector,
        }
        place = Place(number % len(doc.blocks), 0, len(doc.blocks[0].text))
        finding = Finding(
            path,
            rule.id,
            vector,
            tuple(Severity)[number % 3],
            Confidence.LOW,
            f"{vector} is said. {vector}",
            0,
            len(vector),
            vector,
            vector,
            place,
            (Reason(vector, vector, place),),
            (vector,),
            (Fix(0, 1, vector, vector),),
            (record,),
            (record,),
            vector,
            vector if number % 5 == 0 else None,
        )
        claim = Claim(
            place, place, Strength.CAUSAL, vector, vector, vector, vector, vector, vector, why=finding.why
        )
        card = {
            "score": 0.5,
            "formula": vector,
            "instruments": {vector: {"present": 1, "absent": 1, "unknown": 1}},
            "items": [{"question": vector, "state": vector, "shown": [{"quote": vector}]}],
        }
        whole = replace(finding, start=None, end=None, place=None, rule="claimlint/unread")
        verdict = Verdict(vector, vector, Strength.NONE, (vector,), vector)
        claims = ((claim, verdict),)
        checked.append(
            Checked(doc, Signals(speaker=vector), (finding, whole), claims, card, {vector: record})
        )
        rules.append(rule)
        failures.append(Failure(path, vector))
    return Run(
        tuple(checked),
        tuple(failures),
        tuple(rules),
        show_suppressed=True,
        as_of=vectors[0],
        version=vectors[0],
        stamp={vectors[0]: vectors[0]},
    )


FIRE = """() => {
  let found = 0;
  for (const node of document.querySelectorAll('*')) {
    for (const { name } of [...node.attributes]) {
      if (name.startsWith('on')) { found += 1; node.dispatchEvent(new Event(name.slice(2))); }
    }
  }
  return found;
}"""
"""Sends every element the events that it has handlers for, and counts the handlers."""


def busy(page: Any) -> None:
    """Uses whatever the report offers, so that text which a script moves about is moved about."""
    page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })")
    page.evaluate(
        """() => {
          for (const selector of ['th button', '.copy', '.decide button', '#export', '.left mark', '.more']) {
            [...document.querySelectorAll(selector)].slice(0, 40).forEach((node) => node.click());
          }
          for (const field of document.querySelectorAll('select')) {
            field.selectedIndex = Math.min(3, field.length - 1);
            field.dispatchEvent(new Event('input', { bubbles: true }));
          }
          for (const node of document.querySelectorAll('a, mark, [tabindex]')) {
            node.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
            node.focus();
          }
        }"""
    )
    page.keyboard.press("j")
    page.wait_for_timeout(300)


def test_there_are_enough_vectors():
    """At least two hundred ways in, none of them twice."""
    assert len(set(VECTORS)) == len(VECTORS) >= 200


@pytest.mark.parametrize("family", ["handlers", "scripts", "svg", "mutation", "loaders"])
def test_the_vectors_bite(opened, family):
    """On a page that neither escapes nor forbids them, vectors of each such family do run or ask."""
    bitten = 0
    for vector in FAMILIES[family][:40]:
        seen = opened(f"<!doctype html><title>x</title><body>{vector}</body>".replace("\ud800", ""))
        seen.page.wait_for_timeout(15)
        if family != "loaders":
            seen.page.evaluate(FIRE)
        bitten += bool(seen.ran or any("leak.invalid" in url for url in seen.requests))
        seen.page.context.close()
        if bitten >= 4:
            break
    assert bitten >= 4


@pytest.mark.parametrize("family", FAMILIES)
def test_report_stays_inert(opened, family):
    """Fed into every field, opened and used: nothing runs, nothing is requested, nothing breaks."""
    seen = opened(render("html", hostile(FAMILIES[family])), accept_downloads=False)
    busy(seen.page)
    assert seen.page.evaluate(FIRE) == 0
    assert seen.ran == []
    assert [url for url in seen.requests if not url.startswith("blob:")] == []
    assert seen.errors == []
    assert seen.page.evaluate("document.querySelectorAll('script').length") == 1
    assert seen.page.locator(".document").count() == len(FAMILIES[family])


def test_ledger_stays_inert(opened):
    """The claims ledger with all vectors at once, opened, signed and exported."""
    seen = opened(render_claims(hostile(VECTORS), "html"), accept_downloads=False)
    seen.page.fill("#reviewer", "Ima Madeup")
    busy(seen.page)
    seen.page.click("#approved")
    assert seen.page.evaluate(FIRE) == 0
    assert (seen.ran, seen.errors) == ([], [])
    assert [url for url in seen.requests if not url.startswith("blob:")] == []
    assert seen.page.evaluate("document.querySelectorAll('script').length") == 1
    assert (
        seen.page.evaluate("document.querySelectorAll('img, iframe, object, embed, link, base').length") == 0
    )
    assert seen.page.locator(".ledger tbody tr").count() == len(VECTORS)


def test_scorecards_stay_inert(opened):
    """The credibility page with all vectors at once."""
    run = hostile(VECTORS)
    said = [
        {
            "claims": 1,
            "cited": 0,
            "verdicts": {vector: 1},
            "against_the_record": [{"verdict": vector, "quote": vector, "detail": vector}],
        }
        for vector in VECTORS
    ]
    seen = opened(render_credibility(run, said))
    seen.page.wait_for_timeout(200)
    assert (seen.ran, seen.requests, seen.errors) == ([], [], [])
    assert seen.page.evaluate(FIRE) == 0
    assert seen.page.evaluate("document.querySelectorAll('script, a, img, iframe').length") == 0


@pytest.mark.parametrize("family", FAMILIES)
def test_every_view_shows_the_vectors(opened, family):
    """The channels are really fed: page, source, cards, file names, citations and what was not checked hold them as text."""
    seen = opened(render("html", hostile(FAMILIES[family][:12])))
    page = seen.page
    page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })")
    wanted = " ".join(visible(encodable(FAMILIES[family][0])).split())
    for place in (
        ".document .page",
        ".lines",
        ".card h3",
        ".card .because",
        ".card .wording",
        ".card .suggest",
        ".card .rule code",
        ".cited .entry .small",
        ".cited .entry code",
        ".dochead h2",
        ".credibility",
        ".alarm li code",
        ".facts",
        "table.docs tbody th",
    ):
        text = " ".join(
            page.eval_on_selector_all(place, "all => all.map((one) => one.textContent).join(' ')").split()
        )
        assert wanted in text or wanted[:60] in text, place


def test_the_policy_holds_alone(opened):
    """Were something not escaped after all, the content security policy would stop it."""
    attack = "<script>alert(1)</script><img src=https://leak.invalid/a onerror=alert(1)><svg onload=alert(1)></svg>"
    text = render("html", hostile(("plain words",)))
    seen = opened(text.replace("</main>", attack + "</main>"))
    seen.page.wait_for_timeout(200)
    assert seen.page.locator("main > svg").count() == 1
    assert seen.ran == []
    assert seen.blocked == seen.requests == ["https://leak.invalid/a"]
