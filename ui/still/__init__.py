"""Pages that stand still: what the app draws, as HTML, before it has arrived, without it, and in files that travel.

Everything here comes from the same parsed lessons, statements and functions that the app draws with, and nothing here needs a
session: `statements.reader.reading` says who reads.
"""
