"""Who acts in a document, and the words that refer back to them. The door is `find_actors`.

`sightings` finds names, `standing` says whether a name stands for somebody who acts, `roles` reads offices,
`identities` makes one actor of all that names one, `reference` resolves pronouns and "the president".
"""

from timeline.extraction.actors.identities import find_actors

__all__ = ["find_actors"]
