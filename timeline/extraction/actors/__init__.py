"""Who acts in a document, and the words that refer back to them. The door is `find_actors`.

`sightings` finds names, `conduct` sees what they do, `standing` says whether a name stands for somebody who acts. The
`register` makes one actor of all that names one: `people` enter first, then `bodies`. `roles` reads offices,
`reference` resolves pronouns and "the president", `described` reads those without a name; `identities` is the order.
"""

from timeline.extraction.actors.identities import find_actors

__all__ = ["find_actors"]
