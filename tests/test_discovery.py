from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimlint import globs
from claimlint.config import Settings
from claimlint.discovery import Found, file_list, find

KNOWN = (".md", ".txt", ".html")


def known(path: str) -> bool:
    return path.endswith(KNOWN)


def walk(root: Path, *paths: str, settings: Settings | None = None, **options) -> Found:
    held = settings or Settings(root=str(root))
    return find(paths or (str(root),), settings_of=lambda _: held, known=known, **options)


def tree(root: Path, *files: str) -> None:
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def names(found: Found, root: Path) -> list[str]:
    return [os.path.relpath(target.file, root).replace(os.sep, "/") for target in found.targets]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_order_is_that_of_the_paths_and_folders_are_sorted(here):
    """Paths keep their order, a folder is walked by name, and each file comes once."""
    tree(here, "b/z.md", "b/a.md", "b/m/x.md", "a.md")
    found = walk(here, "b", "a.md", "b/a.md")
    assert [target.path for target in found.targets] == ["b/a.md", "b/m/x.md", "b/z.md", "a.md"]


def test_the_working_directory_adds_nothing_to_a_path(here):
    """Walking '.' reports plain relative paths."""
    tree(here, "a/x.md")
    assert [target.path for target in walk(here, ".").targets] == ["a/x.md"]


def test_unknown_suffix_is_skipped_when_walked_and_a_failure_when_named(here):
    """A file that no reader knows is counted on a walk; by name it is a failure, even after a walk."""
    tree(here, "s/a.png", "s/b.md")
    found = walk(here, "s")
    assert (found.skipped, names(found, here)) == (1, ["s/b.md"])
    found = walk(here, "s", "s/a.png")
    assert "'.png'" in found.failures[0].reason


def test_missing_paths_are_failures_and_the_rest_is_found(here):
    """A misspelt path never hides what the other paths hold."""
    tree(here, "a.md")
    found = walk(here, "nope.md", "a.md")
    assert found.failures[0].path == "nope.md"
    assert names(found, here) == ["a.md"]


def test_vendored_folders_are_not_entered_unless_named(here):
    """Other people's folders are left out of a walk, but can be asked for."""
    tree(here, "node_modules/x.md", "src/vendor/y.md", "src/ok.md")
    found = walk(here, ".")
    assert names(found, here) == ["src/ok.md"]
    assert found.vendored == 2
    assert names(walk(here, "node_modules"), here) == ["node_modules/x.md"]


def test_exclude_holds_for_named_files_and_include_only_for_walks(here):
    """pre-commit names every file, so what the settings exclude stays out even by name."""
    tree(here, "drafts/a.md", "b.txt", "c.md")
    settings = Settings(root=str(here), exclude=("drafts/",), include=("*.md",))
    found = walk(here, ".", settings=settings)
    assert names(found, here) == ["c.md"]
    assert found.excluded == 2
    found = walk(here, "drafts/a.md", "b.txt", settings=settings)
    assert names(found, here) == ["b.txt"]


def test_an_excluded_folder_can_take_something_back(here):
    """A later pattern with ! brings a file back, as in a .gitignore."""
    tree(here, "a/x.md", "a/keep.md")
    settings = Settings(root=str(here), exclude=("a/*", "!a/keep.md"))
    assert names(walk(here, ".", settings=settings), here) == ["a/keep.md"]


