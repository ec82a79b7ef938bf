"""Plain text: where blocks start and what they are, guessed as a reader would."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimlint.readers.text import read

LONG = (
    "The second visit follows after a week and adds two exercises that are done at home for ten minutes. " * 2
)


def scoped(source: str) -> list[tuple[str, str]]:
    return [(block.scope.value, block.text) for block in read("x.txt", source).blocks]


def test_fixture() -> None:
    """Title, wrapped prose, bullets with continuation lines and unseparated headings are told apart."""
    source = (Path(__file__).parent / "fixtures" / "leaflet.txt").read_text(encoding="utf-8")
    blocks = read("leaflet.txt", source).blocks
    assert [(block.scope.value, block.text[:40]) for block in blocks] == [
        ("heading", "Knees that carry you"),
        ("paragraph", "Our programme is built for people whose "),
        ("paragraph", "What you get:"),
        ("list-item", "A first talk: unhurried and free"),
        ("list-item", "Exercises"),
        ("heading", "How it goes on"),
        ("paragraph", "The second visit follows a week later an"),
        ("paragraph", "Write to us"),
    ]
    assert [block.lead_in for block in blocks[3:5]] == [2, 2]
    assert blocks[1].text.endswith("about what hurts and when.")
    assert blocks[6].heading == 5


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Call us.\nWrite to us.", [("paragraph", "Call us."), ("paragraph", "Write to us.")]),
        ("short line\ngoes on here", [("paragraph", "short line goes on here")]),
        ("1. One\n2. Two", [("list-item", "One"), ("list-item", "Two")]),
        ("- a\r\n- b\r\n", [("list-item", "a"), ("list-item", "b")]),
        ("one line\rgoes on", [("paragraph", "one line goes on")]),
        ("\ufeffOnly line", [("paragraph", "Only line")]),
        (f"A heading\n\n{LONG}", [("heading", "A heading"), ("paragraph", LONG.strip())]),
        (f"our-steps\n\n{LONG}", [("paragraph", "our-steps"), ("paragraph", LONG.strip())]),
        (" \n\t\n", []),
    ],
)
def test_shapes(source: str, expected: list[tuple[str, str]]) -> None:
    """Small shapes of plain text, one each."""
    assert scoped(source) == expected


def test_plain_prose_is_one_segment() -> None:
    """A paragraph of wrapped lines maps to the source in one piece, which is what makes it fast."""
    line = "Our programme is built for people whose knees are sore after years"
    (block,) = read("x.txt", f"{line}\n{line.lower()}\n{line.lower()}").blocks
    assert len(block.segments) == 1


def test_links() -> None:
    """Addresses in plain text are links, without the punctuation that ends the sentence."""
    document = read("x.txt", "See https://lumora.example/a, or mailto:hello@lumora.example.")
    assert [link.href for link in document.links] == [
        "https://lumora.example/a",
        "mailto:hello@lumora.example",
    ]
    assert all(document.source[link.start : link.end] == link.href for link in document.links)
