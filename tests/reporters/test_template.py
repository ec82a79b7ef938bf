"""Reports in a form of the user's own, and what a template can't do."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimlint.cli import main
from claimlint.errors import UsageError
from claimlint.reporters.template import render_template

from . import runs


def made(folder: Path, text: str, name: str = "mine.txt.j2", run=runs.mixed) -> str:
    """What a template makes of a standard run."""
    (folder / name).write_text(text, encoding="utf-8")
    return render_template(run(), str(folder / name))


def test_a_template_sees_the_json_report(tmp_path):
    """Findings, counts, failures and the filters are there; other templates of the folder can be included."""
    (tmp_path / "line.txt.j2").write_text("{{ finding.rule }} {{ finding.line or 1 }}\n", encoding="utf-8")
    text = (
        "{{ summary.errors|plural('error') }}\n{% for finding in findings %}\n{% include 'line.txt.j2' %}\n"
        "{% endfor %}\n{% for failure in failures %}{{ failure.path }}{% endfor %}"
    )
    out = made(tmp_path, text)
    assert out.startswith("3 errors\ncore/overclaim/hype 5\n")
    assert out.count("\n") == 6
    assert runs.failures().failures[0].path in made(tmp_path, text, run=runs.failures)


@pytest.mark.parametrize(
    ("name", "escaped"), [("a.html", True), ("a.html.j2", True), ("a.xml", True), ("a.txt", False)]
)
def test_values_are_escaped_in_markup(tmp_path, name, escaped):
    """In HTML and XML what stands in the copy stays text."""
    out = made(tmp_path, "{{ findings[0].message }}", name, run=runs.hostile)
    assert ("<script>" in out) is not escaped
    assert ("&lt;script&gt;" in out) is escaped
    assert out.encode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ok\n{% if %}", r"mine\.txt\.j2:2: "),
        ("{{ nothing.at.all }}", "'nothing' is undefined"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ findings.append(1) }}", "append|unsafe|not safely"),
        ("{{ 1 / 0 }}", "ZeroDivisionError"),
        ("{% include '../../etc/hostname' %}", "hostname"),
    ],
)
def test_mistakes_and_escapes_end_in_one_message(tmp_path, text, said):
    """A template that is wrong or reaches out of its sandbox is refused with the reason."""
    with pytest.raises(UsageError, match=said):
        made(tmp_path, text)


def test_on_the_command_line(tmp_path, monkeypatch, capsys):
    """The option and the format go together; the exit status is that of any check."""
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text("Our drops are proven to cure multiple sclerosis.", encoding="utf-8")
    Path("t.txt").write_text(
        "{{ findings|length > 0 }} {{ documents[0].credibility.score is number }}", encoding="utf-8"
    )
    assert (
        main(["check", "--as-of", "2026-11-24", "--format", "template", "--template", "t.txt", "page.txt"])
        == 1
    )
    assert capsys.readouterr().out == "True True"
    for arguments in (
        ["--template", "t.txt"],
        ["--format", "template"],
        ["--format", "template", "--template", "no.txt"],
    ):
        assert main(["check", *arguments, "page.txt"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "go together" in said.err
    assert "no.txt: there is no such file" in said.err


def test_annotations_are_the_default_in_actions(tmp_path, monkeypatch, capsys):
    """In a job of GitHub Actions findings become annotations, unless a format or a file is asked for."""
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text("Our drops are proven to cure multiple sclerosis.", encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    arguments = ["check", "--as-of", "2026-11-24", "page.txt"]
    main(arguments)
    assert capsys.readouterr().out.startswith("::warning file=page.txt,line=1")
    main([*arguments, "--format", "text"])
    assert capsys.readouterr().out.startswith("page.txt:1:")
    main([*arguments, "-o", "out.txt"])
    assert Path("out.txt").read_text(encoding="utf-8").startswith("page.txt:1:")
    monkeypatch.delenv("GITHUB_ACTIONS")
    main(arguments)
    assert capsys.readouterr().out.startswith("page.txt:1:")
