"""The pre-commit hook, run by the real pre-commit on a scratch repository."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from claimlint.discovery import VENDORED
from claimlint.not_copy import program_file
from claimlint.readers import BINARY, SUFFIXES
from tests.readers.word import docx, p, pdf

ROOT = Path(__file__).parents[1]
BAD = "# Lumora Wellness\n\nOur drops cure multiple sclerosis. Guaranteed. Book a consultation today.\n"
CLAIM = "Our drops cure multiple sclerosis."
_SCRIPT = f'export const page = {{\n  id: "a1",\n  text: "{CLAIM}",\n}};\n'
_MARKUP = f"<div>\n  <p>{{{{ title }}}} {CLAIM}</p>\n</div>\n"
_PLAIN = f"# Lumora\n\nWelcome. {CLAIM}\n"
_VALUES = f"title: Lumora\ntext: {CLAIM}\n"
_CATALOGUE = f'#: page.html:3\nmsgid "{CLAIM}"\nmsgstr ""\n'
_UNIT = f'<xliff version="1.2"><file source-language="en"><trans-unit id="1">\n<source>{CLAIM}</source></trans-unit></file></xliff>\n'
BAD_BY_MODULE = {
    "text": _PLAIN,
    "markdown": _PLAIN,
    "html": f"<!doctype html>\n<p>Welcome.</p>\n<p>Look: {CLAIM}</p>\n",
    "code_js": _SCRIPT,
    "code_json": f'{{\n  "id": "a1",\n  "text": "{CLAIM}"\n}}\n',
    "code_php": f"<?php $x = 1; ?>\n<p>{CLAIM}</p>\n",
    "code_vue": f"<template>\n  <p>{CLAIM}</p>\n</template>\n",
    "code_template": _MARKUP,
    "code_yaml": _VALUES,
    "code_toml": f'title = "Lumora"\ntext = "{CLAIM}"\n',
    "captions": f"WEBVTT\n\n00:01.000 --> 00:02.000\n{CLAIM}\n",
    "csv_table": f"id,headline,text\n1,Lumora drops,{CLAIM}\n",
    "gettext": _CATALOGUE,
    "xliff": _UNIT,
    "mail": f"Subject: News\nContent-Type: text/plain\n\nWelcome.\n\n{CLAIM}\n",
    "mjml": f"<mjml><mj-body><mj-section>\n<mj-text>{CLAIM}</mj-text></mj-section></mj-body></mjml>\n",
}
"""One bad file for each reader of text."""
GOOD = (
    "# Multiple sclerosis\n\nMultiple sclerosis affects nerves. Ask your doctor which treatments suit you.\n"
)


def git(folder: Path, *arguments: str) -> str:
    """Standard output of git in ``folder``, with a made-up identity."""
    identity = [
        "-c",
        "user.name=Ima Madeup",
        "-c",
        "user.email=ima@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def present_files() -> list[str]:
    """The files of this checkout as they are now: tracked and new ones, ignored ones left out."""
    if (ROOT / ".git").exists():
        listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
        return [name for name in listed if name and (ROOT / name).is_file()]
    return [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file()]


@pytest.fixture(scope="session")
def hook_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository with this checkout as it is now, uncommitted changes included."""
    place = tmp_path_factory.mktemp("hook") / "claimlint"
    for name in present_files():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, place / name)
    git(place, "init", "-q")
    git(place, "add", "-A")
    git(place, "commit", "-q", "-m", "The present state")
    return place


@pytest.fixture(scope="session")
def pre_commit(hook_repository: Path, tmp_path_factory: pytest.TempPathFactory) -> object:
    """Runs the hook on one page in a scratch repository."""
    if not shutil.which("pre-commit") and not (Path(sys.executable).with_name("pre-commit")).exists():
        pytest.skip("pre-commit isn't installed")
    home = tmp_path_factory.mktemp("pre-commit-home")

    def run(
        folder: Path, name: str, content: str | bytes = "", hook: str = "claimlint"
    ) -> subprocess.CompletedProcess[str]:
        git(folder, "init", "-q")
        if name != "--all-files":
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        git(folder, "add", "-A")
        command = [
            sys.executable,
            "-m",
            "pre_commit",
            "try-repo",
            str(hook_repository),
            hook,
            "--verbose",
        ]
        environment = {**os.environ, "PRE_COMMIT_HOME": str(home), "CLAIMLINT_CACHE_DIR": str(home / "cache")}
        environment.pop("PYTHONPATH", None)
        return subprocess.run(
            [*command, *([name] if name == "--all-files" else ["--files", name])],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_hook_is_declared_first() -> None:
    """The hook is called claimlint, stands first, and reads the formats that claimlint reads."""
    hook = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))[0]
    assert (hook["id"], hook["entry"], hook["language"]) == ("claimlint", "claimlint check", "python")
    assert hook["require_serial"] is True
    assert [suffix for suffix in SUFFIXES if not re.search(hook["files"], f"page{suffix}")] == []
    assert [suffix for suffix in SUFFIXES if re.search(hook["exclude"], f"content/page{suffix}")] == []
    assert not re.search(hook["files"], "page.py")


