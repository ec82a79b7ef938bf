"""What code prints, sets or hands over is copy however it is written: choices, defaults, translations, sums, loops, arguments."""

from __future__ import annotations

import pytest

from claimlint.readers import SUFFIXES, reader, suffix
from tests.readers.conformance import check_document

SAID = "Our pads end all sore feet."


def texts(name: str, source: str) -> list[str]:
    found = suffix(name)
    assert found in SUFFIXES
    document = reader(found)(name, source)
    check_document(document)
    return [block.text for block in document.blocks]


READ = [
    ("a.jsx", 'const A = () => <p>{t("@")}</p>;'),
    ("a.jsx", 'const A = () => <p>{t("pads.lead", "@")}</p>;'),
    ("a.jsx", 'const A = () => <p>{t({id: "x", message: "@"})}</p>;'),
    ("a.jsx", 'const A = () => <p>{"Our pads " + "end all sore feet."}</p>;'),
    ("a.jsx", 'const A = () => <p>{open ? "@" : "No."}</p>;'),
    ("a.jsx", "const A = () => <Card text={t('@')} />;"),
    ("a.js", 'el.setAttribute("title", "@");'),
    ("a.js", 'React.createElement("p", null, "@");'),
    ("a.js", 'items.push({title: "Pads", text: "@"});'),
    ("a.js", 'items.push("@");'),
    ("a.vue", '<template><p>{{ open ? "@" : "No." }}</p></template>'),
    ("a.vue", '<template><p>{{ title || "@" }}</p></template>'),
    ("a.vue", '<template><p>{{ $t("@") }}</p></template>'),
    ("a.vue", '<template><p>{{ "Our pads " + "end all sore feet." }}</p></template>'),
    ("a.svelte", '<p>{@html "<b>@</b>"}</p>'),
    ("a.svelte", '{#each ["@", "Rest well today."] as x}<li>{x}</li>{/each}'),
    ("a.twig", '<p>{{ title ?? "@" }}</p>'),
    ("a.twig", '<p>{{ title|default("@") }}</p>'),
    ("a.twig", '<p>{{ open ? "@" : "No." }}</p>'),
    ("a.twig", '{% set x = "@" %}'),
    ("a.twig", '{% for x in ["@", "Rest well today."] %}<li>{{ x }}</li>{% endfor %}'),
    ("a.twig", '<p>{{ "Our pads " ~ "end all sore feet." }}</p>'),
    ("a.njk", '{% call card("@") %}{% endcall %}'),
    ("a.jinja", '{{ "@" if open else "No." }}'),
    ("a.liquid", '{{ title | default: "@" }}'),
    ("a.liquid", '{% assign x = "@" %}'),
    ("a.liquid", '{{ "Rest well" | append: "@" }}'),
    ("a.hbs", '{{t "@"}}'),
    ("a.hbs", '{{> card text="@"}}'),
    ("a.erb", '<%= t("x", default: "@") %>'),
    ("a.erb", '<%= open ? "@" : "No." %>'),
    ("a.erb", '<%= tag.p "@" %>'),
    ("a.ejs", '<% const items = ["@"]; %>'),
    ("a.blade.php", "<p>{{ __('@') }}</p>"),
    ("a.blade.php", "<p>§lang('@')</p>"),
    ("a.blade.php", "<p>{{ $title ?? '@' }}</p>"),
    ("a.blade.php", "<p>{{ $open ? '@' : 'No.' }}</p>"),
    ("a.blade.php", "<p>{!! '<b>@</b>' !!}</p>"),
    ("a.blade.php", "<x-card :text=\"__('@')\" />"),
    ("a.blade.php", "§section('title', __('@'))"),
    ("a.blade.php", "§yield('text', '@')"),
    ("a.blade.php", "§foreach(['@', 'Rest well today.'] as $x)<li>{{ $x }}</li>§endforeach"),
    ("a.php", '<?php $items = ["@", "Rest well today."]; ?>'),
    ("a.php", '<?php return ["x" => ["y" => "@"]];'),
    ("a.php", '<?php define("LEAD", "@"); ?>'),
    ("a.php", '<?php get_template_part("x", null, ["title" => "Pads", "text" => "@"]); ?>'),
    ("a.php", '<?php foreach (["@", "Rest well today."] as $x): ?><li><?= $x ?></li><?php endforeach; ?>'),
    ("a.mdx", '{open ? "@" : "No."}\n'),
    ("a.mdx", '<Card items={["@", "Rest well today."]} />\n'),
    ("a.html", "<p>{{ '@' | translate }}</p>"),
    ("a.html", "<p>{{ open ? '@' : 'No.' }}</p>"),
    ("a.html", '{% include "card.html" with text="@" %}'),
    ("a.html", '---\nlayout: page\ntitle: "@"\n---\n<p>More.</p>'),
    ("a.md", '{{< card text="@" >}}'),
    (
        "a.json",
        '{"children":[{"text":"Our pads "},{"text":"end","marks":["strong"]},{"text":" all sore feet."}]}',
    ),
    (
        "a.json",
        '{"content":[{"type":"text","marks":[],"text":"Our pads end"},{"type":"hardBreak"},{"type":"text","text":"all sore feet."}]}',
    ),
    (
        "a.json",
        '{"children":[{"text":"Our "},{"type":"link","url":"/x","children":[{"text":"pads"}]},{"text":" end all sore feet."}]}',
    ),
    (
        "a.json",
        '{"nodes":[{"nodeType":"hyperlink","nodes":[{"type":"text","value":"Our pads"}]},{"type":"text","value":" end all sore feet."}]}',
    ),
    (
        "a.js",
        'const x = [{type: "p", children: [{text: "Our pads "}, {text: "end", bold: true}, {text: " all sore feet."}]}];',
    ),
    (
        "a.yaml",
        'children:\n  - text: "Our pads "\n  - text: end\n    bold: true\n  - text: " all sore feet."\n',
    ),
    (
        "a.php",
        "<?php return ['children' => [['text' => 'Our pads end'], ['text' => ' all sore feet.', 'bold' => true]]];",
    ),
    ("a.php", '<?php class A { function b() { echo do_shortcode(\'[cta text="@" url="/pads"]\'); } } ?>'),
    ("a.php", "<?php $x = '[box]@[/box]'; ?>"),
    ("a.html", "<p x-text=\"'@'\"></p>"),
    ("a.twig", "<twig:Card :text=\"'@'\" />"),
    (
        "a.jsx",
        'const A = () => <Trans defaults="Our pads <bold>end</bold> all <highlight>sore</highlight> feet." />;',
    ),
    ("a.json", '{"text": "Our pads <1>end</1> all <2>sore</2> feet."}'),
    ("a.liquid", '{% schema %}{"settings": [{"type": "text", "default": "@"}]}{% endschema %}'),
    ("a.liquid", '{% schema %}{"settings": [{"type": "richtext", "default": "<p>@</p>"}]}{% endschema %}'),
]


