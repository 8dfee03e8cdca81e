"""Bytes into a document: its text with the role of every block, and what it says about itself. The door is
`read_document`, with `read_html` and `read_text` for what is decoded already.

`formats` tells pages from texts and decodes them; `pages` reads HTML, with what `imprint` finds in its data; `blocks`
gives the lines of a text their roles, by what `furniture` says of one; `publication` reads dates of publication and
their zones; `tongue` tells the language.
"""

from timeline.extraction.documents.formats import read_document, read_html, read_text

__all__ = ["read_document", "read_html", "read_text"]
