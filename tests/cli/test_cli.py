from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from claimlint import readers
from claimlint.cli import COMMANDS, group, main
from claimlint.readers import SUFFIXES
from tests import teampack

AS_OF = ("--as-of", "2030-01-15")
FIXTURES = Path(__file__).parents[1] / "readers" / "fixtures"
TEAM = ("--ruleset", "team", "--select", "team/*", *AS_OF)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A working directory with a team's rules in ``team`` and one page with an error and a warning."""
    teampack.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text("# Page\n\nWe zorbify and flimber.\n", encoding="utf-8")
    return tmp_path


class Pipe:
    """Standard input as a pipe with some bytes in it."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)

    def isatty(self) -> bool:
        return False


def piped(monkeypatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", Pipe(data))


def check(*arguments: str) -> int:
    return main(["check", *TEAM, *arguments])


def test_the_report_alone_is_on_standard_output(here, capsys):
    """JSON can be piped on as it is; whatever else there is to say goes to standard error."""
    assert check("--format", "json", "page.md", "gone.md") == 2
    out, err = capsys.readouterr()
    report = json.loads(out)
    assert [item["rule"] for item in report["findings"]] == ["team/zorbify", "team/flimber"]
    assert [item["path"] for item in report["failures"]] == ["gone.md"]
    assert "gone.md: no such file" in err


def test_exit_statuses(here):
    """0, 1 and 2 mean what the contract says, whatever the format."""
    assert check("page.md") == 1
    assert check("--fail-on", "never", "page.md") == 0
    assert check("--ignore", "team/zorbify", "page.md") == 0
    assert check("--ignore", "team/zorbify", "--fail-on", "warning", "--format", "json", "page.md") == 1
    assert check("gone.md") == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("--profile", "lawyer", "page.md"),
        ("--no-such-option", "page.md"),
        ("--as-of", "yesterday", "page.md"),
        ("--format", "jsn", "page.md"),
        ("--format", "docx", "page.md"),
        ("--format", "template", "page.md"),
        ("--config", "gone.yaml", "page.md"),
        ("--baseline", "gone", "page.md"),
        ("--ruleset", "no-such-pack", "page.md"),
        ("--select", "no-such-rule", "page.md"),
        ("--files-from", "gone", "page.md"),
        ("--stdin-filename", "x.md", "page.md"),
        ("--files-from", "-", "-"),
    ],
)
def test_what_cannot_be_done_is_one_message_and_status_2(here, capsys, monkeypatch, arguments):
    """A bad option never leaves a report, a traceback or any other status."""
    piped(monkeypatch, b"page.md\n")
    assert check(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err
    assert "Traceback" not in err
    assert "defect" not in err


def test_a_misspelt_format_is_told_the_nearest(here, capsys):
    """Names get a hint."""
    check("--format", "jsn", "page.md")
    assert "did you mean 'json'" in capsys.readouterr().err


def test_bare_paths_and_misspelt_commands_are_told_what_to_write(here, capsys):
    """Forgetting the word check, or misspelling it, ends in the right command line."""
    assert main(["page.md"]) == 2
    assert "claimlint check page.md" in capsys.readouterr().err
    assert main(["chek", "page.md"]) == 2
    assert "did you mean 'check'" in capsys.readouterr().err


def test_piped_text_is_checked_with_and_without_a_dash(here, capsys, monkeypatch):
    """No path and piped input is standard input, and - is always."""
    for arguments in ((), ("-",)):
        piped(monkeypatch, b"We zorbify.\n")
        assert check("--format", "json", *arguments) == 1
        assert json.loads(capsys.readouterr().out)["findings"][0]["path"] == "-"
    piped(monkeypatch, b"<p>We <b>zorb</b>ify.\n")
    assert check("--format", "json", "--stdin-filename", "a/b.html") == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["path"] == "a/b.html"


def test_empty_input_is_nothing_to_check(here, capsys, monkeypatch):
    """An empty pipe is a broken pipeline, not a clean text."""
    piped(monkeypatch, b" \n")
    assert check() == 2
    assert "nothing to check" in capsys.readouterr().err


def test_lists_of_files_come_from_a_file_or_the_input(here, capsys, monkeypatch):
    """--files-from spares long command lines."""
    Path("list").write_text("page.md\n")
    assert check("--files-from", "list") == 1
    piped(monkeypatch, b"page.md\0")
    assert check("--files-from", "-") == 1
    piped(monkeypatch, b"")
    capsys.readouterr()
    assert check("--files-from", "-") == 2


def test_output_goes_to_a_file_whole_or_not_at_all(here, capsys):
    """A report file replaces the old one; a folder that isn't there is an error, and no scraps stay."""
    assert check("--format", "json", "--output", "r.json", ".") == 1
    assert capsys.readouterr().out == ""
    assert json.loads(Path("r.json").read_text())["version"] == 1
    assert check("--output", "gone/r.txt", "page.md") == 2
    assert not list(here.glob(".claimlint-*"))


