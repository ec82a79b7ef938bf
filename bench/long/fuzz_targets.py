"""What fuzzing (bench/long/fuzz.py) feeds, with sound files to begin from: readers, loaders and the whole check.

Inputs that once failed are kept in tests/fuzz, named after their target, and are the first cases of every run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from claimlint import evidence, readers
from claimlint.config.check import load as load_settings
from claimlint.engine import Engine
from claimlint.evidence.check import checked as checked_evidence
from claimlint.ledger import Ledger
from claimlint.rules import load as load_rules
from claimlint.rules.build import compile_sources, rule_from
from claimlint.rules.ruleset import Ruleset
from tests.readers import slides, word
from tests.readers.conformance import check_document

_DAY = date(2026, 11, 24)
_MARKUP = (
    "<p>", "</p>", "<div hidden>", "<b>", "</", "<a href='x' title=\"", "<img alt='", "<script>", "</script>", "<style>", "<!--", "-->",
    "&nbsp;", "<table><tr><td>", "<li>", "<h1>", "<title>", "<template>", "<svg>", "<textarea>", "<x-y ", "style='display:none'",
)  # fmt: skip
_PROSE = (
    "Our serum cures eczema. ", "may ", "not ", "no ", "is not a cure", "studies show that ", "\u201c", '"', "(", "95% of patients ", "?", ", ",
    "stem cells ", "# ", "- ", "> ", "[a](b)", "**", "`", "|a|b|\n|-|-|\n", "\n\n", "Dr ", "e.g. ", "if ", "proven to ", "FDA-approved ", "call us ",
)  # fmt: skip
_CODE = (
    "{", "}", "(", ")", "[", "]", "'", '"', "`", "${", "=> ", "//", "/*", "*/", "\\", ": ", ",", ";", "= ", "<?php ", "?>", "<<<E\n", "{{ ", "}}",
    "{% ", "%}", "{#", "#}", "<%= ", "%>", "@if(", "title: ", "text = ", "|\n  ", ">-\n", "- ", "'''", '"""', "&a ", "*a", "#",
)  # fmt: skip
_RULES = (
    "match:\n", "phrases:\n", "  - ", "regex: ['(a+)+$']\n", "<condition>", "<effect:cure>", "(a|b)", "[c]", "~3", "{d}", "^", "$", "*", "unless: [negated]\n",
    "kind: claim\n", "examples: {flag: ['a [[b]] c'], pass: [d]}\n", "[[", "]]", "&a ", "*a", "!!set ", "? ", "|\n", "severity: error\n", "forms: [a, B]\n",
    "verbs: [cure]\n", "class: x\n", "id: y\n", "{{", "2026-01-01", "0x1f", "1_000", "yes", ".inf",
)  # fmt: skip


_SAME = frozenset(
    {
        ".htm",
        ".shtml",
        ".text",
        ".markdown",
        ".mjs",
        ".cjs",
        ".mts",
        ".handlebars",
        ".jinja",
        ".jinja2",
        ".pot",
        ".xlf",
        ".yml",
        ".phtml",
    }
)
"""Suffixes that are read exactly as others are."""


class Target(NamedTuple):
    """``run`` takes the bytes of one case and raises where something is wrong; ``seeds`` are sound files."""

    name: str
    run: Callable[[bytes], None]
    seeds: Sequence[bytes]
    pieces: Sequence[str]
    zipped: bool = False


def targets(root: Path) -> list[Target]:
    """Every target, in a fixed order."""
    pages = _pages(root)
    made = [_reader(suffix, pages) for suffix in sorted(readers.SUFFIXES) if suffix not in _SAME]
    made += [_package(suffix, root) for suffix in (".docx", ".pptx")]
    made.append(
        Target(
            ".pdf",
            partial(_read, ".pdf"),
            [word.pdf("It cures gout.", "Two", None)],
            ("obj", "stream", "<<", ">>", "/Kids"),
        )
    )
    prose = [data for suffix in (".txt", ".md", ".html") for data in pages.get(suffix, [])]
    prose += [(root / "tests/corpus/neutral.txt").read_bytes()[:6000]]
    made += [Target("check", _check, prose, (*_PROSE, *_MARKUP)), Target("ledger", _ledger, prose, _PROSE)]
    made += [_loader(what, root) for what in ("rule", "lexicon", "provisions", "pack")]
    made.append(Target("evidence", _evidence, [_head(root / "seeds/evidence.yaml", 5000)], _RULES))
    made.append(Target("settings", partial(_settings, ".claimlint.yaml"), [_SETTINGS.encode()], _RULES))
    made.append(
        Target(
            "pyproject",
            partial(_settings, "pyproject.toml"),
            [_TOML.encode()],
            (*_CODE, "[tool.claimlint", "]\n"),
        )
    )
    kept = root / "tests/fuzz"
    return [one._replace(seeds=[*one.seeds, *_failed(kept, one.name)]) for one in made]


def _failed(kept: Path, name: str) -> list[bytes]:
    return [file.read_bytes() for file in sorted(kept.glob(f"{name.lstrip('.')}-*"))]


def _pages(root: Path) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    files = [*(root / "examples").rglob("*"), *(root / "tests/readers/fixtures").rglob("*")]
    for file in sorted(files):
        suffix = readers.suffix(file.name)
        if suffix is not None and file.is_file():
            found.setdefault(suffix, []).append(file.read_bytes()[:20_000])
    return found


def _reader(suffix: str, pages: dict[str, list[bytes]]) -> Target:
    module = readers.SUFFIXES[suffix]
    seeds = pages.get(suffix) or [
        d for other, name in readers.SUFFIXES.items() if name == module for d in pages.get(other, [])
    ]
    pieces = (*_PROSE, *_MARKUP, *(_CODE if module.startswith("code") else ()))
    return Target(suffix, partial(_read, suffix), seeds or [b"Our serum cures eczema.\n"], pieces)


