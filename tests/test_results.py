"""Outcomes of earlier runs are used for files that have not changed, and for nothing else."""

from __future__ import annotations

import os
import pickle
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from claimlint import checking, results, runner, workload
from claimlint.cli import main
from claimlint.rules import cache
from claimlint.settings_search import Options
from tests.teampack import RULE

TEXT = "# Lumora\n\nOur drops cure arthritis, page {}.\n"
DAY = date(2030, 1, 1)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of pages with a cache of its own, which is the working directory."""
    own = tmp_path / "cache"
    own.mkdir()
    for entry in Path(str(cache.folder())).glob(
        "*.bin"
    ):  # compiled rules: making them anew is for other tests
        if not entry.name.startswith("results"):
            os.link(entry, own / entry.name)
    monkeypatch.setenv("CLAIMLINT_CACHE_DIR", str(own))
    folder = tmp_path / "site"
    folder.mkdir()
    for number in range(workload.FEW_FILES + 2):
        (folder / f"page{number:02}.md").write_text(TEXT.format(number), "utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[runner.Result, int]]:
    """Runs a check in this process and says how many files it had to check."""
    count = [0]
    real = checking._checked

    def counted(*arguments: object) -> object:
        count[0] += 1
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "_checked", counted)

    def run(**options: object) -> tuple[runner.Result, int]:
        count[0] = 0
        result = runner.run(["."], Options(**{"as_of": DAY, "jobs": 1, **options}))  # type: ignore[arg-type]
        return result, count[0]

    return run


def test_unchanged_files_are_not_checked_again(site, checked):
    """The second run checks nothing and says the same, findings, fixes and all."""
    first, cold = checked()
    second, warm = checked()
    assert (cold, warm) == (workload.FEW_FILES + 2, 0)
    assert second.run == first.run
    assert sum(len(item.findings) for item in second.run.checked) >= workload.FEW_FILES


def test_a_changed_file_alone_is_checked_again(site, checked):
    """Its neighbours are known."""
    checked()
    (site / "page03.md").write_text("# Lumora\n\nPlain words.\n", "utf-8")
    result, count = checked()
    assert count == 1
    assert not [f for item in result.run.checked for f in item.findings if f.path == "page03.md"]
    assert [item.document.path for item in result.run.checked] == sorted(p.name for p in site.iterdir())


def test_a_moved_file_is_checked_again(site, checked):
    """A result names the path, so it belongs to one."""
    checked()
    (site / "page03.md").rename(site / "other.md")
    result, count = checked()
    assert count == 1
    assert [f.path for item in result.run.checked for f in item.findings if f.path == "other.md"]


@pytest.mark.parametrize(
    "options",
    [
        {"as_of": date(2030, 1, 2)},
        {"profile": "regulator"},
        {"select": ("core/cure/*",)},
        {"min_confidence": "high"},
        {"scorecards": True},
        {"graded": True},
        {"isolated": True},
        {"jurisdiction": "eu"},
    ],
)
def test_what_is_asked_belongs_to_the_result(site, checked, options):
    """Another day, profile, choice of rules or report: every file is checked."""
    checked()
    assert checked(**options)[1] == workload.FEW_FILES + 2
    assert checked(**options)[1] == 0
    assert checked()[1] == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".claimlint.yaml", "severity: {cure: note}\n"),
        (".claimlint.yaml", "rulesets: [./own]\n"),
        (".claimlint.yaml", "lexicon: {products: [Madeup drops]}\n"),
        (".claimlint.yaml", "overrides:\n  - paths: [page0*]\n    severity: {cure: warning}\n"),
    ],
)
def test_settings_and_rules_belong_to_the_result(site, checked, name, text):
    """Settings, a team's rules and its words: every file is checked when they change."""
    own = site / "own"
    own.mkdir()
    rule = RULE.format(word="madeupword", category="superiority", severity="note", confidence="high")
    (own / "mine.yaml").write_text(rule, "utf-8")
    (site / ".claimlint.yaml").write_text("exclude: [own/]\n", "utf-8")
    checked()
    (site / name).write_text("exclude: [own/]\n" + text, "utf-8")
    assert checked()[1] == workload.FEW_FILES + 2
    assert checked()[1] == 0
    if "own" in text:
        (own / "mine.yaml").write_text(
            (own / "mine.yaml").read_text("utf-8").replace("madeup", "made-up"), "utf-8"
        )
        assert checked()[1] == workload.FEW_FILES + 2


