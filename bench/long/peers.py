"""claimlint beside other linters of prose and beside the limits, on the same files in one run.

    python bench/long/peers.py [--tools FOLDER[:FOLDER ...]] [--megabytes 5] [--rounds 3]

Measured are a cold check of five files of 5 KB and a check of so much plain text in files of 20 KB, in seconds on the clock, medians. Every
tool runs as people start it; claimlint is shown with one process besides. Peers that take a list of words get one of what
is marked in the examples of the core rules, a small part of what claimlint looks for; claimlint takes it too, in a row of
its own. proselint, write-good and alex have lists of their own.
A tool that is neither in --tools nor on PATH is named as missing.

To have them all:  python -m venv peers && peers/bin/pip install proselint semgrep
                   npm install --prefix peers write-good alex textlint textlint-rule-prh
                   python bench/long/peers.py --tools peers/bin:peers/node_modules/.bin
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))

from cold_start import pages  # noqa: E402
from throughput import MIXES, text  # noqa: E402

ENOUGH = 300
"""Seconds after which a tool is given up."""


class Tool(NamedTuple):
    """A program, how it is asked to check files, and how many it takes at once (0: as many as fit a command line)."""

    name: str
    program: str
    arguments: Callable[[Path, list[str]], list[str]]


def phrases() -> list[str]:
    """The words that are marked in the examples of the core rules, where they are plain words."""
    from claimlint.rules import load
    from claimlint.rules.testing import examples

    marked = {
        example.text[start:end].lower()
        for rule in load().rules
        for example in examples(rule)
        for start, end in example.spans
    }
    return sorted(
        words
        for words in marked
        if all(char.isascii() and (char.isalpha() or char in " '-") for char in words)
    )


def settings(folder: Path, words: list[str]) -> None:
    """The list of words in the form that each peer takes."""
    (folder / "words.txt").write_text("\n".join(words) + "\n", "utf-8")
    (folder / "prh.yml").write_text(
        json.dumps(
            {"version": 1, "rules": [{"expected": "reviewed", "pattern": rf"/\b(?:{'|'.join(words)})\b/i"}]}
        ),
        "utf-8",
    )
    (folder / ".textlintrc.json").write_text(
        json.dumps({"rules": {"prh": {"rulePaths": [str(folder / "prh.yml")]}}}), "utf-8"
    )
    one = {
        "id": "words",
        "languages": ["generic"],
        "severity": "WARNING",
        "message": "claim",
        "pattern-regex": r"(?i)\b(?:" + "|".join(words) + r")\b",
    }
    (folder / "semgrep.yml").write_text(json.dumps({"rules": [one]}), "utf-8")
    listed = {
        "title": "listed words",
        "kind": "phrase",
        "category": "proof",
        "severity": "warning",
        "confidence": "high",
        "message": '"{quote}" is on the list.',
        "why": "It is on the list of this comparison.",
        "suggest": ["Take it out."],
        "sources": ["https://claimlint.example/words"],
        "match": {"phrases": words},
        "since": "0.1.0",
        "examples": {"flag": [f"It is [[{word}]]." for word in words[:2]], "pass": ["Rest.", "Sleep."]},
    }
    (folder / "words").mkdir()
    (folder / "words" / "pack.yaml").write_text("title: Words\n", "utf-8")
    (folder / "words" / "listed.yaml").write_text(json.dumps(listed), "utf-8")
    styles = folder / "styles" / "Claims"
    styles.mkdir(parents=True)
    tokens = "".join(f"  - {json.dumps(word)}\n" for word in words)
    (styles / "Words.yml").write_text(
        f"extends: existence\nmessage: \"'%s'\"\nlevel: error\nignorecase: true\ntokens:\n{tokens}", "utf-8"
    )
    (folder / ".vale.ini").write_text("StylesPath = styles\n[*.{md,txt}]\nBasedOnStyles = Claims\n", "utf-8")


TOOLS = (
    Tool("claimlint", "claimlint", lambda f, files: ["check", *files]),
    Tool("claimlint --jobs 1", "claimlint", lambda f, files: ["check", "--jobs", "1", *files]),
    Tool("claimlint, the same words", "claimlint", lambda f, files: ["check", "--ruleset", "./words", "--select", "words/listed", *files]),
    Tool("proselint", "proselint", lambda f, files: ["check", *files]),
    Tool("write-good", "write-good", lambda f, files: files),
    Tool("alex", "alex", lambda f, files: ["--quiet", *files]),
    Tool("textlint, the same words", "textlint", lambda f, files: ["--config", str(f / ".textlintrc.json"), *files]),
    Tool(
        "Semgrep generic, the same words",
        "semgrep",
        lambda f, files: [*"scan --metrics=off --disable-version-check --jobs=1 --quiet --config".split(), str(f / "semgrep.yml"), *files],
    ),
    Tool("Vale, the same words", "vale", lambda f, files: ["--config", str(f / ".vale.ini"), "--no-exit", *files]),
    Tool("limit: ripgrep, the same words", "rg", lambda f, files: ["-c", "-i", "-w", "-F", "-f", str(f / "words.txt"), "-j", "1", *files]),
)  # fmt: skip


def timed(program: str, arguments: list[str], folder: Path, cache: Path) -> float | None:
    """Seconds on the clock; None where the tool failed to start or took too long."""
    # As installed: byte code is kept, whatever the developer's own environment says of it.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "CLAIMLINT_CACHE_DIR": str(cache)}
    environment |= {"NODE_NO_WARNINGS": "1", "SEMGREP_SEND_METRICS": "off"}
    begun = time.perf_counter()
    try:
        done = subprocess.run(
            [program, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=ENOUGH,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    taken = time.perf_counter() - begun
    if any(sign in done.stdout[:2000] + done.stderr for sign in (b"Traceback", b"    at ")) or (
        done.returncode > 1 and not done.stdout
    ):
        sys.stderr.write(f"{program}: {done.stderr[-300:].decode(errors='replace')}\n")
        return None
    return taken


def measure(
    tool: Tool, program: str, sets: dict[str, list[str]], folder: Path, rounds: int
) -> dict[str, float | None]:
    """The median of each set of files; claimlint finds its rules compiled and no result of an earlier run."""
    out: dict[str, float | None] = {}
    for name, files in sets.items():
        spent: list[float] = []
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as cache:
                if tool.program == "claimlint":
                    for _ in range(3):
                        timed(program, tool.arguments(folder, sets["five files"]), folder, Path(cache))
                taken = timed(program, tool.arguments(folder, files), folder, Path(cache))
            if taken is None:
                break
            spent.append(taken)
            if taken > ENOUGH / 6:
                break  # once is enough to know
        out[name] = statistics.median(spent) if spent else None
    return out


def main() -> None:
    """Prints a table with the ratio to claimlint."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tools", default="")
    parser.add_argument("--megabytes", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    places = os.pathsep.join(
        [
            *(str(Path(one).resolve()) for one in options.tools.split(":") if one),
            str(Path(sys.executable).parent),
            os.environ["PATH"],
        ]
    )
    os.environ["PATH"] = places
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = phrases()
        settings(folder, words)
        small = [Path(path).name for path in pages(folder)]
        large = []
        for number in range(int(options.megabytes * 50)):
            (folder / f"text{number}.txt").write_text(text(MIXES["clinic page"], 20_000, number), "utf-8")
            large.append(f"text{number}.txt")
        sets = {"five files": small, "text": large}
        size = sum((folder / path).stat().st_size for path in large) / 1e6
        print(
            f"{len(words)} phrases; five files of 5 KB; {size:.1f} MB of text in {len(large)} files; medians of {options.rounds}\n"
        )
        print(f"{'':34}{'five files, s':>14}{'times':>8}{'text, s':>10}{'MB/s':>8}{'times':>8}")
        own: dict[str, float | None] = {}
        for tool in TOOLS:
            program = shutil.which(tool.program)
            if program is None:
                print(f"{tool.name:34}{'not here':>14}")
                continue
            told = measure(tool, program, sets, folder, options.rounds)
            own = own or told
            cells = []
            for key in sets:
                taken, base = told[key], own[key]
                cells.append(f"{taken:.2f}" if taken else "failed")
                if key == "text":
                    cells.append(f"{size / taken:.2f}" if taken else "-")
                cells.append(f"{taken / base:.1f}" if taken and base else "-")
            print(
                f"{tool.name:34}{cells[0]:>14}{cells[1]:>8}{cells[2]:>10}{cells[3]:>8}{cells[4]:>8}",
                flush=True,
            )


if __name__ == "__main__":
    main()
