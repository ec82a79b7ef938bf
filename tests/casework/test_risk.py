"""The ranking: the stated formula, its words, and that nothing unjudged is ever ranked as harmless."""

from __future__ import annotations

from math import isclose, log2

import pytest
import yaml

pytest.importorskip("duckdb")

from claimlint.batch.risk import SHIPPED, assess, formula, load_weights, ranked
from claimlint.batch.site_rows import SiteRows
from claimlint.errors import ConfigError

from . import made


def rows(pages, findings=(), conditions=(), signals=()) -> SiteRows:
    by_page = {one["page_id"]: made.filled("signals", one) for one in signals}
    return SiteRows(
        "a.example", [made.filled("pages", one) for one in pages], [made.filled("findings", one) for one in findings],
        [{"condition": name, "claims": 1, "pages": 1} for name in conditions], by_page, {}, {},
    )  # fmt: skip


PAGES = [made.page("a.example", number) for number in range(4)]


def points(risk) -> dict[str, float]:
    return {part.name: part.points for part in risk.parts}


def test_the_formula_as_it_is_stated():
    """Worked by hand: one cure, high; one warning, medium; two conditions; notices and pressure by share."""
    findings = [
        made.finding(PAGES[0], 0, "cures gout"),
        made.finding(
            PAGES[1],
            0,
            "we may help",
            severity="warning",
            confidence="medium",
            category="efficacy",
            rule="core/x",
        ),
        made.finding(PAGES[1], 1, "", severity="warning", category="missing-notice", rule="core/y"),
    ]
    signals = [
        made.signal(PAGES[0], promotes=True, cta=True),
        made.signal(PAGES[1], promotes=True, cta=True, harms=True),
        made.signal(PAGES[2]),
    ]
    risk = assess(rows(PAGES, findings, ["gout", "ms"], signals), load_weights())
    weight = 1.5 + 0.4 * 0.7 + 0.4
    expected = {
        "severity": 35 * log2(1 + weight) / log2(201),
        "spread": 20 * 1 / 4,
        "breadth": 15 * 2 / 15,
        "notices": 15 * 1 / 2,
        "pressure": 15 * 1 / 2,
    }
    assert all(isclose(points(risk)[name], value, abs_tol=0.01) for name, value in expected.items())
    assert risk.score == round(sum(points(risk).values()), 1)
    words = {part.name: part.words for part in risk.parts}
    assert words["spread"] == "1 of 4 judged pages carry an error"
    assert words["breadth"] == "claims about 2 conditions: gout, ms"
    assert (risk.errors, risk.warnings, risk.notes) == (1, 2, 0)


def test_repeated_words_count_once():
    """The same sentence on every page is one thing said; a second sentence is another."""
    one = assess(rows(PAGES, [made.finding(PAGES[0], 0, "cures gout")]), load_weights())
    many = assess(rows(PAGES, [made.finding(page, 0, "Cures  Gout") for page in PAGES]), load_weights())
    two = assess(
        rows(PAGES, [made.finding(PAGES[0], 0, "cures gout"), made.finding(PAGES[0], 1, "cures ms")]),
        load_weights(),
    )
    assert points(one)["severity"] == points(many)["severity"] < points(two)["severity"]
    assert points(many)["spread"] > points(one)["spread"]


def test_suppressed_findings_do_not_count():
    """What somebody let stand with a reason is no risk."""
    risk = assess(
        rows(PAGES, [made.finding(PAGES[0], 0, "cures gout", suppressed="a quotation of the law")]),
        load_weights(),
    )
    assert (risk.score, risk.errors) == (0, 0)


def test_what_was_not_judged_is_not_harmless():
    """A site of failures has no score, stands before all others, and its pages are counted."""
    bad = [{**page, "state": "failed", "reason": "too large"} for page in PAGES]
    unjudged = assess(rows(bad), load_weights())
    clean = assess(rows(PAGES), load_weights())
    copies = assess(rows([PAGES[0], {**PAGES[1], "state": "duplicate"}]), load_weights())
    assert unjudged.score is None
    assert unjudged.not_judged == 4
    assert clean.score == 0
    assert (copies.duplicates, copies.not_judged) == (1, 0)
    assert ranked([clean, unjudged])[0] is unjudged


def test_weights_of_ones_own(tmp_path):
    """A file may change some groups; the formula then says so."""
    data = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    for name in data["components"]:
        data["components"][name]["weight"] = 1 if name == "breadth" else 0
    path = tmp_path / "weights.yaml"
    path.write_text(yaml.safe_dump({"components": data["components"]}), encoding="utf-8")
    weights = load_weights(str(path))
    assert assess(rows(PAGES, [made.finding(PAGES[0], 0, "x")], ["gout"] * 30), weights).score == 100
    assert formula(weights).startswith("score = 100 x (0 x severity + 0 x spread + 1 x breadth")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("severities: {}", "unknown key 'severities' (did you mean 'severity'?)"),
        ("severity: {error: 1}", "severity: has to hold error, warning, note"),
        ("severity: {error: -1, warning: 1, note: 1}", "severity.error: has to be a number from 0 to 1000"),
        ("components: {severity: {weight: 1, full: 2}}", "components: has to hold exactly"),
        ("- a", "has to hold severity"),
        ("severity: [", "can't be read"),
    ],
)
def test_weights_that_cannot_be_used(tmp_path, text, part):
    """The message names the file and the key."""
    path = tmp_path / "weights.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_weights(str(path))
    assert part in str(caught.value)
    assert str(path) in str(caught.value)
