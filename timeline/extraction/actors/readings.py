"""The names of one paragraph: those that are known, and those the language model sees.

What is known overrides the model, which misreads many names of the news; a longer name that only contains a known one
overrides the known one ("Ivanka Trump", "Bank of England").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from timeline.extraction.actors.national import NationalBody, body_words, national_bodies
from timeline.extraction.actors.sightings import BODY, PARTICLES, PERSON, PLACE, Sighting, institutions, surnames_too
from timeline.extraction.knowledge import Found, Hit, Knowledge
from timeline.extraction.names import Word, first_names, fold, honorifics, name_titles, titles, word_list, words
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.places.gazetteer import is_place
from timeline.vocabulary import ActorKind, MentionForm

_GUESSES = {"PERSON": PERSON, "ORG": BODY, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE}
_SWALLOWS = {"ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"}
_ARTICLES = frozenset({"the", "a", "an"})
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
_LOOSE_ENDS = frozenset({"to", "of", "for", "and", "in", "on", "at", "the", "from", "with", "by"})
# Titles that are only ever a person's, whatever the model makes of the name behind them.
_ROYAL = frozenset(["prince", "princess", "king", "queen", "sultan", "emir", "pope", "mr", "mrs", "ms", "sir"])
_FIRMS = frozenset({"Co", "Company", "Sons", "Partners", "Associates", "Brothers"})
# Words behind a body's name that leave it the same body: "BP Plc", "CNN News".
_SAME_BODY = frozenset(
    ["Co", "Corp", "Corporation", "Group", "Inc", "Limited", "Ltd", "News", "PLC", "Plc", "SA", "AG"]
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
_DIRECTIONS = frozenset(["eastern", "western", "northern", "southern", "central", "east", "west", "north", "south"])


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of words, first to last (exclusive), that the model takes for a name."""

    first: int
    last: int
    label: str


