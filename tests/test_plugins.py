from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from claimlint import plugins
from claimlint.cli import main
from claimlint.errors import ConfigError
from tests import teampack

MODULE = """
from claimlint.model import Block, Document, Scope

EXTENSIONS = (".zorb",)


def read(path, source):
    return Document(path, "zorb", source, (Block(source.strip(), Scope.PARAGRAPH, ((0, 0, len(source.strip())),)),))


def render(run):
    return f"{len(run.checked)} documents\\n"


def broken():
    raise RuntimeError
"""

POINTS = """
[claimlint.readers]
zorb = zorb_plugin
hollow = json
missing = no_such_module

[claimlint.reporters]
count = zorb_plugin
"""


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A package with entry points, a team's rules, and a file that only the plugin can read."""
    site = tmp_path / "site-packages"
    info = site / "zorb_plugin-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: zorb-plugin\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS)
    (site / "zorb_plugin.py").write_text(MODULE)
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delitem(sys.modules, "zorb_plugin", raising=False)
    teampack.write(tmp_path)
    (tmp_path / "a.zorb").write_text("We zorbify.\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


CHECK = ("check", "--ruleset", "team", "--select", "team/*", "--as-of", "2030-01-15", "--format", "json")


def test_a_plugin_reads_files_only_where_the_settings_name_it(installed, capsys):
    """An installed package does nothing by itself; named, its reader is like any other."""
    assert main([*CHECK, "a.zorb"]) == 2
    assert "zorb_plugin" not in sys.modules
    Path(".claimlint.yaml").write_text("plugins: {readers: [zorb]}\n")
    capsys.readouterr()
    assert main([*CHECK, "."]) == 1
    assert [item["path"] for item in json.loads(capsys.readouterr().out)["findings"]] == ["a.zorb"]


def test_a_plugin_writes_reports_where_the_settings_name_it(installed, capsys):
    """A named reporter is one more format; one that isn't named is unknown."""
    Path("a.md").write_text("Plain.\n")
    assert main(["check", "--format", "count", "a.md"]) == 2
    Path(".claimlint.yaml").write_text("plugins: {reporters: [count]}\n")
    capsys.readouterr()
    assert main(["check", "--format", "count", "a.md"]) == 0
    assert capsys.readouterr().out == "1 documents\n"


@pytest.mark.parametrize(
    ("name", "words"),
    [("zorp", "did you mean 'zorb'"), ("missing", "fails to load"), ("hollow", "lacks EXTENSIONS")],
)
def test_a_plugin_that_cannot_be_used_is_an_error(installed, name, words):
    """A misspelt, broken or unfit plugin is told at the settings file that names it."""
    with pytest.raises(ConfigError, match=words) as caught:
        plugins.readers([name], "site/.claimlint.yaml")
    assert caught.value.path == "site/.claimlint.yaml"
