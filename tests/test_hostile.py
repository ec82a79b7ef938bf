"""Files made to break the tool: each gets one clear message and exit status 2, and the files beside it are still checked."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from bench.long import fuzz_targets
from claimlint import loading
from claimlint.cli import main
from claimlint.discovery import Target
from claimlint.errors import ConfigError, ReadError, RuleError
from tests.readers.word import packed

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document>&b;</w:document>'
RELATIONS = "<Relationships/>"


def bomb(name: str) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as part,
    ):
        for _ in range(50):
            part.write(b"<w>" + b" " * 1_000_000)
    return out.getvalue()


BAD = {
    "big.txt": (b"Our serum cures eczema.\n" * 2_100_000, "limit is 10,000,000"),  # 50 MB
    "line.txt": (b"Our serum cures eczema. " * 840_000, "limit is 10,000,000"),  # a line of 20 MB
    "latin.md": (b"caf\xe9 cures eczema", "not valid UTF-8"),
    "binary.txt": (b"\x7fELF\0\0\0", "binary data"),
    "half.html": (b"\xff\xfe<\0p", "not valid utf-16-le"),
    "bomb.docx": (bomb("word/document.xml"), "unpacks to more than"),
    "bomb.pptx": (bomb("ppt/presentation.xml"), "unpacks to more than"),
    "entities.docx": (packed({"word/document.xml": ENTITIES}), "declares a document type"),
    "entities.pptx": (packed({"ppt/presentation.xml": ENTITIES}), "declares a document type"),
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_text("Our serum cures eczema.\n", encoding="utf-8")
    return tmp_path


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict, str]:
    status = main(
        ["check", "--format", "json", "--no-cache", "--jobs", "1", "--as-of", "2026-11-24", *arguments]
    )
    out, err = capsys.readouterr()
    return status, json.loads(out) if out.strip() else {}, err


def test_each_bad_file_is_told_and_the_good_one_checked(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sizes, encodings, bombs, entities, pipes and loops in one folder: a message for each, and the finding of the good page."""
    for name, (data, _) in BAD.items():
        (here / name).write_bytes(data)
    wanted = {name: said for name, (_, said) in BAD.items()}
    if hasattr(os, "mkfifo"):
        os.mkfifo(here / "pipe.txt")
        wanted["pipe.txt"] = "a pipe"
    (here / "again.txt").symlink_to("again.txt")
    wanted["again.txt"] = "link"
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        (here / "locked.txt").write_text("x")
        (here / "locked.txt").chmod(0)
        wanted["locked.txt"] = "ermission"
    status, report, _ = checked(capsys, ".")
    assert status == 2
    failures = {one["path"]: one["reason"] for one in report["failures"]}
    assert sorted(failures) == sorted(wanted)
    for name, said in wanted.items():
        assert said in failures[name], failures[name]
        assert "\n" not in failures[name]
    assert {one["path"] for one in report["findings"]} == {"good.txt"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep.html", "<div>" * 100_000 + "It cures eczema." + "</div>" * 100_000),
        ("deep.md", "> " * 100_000 + "It cures eczema."),
        ("deep.jsx", "export default () => " + "<div>" * 100_000 + "It cures eczema." + "</div>" * 100_000),
        ("deep.json", "[" * 100_000 + '"It cures eczema, says the page."' + "]" * 100_000),
        ("deep.yaml", LAUGHS + "title: It cures eczema and much else\n"),
        ("front.md", f"---\n{LAUGHS}title: It cures eczema\n---\n\nText.\n"),
        ("wide.txt", "It cures eczema " * 6_000),  # a line of 96 KB that is one sentence
        ("spaces.csv", "headline\ttext\nx" + "<p>~" * 200_000),
    ],
)
def test_deep_wide_and_laughing_files_end(
    here: Path, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    """What is merely odd is read or refused with a message, never a defect of claimlint; the good page is checked."""
    (here / name).write_text(text, encoding="utf-8")
    status, report, _ = checked(capsys, ".")
    assert status in (1, 2)
    assert all("claimlint itself failed" not in one["reason"] for one in report["failures"])
    assert "good.txt" in {one["path"] for one in report["findings"]}


@pytest.mark.parametrize(
    ("file", "option"),
    [(".claimlint.yaml", ()), ("own/rule.yaml", ("--ruleset", "./own")), ("evidence.yaml", ())],
)
def test_laughs_in_settings_rules_and_evidence_are_refused(
    here: Path, capsys: pytest.CaptureFixture[str], file: str, option: tuple[str, ...]
) -> None:
    """A file that would grow without bound stops the run with its name and line, before anything is built of it."""
    (here / file).parent.mkdir(exist_ok=True)
    (here / file).write_text(LAUGHS, encoding="utf-8")
    if file == "evidence.yaml":
        (here / ".claimlint.yaml").write_text("evidence: [evidence.yaml]\n")
    status, _, err = checked(capsys, *option, "good.txt")
    assert status == 2
    assert Path(file).name in err
    assert "alias" in err


def test_a_file_that_changes_while_it_is_read(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that grows under the reader's hands is told, because half of it was not seen."""
    path = here / "log.txt"
    path.write_text("It cures eczema.\n")
    asked = os.fstat

    def grown(handle: int) -> os.stat_result:
        found = asked(handle)
        with path.open("a") as file:
            file.write("more\n")
        return found

    monkeypatch.setattr(os, "fstat", grown)
    with pytest.raises(ReadError, match="changed while it was read"):
        loading.read_file(Target("log.txt", str(path)))


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("(" * 5000 + "a" + ")" * 5000, "nested too deeply"),
        ("(?:(?:a?){9999}){9999}b", "more than 10,000 turns"),
        ("a{99999999}", "more than 10,000 turns"),
        ("((a?)*)*", "matches nothing at all"),
        ("(a", "can't compile"),
    ],
)
def test_an_expression_that_can_not_be_used(
    here: Path, capsys: pytest.CaptureFixture[str], expression: str, said: str
) -> None:
    """A team's expression that nests too deep or does nothing for ever is told with its file and line."""
    (here / "own").mkdir()
    sound = fuzz_targets._OWN_RULE.replace("\\bflimb\\w+\\s+\\d+", expression)
    assert expression in sound
    (here / "own/rule.yaml").write_text(sound, encoding="utf-8")
    status, _, err = checked(capsys, "--ruleset", "./own", "good.txt")
    assert status == 2
    assert "own/rule.yaml:" in err
    assert said in err
    assert "Traceback" not in err


def test_errors_have_one_exit_status() -> None:
    """Every error of an input says 2, whoever raises it."""
    assert {kind.exit_status for kind in (ConfigError, ReadError, RuleError)} == {2}
