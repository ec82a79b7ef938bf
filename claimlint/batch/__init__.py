"""Many sites at once: archives in, a Parquet dataset out, which DuckDB, pandas and the reports read.

Everything here arranges work around the one engine; what a page says is judged where it always is. The
libraries it needs are the optional part ``batch``, imported by the functions that use them.
"""
