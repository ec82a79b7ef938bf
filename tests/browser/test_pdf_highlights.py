"""The PDF report on what a browser prints: real fonts, columns and page breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pypdfium2")
pytest.importorskip("pypdf")
from tests.reporters.test_pdf import check_highlights

pytestmark = pytest.mark.browser
EXAMPLES = Path(__file__).parents[2] / "examples" / "bad"


@pytest.mark.parametrize(("name", "least"), [("joint-clinic.html", 10), ("new-era.html", 5)])
def test_highlights_in_a_printed_page(browser, tmp_path, name, least):
    """Each highlight covers the words of its own finding, and those alone."""
    page = browser.new_page()
    page.goto((EXAMPLES / name).as_uri())
    (tmp_path / "page.pdf").write_bytes(page.pdf(format="A5"))
    page.close()
    check_highlights(tmp_path / "page.pdf", least)
