"""The pages about the law are what the packs say, no more and no less."""

from __future__ import annotations

from bench import law


def test_pages_are_current() -> None:
    """Every generated page is as bench/law.py writes it; run `python bench/law.py` where this fails."""
    stale = [
        str(path.relative_to(law.ROOT))
        for path, text in law.pages().items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    assert stale == []


def test_no_page_is_left_over() -> None:
    """No page tells of a pack or a provision that is gone."""
    assert sorted(set(law.FOLDER.rglob("*.md")) - set(law.pages())) == []
