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
        folder: Path, name: str, content: str | bytes, hook: str = "claimlint"
    ) -> subprocess.CompletedProcess[str]:
        git(folder, "init", "-q")
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
            [*command, "--files", name],
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