def test_a_report_in_the_folder_is_not_read_the_next_time(here):
    """Writing the report beside the copy keeps the second run equal to the first."""
    check("--format", "html", "--output", "r.html", ".")
    first = Path("r.html").read_bytes()
    check("--format", "html", "--output", "r.html", ".")
    assert Path("r.html").read_bytes() == first


def test_files_left_out_on_purpose_are_status_0_with_a_message(here, capsys):
    """pre-commit may name only excluded files; that is no failure, and it is said."""
    Path(".claimlint.yaml").write_text("exclude: ['*.md']\n")
    assert check("page.md") == 0
    assert "on purpose" in capsys.readouterr().err


def test_broken_settings_name_file_and_line(here, capsys):
    """A settings mistake is one line that an editor can jump to."""
    Path(".claimlint.yaml").write_text("profile: team\nfail-onn: error\n")
    assert check("page.md") == 2
    assert ".claimlint.yaml:2: unknown setting 'fail-onn'" in capsys.readouterr().err


def test_a_defect_is_never_status_0_or_1(here, capsys, monkeypatch):
    """An unexpected error in claimlint itself says so and exits 2."""

    def broken(*_, **__):
        raise KeyError("x")

    monkeypatch.setattr("claimlint.runner.run", broken)
    assert check("page.md") == 2
    assert "defect of claimlint" in capsys.readouterr().err


def test_hostile_file_names_reach_no_terminal(here, capsys):
    """Control characters of a file name are replaced in messages."""
    assert check("gone\x1b[31m.md") == 2
    out, err = capsys.readouterr()
    assert "\x1b" not in out + err


