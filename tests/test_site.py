"""The documentation site is built without a warning, is complete by itself, and shows pages as they were written."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that imports a module of bench/ as the scripts there import each other."""
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    return importlib.import_module


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `mkdocs build --strict` builds it."""
    pytest.importorskip("material")
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr
    return out


def article(page: Path) -> str:
    """The content of a page, code left out."""
    found = re.search(r"<article.*?</article>", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found, page
    return re.sub(r"<(pre|code)\b.*?</\1>", "", found[0], flags=re.DOTALL)


def test_every_page_is_in_the_site(site: Path) -> None:
    """Each page of docs/ is there, among them each pack, provision and treatment."""
    pages = [path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")]
    assert len(pages) > 150
    assert [str(page) for page in pages if not (site / page).is_file()] == []


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    """No script, style, font, picture or frame of the site names another host, and no script of the theme does."""
    loaded = re.compile(r'<(?:script|link|img|iframe|source|object)\b[^>]*(?:src|href|data)="(?:https?:)?//')
    assert [str(page) for page in site.rglob("*.html") if loaded.search(page.read_text("utf-8"))] == []
    styles = list(site.rglob("*.css"))
    assert styles
    assert [
        str(style)
        for style in styles
        if re.search(r"(?:url\(|@import )[\"']?(?:https?:)?//", style.read_text("utf-8"))
    ] == []
    scripts = list((site / "assets" / "javascripts").glob("*.js"))
    assert scripts
    assert [str(one) for one in scripts if "unpkg.com" in one.read_text("utf-8")] == []


def test_lists_and_tables_are_lists_and_tables(site: Path) -> None:
    """Where the dialects of Markdown differ, no page shows the marks in place of a list, a table or a block of code."""
    raw = re.compile(r"<p>[^<]*(?:\n\s*[-*] |\n\d+\. |\n?\|---|```)")
    shown = {page.name: raw.search(article(page)) for page in site.rglob("*.html") if page.name != "404.html"}
    assert {name: found[0] for name, found in shown.items() if found} == {}


def test_files_of_the_repository_come_along(site: Path) -> None:
    """A module that a page links to is shown with its code, and a link to another format leads to the file."""
    tour = (site / "one-run.html").read_text(encoding="utf-8")
    assert 'href="source/claimlint/engine.py.html"' in tour
    assert "class" in (site / "source" / "claimlint" / "engine.py.html").read_text(encoding="utf-8")
    assert 'href="source/LICENSE"' in (site / "legal-notice.html").read_text(encoding="utf-8")
    assert (site / "source" / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Two:\n- a\n- b\n", "Two:\n\n- a\n- b\n"),
        ("1. one\n\n   ```sh\n   x\n   ```\n2. two\n", "1. one\n\n    ```sh\n    x\n    ```\n\n2. two\n"),
        ("```\nTwo:\n- a\n```\n", "```\nTwo:\n- a\n```\n"),
        ("Words:\n| a |\n|---|\n", "Words:\n\n| a |\n|---|\n"),
        ("- a\n  more\n- b\n", "- a\n    more\n- b\n"),
    ],
)
def test_the_bridge_between_dialects(written: str, wanted: str, script: Any) -> None:
    """Lists and tables get their empty line and items their indent, and code is left as it is."""
    pytest.importorskip("mkdocs")
    assert script("site_pages")._spaced(written) == wanted


def test_every_pack_is_in_the_navigation() -> None:
    """The list of packs in mkdocs.yml is the list of packs."""
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    (packs,) = [section["Packs"] for section in nav if "Packs" in section]
    listed = sorted(target for entry in packs for target in entry.values())
    assert listed == sorted(f"packs/{path.name}" for path in (ROOT / "docs" / "packs").glob("*.md"))


def test_registry_pages_are_current(script: Any) -> None:
    """docs/registry holds what bench/registry.py writes and nothing else."""
    made = script("registry").pages()
    assert {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "registry").iterdir()
    } == {path.name: text for path, text in made.items()}, "run: python bench/registry.py"


def test_every_record_is_on_its_page(script: Any) -> None:
    """Each record of the registry is told with its sources; an address or a study left out would weaken it."""
    registry = script("registry")
    for record in registry._registry().records():
        text = registry.entry(record)
        assert record["id"] in text
        assert [source["url"] for source in record.get("sources") or () if source["url"] not in text] == []
        assert [study["name"] for study in record.get("studies") or () if study["name"] not in text] == []


def test_the_tour_is_current(script: Any) -> None:
    """docs/one-run.md is what a run shows."""
    page = (ROOT / "docs" / "one-run.md").read_text(encoding="utf-8")
    assert page == script("tour").current(), "run: python bench/tour.py"


def test_the_tour_names_no_function_that_is_gone(script: Any) -> None:
    """A function that the tour is told to name and that isn't there is an error, not a dead link."""
    with pytest.raises(AttributeError):
        script("tour").module("engine", "no_such_function")
