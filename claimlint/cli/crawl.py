"""``claimlint crawl``: fetches whole sites into WARC files, politely and within bounds.

The crawler's libraries are an optional part and are imported only here.
"""

from __future__ import annotations

import click


@click.command()
@click.argument("sites", type=click.Path(), metavar="SITES.txt")
@click.option(
    "--out", required=True, metavar="DIR", help="Where the records go; the same folder again goes on."
)
@click.option(
    "--contact", default="", metavar="ADDRESS", help="Web or mail address that site owners can turn to."
)
@click.option(
    "--max-pages", type=click.IntRange(1), default=1000, show_default=True, help="Addresses of one site."
)
@click.option(
    "--max-depth", type=click.IntRange(0), default=8, show_default=True, help="Links from the first page."
)
@click.option(
    "--max-alike",
    type=click.IntRange(1),
    default=200,
    show_default=True,
    help="Addresses that differ only in numbers or a query.",
)
@click.option(
    "--max-bytes",
    type=click.IntRange(1000),
    default=10_000_000,
    show_default=True,
    help="Size of one answer, sent or unpacked.",
)
@click.option(
    "--max-seconds", type=click.FloatRange(0.1), default=30.0, show_default=True, help="Time of one answer."
)
@click.option(
    "--max-minutes",
    type=click.FloatRange(0),
    default=0.0,
    help="End the whole crawl then; it can go on later.",
)
@click.option(
    "--attempts",
    type=click.IntRange(1, 10),
    default=3,
    show_default=True,
    help="Times that a failing address is asked for.",
)
@click.option(
    "--delay",
    type=click.FloatRange(0, 300),
    default=1.0,
    show_default=True,
    help="Seconds between two requests to a site, at least.",
)
@click.option(
    "--per-site",
    type=click.IntRange(1, 8),
    default=1,
    show_default=True,
    help="Requests to a site at the same time.",
)
@click.option(
    "--at-once",
    type=click.IntRange(1, 500),
    default=32,
    show_default=True,
    help="Requests at the same time, to all sites.",
)
@click.option(
    "--allow-network",
    "networks",
    multiple=True,
    metavar="CIDR",
    help="A private network that may be asked (127.0.0.1/32).",
)
@click.option(
    "--render",
    is_flag=True,
    help="Also run each page in a browser; keeps its text and a picture (part 'render').",
)
@click.option("--debug", is_flag=True, help="Show where claimlint itself failed.")
def crawl(
    sites: str,
    out: str,
    contact: str,
    max_pages: int,
    max_depth: int,
    max_alike: int,
    max_bytes: int,
    max_seconds: float,
    max_minutes: float,
    attempts: int,
    delay: float,
    per_site: int,
    at_once: int,
    networks: tuple[str, ...],
    render: bool,
    debug: bool,
) -> int:
    """Fetch whole sites as evidence (optional part 'crawl').

    SITES.txt names one domain or address a line. robots.txt is obeyed, every request and answer is kept
    in DIR/warc, and DIR/crawl.json says what was fetched, what was not, and why.
    """
    from claimlint.errors import MissingExtra, UsageError
    from claimlint.output import say

    try:
        import scrapy  # noqa: F401
        import warcio  # noqa: F401
    except ModuleNotFoundError:
        raise MissingExtra("claimlint crawl", "crawl") from None
    from claimlint.crawl.run import Plan, run
    from claimlint.crawl.scope import Limits
    from claimlint.crawl.sites import read_sites

    try:
        with open(sites, encoding="utf-8") as file:
            listed = read_sites(file.read(), sites)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is no UTF-8 text"
        raise UsageError(f"{sites}: can't be read: {reason}") from None
    if not contact:
        say("claimlint: no --contact: site owners can't tell who is asking")
    limits = Limits(max_pages, max_depth, max_alike, Limits().hops, max_bytes, max_seconds, attempts)
    plan = Plan(listed, out, limits, contact, delay, per_site, at_once, max_minutes * 60, networks, render)
    return _told(run(plan, say), out)


def _told(made: dict[str, object], out: str) -> int:
    """Says how it went; 2 where a site gave nothing or the crawl did not come to its end."""
    from claimlint.output import say
    from claimlint.reporters.view import count

    totals: dict[str, int] = made["summary"]  # type: ignore[assignment]
    rows: list[dict[str, object]] = made["sites"]  # type: ignore[assignment]
    empty = [str(row["site"]) for row in rows if row["state"] == "nothing-fetched"]
    say(
        f"claimlint: {count(totals['pages'], 'page')} of {count(totals['sites'], 'site')}; "
        f"{count(totals['not_fetched'], 'address', 'addresses')} not fetched: {out}/crawl.json says why"
    )
    if empty:
        more = f" and {len(empty) - 5} more" if len(empty) > 5 else ""
        say(f"claimlint: nothing could be fetched of {', '.join(empty[:5])}{more}: don't read them as clean")
    if made["stopped"]:
        say(f"claimlint: stopped early: {made['stopped']}; the same command goes on")
    return 2 if empty or made["stopped"] or totals["incomplete"] else 0
