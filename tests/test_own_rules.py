"""A team's own rules: regular expressions, required statements and their limits, through the public command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from claimlint.cli import group

_HEAD = """title: {title}
kind: {kind}
category: {category}
severity: warning
confidence: high
message: "Mind this: {{quote}}"
why: The team agreed on this, and here is a sentence that is long enough.
sources: [https://example.org/handbook]
match:
{match}
since: 0.1.0
examples:
  flag: {flag}
  pass: {ok}
"""


def _rule(folder: Path, name: str, kind: str, match: str, *, category: str, flag: str, ok: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(
        _HEAD.format(title=f"a {name}", kind=kind, category=category, match=match, flag=flag, ok=ok), "utf-8"
    )


def _findings(tmp_path: Path, text: str) -> list[dict[str, object]]:
    page = tmp_path / "page.txt"
    page.write_text(text, "utf-8")
    run = CliRunner().invoke(
        group, ["check", "--format", "json", "--isolated", "--ruleset", str(tmp_path / "house"), str(page)]
    )
    assert run.exit_code in (0, 1), run.output
    return [item for item in json.loads(run.stdout)["findings"] if str(item["rule"]).startswith("house/")]


def test_a_regular_expression_finds_its_words_where_no_lexicon_term_stands(tmp_path: Path) -> None:
    """A team's regular expression looks at every block, and its span is exact."""
    _rule(
        tmp_path / "house",
        "code-name",
        "phrase",
        '  regex: ["PX-\\\\d{3}"]\n  case: true',
        category="status",
        flag='["Order [[PX-123]] here.", "See [[PX-999]]."]',
        ok="[Order px-123 here., See PX.]",
    )
    found = _findings(tmp_path, "Nothing here.\n\nPlease order PX-204 by Friday, not px-204.")
    assert [(item["quote"], item["line"], item["column"]) for item in found] == [("PX-204", 3, 14)]


def test_a_required_statement_is_missed_where_it_stands_too_far_away(tmp_path: Path) -> None:
    """`says` with `within` is satisfied only near the words that the rule is about."""
    _rule(
        tmp_path / "house",
        "ask-first",
        "required",
        "  about: [cell]\n  says: [ask your own doctor first]\n  within: 1",
        category="missing-notice",
        flag="[We offer stem cell therapy., Our exosomes are here.]",
        ok="[We offer stem cell therapy. Ask your own doctor first., We sell tea.]",
    )
    far = "We offer stem cell therapy.\n\nOpen daily.\n\nParking is free.\n\nAsk your own doctor first."
    near = "We offer stem cell therapy.\n\nAsk your own doctor first.\n\nOpen daily."
    assert [item["quote"] for item in _findings(tmp_path, far)] == ["stem cell therapy"]
    assert _findings(tmp_path, near) == []


@pytest.mark.parametrize("text", ["a" * 3000 + "!", "aaaa " * 400])
def test_an_expression_that_backtracks_ends_in_a_named_error(tmp_path: Path, text: str) -> None:
    """A rule can slow the tool but never hang it: past its time it is named, and the file counts as not checked."""
    _rule(
        tmp_path / "house",
        "slow",
        "phrase",
        '  regex: ["(a+)+$b", "(x+x+)+y"]',
        category="status",
        flag='["[[ab]]", "[[xxy]]"]',
        ok="[Good., Fine.]",
    )
    page = tmp_path / "page.txt"
    page.write_text(text, "utf-8")
    run = CliRunner().invoke(
        group, ["check", "--format", "json", "--isolated", "--ruleset", str(tmp_path / "house"), str(page)]
    )
    assert run.exit_code in (0, 2)
    if run.exit_code == 2:
        assert "house/slow" in run.output