@pytest.mark.parametrize(("name", "source"), READ)
def test_what_code_says_is_read(name: str, source: str) -> None:
    """The sentence is a block, alone or with what stands around it, and its place is right (the conformance check)."""
    assert SAID in texts(name, source.replace("@", SAID).replace("§", "@"))


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        (
            "a.php",
            "<?php printf('<p>Our %s end sore feet in %d weeks.</p>', $a, $b);",
            "Our \ufffc end sore feet in \ufffc weeks.",
        ),
        ("a.php", "<?php printf(esc_html__('Our %1$s end aches', 'x'), $n);", "Our \ufffc end aches"),
        (
            "a.php",
            '<?php printf("Our %1\\$s end %.1f%% of aches", $n, $m);',
            "Our \ufffc end \ufffc% of aches",
        ),
        ("a.php", "<?php echo 'Take a 5% discount, or 100%s.';", "Take a 5% discount, or 100%s."),
    ],
)
def test_formats_are_filled_in(name: str, source: str, said: str) -> None:
    """What a format string has filled in is an unknown word; a percentage is none."""
    assert texts(name, source) == [said]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.php", "<?php foreach (['Ends aches', 'Soothes sore feet'] as $b) { echo $b; }"),
        ("a.php", "<?php $items = ['Ends aches', 'Soothes sore feet', 'small-box'];"),
        ("a.blade.php", "<x-list :items=\"['Ends aches', 'Soothes sore feet']\" />"),
        ("a.blade.php", "@foreach(['Ends aches', 'Soothes sore feet'] as $x)<li>{{ $x }}</li>@endforeach"),
        ("a.vue", "<template><li v-for=\"x in ['Ends aches', 'Soothes sore feet']\">{{ x }}</li></template>"),
        (
            "a.vue",
            "<template><li v-for=\"(x, i) of ['Ends aches', 'Soothes sore feet']\">{{ x }}</li></template>",
        ),
    ],
)
def test_short_items_of_lists_are_read(name: str, source: str) -> None:
    """Items that a list spells out are copy, however short."""
    assert texts(name, source) == ["Ends aches", "Soothes sore feet"]


