"""Who said exactly what. The door is `find_statements`.

`quotations` finds what stands in quotation marks, `passages` lays it over a parsed paragraph, `cues` finds reporting
words, `speakers` their subjects, `attribution` gives quotations to speakers, `reported` finds indirect speech,
`transcripts` interviews by turns, `posts` what was posted, `headlines` words at a name's colon, `media` where it was
said, `confidence` how sure it is; `utterances` makes statements of it all.
"""

from timeline.extraction.statements.utterances import find_statements

__all__ = ["find_statements"]