def _package(suffix: str, root: Path) -> Target:
    if suffix == ".docx":
        seeds = [
            word.docx(
                word.p("It cures gout.") + word.p("Call us.", style="Heading1"),
                footnotes=word.p("Not proven."),
            )
        ]
        seeds += [(root / "examples/bad/clinic-letter.docx").read_bytes()]
    else:
        seeds = [slides.pptx(slides.shape(slides.para("It cures gout.")))]
    pieces = (
        "<w:p>",
        "</w:p>",
        "<w:t>a</w:t>",
        "<w:del>",
        "<w:tbl>",
        "<w:fldChar ",
        "<a:t>b</a:t>",
        "<p:sp>",
        "mc:Choice",
        "Target='../../x'",
        "<!DOCTYPE a>",
    )
    return Target(suffix, partial(_read, suffix), seeds, pieces, zipped=True)


def _read(suffix: str, data: bytes) -> None:
    document = readers.read("case" + suffix, data)
    check_document(document)


@cache
def _engine() -> Engine:
    return Engine(
        load_rules(), evidence.load(), profile="regulator", as_of=_DAY, graded=True, scorecards=True
    )


def _check(data: bytes) -> None:
    suffix = (".txt", ".md", ".html")[len(data) % 3]
    document = readers.read("case" + suffix, data)
    for finding in _engine().check(document).findings:
        if finding.start is not None:
            assert 0 <= finding.start < (finding.end or 0) <= len(document.source), finding
            assert finding.quote in document.blocks[finding.place.block].text if finding.place else True


def _ledger(data: bytes) -> None:
    """The claim model on one block of plain text, without what a reader would do to it first."""
    engine = _engine()
    document = readers.reader(".txt")("case.txt", " ".join(data.decode("utf-8", "replace").split()))
    sentences = engine._reader.read(document)
    for entry in Ledger(engine.registry, _DAY).entries(document, sentences):
        block = document.blocks[entry.claim.place.block]
        assert 0 <= entry.claim.place.start < entry.claim.place.end <= len(block.text), entry


def _loader(what: str, root: Path) -> Target:
    if what == "rule":
        files = sorted((root / "rulesets/core").rglob("*.yaml"))[::6]
        seeds = [file.read_bytes() for file in files if file.name != "pack.yaml"] + [_OWN_RULE.encode()]
    elif what == "pack":
        seeds = [file.read_bytes() for file in sorted((root / "rulesets").glob("*/pack.yaml"))[:6]]
    elif what == "lexicon":
        seeds = [_head(file, 2500) for file in sorted((root / "rulesets/_lexicon").glob("*.yaml"))]
    else:
        seeds = [_head(file, 4000) for file in sorted((root / "rulesets/_provisions").glob("*.yaml"))]
    return Target(what, partial(_load, what), seeds, _RULES)


def _head(file: Path, size: int) -> bytes:
    """The first entries of a long list in YAML."""
    text = file.read_text(encoding="utf-8")
    if len(text) <= size:
        return text.encode()
    ends = [at for mark in ("\n  - ", "\n- ") if (at := text.rfind(mark, 0, size)) > 0]
    return text[: max(ends, default=size) + 1].encode()


def _load(what: str, data: bytes) -> None:
    made: dict[str, Any] = compile_sources([(what, "own/group/case", "own/case.yaml", data)], ())
    if what == "pack":
        return
    rules = tuple(map(rule_from, made["rules"]))
    ruleset = Ruleset(
        rules, made["terms"], made["cues"], made["packs"], made["provisions"], "x", made["resting"]
    )
    engine = Engine(ruleset, _engine().registry, profile="team", as_of=_DAY)
    engine.check(
        readers.reader(".txt")(
            "case.txt", "Our serum cures eczema, proven in a study. aaaaaaaaaaaaaaaaaaaaaaaa!"
        )
    )


def _evidence(data: bytes) -> None:
    _in_a_file("evidence.yaml", data, checked_evidence)


def _settings(name: str, data: bytes) -> None:
    _in_a_file(name, data, load_settings)


def _in_a_file(name: str, data: bytes, run: Callable[[str], Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(data)
        run(str(file))


_SETTINGS = """fail_on: warning
include: ["*.md"]
exclude: [drafts/, "!drafts/a.md"]
lexicon:
  products: [Lumora Serum]
  conditions: [Madeup syndrome]
allow_phrases: [world-renowned]
overrides:
  - paths: [blog/]
    severity: {superiority: note}
    ignore: [core/proof/proven]
severity: {core/cure/cure-asserted: warning}
encoding: windows-1252
"""
_TOML = """[project]
name = "x"
[tool.claimlint]
fail_on = "warning"
exclude = ["drafts/"]
lexicon = {products = ["Lumora Serum"]}
[tool.claimlint.severity]
superiority = "note"
[[tool.claimlint.overrides]]
paths = ["blog/"]
ignore = ["core/proof/proven"]
"""
_OWN_RULE = """title: a made-up word
kind: phrase
category: superiority
severity: warning
confidence: high
message: "\\"{quote}\\" is made up."
why: It is not a word that any reader of the page could know, so it can only be praise.
match:
  phrases: ["flimber [very] ~2 (good|best)"]
  regex: ['\\bflimb\\w+\\s+\\d+']
unless: [negated, question]
since: 0.1.0
sources: [https://example.org/]
examples:
  flag: ["It is [[flimber good]].", "It has [[flimbering 7]] of them."]
  pass: ["It is good.", "Is it so?"]
"""
