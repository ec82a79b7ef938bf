"""``claimlint check --fix`` and ``--diff``: the part of check that changes files, imported only when asked for."""

from __future__ import annotations

from typing import Any


def carry_out(result: Any, paths: Any, options: Any, values: dict[str, Any]) -> tuple[Any, str | None]:
    """The result after the rewrites, and the diff to print where only that was asked for.

    Only findings of ``result`` are rewritten, so that --since and a baseline limit what is touched.
    """
    from claimlint import live, runner
    from claimlint.commands import fixing
    from claimlint.errors import UsageError
    from claimlint.output import say
    from claimlint.reporters import view

    if values["fix"] and values["diff"]:
        raise UsageError("--diff shows what --fix would do: ask for one of them")
    if values["fix"] and any(item.document.path == "-" for item in result.run.checked):
        raise UsageError("standard input can't be rewritten: name a file, or use --diff")
    fixed = fixing.fix_all(result.run.checked, live.checker(options), unsafe=values["unsafe"])
    for item in fixed:
        for reason in item.refused:
            say(f"claimlint: {item.path}: not rewritten: {reason}")
    count = sum(item.applied for item in fixed)
    if values["diff"]:
        say(f"claimlint: {view.count(count, 'rewrite')} would be made")
        return result, fixing.diff(fixed)
    files = fixing.write(fixed)
    say(f"claimlint: {view.count(count, 'rewrite')} made in {view.count(files, 'file')}")
    if not files:
        return result, None
    after = runner.run(paths, options)
    if values["since"] is not None:
        from claimlint.cli.check import since

        after = since(after, values["since"], paths)
    return after, None
