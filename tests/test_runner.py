from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from claimlint import checking, loading, runner
from claimlint.errors import ConfigError, UsageError
from claimlint.model import Run, Severity
from claimlint.runner import Options, exit_status
from tests import teampack

DAY = date(2030, 1, 15)
GERMAN = "Die Behandlung ist für viele Menschen mit Schmerzen eine gute Wahl, und sie wird von der Klinik angeboten. "


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A working directory with a team's rules in ``team`` and nothing else."""
    teampack.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*paths: str, **options) -> Run:
    return full(*paths, **options).run


def full(*paths: str, **options) -> runner.Result:
    values = {
        "rulesets": (str(Path("team").absolute()),),
        "as_of": DAY,
        "jobs": 1,
        "select": ("team/*",),
        **options,
    }
    return runner.run(list(paths), Options(**values))


def found(made: Run) -> list[tuple[str, str]]:
    return [(item.path, item.rule) for checked in made.checked for item in checked.findings]


def write(path: str, text: str | bytes) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(text if isinstance(text, bytes) else text.encode())


def test_findings_come_in_the_order_of_the_paths(here):
    """Documents and findings follow the paths given, one run over all."""
    write("b.md", "We zorbify.\n")
    write("a.md", "We flimber.\n")
    assert found(check("b.md", "a.md")) == [("b.md", "team/zorbify"), ("a.md", "team/flimber")]


def test_the_exit_status_follows_the_failing_level(here):
    """0 below the level, 1 at or above it, whatever is shown; never means never."""
    write("a.md", "We flimber.\n")
    assert exit_status(check("a.md")) == 0
    assert exit_status(check("a.md", fail_on="warning")) == 1
    assert exit_status(check("a.md", fail_on="warning", show="error")) == 1
    write("b.md", "We zorbify.\n")
    assert exit_status(check("b.md")) == 1
    assert exit_status(check("b.md", fail_on="never")) == 0


def test_a_failure_beats_findings_and_the_rest_is_still_checked(here):
    """2 beats 1, and what could be checked was."""
    write("a.md", b"caf\xe9 \x81\n")
    write("b.md", "We zorbify.\n")
    made = check("a.md", "b.md", "gone.md")
    assert exit_status(made) == 2
    assert found(made) == [("b.md", "team/zorbify")]
    assert sorted(item.path for item in made.failures) == ["a.md", "gone.md"]


def test_nothing_to_check_is_a_failure_and_left_out_on_purpose_is_none(here):
    """An empty folder can't pass for a clean one; a folder that the settings exclude may."""
    write("site/a.png", "x")
    made = check("site")
    assert "nothing to check" in made.failures[0].reason
    assert exit_status(made) == 2
    write(".claimlint.yaml", "exclude: [site/]\n")
    write("site/b.md", "We zorbify.\n")
    result = full("site/b.md")
    assert exit_status(result.run) == 0
    assert "on purpose" in result.notes[0]


def test_each_file_has_the_settings_nearest_above_it(here):
    """Two sites in one run are each judged by their own file; the strictest failing level holds."""
    write("x/.claimlint.yaml", "severity: {team/flimber: note}\nfail_on: note\n")
    write("y/pyproject.toml", "[tool.claimlint]\nignore = ['team/flimber']\n")
    for name in ("x/deep/a.md", "y/a.md", "z/a.md"):
        write(name, "We flimber.\n")
    made = check("x", "y", "z")
    assert found(made) == [("x/deep/a.md", "team/flimber"), ("z/a.md", "team/flimber")]
    assert [c.findings[0].severity for c in made.checked if c.findings] == [Severity.NOTE, Severity.WARNING]
    assert made.failing is Severity.NOTE


def test_options_win_over_settings_and_overrides(here):
    """What is asked on the command line holds for every file."""
    write(
        ".claimlint.yaml",
        "min_confidence: high\nselect: [proof]\noverrides: [{paths: ['*.md'], select: [status], min_confidence: high}]\n",
    )
    write("a.md", "We zorbify dimly, wobbleton.\n")
    assert found(check("a.md", select=())) == [("a.md", "team/wobbleton")]
    assert found(check("a.md", select=("efficacy",), min_confidence="low")) == [("a.md", "team/dimly")]


def test_settings_elsewhere_can_be_named(here):
    """--config is the only settings file that counts, and paths are relative to its folder."""
    write("conf/claimlint.yaml", "ignore: [team/flimber]\n")
    write(".claimlint.yaml", "ignore: [team/zorbify]\n")
    write("a.md", "We zorbify and flimber.\n")
    result = full("a.md", config="conf/claimlint.yaml")
    assert found(result.run) == [("a.md", "team/zorbify")]
    assert result.relative == (("a.md", "../a.md"),)
    write("empty.toml", "[tool.x]\n")
    with pytest.raises(ConfigError, match=r"no \[tool.claimlint\]"):
        check("a.md", config="empty.toml")


def test_isolated_material_is_judged_without_its_own_settings(here):
    """Settings and comments of the material don't count, and both attempts are shown."""
    write("site/.claimlint.yaml", "ignore: [team/*]\n")
    write("site/a.md", '<!-- claimlint: ignore team/zorbify reason="mine" -->\nWe zorbify.\n')
    assert found(check("site", select=())) == []
    made = check("site", isolated=True, select=("team/*", "housekeeping"))
    assert [rule for _, rule in found(made)] == [
        "claimlint/untrusted-suppression",
        "team/zorbify",
        "claimlint/untrusted-settings",
    ]
    write("site/.claimlint.yaml", "not: valid: yaml\n")
    assert ("site/a.md", "claimlint/untrusted-settings") in found(
        check("site", isolated=True, select=("housekeeping",))
    )


