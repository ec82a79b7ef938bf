"""What --since and the baseline hold back, tried on real repositories."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from claimlint.cli import main
from claimlint.triage import baseline, changes
from tests import teampack

TEAM = ("--ruleset", "team", "--select", "team/*", "--as-of", "2030-01-15")


def git(*arguments: str) -> None:
    """Runs git here, with a made-up identity."""
    identity = [
        "-c",
        "user.name=Ima Madeup",
        "-c",
        "user.email=ima@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    subprocess.run(["git", *identity, *arguments], capture_output=True, check=True)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with one committed page that has a finding on line 3."""
    teampack.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("page.md").write_text("# Page\n\nWe zorbify.\n\nPlain words.\n", encoding="utf-8")
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "Page")
    return tmp_path


def found(capsys, *arguments: str) -> list[tuple[str, int]]:
    """Path and line of each finding that ``check`` reports."""
    capsys.readouterr()
    main(["check", *TEAM, "--format", "json", *arguments])
    return [(item["path"], item["line"]) for item in json.loads(capsys.readouterr().out)["findings"]]


def test_only_changed_lines_count(repository, capsys):
    """An old finding is left out and counted, a new line and a new file are reported."""
    assert main(["check", *TEAM, "--since", "HEAD", "page.md"]) == 0
    assert "1 more on lines that have not changed since HEAD" in capsys.readouterr().err
    Path("page.md").write_text("# Page\n\nWe zorbify.\n\nPlain words.\n\nAlso zorbify.\n", encoding="utf-8")
    Path("new page.md").write_text("We zorbify.\n", encoding="utf-8")
    assert found(capsys, "--since", "HEAD", "page.md", "new page.md") == [("page.md", 7), ("new page.md", 1)]
    git("add", "page.md")
    assert found(capsys, "--since", "main", "page.md") == [("page.md", 7)]


def test_taking_a_line_away_touches_its_neighbours(repository, capsys):
    """Where a line is removed, what stood beside it may now mean something else."""
    Path("page.md").write_text("# Page\n\nNever do we\nzorbify.\n", encoding="utf-8")
    git("commit", "-q", "-a", "-m", "More")
    Path("page.md").write_text("# Page\n\nzorbify.\n", encoding="utf-8")
    assert found(capsys, "--since", "HEAD", "page.md") == [("page.md", 3)]


def test_a_page_that_only_moved_is_not_new(repository, capsys):
    """A renamed page has no changed lines."""
    git("mv", "page.md", "moved.md")
    assert found(capsys, "--since", "HEAD", "moved.md") == []


@pytest.mark.parametrize("name", ["naïve \tpage.md", '"quoted".md', "+++ b.md", "a\\b.md"])
def test_odd_names_are_followed(repository, capsys, name):
    """git quotes some names; their lines are found all the same."""
    Path(name).write_text("Plain.\n", encoding="utf-8")
    git("add", name)
    git("commit", "-q", "-m", "Odd")
    Path(name).write_text("Plain.\nWe zorbify.\n", encoding="utf-8")
    lines = changes.since("HEAD", str(repository))
    assert lines == {str((repository / name).resolve()): frozenset({2})}


def test_content_never_looks_like_a_header(repository):
    """A changed line that imitates git's own output names no file."""
    Path("page.md").write_text("++ evil.md\n@@ -1 +1,99 @@\ndiff --git a b\n", encoding="utf-8")
    lines = changes.since("HEAD", str(repository))
    assert list(lines) == [str((repository / "page.md").resolve())]
    assert lines[str((repository / "page.md").resolve())] <= {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("revision", "says"), [("no-such", "git knows no revision 'no-such'"), ("--output=x", "is no revision")]
)
def test_a_revision_that_is_none(repository, capsys, revision, says):
    """One message, status 2, and nothing of it reaches git as an option."""
    assert main(["check", *TEAM, f"--since={revision}", "page.md"]) == 2
    assert says in capsys.readouterr().err
    assert not Path("x").exists()


def test_outside_a_repository(tmp_path, monkeypatch, capsys):
    """Without a repository nothing can be compared, and that is said."""
    teampack.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    Path("page.md").write_text("We zorbify.\n", encoding="utf-8")
    assert main(["check", *TEAM, "--since", "HEAD", "page.md"]) == 2
    assert "--since: git can't compare" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_report_becomes_a_baseline(repository, capsys, form):
    """Importing a report accepts exactly what a baseline made from the same page accepts."""
    assert main(["check", *TEAM, "--format", form, "-o", "report", "page.md"]) == 1
    assert main(["baseline", "import", "report", "--file", "b"]) == 0
    assert main(["baseline", "create", *TEAM, "page.md", "--file", "c"]) == 0
    assert Path("b").read_bytes() == Path("c").read_bytes()
    assert main(["baseline", "import", "c", "--file", "b"]) == 0
    assert Path("b").read_bytes() == Path("c").read_bytes()
    capsys.readouterr()
    assert main(["check", *TEAM, "--baseline", "b", "--format", "json", "page.md"]) == 0
    assert "b: 1 held back" in capsys.readouterr().err


def test_two_baselines_merge_as_lines(repository):
    """The union of two baselines' lines, in any order, is read as a baseline and written as one."""
    Path("more.md").write_text("We flimber.\n", encoding="utf-8")
    main(["baseline", "create", *TEAM, "page.md", "--file", "b"])
    main(["baseline", "create", *TEAM, "more.md", "--file", "c"])
    Path("both").write_bytes(Path("c").read_bytes() + Path("b").read_bytes())
    assert set(baseline.read("both")) == set(baseline.read("b")) | set(baseline.read("c"))
    assert main(["check", *TEAM, "--baseline", "both", "page.md", "more.md"]) == 0


@pytest.mark.parametrize("text", ["{}", '{"findings": [{}]}', '{"runs": 3}', "{", "words"])
def test_what_is_no_report_is_not_imported(repository, capsys, text):
    """One message, status 2, and no baseline is written."""
    Path("report").write_text(text, encoding="utf-8")
    assert main(["baseline", "import", "report", "--file", "b"]) == 2
    assert "report" in capsys.readouterr().err
    assert not Path("b").exists()
