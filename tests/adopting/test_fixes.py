"""Rewrites: each shipped one mends its rule's examples, and none touches what it can't mend."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimlint import live
from claimlint.cli import main
from claimlint.commands import fixing
from claimlint.model import Checked
from claimlint.rules.testing import unmark
from claimlint.settings_search import Options
from tests import corecheck

AS_OF = date(2026, 11, 24)
FIXABLE = [rule for rule in corecheck.ruleset().rules if rule.fix]
CHECK = live.checker(Options(as_of=AS_OF, config=None, isolated=True, min_confidence="low"))


def checked(text: str, path: str = "page.txt") -> Checked:
    """The text checked under no settings, low confidence included."""
    outcome = CHECK(path, text.encode())
    assert outcome.checked is not None, outcome.failure
    return outcome.checked


def fixed(text: str, tmp: Path, suffix: str = "txt", *, unsafe: bool = True) -> str:
    """The text after its rewrites."""
    page = tmp / f"page.{suffix}"
    page.write_bytes(text.encode())
    return fixing.fix_one(checked(text, str(page)), CHECK, unsafe=unsafe).after


def rules_of(text: str) -> list[str]:
    """The rules that find something in the text."""
    return sorted(item.rule for item in checked(text).findings if item.start is not None)


def test_some_rules_ship_rewrites():
    """The tests below have something to try."""
    assert len(FIXABLE) >= 5


@pytest.mark.parametrize("rule", FIXABLE, ids=lambda rule: rule.id)
def test_shipped_rewrites_mend_their_own_examples(rule, tmp_path):
    """At least one example of the rule is rewritten; then its finding is gone and no new one has come."""
    mended = 0
    for example in rule.flag:
        text, _ = unmark(example)
        after = fixed(text, tmp_path)
        if after != text:
            mended += 1
            left, before = rules_of(after), rules_of(text)
            assert rule.id not in left or left.count(rule.id) < before.count(rule.id), (text, after)
            assert set(left) <= set(before), (text, after)
    assert mended


DROPS = [
    (rule.id, word, noun)
    for rule in FIXABLE
    for words, nouns in [(rule.fix.get("drop", ()), rule.fix.get("before", ()))]
    for word, noun in [*((word, nouns[0]) for word in words), *((words[0], noun) for noun in nouns)]
]


@pytest.mark.parametrize("rule", FIXABLE, ids=lambda rule: rule.id)
def test_every_listed_word_leaves_a_sentence(rule, tmp_path):
    """Wherever a listed adjective is found before a listed noun, taking it out leaves the noun with its article."""
    tried = 0
    for owner, word, noun in DROPS:
        text = f"Lumora has a {word} {noun}."
        if owner != rule.id or rule.id not in rules_of(text):
            continue
        tried += 1
        article = "an" if noun[0] in "aeio" else "a"
        assert fixed(text, tmp_path) == f"Lumora has {article} {noun}.", text
    assert tried


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Our revolutionary drip.", "Our drip."),
        ("We are an award-winning team.", "We are a team."),
        ("A revolutionary approach.", "An approach."),
        ("Revolutionary treatment is here.", "Treatment is here."),
        ("Our drip is revolutionary.", None),
        ("The leading clinic in Fictonia.", None),
        ("A truly revolutionary treatment.", None),
        ("A safe and revolutionary treatment.", None),
        ("It is a breakthrough.", None),
        ("Our **revolutionary** drip.", None),
    ],
)
def test_only_sure_shapes_are_rewritten(before, after, tmp_path):
    """Where the sentence might break or say more than before, the words stay."""
    assert fixed(before, tmp_path, "md", unsafe=False) == (after or before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Lumora therapy reduces inflammation.", "Lumora therapy may reduce inflammation."),
        ("Lumora therapy relieves migraine.", "Lumora therapy may relieve migraine."),
        ("Lumora therapy can reduce inflammation.", "Lumora therapy may reduce inflammation."),
        ("Lumora therapy quickly reduces inflammation.", None),
        ("We relieve migraine.", None),
        ("Lumora therapy leads to joint pain relief.", None),
        ("Stem cells lead to symptom reduction in arthritis.", None),
        ("Lumora therapy brought skin improvements in eczema.", None),
    ],
)
def test_a_claim_without_a_record_is_hedged_only_when_asked(before, after, tmp_path):
    """ "may" is put before a plain verb, and only with --unsafe where no record allows it."""
    assert fixed(before, tmp_path, unsafe=False) == before
    assert fixed(before, tmp_path) == (after or before)


def test_a_claim_is_lowered_to_what_its_record_allows(tmp_path):
    """Where the registry allows a hedged claim, the hedge needs nobody's leave."""
    before = "Our mesenchymal stem cells treat rheumatoid arthritis."
    assert fixed(before, tmp_path, unsafe=False) == before.replace("treat", "may treat")