@pytest.mark.parametrize("option", ["select", "ignore"])
def test_an_unknown_rule_is_an_error_with_the_nearest_name(here, option):
    """A misspelt rule on the command line can't silently switch checks off."""
    write("a.md", "x\n")
    with pytest.raises(UsageError, match=r"did you mean 'team/zorbify'"):
        check("a.md", **{option: ("team/zorbifi",)})


@pytest.mark.parametrize(
    "text",
    [
        "ignore: [team/zorbifi]\n",
        "severity: {team/zorbifi: note}\n",
        "overrides: [{paths: [a], ignore: [team/zorbifi]}]\n",
    ],
)
def test_an_unknown_rule_in_the_settings_names_the_file(here, text):
    """A misspelt rule in a settings file is an error at that file."""
    write(".claimlint.yaml", text)
    write("a.md", "x\n")
    with pytest.raises(ConfigError, match=r"\.claimlint\.yaml:1: .*did you mean 'team/zorbify'"):
        check("a.md")


def test_another_language_is_not_checked_and_said_so(here):
    """A page that the rules can't read is a failure; the declared language decides where the text is short."""
    write("a.md", GERMAN * 5)
    write("b.html", "<html lang='fr-CA'><p>Bonjour</p></html>")
    write(
        "c.html",
        "<html lang='de'><p>This is a plain page about the clinic and what it does for you.</p></html>",
    )
    made = check("a.md", "b.html", "c.html")
    assert [(item.path, item.reason[:33]) for item in made.failures] == [
        ("a.md", "not checked: the text is in Germa"),
        ("b.html", "not checked: the text is in Frenc"),
    ]
    assert [checked.document.path for checked in made.checked] == ["c.html"]


def test_a_defect_in_one_file_costs_no_other(here, monkeypatch):
    """If claimlint itself fails on a file, that file is a failure and the others have their report."""
    write("a.md", "We zorbify.\n")
    write("b.md", "We zorbify.\n")
    real = checking.triage

    def broken(checked, *rest, **more):
        if checked.document.path == "a.md":
            raise RecursionError("too deep")
        return real(checked, *rest, **more)

    monkeypatch.setattr(checking, "triage", broken)
    made = check("a.md", "b.md")
    assert found(made) == [("b.md", "team/zorbify")]
    assert "claimlint itself failed (RecursionError" in made.failures[0].reason


def test_a_file_that_may_not_be_read_is_a_failure(here, monkeypatch):
    """Permission errors name the file and go on."""
    write("a.md", "x")
    write("b.md", "We zorbify.\n")
    real = os.open

    def refuse(path, *rest, **more):
        if str(path).endswith("a.md"):
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    made = check("a.md", "b.md")
    assert "permission denied" in made.failures[0].reason
    assert found(made) == [("b.md", "team/zorbify")]


def test_a_file_that_is_too_large_is_a_failure(here, monkeypatch):
    """A file over the limit is refused with both sizes."""
    monkeypatch.setattr(loading, "LARGEST", 10)
    write("a.md", "x" * 11)
    assert "11 bytes, and the limit is 10" in check("a.md").failures[0].reason


def test_standard_input_has_a_name_settings_and_a_place(here):
    """Piped text is read as its name says, by the settings above that name."""
    write("site/.claimlint.yaml", "ignore: [team/flimber]\n")
    made = check(stdin=b"<p>We zorbify and flimber", stdin_name="site/page.html")
    assert found(made) == [("site/page.html", "team/zorbify")]
    assert made.checked[0].document.format == "html"
    made = check(stdin=b"We zorbify")
    assert found(made) == [("-", "team/zorbify")]
    write("site/.claimlint.yaml", "exclude: ['page.*']\n")
    assert check(stdin=b"We zorbify", stdin_name="site/page.html").checked == ()


def test_any_number_of_jobs_gives_the_same_run(here):
    """Processes change the time that a run takes and nothing else."""
    for number in range(30):
        write(f"s/{number:02}.md", f"We zorbify {number}.\n\nAnd flimber.\n")
    write("s/bad.md", b"\x00\x01")
    assert check("s", jobs=1) == check("s", jobs=3)


def test_own_words_reach_the_rules(here):
    """Product names from the settings change what the rules see without failing."""
    write(".claimlint.yaml", "lexicon: {products: [Lumora Serum], conditions: [desk fatigue]}\n")
    write("a.md", "Lumora Serum cures desk fatigue.\n")
    assert found(check("a.md", select=("cure",))) != []


def test_an_unknown_jurisdiction_is_an_error(here):
    """A misspelt jurisdiction can't silently drop provisions."""
    write("a.md", "x\n")
    with pytest.raises(UsageError, match="no jurisdiction is called 'atlantis'"):
        check("a.md", jurisdiction="atlantis")


def test_the_stamp_is_the_only_clock(here):
    """Time enters a run only on request."""
    write("a.md", "x\n")
    assert check("a.md").stamp == {}
    assert "time" in check("a.md", stamp=True).stamp
    assert check("a.md").as_of == "2030-01-15"
