"""Markdown, MDX and front matter as their readers see them."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimlint.model import Document
from claimlint.readers.markdown import read
from tests.readers.conformance import check_document

FIXTURES = Path(__file__).parent / "fixtures"


def scoped(document: Document) -> list[tuple[str, str]]:
    return [(block.scope.value, block.text) for block in document.blocks]


def texts(source: str, path: str = "x.md") -> list[str]:
    return [block.text for block in read(path, source).blocks]


def test_fixture() -> None:
    """A whole article gives front matter, prose, lists, tables and code in their scopes."""
    document = read("article.md", (FIXTURES / "article.md").read_text(encoding="utf-8"))
    assert scoped(document) == [
        ("title", 'Knees that "carry" you'),
        ("meta", "A calm place for sore knees"),
        ("list-item", "It's time"),
        ("heading", "Knees that carry you"),
        ("paragraph", "Our programme relieves stiff joints & pain, and snake_case_words stay."),
        ("alt", "A longer page"),
        ("alt", "Two people talking"),
        ("paragraph", "What you get:"),
        ("list-item", "A first talk, unhurried"),
        ("list-item", "Exercises"),
        ("list-item", "at home"),
        ("quotation", "A patient wrote: stairs again."),
        ("table-cell", "Course"),
        ("table-cell", "Weeks"),
        ("table-cell", "Gentle"),
        ("table-cell", "Six"),
        ("heading", "Next steps"),
        ("code", "never --copy"),
        ("paragraph", "Call Lumora or write."),
    ]
    leads = {block.text: block.lead_in for block in document.blocks if block.lead_in is not None}
    assert leads == {
        "It's time": 0,
        "A first talk, unhurried": 7,
        "Exercises": 7,
        "at home": 9,
        "Gentle": 12,
        "Six": 13,
    }
    assert [comment.text for comment in document.comments] == [
        " for search pages",
        " claimlint: a real comment ",
    ]
    assert document.meta["author"] == "Dr. Ima Madeup"
    assert document.meta["date"] == "2025-03-04"
    assert document.meta["title"] == 'Knees that "carry" you'
    assert {"https://lumora.example/stiff_joints", "https://lumora.example/form"} <= {
        link.href for link in document.links
    }


def test_mdx_fixture() -> None:
    """MDX drops its code, keeps the copy in properties and strings, and has its own comments."""
    document = read("page.mdx", (FIXTURES / "page.mdx").read_text(encoding="utf-8"))
    assert scoped(document) == [
        ("alt", "Knees that carry you"),
        ("alt", "A calm place"),
        ("heading", "Welcome, \ufffc, to our house"),
        ("paragraph", "We relieve pain gently."),
        ("button", "Book a visit"),
    ]
    assert [comment.text for comment in document.comments] == [" claimlint: a real comment "]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a **b *c* d** e", ["a b c d e"]),
        ("2 * 3 * 4 and a_b_c", ["2 * 3 * 4 and a_b_c"]),
        ("\\*not\\* emphasis \\\nbreak", ["*not* emphasis break"]),
        ("``a ` b`` and `open", ["a ` b and `open"]),
        ("[a](b c) [d]( <e f> 'g')", ["[a](b c) d", "g"]),
        ("[one][two]\n\n[two]: /x", ["one"]),
        ("[one][missing]", ["[one][missing]"]),
        ("<https://e.example/a_b_> and a < b", ["https://e.example/a_b_ and a < b"]),
        ("a<br>b <b>c</b>d", ["a b cd"]),
        ("<div hidden>\n\nno\n\n</div>\n\nyes", ["yes"]),
        ("{% if x %}We{% endif %} cure {{ it }}.", ["We cure \ufffc."]),
        ("text[^1]\n\n[^1]: A note", ["text", "A note"]),
        ("# Title {#anchor}", ["Title"]),
        ("    code *here*", ["code *here*"]),
        ("> a\nlazy\n\n> b", ["a lazy", "b"]),
        ("a\r\nb\r\n\r\nc", ["a b", "c"]),
        ("Setext\nover two\n===", ["Setext over two"]),
    ],
)
def test_inline(source: str, expected: list[str]) -> None:
    """Marks that act vanish, all others stay, as CommonMark has it."""
    assert texts(source) == expected


def test_html_container_gives_scope() -> None:
    """Markdown between the tags of an HTML block has the scope of that element."""
    assert scoped(read("x.md", "<footer>\n\nSmall *print*\n\n</footer>\n\nafter")) == [
        ("footer", "Small print"),
        ("paragraph", "after"),
    ]


def test_front_matter_shapes() -> None:
    """Lists, nested maps, blocks and quoted values under copy keys are copy; slugs and dates are not."""
    source = (
        "---\nslug: no-copy\ntags: [no, copy]\nfaq:\n  - question: Does it hurt?\n    answer: >\n      A little,\n"
        "      at first.\n  - question: 'Isn''t it dear?'\nbenefits:\n  - Less pain\n  - \"More \\u0022joy\\\"\"\n---\n"
    )
    assert texts(source) == [
        "Does it hurt?",
        "A little, at first.",
        "Isn't it dear?",
        "Less pain",
        'More "joy"',
    ]


def test_sections_in_front_matter() -> None:
    """What a theme shows under keys of its own is copy: folded blocks, lists of questions, Markdown in values."""
    source = (
        "---\nlayout: product\ntitle: Elder drops\nauthor: Ima Madeup\nis_new: false\nhealing-properties: >-\n"
        "  They end **every** cold.\n\n  And fevers.\nfaqs:\n  - q: Is it safe?\n    a: Entirely safe.\n# a remark\n---\n"
    )
    document = read("x.md", source)
    assert scoped(document) == [
        ("title", "Elder drops"),
        ("paragraph", "They end every cold."),
        ("paragraph", "And fevers."),
        ("heading", "Is it safe?"),
        ("paragraph", "Entirely safe."),
    ]
    assert document.blocks[4].lead_in == 3
    assert document.meta["author"] == "Ima Madeup"
    assert [comment.text for comment in document.comments] == [" a remark"]


def test_flat_front_matter_with_keys_of_its_own() -> None:
    """Flat values are judged by the same idea of what is copy as any data file; settings are not copy."""
    source = "---\nlayout: page\nshop_promise: Our syrup ends a cold in a day.\nstackable: true\nimage: /a b.png\n---\nBody"
    assert texts(source) == ["Our syrup ends a cold in a day.", "Body"]


def test_toml_front_matter() -> None:
    """TOML front matter gives its strings too."""
    source = '+++\ntitle = "Calm \\"knees\\""\ndate = 2025-01-02\nbenefits = ["One", \'Two\']\n+++\nBody'
    document = read("x.md", source)
    assert texts(source) == ['Calm "knees"', "One", "Two", "Body"]
    assert document.meta["date"] == "2025-01-02"


def test_what_an_mdx_module_exports_is_copy() -> None:
    """Values that are copy stand as blocks where they are written, and headings and lead-ins still point to their own."""
    source = (
        'import Card from "./card"\n\nexport const meta = { description: "Our serum helps you." }\n\n# Hello\n\nText here.\n\n'
        'export const faqs = [{ q: "What is it?", answer: "Drops for the night." }]\n\n## More\n\n- One thing\n'
    )
    made = read("page.mdx", source)
    check_document(made)
    assert [block.text for block in made.blocks] == [
        "Our serum helps you.",
        "Hello",
        "Text here.",
        "What is it?",
        "Drops for the night.",
        "More",
        "One thing",
    ]
    for block in made.blocks:
        start = block.segments[0][1]
        assert source[start:].startswith(block.text.split()[0])
    headings = {block.text: block.heading for block in made.blocks}
    assert headings["Text here."] == 1
    assert headings["One thing"] == 5
