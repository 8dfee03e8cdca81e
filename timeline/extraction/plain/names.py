"""Names as they stand in one paragraph: known ones, and runs of capitalised words.

A run says more than the small models of most languages, which cut names short and take verbs for them; the model only
votes on what a run names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from timeline.extraction.knowledge import Found, Hit, Knowledge
from timeline.extraction.names import fold, words
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.places.gazetteer import is_place
from timeline.extraction.plain.wording import Wording
from timeline.vocabulary import ActorKind

PERSON, BODY, PLACE, OTHER = "person", "body", "place", ""
# Words from one capital to the next: "Ministerio para la Transición", "Juan de la Cruz".
_JOINTS = 3
_LONGEST_PERSON = 5


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A name in a paragraph. `start` and `end` are offsets of the paragraph's text.

    `hits` are its known bearers, `guess` what it names where nobody is known, `title` the word of office or address
    directly before it; `opens` is whether it begins a sentence, where a capital says nothing; `in_office` whether an
    office is told of it, "ministro de Obras Públicas"; `with_article` whether an article stands before it.
    """

    paragraph: Paragraph
    start: int
    end: int
    text: str
    guess: str = OTHER
    hits: tuple[Hit, ...] = ()
    title: str = ""
    opens: bool = False
    in_office: bool = False
    with_article: bool = False

    @property
    def is_alone(self) -> bool:
        return " " not in self.text

    @property
    def where(self) -> tuple[int, int]:
        return self.paragraph.start + self.start, self.paragraph.start + self.end

    @property
    def token(self) -> Token:
        """The word of the name that the sentence hangs it on."""
        span = self.paragraph.doc.char_span(self.start, self.end, alignment_mode="expand")
        assert span is not None
        return span.root