class Reading:
    """The words of one paragraph and the names among them."""

    def __init__(self, paragraph: Paragraph, knowledge: Knowledge, day: date | None = None) -> None:
        self.paragraph = paragraph
        self.text = paragraph.text
        self.words = words(self.text)
        self.sightings: list[Sighting] = []
        self.nations: list[str] = []  # those of the known names that are part of a body's
        self._tokens: dict[int, Token] = {}
        self._knowledge = knowledge
        self._read(list(_of_their_time(knowledge.find(self.words), day)))

    def _token(self, start: int) -> Token | None:
        """The token that begins at an offset; None inside one."""
        if not self._tokens:
            self._tokens = {token.idx: token for token in self.paragraph.doc}
        return self._tokens.get(start)

    def overlooked(self, surnames: set[str]) -> Iterator[Sighting]:
        """Surnames of the document's people that nothing has read as a name so far."""
        covered = [(sighting.start, sighting.end) for sighting in self.sightings]
        for n, word in enumerate(self.words):
            if fold(word.text).casefold() not in surnames or not word.is_capitalised:
                continue
            if any(start <= word.start < end for start, end in covered):
                continue
            token = self._token(word.start)
            if token is not None and (token.pos_ == "PROPN" or token.ent_type_ == "PERSON"):
                yield self._sighting(n - self._has_given_name(n), n + 1, PERSON)

    def _has_given_name(self, n: int) -> bool:
        """Whether the model takes an overlooked surname and the word before it for one name of two: "Tima Kurdi"."""
        start, end = self.words[n - 1].start if n else 0, self.words[n].end
        alike = (ent for ent in self.paragraph.doc.ents if (ent.start_char, ent.end_char) == (start, end))
        return n > 0 and any(ent.label_ == "NORP" for ent in alike) and not self._is_title(n - 1)

    def unread(self, names: Collection[str]) -> Iterator[Sighting]:
        """Where one of these words stands and nothing has been read."""
        covered = [(sighting.start, sighting.end) for sighting in self.sightings]
        for n, word in enumerate(self.words):
            if word.text in names and not any(start <= word.start < end for start, end in covered):
                yield self._sighting(n, n + 1, BODY)

    def _read(self, known: list[Found]) -> None:
        pieces = [piece for ent in self.paragraph.doc.ents for piece in self._pieces(ent.label_, *self._range(ent))]
        kept: list[Found] = []
        national = list(national_bodies(self.text, self.words, known))
        inside = {n for body in national for n in range(body.first, body.last)}
        pieces = [piece for piece in pieces if not any(_is_within(piece, body) for body in national)]
        self.nations = [
            hit.entry.id
            for found in known
            if found.first in inside
            for hit in found.hits[:1]
            if hit.entry.kind is ActorKind.STATE
        ]
        known = [found for found in known if found.first not in inside]
        kept += [Found(body.first, body.last, body.hits) for body in national if body.hits]
        pieces += [_Piece(body.first, body.last, "ORG") for body in national if body.is_name and not body.hits]
        for found in known:
            stronger = self._stronger(found, pieces, known)
            if stronger is None:
                kept.append(found)
            elif stronger not in pieces:
                pieces.append(stronger)
        taken = {n for found in kept for n in range(found.first, found.last)}
        for found in kept:
            if found.hits:
                self.sightings.append(self._sighting(found.first, found.last, _guess(found.hits), found.hits))
        pieces += self._people_by_title(taken | {n for piece in pieces for n in range(piece.first, piece.last)})
        pieces += self._people_by_first_name(taken | {n for piece in pieces for n in range(piece.first, piece.last)})
        for piece in sorted(pieces, key=lambda piece: (piece.first - piece.last, piece.first)):
            guess = _GUESSES.get(piece.label)
            if guess is None or taken & set(range(piece.first, piece.last)):
                continue
            taken |= set(range(piece.first, piece.last))
            self.sightings.append(self._sighting(piece.first, piece.last, guess))
        self.sightings.sort(key=lambda sighting: sighting.start)

    def _range(self, ent: DocSpan) -> tuple[int, int]:
        start, end = ent.start_char, ent.end_char
        first = next((n for n, word in enumerate(self.words) if word.end > start), len(self.words))
        last = first
        while last < len(self.words) and self.words[last].start < end:
            last += 1
        return first, last

    def _pieces(self, label: str, first: int, last: int) -> Iterator[_Piece]:
        """An entity without articles, titles and possessives, cut in two at "X's Y"."""
        if label in ("ORG", "GPE", "FAC") and (self._is_titled(first, last) or self._is_introduced(first, last)):
            label = "PERSON"
        begin = first
        last = next((n for n in range(first + 1, last) if self.words[n].text in "()<>"), last)
        for n in range(first, last):
            if self._is_possessive(n) and not self._is_collective(label, n, last):
                yield from self._trimmed(label, begin, n)
                begin = n + 2
        yield from self._trimmed(label, begin, last)

    def _is_titled(self, first: int, last: int) -> bool:
        """Whether a royal title or form of address opens a name that says of itself that it is no body's."""
        names = {word.text for word in self.words[first + 1 : last]}
        body = names & (word_list("en", "body_words.txt") | institutions())
        return self.words[first].text.lower() in _ROYAL and 0 < len(names) < 4 and not body

    def _is_followed_by_a_name(self, last: int) -> bool:
        return last < len(self.words) and self.words[last].is_capitalised and self._gap(last) == " "

    def _opens_sentence(self, n: int) -> bool:
        return n == 0 or self.words[n - 1].text in '.!?"'

    def _is_introduced(self, first: int, last: int) -> bool:
        """Whether a title and a first name open a name: "Model Chrissy Teigen"."""
        if last - first != 3 or not self._is_title(first) or self.words[first].text in ("General", "Major"):
            return False
        given, surname = self.words[first + 1].text, self.words[first + 2].text
        return fold(given) in first_names() and surname not in body_words()

    def _is_possessive(self, n: int) -> bool:
        return self.words[n].text == "'" and n + 1 < len(self.words) and self.words[n + 1].text in ("s", "S")

    def _is_collective(self, label: str, n: int, last: int) -> bool:
        """Whether a possessive belongs to a body's name: "Longshoremen's Association", "King's College"."""
        owner = self.words[n - 1].text.lower()
        collective = owner.endswith(("men", "women", "children", "people")) or owner in ("king", "queen", "bishop")
        return label != "PERSON" and collective and self.words[last - 1].text in word_list("en", "body_words.txt")

    def _trimmed(self, label: str, first: int, last: int) -> Iterator[_Piece]:
        while first < last and self._is_no_beginning(label, first):
            first += 1
        while last - first > 1 and _says(self.words[last - 1].text):
            if self.words[last - 1].text == "Said" and not self._is_followed_by_a_name(last):
                break  # "Edward Said"
            last -= 1
        if last - first > 1 and self._opens_sentence(first) and _says(self.words[first].text):
            first += 1
        if label == "PERSON":
            while last - first > 1 and self._knowledge.is_demonym(self.words[first].text):
                first += 1
            n = first
            while n < last and self._continues_a_person(n, first):
                n += 1
            last = n
        while last > first and not (self.words[last - 1].text[0].isalnum() or self._closes_an_initial(last - 1, first)):
            last -= 1
        if label != "PERSON":
            while last - first > 1 and self.words[last - 1].text in _LOOSE_ENDS:
                last -= 1
        if label != "PERSON" and sum(word.text.isdigit() for word in self.words[first:last]) > 1:
            while last - first > 1 and not self.words[last - 1].is_capitalised:
                last -= 1
        if label == "PERSON":
            while last - first > 1 and not self.words[last - 1].is_capitalised and not self._is_joined(last - 1):
                last -= 1
            if last - first == 1 and self._goes_on(last) and fold(self.words[first].text) in first_names():
                last += 1
        if last > first and self._may_name(first, last):
            firm = self._end_of_firm(last)
            if label == "PERSON" and self._ends_a_title(first):
                label, first = "ORG", first - 2
            if label == "ORG" and first and _ORDINAL.fullmatch(self.words[first - 1].text):
                first -= self.words[first].text in ("Circuit", "District", "Precinct")
            if firm > last or (label == "PERSON" and self._is_no_person(first, last)):
                label = "ORG"
            yield _Piece(first, firm, label)

    def _ends_a_title(self, first: int) -> bool:
        """Whether a word is the end of a foreign paper's or body's name behind an article: "the Jornal do Brasil"."""
        if first < 3 or self.words[first - 1].text not in ("do", "da", "de", "del", "di", "du", "des"):
            return False
        article = self.words[first - 3].text.lower() == "the" and self._gap(first - 1) == self._gap(first - 2) == " "
        return article and self.words[first - 2].is_capitalised

    def _end_of_firm(self, last: int) -> int:
        """Where a firm's name ends: behind "and Co", else where it was."""
        following = [word.text for word in self.words[last : last + 2]]
        firm = len(following) == 2 and following[0] in ("and", "&") and following[1] in _FIRMS
        return last + 2 if firm else last

    def _is_joined(self, n: int) -> bool:
        """Whether a word hangs on the one before it by a hyphen: "gyun" in "Moon Sang-gyun"."""
        return n > 1 and self.words[n - 1].text == "-" and self._gap(n) == "" and self._gap(n - 1) == ""

    def _goes_on(self, last: int) -> bool:
        """Whether a capitalised word that may be a surname follows a lone first name: "Tom" before "DeLay"."""
        if last >= len(self.words) or not self.words[last].is_capitalised or self._gap(last) != " ":
            return False
        token = self._token(self.words[last].start)
        known = self._knowledge.find(self.words[last : last + 1])
        return token is not None and token.pos_ == "PROPN" and self.words[last].text not in _no_names() and not known

    def _is_no_person(self, first: int, last: int) -> bool:
        """ "the Utah Jazz", "Los Angeles Dodgers", "Scott County": a team or a body, not a person."""
        bodies = institutions() | word_list("en", "body_words.txt")
        if last - first > 1 and self.words[last - 1].text in bodies and self.words[last - 1].text not in surnames_too():
            return True
        if fold(self.words[first].text) in first_names():
            return False
        if last - first > 1 and first and self.words[first - 1].text in ("the", "The"):
            return True
        return last - first > 1 and is_place(" ".join(word.text for word in self.words[first : last - 1]))

    def _is_no_beginning(self, label: str, n: int) -> bool:
        word = self.words[n].text
        lower = word.lower()
        if not word[0].isalnum() or (lower in _ARTICLES and (lower == "the" or self._gap(n + 1) == " ")):
            return True
        if word in _openings() and n + 1 < len(self.words) and self.words[n + 1].text[0].isalpha():
            return True
        if word in _labels() and n + 1 < len(self.words) and self.words[n + 1].is_capitalised:
            return True
        if label == "PERSON":
            if lower in name_titles() and self._is_called_so(n):
                return False
            return lower in honorifics() or lower in name_titles() or (not word[0].isupper() and lower not in PARTICLES)
        return label in _GUESSES and not any(sign.isupper() or sign.isdigit() for sign in word)

    def _is_called_so(self, n: int) -> bool:
        """Whether a title is a first name here: one surname behind it, and then who this is: "Dean Zerbe, a lawyer"."""
        behind = [word.text for word in self.words[n + 1 : n + 4]]
        introduced = len(behind) == 3 and behind[1] == "," and (behind[2] in ("a", "an", "who") or behind[2].isdigit())
        return introduced and self.words[n].text in first_names() and behind[0].istitle()

    def _continues_a_person(self, n: int, first: int) -> bool:
        word = self.words[n]
        if word.is_capitalised:
            return n == first or self._gap(n) in ("", " ")
        if word.text in ("-", "'"):
            return self._gap(n) == "" and n + 1 < len(self.words) and self.words[n + 1].start == word.end
        if self._is_joined(n) and n - 2 >= first:
            return word.text.isalpha()
        if word.text == ".":
            return self._closes_an_initial(n, first)
        return word.text.lower() in PARTICLES

    def _closes_an_initial(self, n: int, first: int) -> bool:
        before = self.words[n - 1].text if n > first else ""
        return self.words[n].text == "." and (len(before) == 1 or before in _SUFFIXES) and before[0].isupper()

    def _may_name(self, first: int, last: int) -> bool:
        capitals = [word.text for word in self.words[first:last] if word.is_capitalised]
        if not capitals or all(word in _no_names() or len(word) == 1 for word in capitals):
            return False
        return self.words[first].text not in _no_names() or (last - first > 1 and self.words[first].text.istitle())

    def _gap(self, n: int) -> str:
        return self.text[self.words[n - 1].end : self.words[n].start] if 0 < n < len(self.words) else "\n"

    def _stronger(self, found: Found, pieces: list[_Piece], known: list[Found]) -> _Piece | None:
        """The longer name that a known one is only a part of."""
        if not found.hits:
            return None
        if all(hit.alias.alone for hit in found.hits):
            given = self._with_given_name(found) or self._with_given_names(found, pieces)
            if given is not None:
                return given
            if self._is_given_name(found) and self._tagged_as_name(found.last):
                return _Piece(found.first, self._surname_end(found.last), "PERSON")
        if self._campaigns(found):
            return None
        if self._is_numbered(found):
            return _Piece(found.first, found.last + 1, "PRODUCT")
        for piece in pieces:
            longer = piece.first <= found.first and found.last <= piece.last
            if longer and piece.last - piece.first > found.last - found.first and self._wins(piece, found, known):
                return piece
        named = self._named_after(found)
        if named is None and found.hits[0].entry.kind is ActorKind.GROUP and self._is_given_name(found):
            return _Piece(found.first, found.last + 1, "PERSON")  # "Christian Dior"
        return named

    def _is_numbered(self, found: Found) -> bool:
        """Whether a body's name is only the beginning of a craft's: "Air Force One"."""
        behind = self.words[found.last].text if found.last < len(self.words) else ""
        body = all(hit.entry.kind is ActorKind.ORGANISATION for hit in found.hits)
        return body and behind in ("One", "Two") and self._gap(found.last) == " "

    def _campaigns(self, found: Found) -> bool:
        """Whether a campaign is written in capitals: "Clinton Campaign" names a person as "Clinton campaign" does."""
        behind = self.words[found.last].text if found.last < len(self.words) else ""
        person = all(hit.entry.kind is ActorKind.PERSON for hit in found.hits)
        return person and behind in ("Campaign", "Camp") and self._gap(found.last) == " "

    def _wins(self, piece: _Piece, found: Found, known: list[Found]) -> bool:
        """Whether what the model reads around a known name is another name."""
        kind = found.hits[0].entry.kind
        alone = all(hit.alias.alone for hit in found.hits)
        before, after = piece.first < found.first, piece.last > found.last
        others = [k for k in known if k is not found and piece.first <= k.first and k.last <= piece.last]
        following = self.words[found.last] if after else None
        if piece.label == "PERSON":
            if kind is ActorKind.PERSON:
                if alone and after and not before and not others:
                    return self._is_given_name(found)
                return alone and before and not others and self._gap(found.first) == " "
            if kind is ActorKind.GROUP and found.first == piece.first and after and self._is_given_name(found):
                return True  # "Christian Horner"
            if (
                any(hit.alias.form is MentionForm.DEMONYM for hit in found.hits)
                or found.last - found.first > 1
                or others
            ):
                return False
            own = fold(self.words[found.first].text)
            return fold(self.words[piece.first].text) in first_names() and (before or own in first_names())
        if following is not None and following.text in _landforms() and piece.label in ("GPE", "LOC", "FAC"):
            return not self._is_known_further(found, piece)  # "Indian Shores", "Prince William Sound"
        if kind is ActorKind.PERSON and not alone:
            return following is not None and following.text in institutions() and piece.label in ("ORG", "FAC")
        if piece.label in ("GPE", "LOC", "FAC") and before and not others and not self._is_direction(piece, found):
            return kind is ActorKind.STATE or alone
        if piece.label not in _SWALLOWS:
            return alone and following is not None and following.is_capitalised
        if following is not None:
            if kind is ActorKind.STATE and following.text.lower() in _nation_words():
                return False
            if kind in (ActorKind.PERSON, ActorKind.STATE):
                return following.is_capitalised or following.text.lower() in ("of", "for", "and", "&")
            rest = self.words[found.last + 1 : piece.last]
            if following.text in ("of", "for"):
                return any(word.is_capitalised for word in rest)
            behind = {word.text for word in self.words[found.last : piece.last]}
            body = word_list("en", "body_words.txt") | institutions()
            return following.is_capitalised and not (body - _SAME_BODY).isdisjoint(behind)
        return before and not others and not self._is_direction(piece, found)

    def _is_known_further(self, found: Found, piece: _Piece) -> bool:
        """Whether a longer name is itself known, as "Russian Federation" is."""
        return any(longer.last > found.last for longer in self._knowledge.find(self.words[found.first : piece.last]))

    def _is_given_name(self, found: Found) -> bool:
        """Whether a known surname is somebody else's given name here: "Haley" in "Haley Barbour"."""
        if found.last >= len(self.words) or fold(self.words[found.first].text) not in first_names():
            return False
        behind = self.words[self._surname_end(found.last) - 1]
        other = behind.text in institutions() or behind.text in _no_names() or self._is_title(found.last)
        plain = behind.text.istitle() and self._gap(found.last) == " " and not behind.text.endswith("s")
        return plain and not other and not self._knowledge.find(self.words[found.last : found.last + 1])

    def _surname_end(self, n: int) -> int:
        """Where a surname ends that begins with a word: behind "De Leon", else behind the word."""
        last = n
        while last + 1 < len(self.words) and self.words[last].text.lower() in PARTICLES and self._gap(last + 1) == " ":
            last += 1
        return last + 1 if self.words[last].is_capitalised else n + 1

    def _tagged_as_name(self, n: int) -> bool:
        token = self._token(self.words[n].start)
        return token is not None and token.pos_ == "PROPN"

    def _named_after(self, found: Found) -> _Piece | None:
        """What bears the name of a person or nation: "Trump Tower", "Smith Jr."."""
        behind = self.words[found.last] if found.last < len(self.words) else None
        if behind is None or self._gap(found.last) != " " or not behind.is_capitalised:
            return None
        person = any(hit.entry.kind is ActorKind.PERSON for hit in found.hits)
        if behind.text in _SUFFIXES and person:
            return _Piece(self._name_start(found.first), found.last + 1, "PERSON")
        day = behind.text == "Day" and not any(hit.alias.alone for hit in found.hits)
        if (behind.text not in institutions() and not day) or any(
            hit.alias.form is MentionForm.DEMONYM for hit in found.hits
        ):
            return None
        if not all(hit.entry.kind in (ActorKind.PERSON, ActorKind.STATE) for hit in found.hits):
            return None
        last = found.last + 1
        while last < len(self.words) and self.words[last].is_capitalised and self._gap(last) == " ":
            last += 1
        if any(self._is_title(n) for n in range(found.last, last)):
            return None  # "U.S. District Judge X"
        return _Piece(found.first, last, "ORG")

    def _is_direction(self, piece: _Piece, found: Found) -> bool:
        return all(
            self.words[n].text.lower() in _DIRECTIONS or not self.words[n].text[0].isalnum()
            for n in range(piece.first, found.first)
        )

    def _name_start(self, n: int) -> int:
        """Where the given names before a surname begin."""
        first = n
        while first and self._gap(first) in (" ", "") and not self._is_title(first - 1):
            word = self.words[first - 1]
            initial = word.text == "." and first > 1 and len(self.words[first - 2].text) == 1
            if fold(word.text) in first_names() or initial or (len(word.text) == 1 and word.is_capitalised):
                first -= 1
            else:
                break
        return first

    def _is_title(self, n: int) -> bool:
        lower = self.words[n].text.lower()
        return (lower in name_titles() or lower in honorifics()) and not self._is_deed(n)

    def _is_deed(self, n: int) -> bool:
        """Whether what may be a title is something done: "Polls miss Trump's fall", "to host Kaine"."""
        token = self._token(self.words[n].start)
        return self.words[n].text.islower() and token is not None and token.pos_ == "VERB"

    def _with_given_name(self, found: Found) -> _Piece | None:
        """Another bearer of a known surname: a given name stands before it that is not the known one's."""
        first = self._name_start(found.first)
        if first == found.first or self._gap(found.first) == "-":
            return None
        given = fold(self.words[first].text)
        own = {fold(part) for hit in found.hits for alias in hit.entry.aliases for part in alias.text.split()[:1]}
        return None if given in own or len(given) == 1 else _Piece(first, found.last, "PERSON")

    def _with_given_names(self, found: Found, pieces: Sequence[_Piece]) -> _Piece | None:
        """The same where the model reads the given names alone: "John Bel" before "Edwards"."""
        own = {fold(part) for hit in found.hits for alias in hit.entry.aliases for part in alias.text.split()[:1]}
        for piece in pieces:
            given = fold(self.words[piece.first].text)
            beside = piece.last == found.first and self._gap(found.first) == " " and piece.label == "PERSON"
            if beside and piece.last - piece.first == 2 and given in first_names() and given not in own:
                return _Piece(piece.first, found.last, "PERSON")
        return None

    def _people_by_title(self, taken: set[int]) -> Iterator[_Piece]:
        """People the model has overlooked behind a capitalised title: "Colonel Radim Vesecky"."""
        for n, word in enumerate(self.words[:-2]):
            first = n + 1 + (self.words[n + 1].text == ".")
            if not word.is_capitalised or first in taken or not self._is_title(n):
                continue
            last = first
            while last < len(self.words) and last not in taken and self._continues_a_person(last, first):
                last += 1
            names = [word for word in self.words[first:last] if word.is_capitalised]
            if 2 <= len(names) <= 3 and all(self._may_be_part_of_a_person(word) for word in names):
                yield from self._trimmed("PERSON", first, last)

    def _may_be_part_of_a_person(self, word: Word) -> bool:
        token = self._token(word.start)
        lower = word.text.lower()
        plain = word.text in _no_names() | word_list("en", "no_people.txt") | body_words() or lower in titles()
        return token is not None and token.pos_ == "PROPN" and not plain and not word.text.isupper()

    def _people_by_first_name(self, taken: set[int]) -> list[_Piece]:
        """People the model has overlooked: a first name, perhaps initials, and a capitalised word after it."""
        found = []
        for n, word in enumerate(self.words[:-1]):
            if fold(word.text) not in first_names():
                continue
            if self._has_nickname(n):
                found.append(_Piece(n, n + 5, "PERSON"))
                taken = taken | set(range(n, n + 5))
            if n in taken:
                continue
            last = n + 1
            while last < len(self.words) and last not in taken and self._continues_a_person(last, n) and last - n < 5:
                last += 1
            piece = next(self._trimmed("PERSON", n, last), None)
            if piece is None or piece.last - piece.first < 2 or len(self.words[piece.last - 1].text) < 3:
                continue
            tokens = [self._token(w.start) for w in self.words[n : piece.last]]
            if all(token is not None and (token.pos_ == "PROPN" or not token.text[0].isalpha()) for token in tokens):
                found.append(piece)
                taken = taken | set(range(piece.first, piece.last))
        return found

    def _has_nickname(self, n: int) -> bool:
        """Whether a first name, a nickname in brackets or quotation marks and a surname stand here: "James (Jim) X"."""
        if n + 4 >= len(self.words) or self.words[n + 1].text + self.words[n + 3].text not in ("()", '""', "''"):
            return False
        return self.words[n + 2].is_capitalised and self.words[n + 4].is_capitalised and self._gap(n + 4) == " "

    def _sighting(self, first: int, last: int, guess: str, hits: tuple[Hit, ...] = ()) -> Sighting:
        start, end = self.words[first].start, self.words[last - 1].end
        before = first - 1
        if before > 0 and self.words[before].text == ".":
            before -= 1
        title = self.words[before].text.lower() if before >= 0 and self._is_title(before) else ""
        return Sighting(self.paragraph, start, end, self.text[start:end], guess, hits, title, self.text)


