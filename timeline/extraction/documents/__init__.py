"""Bytes into a document: its text with the role of every block, and what it says about itself. The door is
`read_document`, with `read_html` and `read_text` for what is decoded already.

`formats` tells pages from texts and decodes them; `pages` reads HTML and `blocks` the lines of a plain text, which
`pasted` finds, both by what `furniture` says of one line. A page is parsed once, by `tree`; `data` and `imprint` read
what it states about itself, `lines` what a reader sees and where it stands. From these `headlines`, `authors` and
`publishing` decide who wrote what when, `passages` which lines are the article, `roles` what each of them is, `live`
the posts of a live blog. `publication` reads dates of publication and their zones; `tongue` tells the language.
"""

from timeline.extraction.documents.formats import read_document, read_html, read_text

__all__ = ["read_document", "read_html", "read_text"]
