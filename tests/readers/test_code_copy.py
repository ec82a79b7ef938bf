"""What is copy in code and data, what is not, and how it hangs together: one small page for each shape."""

from __future__ import annotations

from importlib import import_module

import pytest

from claimlint.model import Block, Document, Scope
from claimlint.readers import SUFFIXES, reader
from claimlint.readers.copy_policy import is_copy
from claimlint.spans import to_source
from tests.readers.conformance import check_document


def read(suffix: str, source: str) -> Document:
    document = reader(suffix)("page" + suffix, source)
    check_document(document)
    return document


def texts(suffix: str, source: str) -> list[str]:
    return [block.text for block in read(suffix, source).blocks]


def block(document: Document, text: str) -> Block:
    (found,) = (block for block in document.blocks if block.text == text)
    return found


def lead(document: Document, text: str) -> str | None:
    at = block(document, text).lead_in
    return None if at is None else document.blocks[at].text


def heading(document: Document, text: str) -> str | None:
    at = block(document, text).heading
    return None if at is None else document.blocks[at].text


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("description", "It soothes."),
        ("heroSubtitle", "Rest well"),
        ("aria-label", "Close"),
        ("benefits", "Sleep"),
        ("trustIndicators", "1,000+ feet soothed"),
        (None, "Our pads soothe the feet of people who stand."),
        ("content", "<p class='a'>Rest <b>well</b></p>"),
    ],
)
def test_copy(key: str | None, value: str) -> None:
    """Keys that hold copy, and prose under keys that say nothing, are copy."""
    assert is_copy(key, value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("className", "Our pads soothe the feet"),
        ("titleClassName", "Our pads soothe"),
        ("keywords", "pads, feet, sore feet, calm pads"),
        ("slug", "Calm pads"),
        ("ctaLink", "Read about pads"),
        ("text", "/pads/for-feet"),
        ("text", "https://lumora.example/pads"),
        ("text", "flex items-center mt-4 md:mt-8"),
        ("title", "pads.page.title"),
        ("title", "padsTitle"),
        (None, "SELECT name FROM pads WHERE sold = 0"),
        (None, "color: red; margin: 4px;"),
        (None, "use strict"),
        (None, "function rest() { return 1; }"),
        ("text", "4 – 5"),
        ("icon", "Foot Of A Person"),
        (None, "M10 20h30v-4l5 5z M12 4"),
    ],
)
def test_no_copy(key: str | None, value: str) -> None:
    """Keys that never hold copy, and values that machines read, are none."""
    assert not is_copy(key, value)


def test_jsx_text_is_joined_across_inline_elements_and_expressions() -> None:
    """A sentence that JSX cuts up is one block, expressions in it are one unknown word each."""
    source = "const A = () => <p>Our <b>pads</b>{' '}soothe in {days} days. Don{\"'\"}t &amp; {`won\\u2019t ${x} wait`}.</p>;"
    assert texts(".jsx", source) == ["Our pads soothe in \ufffc days. Don't & won’t \ufffc wait."]


def test_jsx_positions_are_exact() -> None:
    """A quote that crosses markup maps from its first character in the source to its last."""
    source = "const A = () => <p>Pads <b>so</b>othe {'feet'}.</p>;"
    (found,) = read(".tsx", source).blocks
    at = found.text.index("soothe")
    start, end = to_source(found, at, found.text.index("feet") + 4)
    assert source[start:end] == "so</b>othe {'feet"


def test_jsx_components_become_headings_items_and_buttons() -> None:
    """What a component's name says decides its scope; blocks and unknown components break."""
    document = read(
        ".jsx",
        "const A = () => <Box><SectionTitle a={1}>Why pads</SectionTitle><Text>Rest.</Text><CtaButton>Book now</CtaButton></Box>;",
    )
    assert [found.scope for found in document.blocks] == [Scope.HEADING, Scope.PARAGRAPH, Scope.BUTTON]
    assert heading(document, "Rest.") == "Why pads"


def test_jsx_attributes() -> None:
    """Copy props are read, joined where they are added up; classes, handlers, routes and styles are not."""
    source = (
        "const A = () => <Card className={`a ${b}`} title='Ends aches' description={'It ends ' + 'aches.'} to='/to/pads'"
        " onClick={() => go('Some route to here')} style={{ fontFamily: 'Open Sans Pro' }}"
        " icon={<Icon name='Foot here' />}>Hello there</Card>;"
    )
    assert texts(".jsx", source) == ["Ends aches", "It ends aches.", "Hello there"]


