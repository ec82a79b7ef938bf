"""The report in a real Chromium: usable with and without script, accessible, and inert whatever the pages under review say."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb")

from claimlint.cli import main
from tests.browser.conftest import Opened
from tests.browser.test_security import FIRE
from tests.browser.vectors import VECTORS
from tests.conftest import missing

from . import made

pytestmark = pytest.mark.browser


@pytest.fixture
def show(browser: Any):
    """``show(path, **context)`` opens a file of a report in a fresh profile."""
    contexts = []

    def open_(path: Path, **options: Any) -> Opened:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        seen = Opened(context.new_page())
        seen.page.goto(path.as_uri())
        seen.requests = [url for url in seen.requests if url != path.as_uri()]
        return seen

    yield open_
    for context in contexts:
        context.close()


def built(folder: Path, tables: dict[str, list[Any]]) -> Path:
    made.write(folder / "data", tables)
    assert main(["batch", "report", str(folder / "data"), "--out", str(folder / "report")]) == 0
    return folder / "report"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Thirty sites with one to three findings each, and one that could not be judged."""
    tables: dict[str, list[Any]] = {"pages": [], "findings": [], "signals": [], "claims": []}
    for number in range(30):
        page = made.page(f"clinic-{number:02}.example", 0, title=f"Clinic {number}", fetched=made.WHEN)
        tables["pages"].append(page)
        tables["findings"] += [
            made.finding(page, place, f"cures gout {place}") for place in range(1 + number % 3)
        ]
        tables["signals"].append(made.signal(page, promotes=True, cta=number % 2 == 0))
    where = {name: tables["pages"][7][name] for name in ("page_id", "site", "url")}
    tables["claims"].append({**where, "strength": "causal", "condition": "psoriasis"})
    tables["pages"].append(made.page("lost.example", 0, state="failed", reason="too large"))
    return built(tmp_path, tables)


@pytest.fixture(scope="module")
def axe() -> str:
    path = os.environ.get("CLAIMLINT_AXE")
    if not path:
        missing("CLAIMLINT_AXE names no axe.min.js (npm install axe-core)")
    return Path(str(path)).read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["index.html", "sites/clinic-02.example/index.html", "sites/lost.example/index.html"]
)
def test_axe_has_no_complaint(show, report, axe, name, scheme):
    """Zero violations of any rule that axe-core knows."""
    page = show(report / name, color_scheme=scheme, bypass_csp=True).page
    page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })")
    page.evaluate(axe)
    found = page.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.map((v) => [v.id, v.nodes[0].html]))"
    )
    assert found == []


def names(page: Any) -> list[str]:
    return page.locator("table.sites tbody tr:visible th").all_inner_texts()


def test_search_filter_and_sort(show, report):
    """Search by name and by condition, filter by score and state, sort by any column, both ways."""
    seen = show(report / "index.html")
    page = seen.page
    assert len(names(page)) == 31
    page.fill("[name=text]", "clinic-1")
    assert len(names(page)) == 10
    assert page.inner_text("#shown") == "10 of 31 sites shown"
    page.fill("[name=text]", "psoriasis")
    assert names(page) == ["clinic-07.example"]
    page.fill("[name=text]", "")
    page.select_option("[name=state]", "unjudged")
    assert names(page) == ["lost.example"]
    page.select_option("[name=state]", "")
    page.select_option("[name=score]", "75")
    assert "lost.example" not in names(page)
    page.select_option("[name=score]", "0")
    page.get_by_role("button", name="Errors").click()
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Errors")
    assert page.locator("table.sites tbody tr").first.locator("td").nth(4).inner_text() == "3"
    page.get_by_role("button", name="Site").click()
    assert names(page) == sorted(names(page))
    assert (seen.errors, seen.requests) == ([], [])


def test_without_script(show, report):
    """With JavaScript off, the table is there and the controls that need it are not."""
    page = show(report / "index.html", java_script_enabled=False).page
    assert page.locator("table.sites tbody tr").count() == 31
    assert not page.locator("#filters").is_visible()
    page.click("text=clinic-05.example")
    assert page.locator("h1").inner_text().startswith("clinic-05.example")
    assert page.locator("mark").first.inner_text() == "cures gout 0"


def test_nothing_runs(show, tmp_path):
    """With every way in standing in every column that a page can fill, nothing runs and nothing is asked for."""
    tables: dict[str, list[Any]] = {
        "pages": [],
        "findings": [],
        "provisions": [],
        "claims": [],
        "signals": [],
    }
    for number, raw in enumerate(VECTORS):
        vector = raw.replace("\ud800", "")
        site = vector if number % 10 == 0 else "a.example"
        page = made.page(
            site,
            number,
            url=vector,
            title=vector,
            record_id=vector,
            payload_digest=vector,
            source=vector,
            member=vector,
        )
        tables["pages"].append(page)
        fields = (
            "rule",
            "category",
            "message",
            "before",
            "after",
            "heading",
            "scope",
            "fingerprint",
            "sentence",
        )
        row = made.finding(
            page, 0, vector, **dict.fromkeys(fields, vector), why=[{"kind": vector, "text": vector}]
        )
        tables["findings"].append(row)
        where = {
            name: row[name]
            for name in ("page_id", "site", "url", "number", "rule", "severity", "fingerprint")
        }
        tables["provisions"].append(
            {**where, "provision": vector, "title": vector, "jurisdiction": vector, "source_url": vector}
        )
        tables["claims"].append(
            {
                **{name: page[name] for name in ("page_id", "site", "url")},
                "strength": "causal",
                "condition": vector,
            }
        )
        tables["pages"].append(made.page(site, number + 1000, url=vector, state="failed", reason=vector))
    report = built(tmp_path, tables)
    for path in [report / "index.html", *sorted(report.glob("sites/*/index.html"))[:6]]:
        seen = show(path)
        assert seen.page.evaluate(FIRE) == 0
        seen.page.wait_for_timeout(50)
        assert (seen.ran, seen.requests, seen.blocked, seen.errors) == ([], [], [], [])
        links = seen.page.evaluate("[...document.links].map((one) => one.protocol)")
        assert set(links) <= {"http:", "https:", "file:"}


@pytest.mark.parametrize(
    "quote",
    ["cure, in part - gout & more", "Words that begin here " + "and go on and on " * 12 + "and end there"],
)
def test_the_link_leads_to_the_words(show, report, quote):
    """Chromium scrolls to the quoted words on the live page, also across markup."""
    from claimlint.batch.site_view import live_link
    from tests.crawl.site import Site, html, serving

    site = Site(1)
    written = quote.replace("&", "&amp;").replace("part", "<b>part</b>")
    site.routes["/long"] = html(
        "Long", "<p>filler</p>" * 400 + f"<p id=here>{written}</p>" + "<p>filler</p>" * 400
    )
    with serving(site):
        page = show(report / "index.html").page
        page.goto(live_link(f"{site.base}/long", quote))
        page.wait_for_function("scrollY > 0", timeout=5000)
        place = page.evaluate("document.getElementById('here').getBoundingClientRect().top")
    assert 0 <= place <= 900
