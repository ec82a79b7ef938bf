"""What lies beside the copy and is none is passed over on a walk, counted, and read when it is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimlint.cli import main
from claimlint.config import Settings
from claimlint.not_copy import TOOL_FILES, built_file, own_material, own_report, program_file
from claimlint.runner import Options, Result, exit_status, run
from tests import teampack


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A working directory with a team's rules in ``team``."""
    teampack.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*paths: str, **options) -> Result:
    values = {"rulesets": (str(Path("team").absolute()),), "jobs": 1, "select": ("team/*",), **options}
    return run(list(paths), Options(**values))


def checked(result: Result) -> list[str]:
    return [item.document.path for item in result.run.checked]


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "path",
    [
        *("package.json", "site/package-lock.json", "tsconfig.base.json", "composer.json", "Cargo.toml"),
        *(".eslintrc.cjs", ".prettierrc.json", "pyproject.toml", "docker-compose.yml", "docker-compose.yaml"),
        *(".github/workflows/a.yml", "a/.github/issue.md", ".gitlab-ci.yml", ".pre-commit-config.yaml"),
        *(
            "mkdocs.yml",
            "openapi.yaml",
            "openapi.v2.json",
            "swagger.json",
            "pnpm-lock.yaml",
            "page.schema.json",
        ),
        *("jquery.js", "js/jquery-3.7.1.js", "site.min.js", "app.bundle.js", "vite.config.ts", "types.d.ts"),
        *(
            "Card.test.tsx",
            "Card.stories.jsx",
            "tests/page.php",
            "wp-content/plugins/x/y.php",
            "Package.JSON",
        ),
    ],
)
def test_parts_of_programs_are_known_by_name(path):
    """Settings, lock files, tests and libraries are told from copy by their names."""
    assert program_file(path)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "treatments.json",
            "content/package.md",
            "services.yaml",
            "faq.toml",
            "en.json",
            "data.js",
            "page.php",
        ),
        *(
            "tests/page.md",
            "test/faq.html",
            "minutes.js",
            "config/treatments.yaml",
            "Card.tsx",
            "spec/offer.html",
        ),
        *(
            "jquery-tips.html",
            "package-deals.json",
            "composers.json",
            ".well-known/page.html",
            "public/vendor.md",
        ),
    ],
)
def test_names_of_copy_are_left_alone(path):
    """Content in the same formats, and pages in any folder, are copy."""
    assert not program_file(path)


def test_the_list_of_names_is_as_it_is_compared():
    """Every name is in lower case and has a suffix, or it could never match."""
    assert [name for name in TOOL_FILES if name != name.lower() or "." not in name.strip(".")] == []


def test_built_scripts_are_known_by_their_content():
    """A banner, a bundler's marks or long lines without spaces tell a built script from a written one."""
    assert built_file("a.js", b"/*! Lib v1 */ var a = 1;")
    assert built_file("a.mjs", "// Copyright © 2020 Lumora\n".encode())
    assert built_file("a.js", b"a(b,c);" * 2_000)
    assert not built_file("a.js", b"const a = 'Calm pads for sore backs';\n" * 2_000)
    assert not built_file("a.json", b"/*! Lib v1 */")


def test_a_walk_counts_what_it_passes_over(here):
    """A page beside programs is checked alone, and each file passed over is counted as skipped."""
    write("site/a.md", "We zorbify.\n")
    write("site/package.json", '{"description": "We zorbify."}')
    write("site/lib.js", "/*! Lib */ const title = 'We zorbify all day';")
    result = check("site")
    assert (checked(result), result.run.skipped) == (["site/a.md"], 2)


@pytest.mark.parametrize("jobs", [1, 2])
def test_named_files_are_read_whatever_they_are(here, jobs):
    """Who names a file asks for an answer about it, also where the folder around it is named too."""
    write("site/package.json", '{"description": "We zorbify."}')
    write("site/lib.js", "/*! Lib */ const title = 'We zorbify all day';")
    wanted = ["site/package.json", "site/lib.js"]
    assert checked(check(*wanted, jobs=jobs)) == wanted
    result = check("site", *wanted, jobs=jobs)
    assert (sorted(checked(result)), result.run.skipped) == (sorted(wanted), 1)
    assert sum(len(item.findings) for item in result.run.checked) == 2


def test_a_folder_of_programs_alone_is_not_clean(here):
    """Where everything was passed over, nothing was checked, and that is a failure."""
    write("site/lib.js", "/*! Lib */ const title = 'We zorbify all day';")
    write("site/package.json", "{}")
    result = check("site")
    assert exit_status(result.run) == 2
    assert result.run.skipped == 2
    assert "2 of a kind that no reader knows, or parts of a program" in result.run.failures[0].reason


