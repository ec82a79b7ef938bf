"""A notice in a file that the page includes by name is no notice that the page lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimlint import check_paths
from claimlint.config import Settings
from claimlint.includes import followed, names

PAGE = "<h1>Lumora</h1><p>Our exosome infusions ease asthma. Book your session today.</p>{}"
NOTICE = "<p>Exosome infusions are investigational and not approved by the FDA.</p>"
MISSING = "core/notice/investigational-status-missing"


def missing(folder: Path) -> bool:
    """Whether the page in the folder lacks its notice."""
    page = next(path for path in folder.iterdir() if path.name.startswith("page."))
    run = check_paths([str(page)], as_of=None, select=("missing-notice",))
    assert not run.failures
    return any(item.rule == MISSING for checked in run.checked for item in checked.findings)


@pytest.mark.parametrize(
    ("page", "included", "directive"),
    [
        ("page.twig", "footer.twig", '{% include "footer.twig" %}'),
        ("page.twig", "templates/base.twig", '{% extends "base.twig" %}'),
        ("page.liquid", "snippets/footer.liquid", "{% render 'footer' %}"),
        ("page.html", "_includes/footer.html", "{% include footer.html %}"),
        ("page.php", "parts/footer.php", '<?php include "parts/footer.php"; ?>'),
        ("page.php", "parts/footer.php", '<?php require_once __DIR__ . "/parts/footer.php"; ?>'),
        ("page.php", "footer.php", "<?php get_footer(); ?>"),
        ("page.blade.php", "resources/views/parts/footer.blade.php", "@include('parts.footer')"),
        ("page.hbs", "partials/footer.hbs", "{{> footer}}"),
        ("page.ejs", "footer.ejs", "<%- include('footer') %>"),
        ("page.shtml", "footer.html", '<!--#include virtual="/footer.html" -->'),
    ],
)
def test_an_included_notice_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, included: str, directive: str
) -> None:
    """In each way that the formats have; without the directive, or where the file holds none, the notice is missing."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".claimlint.yaml").write_text("fail_on: error\n", "utf-8")
    place = tmp_path / included
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(NOTICE, "utf-8")
    (tmp_path / page).write_text(PAGE.format(directive), "utf-8")
    assert not missing(tmp_path)
    place.write_text("<p>Open on Mondays.</p>", "utf-8")
    assert missing(tmp_path)
    place.write_text(NOTICE, "utf-8")
    (tmp_path / page).write_text(PAGE.format(""), "utf-8")
    assert missing(tmp_path)


def test_nothing_outside_the_settings_folder_is_followed(tmp_path: Path) -> None:
    """Neither by dots nor by a link; rings end."""
    (tmp_path / "secret.html").write_text(NOTICE, "utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "link.html").symlink_to(tmp_path / "secret.html")
    page = site / "page.html"
    source = '{% include "../secret.html" %}{% include "link.html" %}{% include "a.html" %}{% include "/etc/passwd" %}'
    page.write_text(source, "utf-8")
    (site / "a.html").write_text('{% include "a.html" %}{% include "page.html" %}', "utf-8")
    assert followed(str(page), source, Settings(root=str(site))) == [str((site / "a.html").resolve())]


@given(
    st.lists(
        st.sampled_from(
            [
                "{% include ",
                '"a.html"',
                " %}",
                "{{> b}}",
                "@include('",
                "')",
                "<?php include ",
                "get_footer()",
                "x " * 9,
            ]
        )
    )
)
def test_any_source_can_be_asked(parts: list[str]) -> None:
    """Whatever stands in it, names come out, each once."""
    found = names("".join(parts))
    assert len(found) == len(set(found))
    assert all(found)