def _says(word: str) -> bool:
    """Whether a word is a verb of saying that a line of capitals has glued to a name: "Trevor Noah Says"."""
    return word in word_list("en", "said.txt")


def _is_within(piece: _Piece, body: NationalBody) -> bool:
    """Whether what the model reads is no more than a body of a nation."""
    return body.is_name and body.first <= piece.first and piece.last <= body.last


def _of_their_time(known: Iterable[Found], day: date | None) -> Iterator[Found]:
    """Without those who are known by a surname only since long after a day: "Vance" in 1987."""
    for found in known:
        hits = tuple(hit for hit in found.hits if not (hit.alias.alone and hit.entry.is_before_its_time(day)))
        if hits == found.hits:
            yield found
        elif hits:
            yield Found(found.first, found.last, hits)


def _guess(hits: tuple[Hit, ...]) -> str:
    match hits[0].entry.kind:
        case ActorKind.PERSON:
            return PERSON
        case ActorKind.STATE:
            return PLACE
    return BODY


@cache
def _no_names() -> frozenset[str]:
    return word_list("en", "no_names.txt")


@cache
def _landforms() -> frozenset[str]:
    """Words that make a place of the name before them: "Sound", "Springs"."""
    return word_list("en", "landforms.txt")


@cache
def _labels() -> frozenset[str]:
    """Words of a page's furniture that the model glues to the name behind them: "Watch", "Image"."""
    return word_list("en", "labels.txt")


@cache
def _openings() -> frozenset[str]:
    """Small words that a headline capitalises and the model glues to the name behind them: "Between Clinton"."""
    return word_list("en", "openings.txt")


@cache
def _nation_words() -> frozenset[str]:
    """Words that leave a nation's name what it is: "UK government", "Russia forces"."""
    return word_list("en", "nation_words.txt")
