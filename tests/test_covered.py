"""Pages in two languages: what can be judged is judged, and what can't is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimlint import check_text
from claimlint.cli import main
from claimlint.errors import ReadError

SPANISH = "Nuestra crema cura la artritis en tres semanas y no tiene efectos secundarios."
ENGLISH = "Our drops cure gout. The clinic is in a quiet street and the garden is open to all of you."


def test_part_in_another_language_is_named() -> None:
    """The English part keeps its findings; a note stands at the part that was not read."""
    text = f"{ENGLISH}\n\n{SPANISH}\n\n{ENGLISH}"
    findings = check_text(text).findings
    (note,) = [one for one in findings if one.rule == "claimlint/unread-text"]
    assert (note.start, note.end) == (text.index(SPANISH), text.index(SPANISH) + len(SPANISH))
    assert sum(one.rule.startswith("core/cure/") for one in findings) == 2


def test_mostly_another_language_is_not_checked() -> None:
    """A Spanish page under an English line is no English page."""
    with pytest.raises(ReadError, match="Spanish"):
        check_text(f"{ENGLISH}\n\n" + "\n\n".join([SPANISH] * 6))


@pytest.mark.parametrize(
    "words", ["La Quinta y los Hermanos", "Die hard smokers und friends", "par excellence"]
)
def test_names_and_loan_words_are_english(words: str) -> None:
    """A few words of another language in an English page leave no note."""
    found = check_text(f"{ENGLISH}\n\n{words}\n\n{ENGLISH}").findings
    assert not [one for one in found if one.rule == "claimlint/unread-text"]


SHELL = '<title>{}</title><body><div id="root"></div><noscript>Switch scripts on</noscript><script src="app.js"></script>'


@pytest.mark.parametrize(
    ("title", "isolated", "status", "told"),
    [
        ("Quietbrook Centre", True, 2, "a script writes it in the browser"),
        ("Our drops cure gout", True, 1, "a script writes it in the browser"),
        ("Quietbrook Centre", False, 0, "nothing found"),
    ],
)
def test_page_that_a_script_fills_is_not_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], title: str, isolated: bool, status: int, told: str
) -> None:
    """A saved shell says that its words were not seen; in one's own repository they stand in other files."""
    page = tmp_path / "page.html"
    page.write_text(SHELL.format(title), encoding="utf-8")
    options = ["--isolated"] if isolated else []
    assert main(["check", *options, str(page)]) == status
    assert told in "".join(capsys.readouterr())


def test_english_on_a_page_of_another_language_is_still_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page counts as not checked, and what could be checked is told all the same."""
    page = tmp_path / "page.md"
    page.write_text(f"{ENGLISH}\n\n" + "\n\n".join([SPANISH] * 6), encoding="utf-8")
    assert main(["check", str(page)]) == 2
    told = "".join(capsys.readouterr())
    assert "core/cure/" in told
    assert "COULD NOT CHECK" in told
