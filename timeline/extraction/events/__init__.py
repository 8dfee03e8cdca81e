"""Who did what, when and where; before and after. The door is `find_events`.

From words to events: `triggers` (words that say that something happened, as `candidates`), `speeches` (speech that is
news), `happenings` (which of them are one event, and which matter), `order`, `titles` and `naming`. The main event has
its own steps: `headlines` (by `segments`, `predicates`, `shortening`), `opening`, and of who takes part `subjects`,
`named` and `unnamed`. `words` is the lexicon, `scene` what the other steps have found in the document.
"""

from timeline.extraction.events.happenings import find_events

__all__ = ["find_events"]
