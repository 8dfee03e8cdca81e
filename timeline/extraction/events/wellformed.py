"""Titles judged by their words: which are no sentence, and which only the text around makes plain."""

from __future__ import annotations

import re
from collections.abc import Iterable

from timeline.extraction.events.words import event_words

OPENING, CLOSING = "“([", "”)]"
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)[‘'][^’']*[’'](?!\w)")
WORD = re.compile(r"[\w’'.-]+")
# "That that", "that, in general", "many of which", "says that could", "Kyiv says": clauses of which a part was left
# behind.
TORN = re.compile(
    r"\bthat,|\bthat (?:that|which|is|are|was|were|has|had|could|would|will|can|may|might|should|took|on \w+day)\b"
    r"|\b(?:says?|said|tells?|adds?|claims?|thinks?|believes?|announces?|spends?)$|\btells? \w+$"
    r"|\bsaid (?:was|were|is|are|had|has)\b|\brules? to be\b"
    r"|^(?:\w+ of )?(?:which|whom|who|that)\b|\b(?:says?|asks?|claims?|estimates?) (?:which|who|what)\b(?! \w+ \w)",
    re.IGNORECASE,
)
# "Lee says a spokeswoman, Lee": who speaks, taken for what is said.
SELF = re.compile(r"(?P<who>\w+(?: \w+)*?) (?:says?|adds?|tells?|notes?|warns?|argues?|explains?) (?:.* )?(?P=who)$")
ASKS = re.compile(r"^(?:is|are|was|were|do|does|did|has|have|can|could|should|would|will)\b", re.IGNORECASE)
NO_ONE = re.compile(r"^(?:any|hardly|no)\b", re.IGNORECASE)


def is_torn(title: str) -> bool:
    """Whether a title built from a sentence has lost words: it ends in "of" or opens a quotation that it does not
    close, asks, or speaks of "me"."""
    if title.count('"') % 2 or any(title.count(a) != title.count(b) for a, b in zip(OPENING, CLOSING, strict=True)):
        return True
    bare = QUOTED.sub(" … ", title)
    words = WORD.findall(bare)
    if len(words) < 2 and bare == title:
        return True
    ends = event_words()["loose_ends"]
    if words and not bare.rstrip().endswith("…") and words[-1].lower() in ends:
        return True
    if any(word.lower() in SPEAKING or word[0] == "-" or word[-1] == "-" for word in words):
        return True
    return bool(TORN.search(bare) or ASKS.match(bare) or NO_ONE.match(bare) or SELF.match(bare))


SPEAKING = frozenset({"i", "my", "me", "we", "our", "you", "your"})
MEN_AND_WOMEN = frozenset({"he", "she", "him", "his", "her", "hers"})
REFERRING = frozenset({"it", "them", "him"})
# Behind these "it" may be the subject of a clause, and that whatever stands before.
CLAUSES = frozenset({"that", "if", "whether", "as", "because", "and", "when", "but", "before", "after", "while", "how"})
TIMES = frozenset({"year", "week", "month", "morning", "evening", "afternoon", "summer", "winter", "spring", "autumn",
                   "fall", "season", "weekend", "decade", "century", "time"})  # fmt: skip


def needs_context(title: str, persons: Iterable[str]) -> bool:
    """Whether a title can be understood only beside its text: "Her party decides", "Smith criticises the move",
    "Senate votes against it". `persons` are the names to which "he" or "she" behind them may point."""
    bare = QUOTED.sub(" … ", title)
    words = [word.lower() for word in WORD.findall(bare)]
    if not words:
        return False
    lexicon = event_words()
    if words[0] in lexicon["pointing"] or words[-1] in lexicon["promising"]:
        return True
    named = min((at for name in persons if (at := title.find(name)) >= 0), default=len(title))
    for match in WORD.finditer(bare):
        if match[0].lower() in MEN_AND_WOMEN and match.start() <= named:
            return True
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if word in REFERRING and before not in CLAUSES:
            return True
        if word in ("this", "these", "same", "similar", "others") and after not in TIMES:
            return True
        if word in ("those", "such") and after not in ("who", "as"):
            return True
        if before == "the" and word == "following":
            return True
        if before in ("the", "that", "a") and word in lexicon["mentioned"] and after not in SPECIFIED:
            return True
    return False


# What tells which of all moves it is.
SPECIFIED = frozenset({"of", "on", "to", "that", "in", "for", "by", "with", "between", "against", "from", "about"})
