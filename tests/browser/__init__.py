"""Tests of the reports in a real browser."""
