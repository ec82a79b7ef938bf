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
]


@pytest.mark.parametrize(("name", "source"), READ)
def test_what_code_says_is_read(name: str, source: str) -> None:
    """The sentence is a block, alone or with what stands around it, and its place is right (the conformance check)."""
    assert SAID in texts(name, source.replace("@", SAID).replace("§", "@"))


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