def test_jsx_conditions_and_maps_keep_inner_markup_only() -> None:
    """Markup inside an expression is read, the code around it is not."""
    source = "const A = () => <ul>{open && <li>Shown</li>}{list.map((item) => (<li key={item.id}>One {item.name}</li>))}{/* gone */}</ul>;"
    document = read(".jsx", source)
    assert [found.text for found in document.blocks] == ["Shown", "One \ufffc"]
    assert [comment.text for comment in document.comments] == [" gone "]


def test_list_away_from_its_heading_keeps_its_lead_in() -> None:
    """Bullets of an array are introduced by the heading under which the array is shown."""
    source = (
        "const perks = ['Less pain today', 'Better sleep'];\n"
        "const A = () => <div><h2>Perks of pads</h2><ul>{perks.map((p) => <li>{p}</li>)}</ul></div>;"
    )
    assert lead(read(".jsx", source), "Less pain today") == "Perks of pads"


def test_vue_list_away_from_its_heading_keeps_its_lead_in() -> None:
    """The same holds for v-for."""
    source = (
        '<template><div><h2>Perks</h2><ul><li v-for="p in perks">{{ p.text }}</li></ul></div></template>'
        "<script>export default { data() { return { perks: [{ text: 'Less pain today' }, { text: 'Better sleep' }] } } }</script>"
    )
    assert lead(read(".vue", source), "Better sleep") == "Perks"


@pytest.mark.parametrize(
    ("suffix", "source"),
    [
        (".ts", "export const faqs = [{ question: 'Do they last?', answer: 'They last for years.' }];"),
        (".json", '[{"question": "Do they last?", "answer": "They last for years."}]'),
        (".yaml", "- question: Do they last?\n  answer: They last for years.\n"),
        (".toml", '[[faq]]\nquestion = "Do they last?"\nanswer = "They last for years."\n'),
        (".php", "<?php $faqs = [['question' => 'Do they last?', 'answer' => 'They last for years.']];"),
    ],
)
def test_answers_are_led_in_by_questions(suffix: str, source: str) -> None:
    """A question introduces its answer in every format of data."""
    document = read(suffix, source)
    assert lead(document, "They last for years.") == "Do they last?"
    assert heading(document, "They last for years.") == "Do they last?"


def test_objects_give_headings_and_lead_ins() -> None:
    """The title of an object heads its siblings and introduces its lists."""
    document = read(
        ".json", '{"title": "Pads", "intro": "They soothe.", "benefits": ["Less pain"], "slug": "calm-pads"}'
    )
    assert [found.text for found in document.blocks] == ["Pads", "They soothe.", "Less pain"]
    assert heading(document, "They soothe.") == "Pads"
    assert lead(document, "Less pain") == "Pads"
    assert block(document, "Less pain").scope is Scope.LIST_ITEM


def test_metadata_is_title_and_meta() -> None:
    """The metadata of a page is what search engines show, not a section; lists of keywords are no copy."""
    source = (
        "export const metadata = { title: 'Pads | Lumora', description: 'Calm pads for all.',"
        " keywords: ['Calm pads', 'Pads for feet'] };"
    )
    assert [(found.text, found.scope) for found in read(".js", source).blocks] == [
        ("Pads | Lumora", Scope.TITLE),
        ("Calm pads for all.", Scope.META),
    ]


def test_markdown_and_html_inside_strings() -> None:
    """Strings that hold Markdown or HTML are read as such, escapes and all, and map to the source."""
    source = (
        '{"body": "## What \\"pads\\" do\\n\\nThey **soothe** you.\\n\\n- One\\n- Two",'
        ' "html": "<p>Rest <b>we\\u006cl</b></p><p>Always</p>"}'
    )
    document = read(".json", source)
    assert [found.text for found in document.blocks] == [
        'What "pads" do',
        "They soothe you.",
        "One",
        "Two",
        "Rest well",
        "Always",
    ]
    found = block(document, "They soothe you.")
    start, end = to_source(found, 0, len(found.text))
    assert source[start:end] == "They **soothe** you."
    found = block(document, "Rest well")
    start, end = to_source(found, 5, 9)
    assert source[start:end] == "we\\u006cl"


