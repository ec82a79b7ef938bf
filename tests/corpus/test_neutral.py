"""How often the rules cry wolf on pages that sell nothing: the bar that every new rule has to clear."""

from __future__ import annotations

from pathlib import Path

from claimlint.language.sentences import sentences
from claimlint.model import Checked, Document, Severity
from claimlint.spans import LineIndex, to_source
from tests.corecheck import check

_TEXT = (Path(__file__).parent / "neutral.txt").read_text("utf-8")
_BAR = 0.005
_SENTENCE_CATEGORIES = frozenset(
    "cure proof efficacy mechanism safety superiority status testimonial statistic disparage urgency evidence".split()
)
Span = tuple[int, int]


def _pages() -> dict[str, str]:
    """The corpus page by page: a line that starts with %% names a page."""
    pages = {}
    for part in _TEXT.split("%% ")[1:]:
        name, _, body = part.partition("\n")
        pages[name.strip()] = body.strip() + "\n"
    return pages


def _sentences(document: Document) -> list[Span]:
    """Source offsets of every sentence of the page, headings included."""
    return [
        to_source(block, start, end)
        for block in document.blocks
        for start, end in sentences(block.text)
        if start < end
    ]


def _alarms(checked: Checked) -> list[tuple[Span, str]]:
    """Places of findings about words that a reviewer would be shown as a warning or an error, and their rules."""
    return [
        ((found.start, found.end), found.rule)
        for found in checked.findings
        if found.category in _SENTENCE_CATEGORIES
        and found.severity is not Severity.NOTE
        and found.start is not None
        and found.end is not None
    ]


def test_corpus_is_large_and_mixed() -> None:
    """There are at least 320 sentences, on at least 20 pages, and no page is a copy of another."""
    pages = _pages()
    assert len(pages) >= 20
    assert len(set(pages.values())) == len(pages)
    assert sum(len(_sentences(check(body).document)) for body in pages.values()) >= 320


def test_few_neutral_sentences_are_marked() -> None:
    """At most one sentence in 200 of neutral health text bears a warning or an error."""
    total, marked = 0, []
    for name, body in _pages().items():
        checked = check(body)
        index = LineIndex(body)
        alarms = _alarms(checked)
        for start, end in _sentences(checked.document):
            total += 1
            rules = sorted({rule for (low, high), rule in alarms if low < end and start < high})
            if rules:
                marked.append(f"{name}, line {index.position(start)[0]}: {body[start:end]!r} {rules}")
    shown = "\n".join(marked)
    assert len(marked) <= _BAR * total, f"{len(marked)} of {total} sentences are marked:\n{shown}"


def test_no_neutral_page_is_told_that_it_lacks_a_notice() -> None:
    """Pages that sell nothing owe no notice and no risk beside a call to action, and are not taken for sellers."""
    wrong = {}
    for name, body in _pages().items():
        checked = check(body)
        found = [f.rule for f in checked.findings if f.category in ("missing-notice", "cta-without-risk")]
        if found or checked.signals.speaker == "seller":
            wrong[name] = (checked.signals.speaker, found)
    assert wrong == {}