def test_the_report_that_is_written_is_never_read(here):
    """A report written into the folder under review is left out."""
    tree(here, "a.md", "report.html")
    found = walk(here, ".", leave_out=os.path.realpath("report.html"))
    assert names(found, here) == ["a.md"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_special_files_are_refused_at_once(here):
    """A named pipe is a failure, walked or named, and nobody waits for it."""
    os.mkfifo(here / "p.md")
    os.mkfifo(here / "q.bin")
    found = walk(here, ".")
    assert [failure.path for failure in found.failures] == ["p.md"]
    assert found.skipped == 1
    assert "a pipe" in walk(here, "q.bin").failures[0].reason


def test_symlink_loops_end_and_are_told(here):
    """A link to a folder above it is refused; a link to a file counts once; a dangling one is a failure."""
    tree(here, "a/x.md")
    (here / "a/loop").symlink_to(here, target_is_directory=True)
    (here / "a/self.md").symlink_to("self.md")
    (here / "a/y.md").symlink_to("x.md")
    (here / "a/z.md").symlink_to("gone.md")
    found = walk(here, ".")
    assert names(found, here) == ["a/x.md"]
    assert [failure.path for failure in found.failures] == ["a/loop", "a/self.md", "a/z.md"]
    assert "loop" not in found.failures[2].reason


def test_a_link_out_of_the_material_is_not_followed_when_isolated(here):
    """Material under review can't have the reviewer's own files read."""
    tree(here, "secret/s.md", "site/a.md")
    (here / "site/l.md").symlink_to(here / "secret/s.md")
    assert names(walk(here, "site"), here) == ["site/a.md", "site/l.md"]
    found = walk(here, "site", isolated=True)
    assert names(found, here) == ["site/a.md"]
    assert "leads out" in found.failures[0].reason


def test_a_very_deep_tree_is_walked(here):
    """Depth costs no recursion."""
    deep = here
    os.chdir(here)
    for _ in range(300):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "x.md").write_text("x")
    assert len(walk(here, ".").targets) == 1


def test_a_list_may_use_lines_or_nul():
    """--files-from takes what git ls-files prints, with or without -z."""
    assert file_list("a b.md\r\n\nc.md\n") == ["a b.md", "c.md"]
    assert file_list("a\nb.md\0c.md\0") == ["a\nb.md", "c.md"]


GITIGNORES = [
    {".gitignore": "*.md\n!keep.md\n"},
    {".gitignore": "/top.md\nsub/deep.md\n"},
    {".gitignore": "build*/\n", "sub/.gitignore": "!x.md\n*.txt\n"},
    {".gitignore": "**/deep.md\na/**\n"},
    {".gitignore": "sub/**/deep.md\n# no\n\\#odd.md\n"},
    {".gitignore": "[a-c]?.md\n*[!0-9].txt\ntrailing.md   \n"},
    {".gitignore": "sub\n!sub/x.md\n"},
    {".gitignore": "*\n!*/\n!x.md\n", "sub/.gitignore": "x.md\n"},
    {".gitignore": "a/*/deep.md\nfoo**bar.md\n/**/top.md\n"},
    {".gitignore": "sub/\n!/sub\n*/a/\n"},
]


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("ignores", GITIGNORES)
def test_gitignore_means_what_git_means(here, ignores):
    """Nested, negated and anchored patterns leave out exactly the files that git leaves out."""
    tree(
        here,
        *("top.md", "keep.md", "x.md", "ab.md", "1.txt", "z.txt", "#odd.md", "trailing.md", "fooxbar.md"),
        *("sub/x.md", "sub/top.md", "sub/deep.md", "sub/y.txt", "sub/a/deep.md", "sub/a/b/deep.md"),
        *("a/x.md", "a/b/deep.md", "a/deep.md", "builds/x.md"),
    )
    for name, text in ignores.items():
        (here / name).write_text(text)
    subprocess.run(["git", "init", "-q", "."], check=True)
    done = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    )
    wanted = sorted(name for name in done.stdout.split("\0") if name.endswith(KNOWN))
    assert sorted(names(walk(here, "."), here)) == wanted


def test_patterns_above_the_named_folder_hold(here):
    """Walking a folder inside a repository honours the .gitignore at its top."""
    (here / ".git").mkdir()
    (here / ".gitignore").write_text("old/\n*.tmp.md\n")
    tree(here, "site/old/a.md", "site/b.tmp.md", "site/c.md")
    assert names(walk(here, "site"), here) == ["site/c.md"]


@given(st.text(alphabet="ab*?[]!/\\-^.", max_size=30), st.text(alphabet="ab/.-", min_size=1, max_size=30))
def test_any_pattern_can_be_tried(pattern, path):
    """No pattern raises, whatever its brackets and stars."""
    globs.covers((pattern,), path)


def test_hostile_patterns_stay_cheap():
    """Stars that would make a backtracking matcher run for years are decided at once."""
    assert not globs.covers(("*a" * 400 + "b",), "a" * 250)
    assert not globs.covers(("**/a/" * 150 + "b",), "a/" * 1000 + "c")
