"""The HTML report as people use it: filters, keyboard, links, decisions, sorting, source, print, no script."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from claimlint.model import Checked, Run, Scope, Severity, Signals, replace
from claimlint.reporters import render
from claimlint.triage import decisions
from tests.reporters import runs

pytestmark = pytest.mark.browser
SCHEMA = Path(__file__).parents[2] / "claimlint" / "schemas" / "decisions.schema.json"


def scored(value: float) -> dict[str, Any]:
    """A scorecard with one question."""
    return {
        "score": value,
        "formula": "a mean of one",
        "instruments": {"jama": {"present": 1, "absent": 3, "unknown": 0}},
        "items": [{"question": "Is the page dated?", "state": "present", "shown": [{"quote": "March 2026"}]}],
    }


def example(count: int = 3, each: int = 4) -> Run:
    """``count`` documents with ``each`` findings, severities and confidences in turn."""
    checked = []
    for number in range(count):
        blocks = [(Scope.PARAGRAPH, f"Paragraph {at} says a drip is proven to help.") for at in range(each)]
        doc = runs.document(f"site/{chr(97 + number % 26)}{number}.md", *blocks)
        found = tuple(
            runs.finding(
                doc,
                f"Paragraph {at} says",
                severity=tuple(Severity)[(number + at) % 3],
                category=("proof", "cure")[at % 2],
                fingerprint=f"{number:016x}{at:016x}",
                suggest=("Name the trial.",),
                evidence=(
                    {"record": "drip/colds", "summary": "Never tried.", "wording": "It has not been tried."},
                ),
            )
            for at in range(each - number % 2)
        )
        checked.append(Checked(doc, Signals(), found, (), scored((number * 7 % 10) / 10)))
    return Run(tuple(checked), (), runs.RULES, as_of="2026-11-01", version="0.1.0")


@pytest.fixture(scope="module")
def report() -> str:
    """A report on three documents."""
    return render("html", example())


def shown(page: Any) -> list[str]:
    """The numbers of the cards that can be seen."""
    return page.eval_on_selector_all(".card:not([hidden])", "cards => cards.map((card) => card.dataset.n)")


def test_filters_act_together(opened, report):
    """Severity, category and words narrow the cards; the counter and the marks follow."""
    page = opened(report).page
    everything = shown(page)
    page.uncheck("input[value=error]")
    page.select_option("select[name=category]", "cure")
    some = shown(page)
    assert 0 < len(some) < len(everything)
    page.fill("input[name=text]", "Paragraph 1 says")
    fewer = shown(page)
    assert 0 < len(fewer) < len(some)
    assert page.inner_text("#shown") == f"{len(fewer)} of {len(everything)} shown"
    lit = page.eval_on_selector_all(".page mark:not(.off)", "marks => marks.map((mark) => mark.dataset.f)")
    assert lit == fewer
    page.fill("input[name=text]", "no card says this")
    assert shown(page) == []
    assert page.locator(".none:not([hidden])").count() == 3


def test_keyboard(opened, report):
    """j and k walk over the shown findings and move the focus; / goes to the search field, Escape leaves it."""
    page = opened(report).page
    for key, number in (("j", "1"), ("j", "2"), ("j", "3"), ("k", "2")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.dataset.n") == number
        assert page.locator(".card.active").count() == 1
    assert page.evaluate("location.hash") == "#f-2"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "text"
    page.keyboard.type("jk/")
    assert page.input_value("input[name=text]") == "jk/"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name || ''") == ""


def test_everything_is_reached_by_tab(opened, report):
    """Tab leads from the top through filters, decisions and cards, and never gets stuck."""
    page = opened(report).page
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.outerHTML.slice(0, 60)"))
    text = "\n".join(reached)
    for part in (
        'class="skip"',
        'name="severity"',
        'name="decision"',
        'id="reviewer"',
        'id="export"',
        "<summary>",
        'value="accepted"',
    ):
        assert part in text
    assert len(set(reached)) > 40


def test_deep_links(opened, report):
    """An address with a finding opens at its card; one into the source opens the source."""
    page = opened(report, "#f-6").page
    assert page.locator(".card.active").get_attribute("data-n") == "6"
    page = opened(report, "#s-6").page
    assert page.locator(".sourceview[open]").count() == 1
    assert page.locator("#s-6 + mark").is_visible()


def test_source_view_takes_the_place_of_the_page(opened, report):
    """One click shows numbered lines with the same marks, another the page again."""
    page = opened(report).page
    first = page.locator(".document").first
    first.locator(".sourceview summary").click()
    assert not first.locator(".page").is_visible()
    assert first.locator(".lines mark").count() == first.locator(".page mark").count()
    number = first.locator(".lines li").nth(2).evaluate("line => getComputedStyle(line, '::before').content")
    assert number == "counter(line)"
    first.locator(".sourceview summary").click()
    assert first.locator(".page").is_visible()


def test_decisions_are_kept_and_exported(opened, report, tmp_path):
    """A decision outlives a reload; the export follows the schema and is what --decisions reads."""
    page = opened(report).page
    assert page.inner_text("#decided") == "0 of 11 decided"
    page.locator("#f-1 button[value=accepted]").click()
    page.locator("#f-2 button[value=dismissed]").click()
    page.locator("#f-3 button[value=dismissed]").click()
    page.locator("#f-2 [name=note]").fill("the name of a prize")
    assert "1 dismissal lacks its note" in page.inner_text("#decided")
    page.click("#export")
    assert "reviewer's name first" in page.inner_text("#decided")
    page.fill("#reviewer", "I. Madeup")
    page.reload()
    assert page.input_value("#reviewer") == "I. Madeup"
    assert page.input_value("#f-2 [name=note]") == "the name of a prize"
    assert page.get_attribute("#f-1 button[value=accepted]", "aria-pressed") == "true"
    page.select_option("select[name=decision]", "dismissed")
    assert shown(page) == ["2", "3"]
    with page.expect_download() as waiting:
        page.click("#export")
    path = tmp_path / "decisions.json"
    waiting.value.save_as(path)
    made = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(made)
    assert [(item["decision"], item["quote"]) for item in made["decisions"]] == [
        ("accepted", "Paragraph 0 says"),
        ("dismissed", "Paragraph 1 says"),
    ]
    assert made["decisions"][0]["path"] == "site/a0.md"
    read = decisions.read(str(path))
    assert [(item.kind, item.reviewer) for item in read] == [
        ("accepted", "I. Madeup"),
        ("dismissed", "I. Madeup"),
    ]
    assert decisions.dismissals(read)[0][1].startswith("the name of a prize (dismissed by I. Madeup, 20")


def test_a_second_click_takes_a_decision_back(opened, report):
    """Pressing the pressed button undoes it."""
    page = opened(report).page
    button = page.locator("#f-1 button[value=accepted]")
    button.click()
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert page.inner_text("#decided") == "0 of 11 decided"


def test_copying(opened, report):
    """Only wording has a copy button, and it puts exactly that wording on the clipboard."""
    page = opened(report, permissions=["clipboard-read", "clipboard-write"]).page
    assert page.locator(".suggest .copy").count() == 0
    page.locator("#f-1 .copy").click()
    page.locator("#f-1 .copy", has_text="Copied").first.wait_for()


def test_columns_sort(opened, report):
    """A click on a column's head sorts by it, another turns the order round, and the state is announced."""
    page = opened(report).page

    def column(number: int) -> list[str]:
        cells: list[str] = page.eval_on_selector_all(
            f"table.docs tbody tr > :nth-child({number})",
            "cells => cells.map((c) => c.dataset.value ?? c.textContent)",
        )
        return cells

    page.click("table.docs th:nth-child(5) button")
    assert column(5) == sorted(column(5), key=float, reverse=True)
    page.click("table.docs th:nth-child(5) button")
    assert column(5) == sorted(column(5), key=float)
    assert page.get_attribute("table.docs th:nth-child(5)", "aria-sort") == "ascending"
    page.click("table.docs th:nth-child(1) button")
    assert column(1) == sorted(column(1))