def test_a_closed_pipe_is_no_error(here):
    """head may close the pipe: no traceback, and the status is that of the check."""
    Path("long.md").write_text("We zorbify it.\n\n" * 3000)
    command = [sys.executable, "-m", "claimlint", "check", *TEAM, "long.md"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr is not None
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 1
    assert errors == b""


def test_reading_can_be_explained(here, capsys):
    """--explain-reading shows what is copy, with scope and line."""
    assert main(["check", "--explain-reading", "page.md"]) == 0
    out = capsys.readouterr().out
    assert "1  heading" in out
    assert "3  paragraph     We zorbify and flimber." in out


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_reading_of_every_format_can_be_explained(here, capsys, suffix):
    """Whatever claimlint reads it can explain: the copy, and in code what was left out and why."""
    fixtures = sorted(path for path in FIXTURES.rglob("*") if path.is_file())
    own = [path for path in fixtures if readers.suffix(path.name) == suffix]
    same = [path for path in fixtures if SUFFIXES[readers.suffix(path.name) or ""] == SUFFIXES[suffix]]
    for number, fixture in enumerate(own or same):
        name = f"fixture{number}{suffix}"
        Path(name).write_bytes(fixture.read_bytes())
        assert main(["check", "--explain-reading", name]) == 0
        out = capsys.readouterr().out
        blocks = int(out.split(" blocks of copy")[0].rsplit(" ", 1)[1])
        assert blocks >= 1
        assert len(out.splitlines()) > blocks
    assert same


def test_explained_reading_says_what_was_left_out(here, capsys):
    """Strings that are no copy are listed with the reason, and so is what becomes of the file as a whole."""
    Path("package.json").write_text('{"name": "lumora-pads", "description": "Calm pads for sore backs."}')
    assert main(["check", "--explain-reading", "package.json"]) == 0
    out = capsys.readouterr().out
    assert 'left out      it is an identifier: "lumora-pads"' in out
    assert "passed over when a folder is walked, read when it is named" in out
    Path(".claimlint.yaml").write_text("fail_on: note\n")
    assert main(["check", "--explain-reading", ".claimlint.yaml"]) == 0
    assert "never reads this file as copy" in capsys.readouterr().out


def test_a_baseline_holds_back_what_was_accepted(here, capsys):
    """Create, check, update and prune: only new findings fail, and the file holds no line and no clock."""
    assert main(["baseline", "create", *TEAM, "page.md", "--file", "b"]) == 0
    text = Path("b").read_text()
    assert [line.split("\t")[1:] for line in text.splitlines()[1:]] == [
        ["team/flimber", "page.md", "flimber"],
        ["team/zorbify", "page.md", "zorbify"],
    ]
    assert main(["baseline", "create", *TEAM, "page.md", "--file", "b"]) == 2
    assert check("--baseline", "b", "page.md") == 0
    Path("page.md").write_text("New line.\n\n# Page\n\nWe zorbify and flimber.\n\nAgain zorbify.\n")
    capsys.readouterr()
    assert check("--baseline", "b", "--format", "json", "page.md") == 1
    assert len(json.loads(capsys.readouterr().out)["findings"]) == 1
    assert main(["baseline", "prune", *TEAM, "page.md", "--file", "b"]) == 0
    assert Path("b").read_text() == text
    assert main(["baseline", "update", *TEAM, "page.md", "--file", "b"]) == 0
    assert len(Path("b").read_text().splitlines()) == 4
    Path("page.md").write_text("We zorbify and flimber.\n")
    Path("other.md").write_text("Clean.\n")
    assert main(["baseline", "prune", *TEAM, "other.md", "--file", "b"]) == 0
    assert len(Path("b").read_text().splitlines()) == 4
    assert main(["baseline", "prune", *TEAM, "page.md", "--file", "b"]) == 0
    assert Path("b").read_text() == text


def test_a_damaged_baseline_is_an_error(here, capsys):
    """A merge conflict in a baseline can't silently bring back or hide findings."""
    Path("b").write_text("# head\n<<<<<<< ours\n")
    assert check("--baseline", "b", "page.md") == 2
    assert "b:2: this is no line of a baseline" in capsys.readouterr().err


def test_suppressions_are_listed_with_their_state(here, capsys):
    """Auditors see each comment, its reason, date, leave and whether it works."""
    Path("s.md").write_text(
        '<!-- claimlint: ignore team/zorbify reason="quoted" until=2031-01-01 by="Dr. Ima Madeup" -->\n'
        "We zorbify.\n\n"
        '<!-- claimlint: ignore team/flimber reason="old" until=2029-01-01 -->\nWe flimber.\n\n'
        '<!-- claimlint: ignore team/flimber reason="gone" -->\nPlain.\n\n'
        "<!-- claimlint: ignore team/flimber -->\nPlain.\n"
    )
    arguments = ["suppressions", "--ruleset", "team", *AS_OF, "s.md"]
    assert main([*arguments, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["suppressions"]
    assert [(row["line"], row["state"], row["until"], row["by"]) for row in rows] == [
        (1, "used", "2031-01-01", "Dr. Ima Madeup"),
        (4, "expired", "2029-01-01", None),
        (7, "unused", None, None),
        (10, "malformed", None, None),
    ]
    assert main(arguments) == 0
    assert 's.md:1:1: ignore team/zorbify (used) "quoted"' in (out := capsys.readouterr().out)
    assert "4 ignore comments: 1 used, 1 unused, 1 expired, 1 malformed" in out


def test_claims_and_credibility_judge_nothing(here, capsys):
    """Both exit 0 on a page full of findings, and 2 where a file could not be read."""
    for command in ("claims", "credibility"):
        assert main([command, "--format", "json", "page.md"]) == 0
        assert json.loads(capsys.readouterr().out)["version"] == 1
        assert main([command, "page.md", "gone.md"]) == 2
        capsys.readouterr()


def test_rules_are_listed_shown_and_explained(here, capsys):
    """A rule can be looked up by what a report prints."""
    assert main(["rules", "list", "--ruleset", "team", "team/*"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(teampack.WORDS)
    assert main(["rules", "show", "--ruleset", "team", "--format", "json", "team/zorbify"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["examples"]["flag"][0] == "It is [[zorbify]] here."
    assert main(["explain", "claimlint/unused-suppression"]) == 0
    assert "Ignore comments that silence nothing" in capsys.readouterr().out
    assert main(["explain", "claimlint/unused-supression"]) == 2
    assert "did you mean 'claimlint/unused-suppression'" in capsys.readouterr().err


def test_rules_are_tested_by_their_examples(here, capsys):
    """Sound examples pass; one that doesn't fire, fires wrongly or elsewhere is named with the rule."""
    assert main(["rules", "test", "--ruleset", "team", "team"]) == 0
    assert "4 rules tested, 0 examples amiss" in capsys.readouterr().err
    rule = here / "team" / "zorbify.yaml"
    text = rule.read_text()
    rule.write_text(
        text.replace("It is [[zorbify]] here.", "It is [[zorbify here]].")
        .replace("We say [[zorbify]] often.", "We say [[nothing]] often.")
        .replace("Plain words.", "We zorbify.")
    )
    assert main(["rules", "test", "--ruleset", "team", str(rule)]) == 1
    out = capsys.readouterr().out
    assert "must find 'zorbify here' but finds 'zorbify'" in out
    assert "does not fire on 'We say nothing often.'" in out
    assert "must leave alone but finds 'zorbify' in 'We zorbify.'" in out


def test_a_new_rule_passes_its_own_test(here, capsys):
    """The template of a rule is a working rule, and nothing is overwritten."""
    assert main(["rules", "new", "hype/melt-word", "--folder", "ours"]) == 0
    assert main(["rules", "test", "ours/hype/melt-word.yaml"]) == 0
    assert "1 rule tested, 0 examples amiss" in capsys.readouterr().err
    assert main(["rules", "new", "hype/melt-word", "--folder", "ours"]) == 2
    assert main(["rules", "new", "../Melt", "--folder", "ours"]) == 2


def test_init_starts_a_settings_file_once(here, capsys):
    """It writes a valid file when told to, and never over another."""
    assert main(["init", "--yes"]) == 0
    assert "wrote .claimlint.yaml" in capsys.readouterr().err
    Path(".claimlint.yaml").write_text("profile: regulator\n")
    assert main(["init", "--yes"]) == 0
    assert Path(".claimlint.yaml").read_text() == "profile: regulator\n"


def test_evidence_is_listed_shown_and_checked(capsys):
    """The registry can be read without opening its files."""
    assert main(["evidence", "list", "--format", "json"]) == 0
    records = json.loads(capsys.readouterr().out)
    name = records[0]["id"]
    assert main(["evidence", "show", name]) == 0
    assert name in capsys.readouterr().out
    assert main(["evidence", "show", name + "x"]) == 2
    assert f"did you mean '{name}'" in capsys.readouterr().err
    assert main(["evidence", "check"]) == 0


@pytest.mark.parametrize(
    ("command", "library"),
    [(["crawl", "sites.txt", "--out", "x"], "scrapy"), (["batch", "run", "x", "--out", "x"], "duckdb")],
)
def test_what_needs_an_extra_says_which(command, library, capsys, monkeypatch):
    """Commands of optional parts name the install command where a library is missing."""
    monkeypatch.setitem(sys.modules, library, None)
    assert main(command) == 2
    assert f"claimlint[{command[0]}]" in capsys.readouterr().err


def test_every_command_has_help(capsys):
    """Each command loads and explains itself."""
    for name in COMMANDS:
        assert main([name, "--help"]) == 0
        assert "Usage" in capsys.readouterr().out
    assert main([]) == 2
    assert list(COMMANDS) == group.list_commands(None)  # type: ignore[arg-type]