def test_code_is_not_copy() -> None:
    """Imports, comparisons, cases, types, directives, messages to developers and tagged styles are no copy."""
    source = """'use client';
import thing from "Some Module Here";
type Kind = "Large Size Pads" | "Small Size Pads";
if (kind === "Large size pads here") console.log("It all went well for the pads");
throw new Error("The pads are not to be found here");
const Styled = css`Some text that looks like prose here`;
const re = /It's "quoted" text/;
require("Some Module Over There");
"""
    assert texts(".ts", source) == []


def test_broken_code_does_not_turn_into_prose() -> None:
    """An element that is never closed does not make copy of the program behind it."""
    source = "const A = () => <p>Rest well;\nconst total = items.map((item) => item.price);\nreturn total;\n"
    assert not any("total" in text for text in texts(".jsx", source))


def test_yaml_scalars() -> None:
    """Quoted, folded, literal and plain scalars decode, and map to where they stand."""
    source = (
        "title: Calm pads\ntext: >-\n  They soothe\n  feet.\n\n  For years.\n"
        "items:\n  - \"It's \\\"soft\\\"\"\n  - 'It''s quick'\n  - Goes\n    on  # note\n"
    )
    document = read(".yaml", source)
    assert [found.text for found in document.blocks] == [
        "Calm pads",
        "They soothe feet.",
        "For years.",
        'It\'s "soft"',
        "It's quick",
        "Goes on",
    ]
    assert [comment.text for comment in document.comments] == [" note"]


def test_yaml_aliases_are_not_expanded() -> None:
    """A file of aliases upon aliases costs no more than its length."""
    rows = ["a: &a [rest well today]"] + [
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]" for n in range(12)
    ]
    assert texts(".yaml", "\n".join(rows)) == ["rest well today"]


def test_yaml_that_is_none_says_so() -> None:
    """A file that is no YAML is read by lines, and the document says that it was not read in full."""
    document = read(".yaml", "title: Calm pads\ntext: [never closed\n}: }")
    assert [found.text for found in document.blocks] == ["Calm pads"]
    assert "no valid YAML" in document.unread[0].reason


def test_php_page() -> None:
    """Echoes are words of their sentence, literals their text; comments, queries and comparisons are no copy."""
    source = """<?php // <p>gone</p>
$sql = "SELECT * FROM pads WHERE name = 'x'"; if ($a == 'Some text of code here') { include 'Some file of code'; }
echo "<p>They <b>soothe</b> $part.</p>"; ?>
<h1><?php echo 'Won\\'t slip'; ?></h1><!-- <p>gone</p> -->
<p title="<?= $t ?>">Pads by <?= $maker ?> soothe<?php if ($x): ?> feet<?php endif ?>."""
    document = read(".php", source)
    assert [found.text for found in document.blocks] == [
        "They soothe \ufffc.",
        "Won't slip",
        "Pads by \ufffc soothe feet.",
    ]
    assert [comment.text for comment in document.comments] == [" <p>gone</p>", " <p>gone</p> "]


def test_blade_page() -> None:
    """Directives vanish, what they hand over is read, an address is no directive."""
    source = """@extends('layouts.app')
@section('title', 'Calm pads')
{{-- <p>gone</p> --}}@include('hero', ['heading' => 'Ends aches', 'class' => 'Big And Bold'])
<p>We @if($a) never @else always @endif soothe {{ $part }}. Write to a@if.example</p>"""
    assert texts(".blade.php", source) == [
        "Calm pads",
        "Ends aches",
        "We never always soothe \ufffc. Write to a@if.example",
    ]


def test_templates() -> None:
    """Tags are holes, literals their text, comments are comments, settings and other code are left out."""
    source = (
        "{% comment %}<p>gone</p>{% endcomment %}{% set title = 'Calm pads' %}<p>They {{ 'really' | t }} soothe {{ part }}.</p>"
        '{% if a %}<p>Yes.{% else %}No.</p>{% endif %}{% schema %}{"name": "Some part of a shop"}{% endschema %}'
    )
    document = read(".liquid", source)
    assert [found.text for found in document.blocks] == [
        "Calm pads",
        "They really soothe \ufffc.",
        "Yes. No.",
    ]
    assert [comment.text for comment in document.comments] == ["<p>gone</p>"]


