"""Tells whether a document is in a language that the rules cover: what they can't judge is never reported as clean.

The text itself decides, sampled at its start, middle and end; a declared language counts only where the text is too short to tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimlint.language.scan import pad
from claimlint.model import Block, Document, Scope, Unread, replace

_LANGUAGES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "th": "Thai",
    "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


_FOREIGN = frozenset(
    "que los las para nuestra nuestras nuestro nuestros und der nicht unser unsere les pour avec nous della che nostra nostro het een voor "
    "niet si\u0119 nie jest i\u00e7in och inte n\u00e3o hogy dla ikke v\u00e5r este untuk yang".split()
)
_SCRIPTS = re.compile("[\u0370-\u1cff\u3040-\ud7ff]{2}")
"""Words and letters without which no block is looked at more closely."""
_IN_HEAD = frozenset({Scope.TITLE, Scope.META})
_SCRIPT = re.compile(r"<script\b", re.I)
_HARDLY = 3
"""Words in its body with which a page still counts as empty: "Loading", "Please wait ..."."""
_BY_SCRIPT = (
    "this page holds no text but its title: a script writes it in the browser, where claimlint doesn't go; "
    "save the page as the browser shows it and check that"
)
_WORDS = 6
"""Words that a block must have for its language to be told: names and quoted terms are shorter."""

_SAMPLE = 2_000
"""Code points of each stretch that the language is told from."""


def _samples(texts: Sequence[str]) -> list[str]:
    """Up to three stretches of the copy, from its start, middle and end, for the language to be told from."""
    size = sum(map(len, texts))
    samples, taken, at = [], 0, 0
    for begin in (0,) if size <= _SAMPLE else (0, size // 2, max(0, size - _SAMPLE)):
        part: list[str] = []
        for text in texts[at:]:
            at += 1
            taken += len(text)
            if taken > begin:
                part.append(text[:_SAMPLE])
            if taken >= begin + _SAMPLE:
                break
        if part:
            samples.append("\n".join(part))
    return samples or [""]


def uncovered(document: Document) -> str | None:
    """Why the rules can't judge this document's language; None where they can."""
    from claimlint.language.detect import language
    from claimlint.language.normalise import normalise

    declared = document.meta.get("lang", "").strip().lower().replace("_", "-").split("-")[0]
    texts = [normalise(block.text).text for block in document.blocks]
    if not any(texts):
        return None
    samples = [language(sample) for sample in _samples(texts)]
    if "en" in samples and sum(map(_size, _foreign(document))) * 2 < sum(map(_size, document.blocks)):
        return None  # read in part: see `read_in_part`
    found = next((one for one in samples if one not in (None, "en")), samples[0])
    if found is None and declared and declared != "en" and declared.isalpha():
        found = declared[:3]
    if found in (None, "en"):
        return None
    name = _LANGUAGES.get(found, "")
    share = "part of the text" if "en" in samples else "the text"
    return (
        f"not checked: {share} is in {name or 'another language'} ({found}), which the rules do not cover; "
        "exclude the file in the settings if that is as it should be"
    )


def holds_english(document: Document) -> bool:
    """Whether a page in another language has a block of English in it that is long enough to be judged for itself."""
    from claimlint.language.detect import language
    from claimlint.language.normalise import normalise

    return any(
        block.scope is not Scope.CODE
        and block.text.count(" ") >= _WORDS - 1
        and language(normalise(block.text).text) == "en"
        for block in document.blocks
    )


def read_in_part(document: Document) -> Document:
    """The document with its blocks in other languages named as unread; the same one where there are none."""
    unread = tuple(
        Unread(
            block.segments[0][1],
            block.segments[-1][2],
            "this part is in another language, which the rules do not cover",
        )
        for block in _foreign(document)
    )
    return replace(document, unread=document.unread + unread) if unread else document


def unwritten(document: Document) -> Unread | None:
    """That a page's words can't be seen, because a script writes them in the browser; None where that isn't so."""
    if document.format != "html":
        return None
    shown = sum(len(block.text.split()) for block in document.blocks if block.scope not in _IN_HEAD)
    script = _SCRIPT.search(document.source)
    if shown > _HARDLY or script is None:
        return None
    return Unread(*script.span(), _BY_SCRIPT)


def _foreign(document: Document) -> list[Block]:
    """The blocks that are in a language other than English, long enough to tell."""
    from claimlint.language.detect import language
    from claimlint.language.normalise import normalise

    if not _may_be_foreign("\n".join([block.text for block in document.blocks])):
        return []  # so it is for nearly all pages, and one look at a page is cheaper than a hundred at its blocks
    return [
        block
        for block in document.blocks
        if block.scope is not Scope.CODE
        and block.segments
        and block.text.count(" ") >= _WORDS - 1
        and _may_be_foreign(block.text)
        and language(normalise(block.text).text) not in (None, "en")
    ]


def _may_be_foreign(text: str) -> bool:
    if not _FOREIGN.isdisjoint(pad(text.lower()).split()):
        return True
    return not text.isascii() and _SCRIPTS.search(text) is not None


def _size(block: Block) -> int:
    return len(block.text)
