"""Between two datasets each change on a site is named for what it is, and what was not checked is not called gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.batch import archives
from tests.batch.running import batch, run

OLD = {
    "a": "Our infusion relieves migraine in most people. Side effects include bruising and a sore arm.",
    "b": "Our pads cure arthritis for good.",
    "c": "Our drops restore hearing.",
    "d": "Our serum heals eczema.",
}
NEW = {
    "a": "Our infusion relieves migraine in many people. Acupuncture has been proven to ease anxiety.",
    "b": "Our pads cure arthritis for good.",
    "c": None,
    "e": "Our serum heals eczema.",
}


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """What the command says of the two."""
    folder = tmp_path_factory.mktemp("compare")
    for name, pages in (("old", OLD), ("new", NEW)):
        records = [
            archives.response(
                f"https://a.example/{page}",
                archives.page(words or "Gone.", footer=""),
                number=number,
                status="200 OK" if words else "500 Oops",
            )
            for number, (page, words) in enumerate(pages.items())
        ]
        run(folder / name, archives.warc(folder / f"{name}.warc.gz", records))
    done = batch("compare", folder / "old", folder / "new", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_claims_are_new_gone_or_reworded(changes: list[dict]) -> None:
    """A sentence that moved to another page is unchanged; one with a word replaced is reworded."""
    claims = [(one["change"], one["old"], one["new"]) for one in changes if one["change"] in ("new", "gone", "reworded")]
    assert claims == [
        ("reworded", "Our infusion relieves migraine in most people.", "Our infusion relieves migraine in many people."),
        ("new", None, "Acupuncture has been proven to ease anxiety."),
    ]


def test_pages_come_go_and_fail(changes: list[dict]) -> None:
    """A page that failed the second time is not gone, and neither are its claims."""
    pages = [(one["change"], one["url"][-1], one["new"]) for one in changes if one["change"].startswith("page")]
    assert pages == [("page-not-checked", "c", "not_checked: HTTP status 500"), ("page-gone", "d", None), ("page-new", "e", "checked")]


def test_notices_are_added_and_dropped(changes: list[dict]) -> None:
    """The page that named harms no longer does."""
    notices = {(one["change"], one["url"][-1], one["old"]) for one in changes if one["change"].startswith("notice")}
    assert ("notice-dropped", "a", "named harm") in notices
    assert not any(change == "notice-added" for change, _, _ in notices)


def test_other_rules_are_said(tmp_path: Path) -> None:
    """Changes may come from them."""
    path = archives.warc(tmp_path / "a.warc.gz", archives.sites(2))
    run(tmp_path / "a", path)
    run(tmp_path / "b", path, "--profile", "regulator")
    done = batch("compare", tmp_path / "a", tmp_path / "b")
    assert "the two runs differ in settings" in done.stderr