def test_without_javascript(opened, report):
    """All text, marks, cards and bars are there; nothing that needs a script shows."""
    page = opened(report, java_script_enabled=False).page
    assert page.locator(".card").count() == page.locator(".card:visible").count() == 11
    assert page.locator("#filters, #review, .copy, .decide").locator("visible=true").count() == 0
    assert page.locator(".page:visible").count() == 3
    assert page.locator("table.docs svg.bar").count() == 3
    page.locator(".sourceview summary").first.click()
    assert page.locator(".lines").first.is_visible()
    assert page.locator(".page").first.is_visible()


@pytest.mark.parametrize("width", [360, 800, 1440])
def test_nothing_is_cut_off(opened, width):
    """At the width of a phone, a tablet and a screen the page never scrolls sideways."""
    page = opened(
        render("html", replace(runs.hostile(), show_suppressed=True)),
        viewport={"width": width, "height": 800},
    ).page
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_print(opened, report):
    """Printed to PDF, the findings and what was decided are there, and the controls are not."""
    pdfium = pytest.importorskip("pypdfium2")
    page = opened(report).page
    page.locator("#f-2 button[value=dismissed]").click()
    page.locator("#f-2 [name=note]").fill("the name of a prize")
    data = page.pdf(format="A4")
    document = pdfium.PdfDocument(data)
    text = "\n".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))
    document.close()
    assert "Name the trial." in text
    assert text.count("claims proof that the record does not hold") >= 11
    assert text.count("Dismiss") == 1
    for control in ("Export decisions", "Accept", "Copy", "with line numbers"):
        assert control not in text


def test_two_thousand_findings_open_quickly(opened):
    """A report on two hundred documents with two thousand findings is ready for use quickly.

    The bar of two seconds is for a machine with nothing else to do; this limit also holds with other tests beside it.
    """
    text = render("html", example(200, 11))
    assert len(text.encode()) < 15_000_000
    taken = []
    for _ in range(3):
        started = time.perf_counter()
        page = opened(text).page
        page.keyboard.press("j")
        assert page.locator(".card.active").count() == 1
        taken.append(time.perf_counter() - started)
        assert page.locator(".card").count() >= 2000
        page.close()
    print(f"opened in {min(taken):.2f} to {max(taken):.2f} s, {len(text.encode()):,} bytes")
    assert min(taken) < 6


def test_what_is_told_once_opens_in_the_card(opened):
    """A record's studies, sources and date open below the link and close again; without a script the link leads to the end."""
    page = opened(render("html", runs.mixed())).page
    link = page.locator(".card .part .more").first
    target = link.get_attribute("href")
    card = page.locator(".card:has(.more)").first
    assert "Madeup 2024" not in card.inner_text()
    link.click()
    assert "Madeup 2024" in card.inner_text()
    assert card.inner_text().count("Tested once without benefit.") == 1
    assert link.get_attribute("aria-expanded") == "true"
    link.click()
    assert "Madeup 2024" not in card.inner_text()
    page = opened(render("html", runs.mixed()), java_script_enabled=False).page
    page.locator(".card .part .more").first.click()
    assert page.evaluate("location.hash") == target
    assert "Madeup 2024" in page.locator(target).inner_text()