class Names:
    """Finds the names of one paragraph; `found` has them in text order."""

    def __init__(self, paragraph: Paragraph, wording: Wording, knowledge: Knowledge) -> None:
        self.paragraph = paragraph
        self.wording = wording
        self.found: list[Name] = []
        self._words = words(paragraph.text)
        self._tokens = {token.idx: token for token in paragraph.doc}
        known = [found for found in knowledge.find(self._words) if not self._is_small(found)]
        taken: set[int] = set()
        for first, last in self._runs():
            taken |= set(self._take(first, last, [k for k in known if k.first < last and first < k.last]))
        for one in known:
            if not taken & set(range(one.first, one.last)):
                self._add(one.first, one.last, one.hits)
        self.found.sort(key=lambda name: name.start)

    def _is_small(self, found: Found) -> bool:
        """Whether a known name is a small word of the language here: "UN HOMBRE" in a headline of capitals."""
        word = self._words[found.first].text
        return found.last - found.first == 1 and (
            word in self.wording.no_names or self.wording.has("articles", word.lower())
        )

    # --- runs of capitals ----------------------------------------------------------------------------------------

    def _runs(self) -> Iterator[tuple[int, int]]:
        at = 0
        while at < len(self._words):
            if not self._begins(at):
                at += 1
                continue
            last = at + 1
            while (step := self._goes_on(last)) > last:
                last = step
            yield at, last
            at = last

    def _begins(self, n: int) -> bool:
        word = self._words[n]
        if not word.is_capitalised or not word.text[0].isalpha():
            return False
        return word.text not in self.wording.no_names or self._is_noble(n)

    def _is_noble(self, n: int) -> bool:
        """Whether a small word is capitalised for the surname behind it: ", De la Torre dijo"."""
        if n == 0 or not self.wording.has("particles", self._words[n].text.lower()) or self._ends_before(n):
            return False
        return self._goes_on(n + 1) > n + 1

    def _goes_on(self, n: int) -> int:
        """The end of a run that reaches up to a word, with that word and the small words before it; n if it ends."""
        at = n
        while at < len(self._words) and at - n < _JOINTS and self._gap(at) == " " and self._joins(at):
            at += 1
        if at >= len(self._words) or (at > n and self._gap(at) != " "):
            return n
        word = self._words[at]
        if at == n and self._gap(n) == "":
            if word.text == "." and len(self._words[n - 1].text) == 1:
                return n + 1  # an initial
            if word.text in "-'’" and n + 1 < len(self._words) and self._gap(n + 1) == "":
                return n + 2 if self._words[n + 1].text[0].isalpha() else n
            return n
        return at + 1 if self._gap(at) == " " and word.is_capitalised and word.text[0].isalpha() else n

    def _joins(self, n: int) -> bool:
        word = self._words[n].text
        return self.wording.has("inside a body", word) or self.wording.has("particles", word)

    def _gap(self, n: int) -> str:
        return self.paragraph.text[self._words[n - 1].end : self._words[n].start] if n else ""

    # --- what a run is -------------------------------------------------------------------------------------------

    def _take(self, first: int, last: int, known: list[Found]) -> Iterator[int]:
        """The names in a run, and the words they cover."""
        if self._is_spelled_out(first, last):
            self._add(first, last, guess=BODY)
            yield from range(first, last)
            return
        while first < last:
            end = self._body_end(first, last) if self._heads_a_body(first, last) else 0
            whole = next((k for k in known if k.first == first and k.last >= end), None)
            if whole is not None and not self._is_another(whole, last):
                self._add(whole.first, whole.last, whole.hits)
                yield from range(whole.first, whole.last)
                first = self._next(whole.last, last)
                continue
            if end:
                self._add(first, end, guess=BODY)
                yield from range(first, end)
                first = self._next(end, last)
                continue
            stop = next((k.first for k in known if k.first > first and not self._belongs(k, first)), last)
            end = self._person_end(first, min(stop, last))
            inside = [k for k in known if first <= k.first and k.last <= end]
            if not any(k.last - k.first == end - first for k in inside):
                self._add(first, end, guess=self._guess(first, end))
                yield from range(first, end)
            first = self._next(end, last)

    def _next(self, n: int, last: int) -> int:
        while n < last and not self._begins(n):
            n += 1
        return n

    def _is_spelled_out(self, first: int, last: int) -> bool:
        """Whether brackets behind a run give its initials: "Autodefensas Unidas de Colombia (AUC)"."""
        if last + 2 >= len(self._words) or self._words[last].text != "(" or self._words[last + 2].text != ")":
            return False
        initials = "".join(word.text[0] for word in self._words[first:last] if word.is_capitalised)
        return len(initials) > 1 and fold(initials) == fold(self._words[last + 1].text)

    def _heads_a_body(self, first: int, last: int) -> bool:
        return self._words[first].text in self.wording.bodies and last - first > 1

    def _body_end(self, first: int, last: int) -> int:
        """Where a body's name ends: before a person's name, and before an "and" that another body or person follows."""
        n = first + 1
        while n < last:
            start = n
            while n < last and not self._words[n].is_capitalised:
                n += 1
            if n >= last:
                return start
            word = self._words[n].text
            person = self.wording.is_given(word) and n + 1 < last and self._words[n + 1].is_capitalised
            joint = {w.text for w in self._words[start:n]}
            other = any(self.wording.has("and", w) for w in joint) and word in self.wording.bodies
            if n > start and (person or other):
                return start
            n += 1
        return last

    def _is_another(self, known: Found, last: int) -> bool:
        """Whether a known name only begins another one: "Vox Media", a surname before a second capital."""
        if known.last >= last or not known.hits:
            return False
        following = self._words[known.last]
        if not following.is_capitalised or self._gap(known.last) != " ":
            return False
        person = known.hits[0].entry.kind is ActorKind.PERSON
        return not person or all(hit.alias.alone for hit in known.hits)

    def _belongs(self, known: Found, first: int) -> bool:
        """Whether a known name inside a run is part of another one: a surname behind another given name, and so of
        another bearer; a state right behind a capital, "Vía Alemania"."""
        if not known.hits:
            return False
        if known.hits[0].entry.kind is ActorKind.STATE:
            before = self._words[known.first - 1]
            if self.wording.has("and", before.text):  # "Cristina de Borbón y Grecia"
                small = [word.text for word in self._words[first : known.first - 1] if not word.is_capitalised]
                return bool(small) and self.wording.is_given(self._words[first].text)
            return before.is_capitalised and before.text.lower() not in self.wording.titles
        if not all(hit.alias.alone for hit in known.hits):
            return False
        given = self._words[first].text
        own = {fold(part) for hit in known.hits for part in hit.entry.name.split()[:1]}
        return self.wording.is_given(given) and fold(given) not in own

    def _person_end(self, first: int, last: int) -> int:
        """Where a name that is no body's ends: no "and", no second given name after one, no place behind "of"."""
        n = first + 1
        while n < last and n - first < 2 * _LONGEST_PERSON:
            word = self._words[n]
            if word.is_capitalised or not word.text[0].isalpha():
                n += 1
                continue
            joint = n
            while joint < last and not self._words[joint].is_capitalised and self._words[joint].text[0].isalpha():
                joint += 1
            if joint >= last:
                return n
            if any(self.wording.has("and", w.text) for w in self._words[n:joint]):
                # "Cristina de Borbón y Grecia" is one name, "Ana Ruiz y Eva Gil" are two.
                noble = any(not w.is_capitalised for w in self._words[first:n])
                if joint - n > 1 or not noble or self.wording.is_given(self._words[joint].text):
                    return n
                n = joint + 1
                continue
            if not all(self.wording.has("particles", w.text) for w in self._words[n:joint]):
                return n
            behind = self._words[joint].text
            if joint - n == 1 and (is_place(behind) or self.wording.is_given(behind) or behind in self.wording.bodies):
                return n
            if not self.wording.is_given(self._words[first].text) and not self._is_foreign(n, joint):
                return n
            n = joint + 1
        return n

    def _is_foreign(self, n: int, joint: int) -> bool:
        """Whether small words are those of other languages' names: "von der", "bin"."""
        return not any(self.wording.has("inside a body", w.text) for w in self._words[n:joint])

    def _guess(self, first: int, last: int) -> str:
        """What a run names, by its first word, and else by the labels the model gives its words."""
        head = self._words[first].text
        count = sum(word.is_capitalised for word in self._words[first:last])
        if 1 < count <= _LONGEST_PERSON and self.wording.is_given(head):
            return PERSON
        labels = [
            token.ent_type_ for word in self._words[first:last] if (token := self._tokens.get(word.start)) is not None
        ]
        for guess in (PERSON, BODY, PLACE):
            if sum(label in self.wording.labels[guess] for label in labels) * 2 > len(labels):
                return guess
        return OTHER

    def _add(self, first: int, last: int, hits: tuple[Hit, ...] = (), guess: str = OTHER) -> None:
        if not hits and not guess and last - first > 0 and self._words[first].text.islower():
            return
        start, end = self._words[first].start, self._words[last - 1].end
        token = self._tokens.get(start)
        opens = first == 0 or (token is not None and bool(token.is_sent_start)) or self._ends_before(first)
        text = self.paragraph.text[start:end]
        before = self._words[first - 1].text.lower() if first else ""
        self.found.append(
            Name(
                self.paragraph,
                start,
                end,
                text,
                guess,
                hits,
                title=self._title(first),
                opens=opens,
                in_office=self._is_in_office(first),
                with_article=self.wording.has("articles", before),
            )
        )

    def _ends_before(self, n: int) -> bool:
        """Whether a sentence or quotation begins with a word."""
        return n == 0 or self._words[n - 1].text in '.!?:"¿¡«“…—–'

    def _is_in_office(self, first: int) -> bool:
        n = first - 1
        while n >= 0 and first - n <= _JOINTS and self.wording.has("inside an office", self._words[n].text.lower()):
            n -= 1
        return 0 <= n < first - 1 and self._words[n].text.lower() in self.wording.titles

    def _title(self, first: int) -> str:
        """The word of office or address directly before a name, in lower case."""
        before = first - 1
        if before > 0 and self._words[before].text == "." and len(self._words[before - 1].text) < 4:
            before -= 1
        if before < 0 or self.paragraph.text[self._words[before].end : self._words[first].start].strip(" ."):
            return ""
        word = self._words[before].text.lower()
        return word if word in self.wording.titles or word in self.wording.honorifics else ""
