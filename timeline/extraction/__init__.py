"""Reads articles: bytes in, mentions out, each with the span that proves it.

Pure: no Django, no network, no database, no settings, no clock. The door is `pipeline.extract`, from the shell
`python -m timeline.extraction FILE...`.
"""
