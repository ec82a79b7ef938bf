"""axe-core finds nothing to object to in the reports, in light and in dark, with everything opened."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from claimlint.reporters import render
from claimlint.reporters.claims import render_claims
from tests.conftest import missing
from tests.reporters import runs

from .test_ledger import PAGE, claimlint
from .test_report import example

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core, from the file that CLAIMLINT_AXE names."""
    path = os.environ.get("CLAIMLINT_AXE")
    if not path:
        missing("CLAIMLINT_AXE names no axe.min.js (npm install axe-core)")
    return Path(str(path)).read_text(encoding="utf-8")


def signed_ledger() -> str:
    """The ledger of a page whose claims have records."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "cells.md"
        page.write_text(PAGE, encoding="utf-8")
        return claimlint("claims", "--format", "html", str(page)).stdout


REPORTS = {
    "many": lambda: render("html", example()),
    "mixed": lambda: render("html", runs.mixed()),
    "failures": lambda: render("html", runs.failures()),
    "clean": lambda: render("html", runs.clean()),
    "ledger": lambda: render_claims(runs.mixed(), "html"),
    "ledger with records": signed_ledger,
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", REPORTS)
def test_axe_has_no_complaint(opened, axe, name, scheme):
    """Zero violations of any rule that axe-core knows, best practices included."""
    page = opened(REPORTS[name](), color_scheme=scheme, bypass_csp=True).page
    page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })")
    page.evaluate(
        "document.querySelectorAll('.decide button').forEach((item, at) => { if (at % 3 === 0) item.click(); })"
    )
    page.evaluate(axe)
    found = page.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations.map("
        "(one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' | ' + node.failureSummary)]))"
    )
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_sees_the_page_view_too(opened, axe, scheme):
    """The same with the source closed, so that the page itself is judged, and a finding selected."""
    page = opened(REPORTS["mixed"](), color_scheme=scheme, bypass_csp=True).page
    page.keyboard.press("j")
    page.evaluate(axe)
    found = page.evaluate(
        "axe.run().then((result) => result.violations.map((one) => [one.id, one.nodes[0].html]))"
    )
    assert found == []