def test_svelte_and_astro() -> None:
    """Expressions in braces go, markup in them stays; the script's arrays are copy."""
    assert texts(
        ".svelte", "<h1>Calm {name}</h1>{#if open}<p>They {'really'} soothe.</p>{:else}<p>No.</p>{/if}"
    ) == [
        "Calm \ufffc",
        "They really soothe.",
        "No.",
    ]
    source = "---\nconst perks = ['Less pain today'];\n---\n<h2>Perks</h2><ul>{perks.map((p) => <li>{p} and <b>more</b></li>)}</ul>"
    document = read(".astro", source)
    assert [found.text for found in document.blocks] == ["Less pain today", "Perks", "\ufffc and more"]
    assert lead(document, "Less pain today") == "Perks"


@pytest.mark.parametrize(
    ("suffix", "source", "note"),
    [
        (".jsx", "const A = () => <p>{/* note */}Text</p>;", " note "),
        (".ts", "// note\nconst a = 1;", " note"),
        (".json", "// note\n{}", " note"),
        (".toml", "# note\na = 1", " note"),
        (".yaml", "a: 1 # note\nb: 'no # note'", " note"),
        (".php", "<?php # note\n?>", " note"),
        (".blade.php", "{{-- note --}}", " note "),
        (".hbs", "{{! note }}", " note "),
        (".erb", "<%# note %>", " note "),
        (".vue", "<template><!-- note --></template>", " note "),
        (".astro", "<p>{/* note */}</p>", " note "),
    ],
)
def test_comments(suffix: str, source: str, note: str) -> None:
    """Each format's own comments are collected: suppressions stand there."""
    assert [comment.text for comment in read(suffix, source).comments] == [note]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("jquery.min.js", "var text = 'A long text of a library here';"),
        ("a.js", "/*! Lib v1 */ var text = 'A long text of a library here';"),
        ("vendor/a.php", "<?php $text = 'A long text of a library here';"),
        ("package.json", '{"description": "A long text of a library here"}'),
    ],
)
def test_no_reader_judges_by_a_name(path: str, source: str) -> None:
    """What a walk would pass over is read like any other file when somebody asks for it."""
    module = import_module(f"claimlint.readers.{SUFFIXES['.' + path.rsplit('.', 1)[-1]]}")
    assert [block.text for block in module.read(path, source).blocks] == ["A long text of a library here"]


def test_skipped_says_why() -> None:
    """What was left out is listed with its place and the reason."""
    source = "const a = { className: 'Big and bold text', title: 'Calm pads' };"
    module = import_module("claimlint.readers.code_js")
    ((start, end, reason),) = module.skipped("a.js", source)
    assert source[start:end] == "'Big and bold text'"
    assert "className" in reason


def test_rich_text_says_what_its_paragraphs_are() -> None:
    """Headings, items and quotations of an editor are such; each run keeps its place."""
    source = (
        '[{"_type": "block", "style": "h3", "children": [{"_type": "span", "text": "Why "}, {"_type": "span", "text": "pads"}]},'
        ' {"_type": "block", "listItem": "bullet", "children": [{"_type": "span", "marks": [], "text": "Soft"}]},'
        ' {"type": "blockquote", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "So soft."}]}]}]'
    )
    document = read(".json", source)
    assert [(found.text, found.scope) for found in document.blocks] == [
        ("Why pads", Scope.HEADING),
        ("Soft", Scope.LIST_ITEM),
        ("So soft.", Scope.QUOTATION),
    ]
    start, end = to_source(document.blocks[0], 4, 8)
    assert source[start:end] == "pads"


@pytest.mark.parametrize(
    ("suffix", "module"), [(".html", "html"), (".twig", "code_template"), (".php", "code_php")]
)
def test_scripts_that_hold_words_are_listed(suffix: str, module: str) -> None:
    """Data for search engines, and scripts that hold a sentence, are named among what was left out."""
    source = (
        '<script type="application/ld+json">{"description": "Ends aches"}</script><p>Rest well.</p>'
        "<script>let a = 'Our pads end all aches.';</script><script>let b = 'small';</script>"
    )
    assert texts(suffix, source) == ["Rest well."]
    left = import_module(f"claimlint.readers.{module}").skipped("a" + suffix, source)
    assert [(source[start:end], reason) for start, end, reason in left] == [
        ('{"description": "Ends aches"}', "data for search engines, not shown"),
        ("let a = 'Our pads end all aches.';", "a script"),
    ]