def test_a_hedge_that_would_not_help_is_taken_back(tmp_path):
    """A claim that even "may" can't save stays, and the reason is told."""
    text = "Lumora therapy cures diabetes."
    page = tmp_path / "page.txt"
    page.write_text(text)
    done = fixing.fix_one(checked(text, str(page)), CHECK, unsafe=True)
    assert done.after == text
    assert done.applied == 0


EXAMPLES = [unmark(example)[0] for rule in corecheck.ruleset().rules for example in rule.flag if rule.fix]
MORE = ["Lumora therapy reduces inflammation.", "Plain words.", "Our *revolutionary* drip, an amazing serum!"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.sampled_from(EXAMPLES + MORE), min_size=1, max_size=6), unsafe=st.booleans())
def test_rewriting_adds_nothing_and_a_second_time_changes_nothing(texts, unsafe, tmp_path):
    """Whatever stands together, no new finding comes, and what was rewritten stays as it is."""
    text = "\n\n".join(texts) + "\n"
    once = fixed(text, tmp_path, "md", unsafe=unsafe)
    assert len(rules_of(once)) <= len(rules_of(text))
    assert fixed(once, tmp_path, "md", unsafe=unsafe) == once


@pytest.fixture
def page(tmp_path, monkeypatch):
    """A page in a working directory of its own."""
    monkeypatch.chdir(tmp_path)
    path = Path("page.md")
    path.write_bytes(b"# Page\r\n\r\nOur revolutionary drip.\r\n\r\nLumora therapy reduces inflammation.")
    return path


ARGS = ("--as-of", "2026-11-24", "page.md")


def test_diff_changes_nothing_and_can_be_applied(page, capsys):
    """--diff prints what git apply takes; after it the file is what --fix would have made."""
    before = page.read_bytes()
    main(["check", "--diff", "--unsafe", "-o", "changes.diff", *ARGS])
    assert page.read_bytes() == before
    subprocess.run(["git", "apply", "changes.diff"], check=True, env={**os.environ, "GIT_DIR": "none"})
    applied = page.read_bytes()
    page.write_bytes(before)
    main(["check", "--fix", "--unsafe", *ARGS])
    assert page.read_bytes() == applied
    assert applied == b"# Page\r\n\r\nOur drip.\r\n\r\nLumora therapy may reduce inflammation."


def test_fix_is_safe_unless_told_otherwise(page, capsys):
    """Without --unsafe only the safe rewrite is made, and what is left is reported."""
    assert main(["check", "--fix", "--fail-on", "warning", *ARGS]) == 1
    out, err = capsys.readouterr()
    assert page.read_bytes() == b"# Page\r\n\r\nOur drip.\r\n\r\nLumora therapy reduces inflammation."
    assert "1 rewrite made in 1 file" in err
    assert "outcome-asserted" in out
    assert "breakthrough" not in out


def test_a_suppressed_finding_is_not_rewritten(page, capsys):
    """Whoever gave a reason keeps the words."""
    text = '<!-- claimlint: ignore core/superiority/* reason="its name" -->\nOur revolutionary drip.\n'
    page.write_text(text)
    main(["check", "--fix", *ARGS])
    assert page.read_text() == text


def test_only_utf8_is_rewritten(page, capsys):
    """A file in another encoding is left as it is, and that is said."""
    data = "Our revolutionary drip costs £5.".encode("utf-16")
    page.write_bytes(data)
    main(["check", "--fix", *ARGS])
    assert page.read_bytes() == data
    assert "isn't UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("options", [("--fix", "--diff"), ("--unsafe",)])
def test_options_that_don_t_go_together(page, capsys, options):
    """One message and status 2."""
    assert main(["check", *options, *ARGS]) == 2


NOTICE = "This service has been neither assessed nor endorsed by the medicines board of Fictonia."
SELLING = "Our clinic offers exosome therapy for arthritis. Book a consultation today."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.md", f"# Lumora\n\n{SELLING}\n"),
        ("page.txt", f"Lumora\n\n{SELLING}\n"),
        ("page.html", f"<html><body><main><h1>Lumora</h1><p>{SELLING}</p></main></body></html>"),
    ],
)
def test_a_required_notice_is_inserted_once(tmp_path, monkeypatch, capsys, name, text):
    """The notice of the settings stands at the end of the copy; a second run adds none."""
    monkeypatch.chdir(tmp_path)
    Path(".claimlint.yaml").write_text(f'notices: ["{NOTICE}"]\n')
    Path(name).write_text(text)
    main(["check", "--fix", "--as-of", "2026-11-24", name])
    once = Path(name).read_text()
    assert once.count(NOTICE) == 1
    assert "investigational-status-missing" not in capsys.readouterr().out
    main(["check", "--fix", "--as-of", "2026-11-24", name])
    assert Path(name).read_text() == once
