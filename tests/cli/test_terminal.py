"""What a person at a terminal gets more than a pipe does: links, progress and completion."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty")
COMMAND = [
    sys.executable,
    "-m",
    "claimlint",
    "check",
    "--as-of",
    "2030-01-01",
    "--jobs",
    "1",
    "--no-cache",
    ".",
]


def at_terminal(folder, errors_only=False, **more):
    """Runs the command with a terminal as its output (or as its standard error alone); what the terminal got."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", **more}
    environment.pop("NO_COLOR", None)
    out = subprocess.DEVNULL if errors_only else theirs
    process = subprocess.Popen(COMMAND, cwd=folder, env=environment, stdin=theirs, stdout=out, stderr=theirs)
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    process.wait(timeout=60)
    os.close(ours)
    return b"".join(parts).decode("utf-8", "replace")


def test_places_are_links_on_a_terminal_and_plain_in_a_pipe(tmp_path):
    """The place links to the file by its full path; piped, not one control character is left."""
    (tmp_path / "a page.md").write_text("# Lumora\n\nOur drops cure arthritis.\n", "utf-8")
    shown = at_terminal(tmp_path)
    place = re.search(r"\x1b\]8;;(file://[^\x1b]*)\x1b\\(.*?)\x1b\]8;;\x1b\\", shown)
    assert place is not None
    assert place[1].endswith("/a%20page.md")
    assert "a page.md:3:11" in place[2]
    piped = subprocess.run(COMMAND, cwd=tmp_path, capture_output=True, check=False)
    assert b"a page.md:3:11" in piped.stdout
    assert b"\x1b" not in piped.stdout + piped.stderr


def test_a_long_run_shows_progress_on_a_terminal_only(tmp_path):
    """After a second the count of files is shown and kept up to date, and it is gone at the end."""
    text = "# Lumora\n\n" + "Our drops cure arthritis, and people say so.\n\n" * 400
    for number in range(40):
        (tmp_path / f"page{number}.md").write_text(text, "utf-8")
    shown = at_terminal(tmp_path, errors_only=True)
    assert re.search(r"claimlint: \d+ of 40 files", shown)
    assert shown.rstrip().endswith("\x1b[K")
    piped = subprocess.run(COMMAND, cwd=tmp_path, capture_output=True, check=False)
    assert b" of 40 files" not in piped.stderr


@pytest.mark.parametrize(
    ("words", "offered"),
    [("claimlint che", "check"), ("claimlint check --fo", "--format"), ("claimlint base", "baseline")],
)
def test_a_shell_completes_commands_and_options(words, offered):
    """The script that click gives for bash asks the program, and the program answers."""
    environment = {
        **os.environ,
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
        "_CLAIMLINT_COMPLETE": "bash_complete",
    }
    command = [
        sys.executable,
        "-c",
        "import sys; sys.argv[0] = 'claimlint'; from claimlint.start import run; run()",
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert offered in done.stdout
