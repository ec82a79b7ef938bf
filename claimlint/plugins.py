"""Readers, matchers and reporters from other packages, loaded only where the settings name them.

Looking for entry points costs more than checking a page, and running other people's code is a decision:
both are made by name or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from claimlint.errors import ConfigError, did_you_mean

KINDS = ("readers", "matchers", "reporters")


def load(kind: str, names: Iterable[str], origin: str = "") -> dict[str, Any]:
    """The entry points ``claimlint.<kind>`` with these names, loaded, in the order named.

    Raises ConfigError (at ``origin``, the settings file) for a name that no installed package offers and for
    one that fails while it is loaded.
    """
    wanted = list(names)
    if not wanted:
        return {}
    from importlib.metadata import entry_points

    offered = {point.name: point for point in entry_points(group=f"claimlint.{kind}")}
    loaded = {}
    for name in wanted:
        if name not in offered:
            hint = did_you_mean(name, tuple(offered))
            message = (
                f"plugins.{kind}: no installed package offers '{name}'{hint}; install it, or remove the name"
            )
            raise ConfigError(message, origin)
        try:
            loaded[name] = offered[name].load()
        except Exception as error:
            cause = f"{type(error).__name__}: {error}"
            message = f"plugins.{kind}: '{name}' ({offered[name].value}) fails to load: {cause}"
            raise ConfigError(message, origin) from error
    return loaded


def readers(names: Iterable[str], origin: str = "") -> dict[str, Any]:
    """Plugin readers by suffix; each is a module or object with EXTENSIONS and read(path, source)."""
    by_suffix = {}
    for name, plugin in load("readers", names, origin).items():
        extensions, read = getattr(plugin, "EXTENSIONS", None), getattr(plugin, "read", None)
        if not extensions or not callable(read):
            raise ConfigError(f"plugins.readers: '{name}' lacks EXTENSIONS or read(path, source)", origin)
        by_suffix.update({suffix.lower(): read for suffix in extensions})
    return by_suffix