@pytest.mark.parametrize(
    "source",
    [
        '{"content": [{"text": "Para one."}, {"text": "Para two."}]}',
        '{"content": [{"type": "text", "text": "Para one."}, {"type": "text", "text": "Para two."}]}',
        '{"content": [{"type": "paragraph", "text": "Para one."}, {"type": "paragraph", "text": "Para two."}]}',
        '{"children": [{"text": "Para one.", "bold": true}, {"text": "Para two."}]}',
        '{"content": [{"icon": "/x.svg", "text": "Para one."}, {"text": "Para two."}]}',
    ],
)
def test_items_are_not_glued(source: str) -> None:
    """Paragraphs and items of an ordinary list stay apart, also where they look like runs of rich text."""
    assert texts("a.json", source) == ["Para one.", "Para two."]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.jsx", 'const A = () => <p>{t("pads.lead.text")}</p>;'),
        ("a.jsx", 'if (state === "Our pads end all sore feet.") run();'),
        ("a.js", 'console.error("Our pads end all sore feet.");'),
        ("a.vue", "<template><p>{{ $t('pads.lead') }}</p></template>"),
        ("a.twig", '{% if x == "Our pads end all sore feet." %}{% endif %}{% include "our/pads.twig" %}'),
        ("a.twig", "{# Our pads end all sore feet. #}{{ 'pads.lead'|trans }}"),
        ("a.liquid", '{% comment %}{{ "Our pads end all sore feet." }}{% endcomment %}'),
        ("a.liquid", '{% schema %}{"text": "Our pads end all sore feet."}{% endschema %}'),
        ("a.liquid", '{% schema %}{"presets": [{"name": "Our pads end all sore feet."}]}{% endschema %}'),
        ("a.php", "<?php class Pads { function f() { $x = ['Our pads', 'Soft pads']; } } ?>"),
        ("a.php", "<?php $x = in_array($y, ['Our pads', 'Soft pads']); ?>"),
        ("a.twig", "<twig:Card :class=\"'Our pads end all sore feet'\" />"),
        ("a.blade.php", "{{-- {{ 'Our pads end all sore feet.' }} --}}{{ __('pads.lead') }}"),
        ("a.php", '<?php error_log("Our pads end all sore feet."); ?>'),
        ("a.php", '<?php throw new FeetException("Our pads end all sore feet."); ?>'),
        ("a.php", '<?php $sql = "SELECT name FROM pads WHERE sold = 0"; ?>'),
        ("a.php", '<?php class Pads { function f() { $x = "Our pads end all sore feet."; } } ?>'),
        ("a.md", '```\n{{< card text="Our pads end all sore feet." >}}\n```\n\nMore.'),
    ],
)
def test_what_code_keeps_to_itself_is_not(name: str, source: str) -> None:
    """Keys of messages, comparisons, comments, logs, queries and examples in fences are for no reader of the page."""
    assert not [text for text in texts(name, source) if "pads" in text and "card text" not in text]
