from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import claimlint
from claimlint import ReadError, UsageError, check_paths, check_text, load_rules
from tests import teampack

PUBLIC = {
    *("check_text", "check_paths", "load_rules", "__version__"),
    *("ClaimlintError", "UsageError", "ConfigError", "RuleError", "ReadError", "MissingExtra"),
    *("Document", "Block", "Scope", "Comment", "Link", "Unread", "Place", "Reason"),
    *("Rule", "Claim", "Verdict", "Strength", "Finding", "Fix", "Severity", "Confidence"),
    *("Signals", "Checked", "Failure", "Run"),
}


def test_the_public_names_are_exactly_these():
    """Adding or dropping a public name is a decision that this list records."""
    assert set(claimlint.__all__) == PUBLIC
    assert sorted(claimlint.__all__) == claimlint.__dir__()
    assert all(getattr(claimlint, name) is not None for name in PUBLIC)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = claimlint.nonsense


def test_a_text_is_checked_with_offsets_into_itself(tmp_path):
    """Offsets are code points of the text as given, astral characters and CRLF included."""
    text = "\U0001f600 Hello.\r\n\r\nWe zorbify you.\r\n"
    checked = check_text(text, filename="x.md", rulesets=[teampack.write(tmp_path)], select=["team/*"])
    (found,) = checked.findings
    assert text[found.start : found.end] == "zorbify"
    assert len(found.fingerprint) == 32


def test_bad_arguments_are_errors_with_a_hint():
    """Profiles, suffixes and options that don't exist are told with what does."""
    with pytest.raises(UsageError, match="did you mean 'team'"):
        check_text("x", profile="teem")
    with pytest.raises(UsageError, match=r"known suffixes: .*\.md"):
        check_text("x", filename="x.xyz")
    with pytest.raises(UsageError, match="did you mean 'profile'"):
        check_paths(["."], profil="team")
    with pytest.raises(UsageError, match="a list of paths"):
        check_paths("a.md")
    with pytest.raises(UsageError):
        load_rules("no-such-pack")


def test_another_language_is_an_error():
    """A text that the rules can't judge is never returned as clean."""
    with pytest.raises(ReadError, match="German"):
        check_text(
            "Die Behandlung ist für viele Menschen mit Schmerzen eine gute Wahl und wird angeboten. " * 5
        )


def test_paths_give_a_run_with_failures(tmp_path):
    """check_paths collects what could not be read instead of raising."""
    (tmp_path / "a.md").write_text("We zorbify.\n")
    run = check_paths(
        [tmp_path / "a.md", tmp_path / "gone.md"],
        rulesets=[teampack.write(tmp_path)],
        select=["team/*"],
        as_of=date(2030, 1, 1),
    )
    assert [item.rule for checked in run.checked for item in checked.findings] == ["team/zorbify"]
    assert [item.path.rsplit("/", 1)[-1] for item in run.failures] == ["gone.md"]


def test_rules_can_be_loaded(tmp_path):
    """load_rules gives the core rules and those of a folder."""
    ids = {rule.id for rule in load_rules(teampack.write(tmp_path)).rules}
    assert "team/zorbify" in ids
    assert any(name.startswith("core/") for name in ids)


@pytest.mark.parametrize("code", ["import claimlint", "from claimlint.cli import main; main(['--version'])"])
def test_importing_and_asking_for_the_version_load_nothing_heavy(code):
    """The package and its version cost the standard library and click, nothing else."""
    script = f"{code}\nimport sys; print('|'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    modules = set(done.stdout.splitlines()[-1].split("|"))
    ours = {name for name in modules if name.split(".")[0] == "claimlint"}
    assert ours <= {"claimlint", "claimlint.cli"}
    allowed = {*sys.stdlib_module_names, "click", "claimlint", "__main__"}
    others = {name.split(".")[0] for name in modules} - allowed
    assert not {name for name in others if not name.startswith(("_", "sitecustomize"))}
    assert not modules & {"yaml", "regex", "jinja2", "importlib.metadata", "json", "multiprocessing"}


def test_a_notebook_shows_a_table_and_runs_nothing_of_the_page(tmp_path, monkeypatch):
    """Checked and Run have a table for notebooks; what comes from the page is escaped, failures are told."""
    monkeypatch.chdir(tmp_path)
    shown = claimlint.check_text("Our drops cure <b>arthritis</b>.", filename="a.txt")._repr_html_()
    assert "core/cure/cure-asserted" in shown
    assert "<b>" not in shown
    assert "nothing found" in claimlint.check_text("Plain words.", filename="a.txt")._repr_html_()
    (tmp_path / "<img src=x>.txt").write_text("Our drops cure arthritis.", "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"caf\xe9")
    shown = claimlint.check_paths(["."])._repr_html_()
    assert "<img" not in shown
    assert "could not check bad.txt" in shown


def test_the_package_says_that_it_is_typed() -> None:
    """Type checkers look for this file."""
    assert (Path(claimlint.__file__).parent / "py.typed").is_file()


def test_a_confidence_that_is_none_is_refused() -> None:
    """With the words that are known."""
    with pytest.raises(claimlint.UsageError, match="low, medium, high"):
        claimlint.check_text("x", min_confidence="sure")


def test_a_run_prints_as_one_line(tmp_path: Path) -> None:
    """Nobody wants a hundred thousand characters at a prompt."""
    (tmp_path / "page.md").write_text("Our drops cure gout.\n", "utf-8")
    run = check_paths([str(tmp_path), str(tmp_path / "gone.md")])
    assert repr(run).startswith("<Run: ")
    assert repr(run).endswith(" findings, 1 files, 1 not checked>")