def test_a_baseline_belongs_to_the_result(site, checked):
    """What it holds back is counted in a warm run as in a cold one."""
    main(["baseline", "create", "."])
    first, _ = checked(baseline=".claimlint-baseline")
    second, count = checked(baseline=".claimlint-baseline")
    assert count == 0
    assert second.run.held_back == first.run.held_back >= workload.FEW_FILES


def test_a_footer_elsewhere_is_never_taken_for_unchanged(site, checked):
    """A page that counts on another file is checked in every run."""
    (site / "foot.html").write_text("<footer>Results vary.</footer>", "utf-8")
    (site / ".claimlint.yaml").write_text(
        'notices:\n  - provided_by: foot.html\n    for: ["*.md"]\n', "utf-8"
    )
    checked()
    assert checked()[1] == workload.FEW_FILES + 3


def test_few_files_keep_nothing(site, checked, tmp_path):
    """A hook's handful of files is checked as it is."""
    for number in range(4):
        (site / f"page{number:02}.md").unlink()
    checked()
    assert not (tmp_path / "cache" / "results").exists()
    assert checked()[1] == workload.FEW_FILES - 2


def test_no_cache_neither_asks_nor_keeps(site, checked, tmp_path):
    """--no-cache checks every file, and leaves nothing behind."""
    checked(cache=False)
    assert not (tmp_path / "cache" / "results").exists()
    checked()
    assert checked(cache=False)[1] == workload.FEW_FILES + 2


class _Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("made-by-a-result",)


def _signed(payload: bytes) -> bytes:
    packed = zlib.compress(payload)
    return zlib.crc32(packed).to_bytes(4, "little") + packed


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[:40],
        lambda data: b"\0" * 4 + data[4:],
        lambda data: data[:200] + b"!" + data[201:],
        lambda data: _signed(b"no pickle"),
        lambda data: _signed(pickle.dumps(_Evil())),
        lambda data: os.urandom(3000),
    ],
)
def test_a_spoilt_result_is_not_trusted(site, checked, tmp_path, spoilt):
    """Cut, changed or forged: the file is checked, the report is the same, and nothing of the entry runs."""
    first, _ = checked()
    entries = sorted((tmp_path / "cache" / "results").iterdir())
    assert len(entries) == workload.FEW_FILES + 2
    for entry in entries:
        entry.write_bytes(spoilt(entry.read_bytes()))
    second, count = checked()
    assert count == workload.FEW_FILES + 2
    assert second.run == first.run
    assert not Path("made-by-a-result").exists()
    assert checked()[1] == 0


def test_a_cache_that_cannot_be_written_is_not_fatal(site, checked, tmp_path):
    """Where the folder is a file, every run checks."""
    (tmp_path / "cache").mkdir(exist_ok=True)
    (tmp_path / "cache" / "results").write_text("in the way", "utf-8")
    assert checked()[1] == workload.FEW_FILES + 2
    assert checked()[1] == workload.FEW_FILES + 2


def test_the_oldest_are_thrown_away(site, checked, tmp_path, monkeypatch):
    """The folder does not grow for ever."""
    monkeypatch.setattr(results, "_MOST", 10)
    monkeypatch.setattr(results, "_AFTER", 5)
    checked()
    assert len(list((tmp_path / "cache" / "results").iterdir())) == 5


def test_processes_keep_results_too(site, checked):
    """Files checked side by side are known in the next run."""
    checked(jobs=2)
    assert checked()[1] == 0


def test_failures_are_told_every_time(site, checked):
    """A file that can't be read is no result."""
    (site / "bad.md").write_bytes(b"\xff\xfe\x00broken")
    (site / "worse.md").write_bytes(b"caf\xe9")
    first, _ = checked()
    second, count = checked()
    assert first.run.failures == second.run.failures != ()
    assert count == len(first.run.failures)
