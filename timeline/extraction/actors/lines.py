"""The words of one paragraph, and what each of them may be in somebody's name."""

from __future__ import annotations

from spacy.tokens import Token

from timeline.extraction.actors.sightings import PARTICLES
from timeline.extraction.knowledge import Knowledge
from timeline.extraction.names import first_names, fold, honorifics, name_titles, words
from timeline.extraction.paragraphs import Paragraph

SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})


class Line:
    """The words and signs of a paragraph, counted from 0; the tokens of the language model are cut otherwise."""

    def __init__(self, paragraph: Paragraph, knowledge: Knowledge) -> None:
        self.paragraph = paragraph
        self.knowledge = knowledge
        self.text = paragraph.text
        self.words = words(self.text)
        self._tokens: dict[int, Token] = {}

    def token(self, start: int) -> Token | None:
        """The token that begins at an offset; None inside one."""
        if not self._tokens:
            self._tokens = {token.idx: token for token in self.paragraph.doc}
        return self._tokens.get(start)

    def gap(self, n: int) -> str:
        """What stands between a word and the one before it; a line break where there is none."""
        return self.text[self.words[n - 1].end : self.words[n].start] if 0 < n < len(self.words) else "\n"

    def is_title(self, n: int) -> bool:
        """Whether a word is a title or form of address: "President", "Mr"."""
        lower = self.words[n].text.lower()
        return (lower in name_titles() or lower in honorifics()) and not self._is_deed(n)

    def _is_deed(self, n: int) -> bool:
        """Whether what may be a title is something done: "Polls miss Trump's fall", "to host Kaine"."""
        token = self.token(self.words[n].start)
        return self.words[n].text.islower() and token is not None and token.pos_ == "VERB"

    def is_possessive(self, n: int) -> bool:
        return self.words[n].text == "'" and n + 1 < len(self.words) and self.words[n + 1].text in ("s", "S")

    def is_joined(self, n: int) -> bool:
        """Whether a word hangs on the one before it by a hyphen: "gyun" in "Moon Sang-gyun"."""
        return n > 1 and self.words[n - 1].text == "-" and self.gap(n) == "" and self.gap(n - 1) == ""

    def opens_sentence(self, n: int) -> bool:
        return n == 0 or self.words[n - 1].text in '.!?"'

    def is_followed_by_a_name(self, last: int) -> bool:
        """Whether a capitalised word stands right behind a run of words that ends at `last`, exclusive."""
        return last < len(self.words) and self.words[last].is_capitalised and self.gap(last) == " "

    def is_tagged_as_name(self, n: int) -> bool:
        token = self.token(self.words[n].start)
        return token is not None and token.pos_ == "PROPN"

    def closes_an_initial(self, n: int, first: int) -> bool:
        """Whether a stop belongs to an initial, suffix or saint of the name that begins at `first`."""
        before = self.words[n - 1].text if n > first else ""
        short = len(before) == 1 or before in SUFFIXES or before == "St"
        return self.words[n].text == "." and short and before[0].isupper()

    def continues_a_person(self, n: int, first: int) -> bool:
        """Whether a word or sign goes on with a person's name that begins at `first`."""
        word = self.words[n]
        if word.is_capitalised:
            return n == first or self.gap(n) in ("", " ")
        if word.text in ("-", "'"):
            return self.gap(n) == "" and n + 1 < len(self.words) and self.words[n + 1].start == word.end
        if self.is_joined(n) and n - 2 >= first:
            return word.text.isalpha()
        if word.text == ".":
            return self.closes_an_initial(n, first)
        return word.text.lower() in PARTICLES

    def name_start(self, n: int) -> int:
        """Where the given names before a surname begin."""
        first = n
        while first and self.gap(first) in (" ", "") and not self.is_title(first - 1):
            word = self.words[first - 1]
            initial = word.text == "." and first > 1 and len(self.words[first - 2].text) == 1
            if fold(word.text) in first_names() or initial or (len(word.text) == 1 and word.is_capitalised):
                first -= 1
            else:
                break
        return first

    def surname_end(self, n: int) -> int:
        """Where a surname ends that begins with a word: behind "De Leon", else behind the word."""
        last = n
        while last + 1 < len(self.words) and self.words[last].text.lower() in PARTICLES and self.gap(last + 1) == " ":
            last += 1
        return last + 1 if self.words[last].is_capitalised else n + 1
