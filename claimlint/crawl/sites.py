"""Reads the list of sites: one domain or address a line, ``#`` begins a comment.

A site is a host, and ``www.`` before it is the same site; a line that names none is an error with its number.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from claimlint.errors import UsageError

_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\Z")
_SIX = re.compile(r"\[[0-9a-f:.]{2,45}\]\Z")


class Site(NamedTuple):
    """One site: its key (host, with a port where it is not the usual one), and the address to begin at.

    ``bare`` is true where the list named a domain alone, so that http may be tried where https is not served.
    """

    key: str
    start: str
    bare: bool


def read_sites(text: str, name: str) -> list[Site]:
    """The sites of a list in its order, each once; UsageError names the line that can't be used."""
    found: dict[str, Site] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        written = (
            line.split("#", 1)[0].strip() if line.lstrip().startswith("#") else line.split(" #", 1)[0].strip()
        )
        if written:
            site = _site(written, f"{name}:{number}")
            found.setdefault(site.key, site)
    if not found:
        raise UsageError(
            f"{name}: names no site; write one domain or address a line, such as  clinic.example"
        )
    return list(found.values())


def _site(written: str, where: str) -> Site:
    bare = "://" not in written
    try:
        parts = urlsplit(f"https://{written}" if bare else written)
        key = site_key(parts.scheme, parts.hostname, parts.port)
    except ValueError:
        key = None
    if key is None or parts.username is not None or any(char.isspace() for char in written):
        raise UsageError(
            f"{where}: '{written}' is no web site; write a domain or an address that begins with https://"
        )
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    return Site(
        key, f"{parts.scheme}://{_netloc(parts.hostname, parts.port)}{path}{query}", bare and path == "/"
    )


def site_key(scheme: str, host: str | None, port: int | None) -> str | None:
    """The site that an address belongs to; None where it is no web address that can be asked for."""
    if scheme not in ("http", "https") or not host:
        return None
    name = _ascii(host)
    if name is None:
        return None
    usual = port is None or port in (80, 443)
    return name.removeprefix("www.") + ("" if usual else f":{port}")


def key_of(url: str) -> str | None:
    """As ``site_key``, for a whole address."""
    try:
        parts = urlsplit(url)
        return site_key(parts.scheme, parts.hostname, parts.port)
    except ValueError:
        return None


def _netloc(host: str | None, port: int | None) -> str:
    return (_ascii(host or "") or "") + (f":{port}" if port else "")


def _ascii(host: str) -> str | None:
    """A host as it goes over the wire; names in other scripts become their ASCII form."""
    host = host.rstrip(".").lower()
    if ":" in host:
        return f"[{host}]" if _SIX.match(f"[{host}]") else None
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return None
    return host if len(host) <= 253 and _HOST.match(host) else None
