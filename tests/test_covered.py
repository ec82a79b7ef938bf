"""Pages in two languages: what can be judged is judged, and what can't is said."""

from __future__ import annotations

import pytest

from claimlint import check_text
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