def test_every_suffix_has_one_hook() -> None:
    """Whatever has a reader is handed over by the hook for text or by the one for documents, never by both."""
    hooks = {
        hook["id"]: hook["files"]
        for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    }
    text, documents = hooks["claimlint"], hooks["claimlint-documents"]
    for suffix in (*SUFFIXES, *BINARY):
        assert bool(re.search(text, f"page{suffix}")) + bool(re.search(documents, f"page{suffix}")) == 1, (
            suffix
        )


def test_documents_hook_installs_what_reading_needs() -> None:
    """Its extra dependency is the one that the optional part for reading PDF names."""
    hook = next(
        one
        for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
        if one["id"] == "claimlint-documents"
    )
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"][
        "pdf"
    ]
    assert hook["additional_dependencies"] == [one for one in extra if one.startswith("pypdfium2")]


@pytest.mark.parametrize(
    "path",
    [
        *("package.json", "a/package-lock.json", "tsconfig.base.json", ".eslintrc.cjs", ".claimlint.yaml"),
        *(".github/workflows/a.yml", ".pre-commit-config.yaml", ".gitlab-ci.yml", "pnpm-lock.yaml"),
        *("docker-compose.yml", "mkdocs.yml", "openapi.yaml", "swagger.json", "pyproject.toml", "Cargo.toml"),
        *("js/site.min.js", "vite.config.ts", "src/Card.test.tsx", "src/a.d.ts", "wp-includes/js/a.js"),
    ],
)
def test_hook_leaves_programs_out(path: str) -> None:
    """Files that a walk would pass over are not handed to claimlint by name either."""
    hook = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))[0]
    assert re.search(hook["exclude"], path)
    assert program_file(path) or path.split("/", maxsplit=1)[0] in VENDORED


@pytest.mark.parametrize(
    "path", ["vendor.html", "content/en.json", "tests/offer.md", "min/a.html", "a.test.md"]
)
def test_hook_leaves_no_copy_out(path: str) -> None:
    """Copy whose name only resembles a program's is handed over."""
    hook = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))[0]
    assert re.search(hook["files"], path)
    assert not re.search(hook["exclude"], path)


@pytest.mark.hook
def test_hook_fails_on_a_bad_page(pre_commit, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A page that promises a cure fails the commit, and the output shows place, severity and rule."""
    done = pre_commit(tmp_path, "bad.md", BAD)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "bad.md:3:" in done.stdout
    assert "core/" in done.stdout


@pytest.mark.hook
def test_hook_passes_a_good_page(pre_commit, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A neutral page passes."""
    done = pre_commit(tmp_path, "good.md", GOOD)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


@pytest.mark.hook
def test_hook_skips_what_is_no_page(pre_commit, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A program file is not handed to the hook."""
    done = pre_commit(tmp_path, "cures.py", "print('Our drops cure everything')\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Skipped" in done.stdout


@pytest.mark.hook
@pytest.mark.parametrize("name", ["brochure.docx", "brochure.pdf"])
def test_documents_hook_reads_word_and_pdf(pre_commit, tmp_path: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    """A Word or PDF file that promises a cure fails the commit, with the place as page or paragraph."""
    words = "Our drops cure multiple sclerosis."
    data = pdf(words) if name.endswith("pdf") else docx(p(words))
    done = pre_commit(tmp_path, name, data, "claimlint-documents")
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{name}:1:" in done.stdout
    assert ("page 1" if name.endswith("pdf") else "paragraph 1") in done.stdout
    assert "core/cure" in done.stdout


def write_bad_files(folder: Path) -> dict[str, tuple[int, int]]:
    """A bad file for every suffix; where the words stand in each, as line and column."""
    places = {}
    for suffix, module in SUFFIXES.items():
        text = BAD_BY_MODULE[module]
        if suffix == ".srt":
            text = f"1\n00:00:01,000 --> 00:00:02,000\n{CLAIM}\n"
        if suffix == ".tsv":
            text = text.replace(",", "\t")
        if suffix in (".astro", ".svelte"):
            text = f"<p>{CLAIM}</p>\n"
        name = f"bad-{suffix[1:].replace('.', '-')}{suffix}"
        (folder / name).write_text(text, "utf-8")
        at = text.index("cure multiple")
        places[name] = (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    return places


def placed(report: str) -> dict[str, set[tuple[int, int]]]:
    """The places of errors in a report as text, by file."""
    found: dict[str, set[tuple[int, int]]] = {}
    for match in re.finditer(r"^([^\s:]+):(\d+):(\d+) error ", report, re.M):
        found.setdefault(match[1], set()).add((int(match[2]), int(match[3])))
    return found


def test_every_format_is_found_at_its_place(tmp_path: Path) -> None:
    """The command finds the bad words of each format at the right line and column."""
    places = write_bad_files(tmp_path)
    command = [sys.executable, "-m", "claimlint", "check", "--as-of", "2026-11-24", *sorted(places)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    found = placed(done.stdout)
    assert {name: place for name, place in places.items() if place not in found.get(name, ())} == {}
    assert done.returncode == 1, done.stderr


@pytest.mark.hook
def test_hook_finds_the_bad_line_of_every_format(pre_commit, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """One repository with one bad file of each format: the hook names line and column in all of them."""
    places = write_bad_files(tmp_path)
    done = pre_commit(tmp_path, "--all-files")
    found = placed(done.stdout)
    assert {name: place for name, place in places.items() if place not in found.get(name, ())} == {}
    assert done.returncode == 1, done.stdout + done.stderr
