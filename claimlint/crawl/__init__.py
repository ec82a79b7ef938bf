"""Collects whole sites as evidence: politely, within bounds, every request and answer kept in WARC files.

Fetching, throttling and HTTP are Scrapy's; what may be asked for, what was asked and what came of it is kept
here in one database, so that a crawl that was killed goes on where it stood.
"""
