"""A linter for health claims."""

__version__ = "0.1.0"
