"""Hostile and broken code is read in linear time, without a failure, into documents that conform."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimlint.readers import SUFFIXES, reader
from tests.readers.conformance import check_document
from tests.readers.growth import seconds

PIECES = {
    "code_js": [
        "const a = ",
        "title: ",
        "'It ends \\'all\\' pain'",
        '"',
        "'",
        "`",
        "${",
        "}",
        "{",
        "(",
        ")",
        "[",
        "]",
        "<p>",
        "</p>",
        "<",
        ">",
        "</",
        "<>",
        "</>",
        '{" "}',
        "{`a ${b} <c`}",
        " a={<b>x</b>}",
        " b={1}",
        '<Card title="Ends all pain"',
        "/>",
        "/",
        "// c\n",
        "/* c */",
        "=> ",
        "return ",
        "+ ",
        "x",
        ", ",
        ";\n",
        "\\u2019",
        "\\",
        "\\ud83d\\ude00",
        "Text of a page. ",
        "&amp;",
        "<CardTitle>",
        "{/* c */}",
        "items.map(",
    ],
    "code_json": [
        "{",
        "}",
        "[",
        "]",
        '"title": ',
        '"text": ',
        '"It \\"ends\\" **pain**\\n- now"',
        ",",
        "\\u2019",
        '"',
        "// c\n",
        "1 ",
        "<b>",
        '"children": [',
        '{"type": "link", "children": [',
        '{"text": "It ", "bold": 1},',
        '{"type": "br"},',
        "<1>a</1>",
    ],
    "code_yaml": [
        "title: ",
        "- ",
        "\n",
        "  ",
        "|\n",
        ">-\n",
        '"a \\"b\\" c"',
        "'it''s so'",
        "text here now",
        "# c",
        "&a ",
        "*a ",
        "[",
        "{",
        ": ",
        "\ufeff",
    ],
    "code_toml": [
        "title = ",
        '"a \\u2019 b c"',
        '"""',
        "'''",
        "[a]\n",
        "[[b]]\n",
        "\n",
        "{",
        "}",
        ",",
        "[",
        "]",
        "# c",
        "text here now",
        "'",
        '"',
    ],
    "code_php": [
        "<?php ",
        "<?= ",
        "?>",
        "echo ",
        "'It ends \\'all\\' pain'",
        '"It ends $x {$y} pain"',
        "'",
        '"',
        "$title = ",
        "'text' => ",
        "array(",
        "[",
        "]",
        ")",
        ";",
        ".",
        "// c\n",
        "/* c */",
        "<<<E\nIt ends pain\nE;\n",
        "<p>",
        "</p>",
        "text ",
        "@if(",
        "@section('title', ",
        "@php ",
        "@endphp",
        "{{ ",
        "}}",
        "{{-- ",
        "--}}",
        "<a title='",
        "'[box a=\"It ends pain\"]Ends \\' %s pain[/box]'",
        "[cta ",
        "%1$s",
        "\n",
    ],
    "code_vue": [
        "<template>",
        "</template>",
        "<script>",
        "</script>",
        "<style>",
        "---\n",
        "{",
        "}",
        "{{ a }}",
        "{#if a}",
        "{:else}",
        "{/if}",
        ":text=\"'It ends pain'\"",
        "<Card ",
        ">",
        'v-for="a in b"',
        "v-for=\"a in ['Ends pain']\" ",
        "<p>",
        "</p>",
        "text ",
        "const a = ['It ends pain'];",
        "{a.map((b) => <li>{b}</li>)}",
        "<!-- c -->",
        '"',
        "'",
    ],
    "code_template": [
        "{% comment %}",
        "{% endcomment %}",
        '{% set title = "It ends pain" %}',
        "{{ 'text'|t }}",
        "{{! c }}",
        "{{!-- c --}}",
        "<%# c %>",
        "{% else %}",
        "<p>",
        "</p>",
        "text ",
        "{%",
        "%}",
        "{{",
        "}}",
        "---\n",
        "title: It ends pain\n",
        '<%= link_to "Book now", x %>',
        "{% schema %}",
        "{% endschema %}",
        '"default": "It ends pain",',
        "<p x-text=\"'It ends'\">",
        "<script>'Our pads end pain'",
    ],
}
SMALL = 4_000
FACTOR = 8
GENEROUS = 28


def suffixes(module: str) -> list[str]:
    return [suffix for suffix, name in sorted(SUFFIXES.items()) if name == module]


@pytest.mark.parametrize("module", sorted(PIECES))
def test_made_up_code(module: str) -> None:
    """Whatever code is made of, its blocks conform, and reading it twice gives the same."""
    for suffix in suffixes(module)[:3]:
        _check_made_up(suffix, PIECES[module])


def _check_made_up(suffix: str, pieces: list[str]) -> None:
    read_source = reader(suffix)

    @settings(max_examples=120, deadline=None)
    @given(st.lists(st.sampled_from(pieces), max_size=30).map("".join))
    def check(source: str) -> None:
        document = read_source("made-up" + suffix, source)
        assert document.source == source
        check_document(document)
        assert document == read_source("made-up" + suffix, source)

    check()


CASES = [
    (suffix, piece)
    for module, suffix in (
        ("code_js", ".jsx"),
        ("code_json", ".json"),
        ("code_yaml", ".yaml"),
        ("code_toml", ".toml"),
        ("code_php", ".php"),
        ("code_php", ".blade.php"),
        ("code_vue", ".vue"),
        ("code_vue", ".svelte"),
        ("code_template", ".twig"),
    )
    for piece in [
        *PIECES[module],
        *(
            {
                ".jsx": [
                    "=/[",
                    "/a",
                    '"\\"',
                    "<a b={",
                    "<a b={<c/>} ",
                    "{a.b",
                    "a['x'] + ",
                    "'Ends all pain' [ {",
                ],
                ".yaml": ["[a, "],
            }.get(suffix, [])
        ),
    ]
]


@pytest.mark.parametrize(("suffix", "piece"), CASES)
def test_growth(suffix: str, piece: str) -> None:
    """Time at 8x over time at 1x stays far below the 64 of quadratic work."""
    start = "<?php " if suffix == ".php" and not piece.startswith("<") else ""
    count = max(1, SMALL // len(piece))
    small = seconds(suffix, start + piece * count)
    assert seconds(suffix, start + piece * (count * FACTOR)) / small <= GENEROUS
