"""Reading by word lists and labels alone: what every language gets that has a folder in the lexicon and no rules of its
own. The doors are `find_actors`, `find_places`, `find_statements` and `find_events`.

`wording` holds the words of one language; `names` finds capitalised and known names, `actors` makes one actor of all
that names one, `offices` reads who is what; `places` takes what a preposition says to be one; `speech` lays quotation
marks and reporting words over a paragraph, `speakers` finds who is meant, `statements` says who said what; `headline`
makes the main event of the headline. What a language's folder does not hold is left out, never guessed.
"""

from timeline.extraction.plain.actors import find_actors
from timeline.extraction.plain.headline import find_events
from timeline.extraction.plain.places import find_places
from timeline.extraction.plain.statements import find_statements

__all__ = ["find_actors", "find_events", "find_places", "find_statements"]
