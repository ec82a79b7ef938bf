"""``claimlint rules``: lists, shows, tests and starts rules.

People who write rules need nothing else, and no Python.
"""

from __future__ import annotations

import os

import click

_RULESET = click.option(
    "--ruleset", "rulesets", multiple=True, metavar="NAME|FOLDER", help="Add a pack or folder."
)


@click.group()
def rules() -> None:
    """List, show, test and start rules."""


@rules.command("list")
@_RULESET
@click.argument("names", nargs=-1)
@click.option("--format", "format_", default="text", type=click.Choice(["text", "json"]))
def list_rules(names: tuple[str, ...], rulesets: tuple[str, ...], format_: str) -> int:
    """List all rules, or those that NAMES mean (ids, patterns, categories)."""
    from claimlint import output
    from claimlint.api import load_rules
    from claimlint.commands import rule_pages
    from claimlint.triage import housekeeping

    ruleset = load_rules(*rulesets)
    chosen: tuple[object, ...] = (*ruleset.rules, *housekeeping.RULES)
    picked = rule_pages.pick((*ruleset.rules, *housekeeping.RULES), names) if names else chosen
    text = rule_pages.listing if format_ == "text" else lambda found: rule_pages.as_json(found, ruleset)
    output.emit(text(picked), None)  # type: ignore[arg-type]
    return 0


@rules.command("show")
@_RULESET
@click.argument("names", nargs=-1, required=True, metavar="RULE...")
@click.option("--format", "format_", default="text", type=click.Choice(["text", "json"]))
def show(names: tuple[str, ...], rulesets: tuple[str, ...], format_: str) -> int:
    """Show rules in full."""
    from claimlint.cli.explain import print_rules

    return print_rules(names, rulesets, format_)


@rules.command("test")
@_RULESET
@click.argument("names", nargs=-1, metavar="[RULE|FILE|FOLDER]...")
def test(names: tuple[str, ...], rulesets: tuple[str, ...]) -> int:
    """Run the examples of all rules, or of those named by id, file or folder."""
    from claimlint import output
    from claimlint.api import load_rules
    from claimlint.commands import rule_pages, rule_tests
    from claimlint.reporters import view

    paths = [name for name in names if os.path.exists(name)]
    ruleset = load_rules(*rulesets)
    chosen = rule_tests.in_files(ruleset.rules, paths)
    if paths and not chosen:
        folders = [path if os.path.isdir(path) else os.path.dirname(os.path.abspath(path)) for path in paths]
        ruleset = load_rules(*rulesets, *map(os.path.abspath, folders))
        chosen = rule_tests.in_files(ruleset.rules, paths)
    ids = [name for name in names if name not in paths]
    if ids:
        chosen += rule_pages.pick(ruleset.rules, ids)
    if not names:
        chosen = ruleset.rules
    count = 0
    for rule, problem in rule_tests.problems(ruleset, chosen):
        count += 1
        output.emit(f"{rule.origin or rule.id}: {rule.id} {problem}\n", None)
    output.say(f"claimlint: {view.count(len(chosen), 'rule')} tested, {view.count(count, 'example')} amiss")
    return 2 if not chosen else 1 if count else 0


@rules.command("new")
@click.argument("name")
@click.option("--folder", default="compliance", show_default=True, help="Where your own rules live.")
def new(name: str, folder: str) -> int:
    """Start the rule NAME (such as hype/miracle-word) from a template that already passes its test."""
    from claimlint import output
    from claimlint.commands import scaffold

    path = scaffold.new_rule(name, folder)
    output.say(f"claimlint: wrote {path}; fill it in, then run  claimlint rules test {path}")
    return 0
