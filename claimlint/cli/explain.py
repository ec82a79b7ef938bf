"""``claimlint explain``: why a rule exists, what it finds and what could stand instead.

It is the command that a report names, so it takes exactly what a report prints: the rule's id.
"""

from __future__ import annotations

import click


def print_rules(names: tuple[str, ...], rulesets: tuple[str, ...], format_: str) -> int:
    """Prints the rules that ``names`` mean; UsageError where one means none."""
    from claimlint import output
    from claimlint.api import load_rules
    from claimlint.commands import rule_pages
    from claimlint.triage import housekeeping

    ruleset = load_rules(*rulesets)
    found = rule_pages.pick((*ruleset.rules, *housekeeping.RULES), names)
    pages = [rule_pages.page(rule, ruleset) for rule in found]
    output.emit(rule_pages.as_json(found, ruleset) if format_ == "json" else "\n".join(pages), None)
    return 0


@click.command()
@click.argument("rule")
@click.option("--ruleset", "rulesets", multiple=True, metavar="NAME|FOLDER", help="Add a pack or folder.")
@click.option("--format", "format_", default="text", type=click.Choice(["text", "json"]))
def explain(rule: str, rulesets: tuple[str, ...], format_: str) -> int:
    """Explain RULE: why it exists, with examples, sources and what could stand instead."""
    return print_rules((rule,), rulesets, format_)