def test_own_material_is_never_copy(here):
    """Settings, rules and baselines are neither checked nor failures nor skipped."""
    write(".claimlint.yaml", "rulesets: [./rules]\n")
    write("rules/house/zorb.yaml", (here / "team" / "zorbify.yaml").read_text())
    write("rules/README.md", "We zorbify.\n")
    write("facts/other.yaml", "description: We zorbify.\n")
    write("accepted.txt", "# claimlint baseline 1: We zorbify.\n")
    result = check(".", baseline="accepted.txt")
    assert (checked(result), result.run.skipped, result.run.failures) == (["facts/other.yaml"], 0, ())


def test_own_material_that_is_named_is_left_out_on_purpose(here):
    """A hook that hands over the settings alone passes and says that nothing was checked."""
    write(".claimlint.yaml", "fail_on: note\n")
    result = check(".claimlint.yaml", "team/zorbify.yaml")
    assert exit_status(result.run) == 0
    assert "2 claimlint's own" in result.notes[0]
    write("site/.claimlint.yaml", "fail_on: note\n")
    assert exit_status(check("site").run) == 2


def test_evidence_and_settings_elsewhere_are_own(tmp_path):
    """Files of evidence and the settings file in force are no copy; what stands beside them is."""
    names = {name: str(tmp_path / name) for name in ("facts.yaml", "conf.yaml", "pads.yaml")}
    root = str(tmp_path)
    own = own_material(Settings(root=root, origin=names["conf.yaml"], evidence=(root + "/./facts.yaml",)))
    assert [name for name, path in names.items() if own(path)] == ["facts.yaml", "conf.yaml"]


def test_rules_in_the_settings_folder_hide_no_copy(tmp_path):
    """Where the folder of rules is the whole site, only its YAML is the team's own."""
    own = own_material(Settings(root=str(tmp_path), rulesets=(str(tmp_path),)))
    assert own(str(tmp_path / "rule.yaml"))
    assert not own(str(tmp_path / "page.md"))


def test_settings_that_do_not_count_hide_nothing(here):
    """With --isolated the material's own list of rules can't take a page out of the check."""
    write("site/.claimlint.yaml", "rulesets: [./pages]\n")
    write("site/pages/a.md", "We zorbify.\n")
    assert checked(check("site", isolated=True)) == ["site/pages/a.md"]


def test_a_baseline_that_is_written_is_not_read(here):
    """Updating a baseline with a readable name does not take its own lines for copy."""
    from claimlint.cli import main

    write("a.md", "We zorbify.\n")
    command = ("--ruleset", "team", "--select", "team/*", "--file", "accepted.txt", ".")
    assert main(["baseline", "create", *command]) == 0
    before = Path("accepted.txt").read_text()
    assert main(["baseline", "update", *command]) == 0
    assert Path("accepted.txt").read_text() == before


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("report.html", ["check", "--format", "html"]),
        ("report.json", ["check", "--format", "json"]),
        ("sarif.json", ["check", "--format", "sarif"]),
        ("report.csv", ["check", "--format", "csv"]),
        ("report.md", ["check", "--format", "markdown"]),
        ("report.txt", ["check"]),
        ("claims.json", ["claims", "--format", "json"]),
        ("claims.html", ["claims", "--format", "html"]),
    ],
)
def test_reports_of_our_own_are_no_copy(tmp_path, monkeypatch, capsys, name, options):
    """A report that lies in the folder is passed over and named; by name, or under --isolated, it is read."""
    monkeypatch.chdir(tmp_path)
    Path("page.md").write_text("# Lumora\n\nOur drops cure arthritis and have no side effects.\n", "utf-8")
    main([*options, "-o", name, "page.md"])
    assert Path(name).stat().st_size
    capsys.readouterr()
    main(["check", "--format", "json", "."])
    out, err = capsys.readouterr()
    assert {item["path"] for item in json.loads(out)["documents"]} == {"page.md"}
    assert f"{name} looks like a report of claimlint" in err
    for arguments in (["check", "--isolated", "--format", "json", "."], ["check", "--format", "json", name]):
        main(arguments)
        out, err = capsys.readouterr()
        assert name in {item["path"] for item in json.loads(out)["documents"]}
        assert "looks like a report" not in err


@pytest.mark.parametrize("name", ["page.html", "page.json", "page.md", "page.txt", "page.csv"])
def test_copy_about_claimlint_is_copy(name):
    """A page that only speaks of the program, or begins in a similar way, is read."""
    for text in (
        "<!doctype html><title>claimlint</title>",
        '{"tool": "claimlint"}',
        "## claimlint\n\nWe use it.",
        "a:1: b",
    ):
        assert not own_report(name, text.encode())
