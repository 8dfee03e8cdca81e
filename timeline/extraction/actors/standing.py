"""What a name stands for where it stands: somebody who acts, a mere place, a credit, or no name at all."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from timeline.extraction.actors.conduct import OFFICES_BY_FIELD, Conduct, human
from timeline.extraction.actors.sightings import BODY, PERSON, PLACE, Sighting, institutions, surnames_too
from timeline.extraction.lexicon import LEXICON
from timeline.extraction.names import first_names, fold, gender_of, honorifics, name_titles, titles, word_list
from timeline.extraction.places import gazetteer
from timeline.vocabulary import BlockRole

_NOT_ACTING = frozenset({"be", "have", "lie", "remain", "become", "sit", "stand", "host"})
_SPOKES = frozenset({"spokesman", "spokeswoman", "spokesperson", "official", "officials", "aide", "aides"})
# "KYIV, Ukraine (AP) -", "DES MOINES —": where an article was sent from.
_DATELINE = re.compile(r"^[A-Z][A-Z .,'’-]{2,}(?:,[^—–-]{1,40})?(?:\([^)]*\))?\s*[—–-]+\s")
_GLUED = re.compile(r"[a-z](?:Image|Photo|Video)$")  # a caption's next word without its space
_PARTY_AND_STATE = re.compile(r"[DRI]-[A-Z]")  # "R-Wis."
_SAINTS = frozenset({"St", "St.", "Saint"})
_JOINTS = frozenset({"of", "for", "and", "&"})
_REGION_BEHIND = re.compile(r", ([A-Z][a-z.]+(?: [A-Z][a-z]+)?)")
_CREDIT = re.compile(
    r"^(?:by|story|stories|text|video|photos?|pictures?|reporting|writing|editing|compiled|produced|"
    r"additional reporting)\b(?: \w+){0,2} by\b|^(?:with )?(?:additional )?reporting by\b",
    re.IGNORECASE,
)
# "(Reporting by A and B; editing by C)", "Image: A.", "Photograph by A", as far as the name.
_CREDITED = re.compile(
    r"(?:\b(?:reporting|writing|editing|photographs?|photos?|images?|pictures?|video|illustration|compiled|edited|translated)"
    r"\b(?: \w+)? by |\b(?:author|image|photo|photograph|picture|credit|source|file photo) ?: )[^.;:]{0,80}$",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(r"\bcontributed (?:to (?:this|the) (?:report|story|article|post)|reporting)\b", re.IGNORECASE)
# "A. Photographer/AP", "Photographer / Getty", "Photographer/dpa via AP", "Photographer/The Town Times-News via AP".
_AGENCY_BEHIND = re.compile(
    r"\s?\\?/\s?(?:[A-Z]{2,5}\b|afp|ansa|dpa|efe|epa|[A-Z][\w.-]+(?: [A-Z][\w.-]+)*)"
    r"(?: via (?:The )?[A-Z][\w.]+(?: [A-Z]\w+)*)?\)?\s*(?:$|[|.,)])"
)
# "A reported from London.", "A and B reported from Paris; C from Rome": who filed a report, at its end.
_FILED = re.compile(
    r"(?: and (?:[A-Z][\w.'’-]+ ?){2,3})? ?\breported from(?: (?:[A-Z][\w.'’-]*,?|and|the))+\s*(?:[.;]|(?<=\.)|$)"
)
_FILED_TOO = re.compile(r"\breported from [^;]{2,40}; (?:and )?$")


def labels(sightings: Iterable[Sighting], conduct: Mapping[str, Conduct]) -> dict[str, str]:
    """What most sightings of each unknown name take it for; a title before it is worth several."""
    unknown = [sighting for sighting in sightings if not sighting.hits]
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for sighting in unknown:
        titled = sighting.honorific and (honorifics().get(sighting.honorific) or sighting.guess == PERSON)
        votes[sighting.text][PERSON if titled else sighting.guess] += 3 if titled else 1
        parts = sighting.text.split()
        if (
            sighting.guess != PERSON
            and 2 <= len(parts) <= 3
            and "&" not in parts
            and gender_of(sighting.text)
            and not _says_body(parts)
            and parts[-1] not in institutions() - surnames_too()
        ):
            votes[sighting.text][PERSON] += 1
    alone = {fold(sighting.text) for sighting in unknown if sighting.is_alone}
    with_article = {sighting.text for sighting in unknown if has_article(sighting)}
    for text, count in votes.items():
        parts = text.split()
        if "and" in parts:
            continue
        done = conduct[text]
        if done.employing > done.personal:
            count[BODY] += 3 * (done.employing + count[PERSON])
        if done.bodily > done.personal and (len(parts) == 1 or fold(parts[0]) not in first_names()):
            count[BODY] += 3 * done.bodily
        elif done.personal > done.bodily and len(parts) in (2, 3) and not _says_body(parts) and text.istitle():
            count[PERSON] += 3 * done.personal  # "X Y, a baker from Leeds"
        # A body's last word does not stand for it; a person's does.
        by_surname = len(parts) in (2, 3) and fold(parts[-1]) in alone and all(part.isalpha() for part in parts)
        of_a_place = any(map(gazetteer.is_place, (text, " ".join(parts[:-1]))))
        if by_surname and not of_a_place and not institutions() & set(parts) and text not in with_article:
            count[PERSON] += 2 * (count[BODY] + count[PLACE])
    order = (PERSON, BODY, PLACE)
    told = {text: max(order, key=lambda label: (count[label], -order.index(label))) for text, count in votes.items()}
    called = {sighting.text for sighting in unknown if sighting.honorific}
    for text in _short_for_bodies(told) - called:
        told[text] = BODY
    return told


def _short_for_bodies(told: Mapping[str, str]) -> set[str]:
    """Names taken for people's that a body bears with more words, and no person: "Kodak", "Arnold Porter"."""
    ends: dict[str, set[str]] = {PERSON: set(), BODY: set(), PLACE: set()}
    for text, label in told.items():
        parts = text.split()
        if len(parts) > 1:
            ends[label].update(
                (parts[0], parts[-1] if label == PERSON else parts[-2 if _says_body(parts[-1:]) else -1])
            )
    firms = {" ".join(_without_firm(text.split())) for text, label in told.items() if label == BODY}
    lone = {text for text in ends[BODY] - ends[PERSON] if fold(text) not in first_names()}
    return {text for text in firms | lone if told.get(text) == PERSON}


def _without_firm(parts: Sequence[str]) -> Sequence[str]:
    """Without "& Co" and the like at the end of a firm's name."""
    while len(parts) > 1 and parts[-1] in ("Co", "&", "and", "Inc", "Ltd", "LLC", "LLP", "PLC", "Plc", "Corp"):
        parts = parts[:-1]
    return parts


def _says_body(parts: Sequence[str]) -> bool:
    return not word_list("en", "body_words.txt").isdisjoint(parts)


def trusted(sightings: Iterable[Sighting], common: frozenset[str], article: str) -> Iterator[Sighting]:
    """Without the unknown names that stand only in a line where every word is capitalised, in the text of the article.

    There a person has to be called by a first name and otherwise by no words that the prose writes small, `common`.
    """
    sighted = list(sightings)
    found = [sighting for sighting in sighted if not _is_named_after(sighting)]
    vessels = {sighting.text for sighting in found if not sighting.hits and _follows_a_ship(sighting)}
    vessels |= {one.text.partition(" ")[2] for one in sighted if not one.hits and _is_named_after(one)}
    vessels |= set(_named_after().findall(article)) - {one.text for one in found if one.hits}
    vessels -= {one.text for one in found if one.text in vessels and _is_introduced(one)}
    seen = [sighting for sighting in found if sighting.text not in vessels and not _follows_a_ship(sighting)]
    lines: dict[int, list[Sighting]] = defaultdict(list)
    for sighting in seen:
        lines[sighting.paragraph.index].append(sighting)
    headlines = {index for index, names in lines.items() if _is_all_capitalised(names, article)}
    elsewhere = {sighting.text for sighting in seen if sighting.paragraph.index not in headlines}
    surnames = {text.split()[-1] for text in elsewhere}
    for sighting in seen:
        if not sighting.hits and sighting.is_alone and sighting.text.lower() in _happenings():
            continue  # "Ceasefire" at the start of a sentence
        told = sighting.hits or sighting.text in elsewhere or sighting.paragraph.index not in headlines
        if told or (sighting.guess == PERSON and _is_called(sighting, surnames, common)):
            yield sighting


def _is_called(sighting: Sighting, surnames: Collection[str], common: frozenset[str]) -> bool:
    """Whether a name in a line of capitals is a person's: "Mary Holm", but not "Fallout Hurts"."""
    first, *rest = sighting.text.split()
    if any(part.lower() in common for part in rest):
        return False
    return fold(first) in first_names() or (rest or [first])[-1] in surnames


@cache
def _happenings() -> frozenset[str]:
    """Nouns for what happens, in lower case."""
    families = json.loads((LEXICON / "en" / "events.json").read_text("utf-8"))["families"]
    return frozenset(noun for family in families for noun in family["nouns"]) - first_names().keys()


def _follows_a_ship(sighting: Sighting) -> bool:
    """Whether a name is a ship's, a storm's or an operation's: "USS X", "Hurricane X", "MV Professor X"."""
    before = sighting.line[: sighting.start].split()[-2:]
    if before and before[-1].lower() in name_titles():
        before.pop()
    return bool(before) and before[-1] in word_list("en", "storms_and_ships.txt")


@cache
def _named_after() -> re.Pattern[str]:
    """What a ship or storm is called, whatever the language model makes of it: "Dorian" of "Hurricane Dorian"."""
    kinds = "|".join(sorted(word for word in word_list("en", "storms_and_ships.txt") if not word.isupper()))
    return re.compile(rf"\b(?:{kinds}) ([A-Z][a-z]+)\b")


def _is_named_after(sighting: Sighting) -> bool:
    """Whether an unknown name begins with the kind of a ship or storm: "Hurricane X"."""
    return not sighting.hits and sighting.text.split()[0] in word_list("en", "storms_and_ships.txt")


def _is_introduced(sighting: Sighting) -> bool:
    """Whether it is told who bears a name that a ship bears too: "named after X, a Swedish diplomat who …"."""
    if _follows_a_ship(sighting):
        return False
    root = sighting.tokens.root
    beside = [child for child in root.children if child.dep_ in ("appos", "relcl") and child.i > root.i]
    told = any(part.lower_ in ("who", "whose") for child in beside for part in child.subtree)
    return told or any(child.lower_ in human() for child in beside)


def _is_all_capitalised(names: Sequence[Sighting], article: str) -> bool:
    """Whether a line of an article capitalises its words beside the names of people and the known names in it."""
    start = names[0].paragraph.start
    text = article[start : start + len(names[0].line)]
    for sighting in reversed(names):
        if sighting.hits or sighting.guess == PERSON:
            text = text[: sighting.start] + text[sighting.end :]
    words = [word for word in text.split() if word[0].isalpha()]
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def has_article(sighting: Sighting) -> bool:
    """ "the Clintons", "the Utah Jazz"."""
    return sighting.line[: sighting.start].lower().endswith("the ")


def acts(sighting: Sighting) -> bool:
    """Whether a name stands for somebody who does something: subject of a deed, or party "between A and B"."""
    if in_dateline(sighting):
        return False
    token = sighting.tokens.root
    while token.dep_ == "conj":
        token = token.head
    head = token.head
    match token.dep_:
        case "nsubj":
            return head.lemma_ not in _NOT_ACTING
        case "compound":
            return head.lower_ in _SPOKES
        case "pobj":
            party = head.lower_ in ("with", "against") and sighting.guess == PLACE
            return head.lower_ == "between" or head.dep_ == "agent" or party
    return False


def is_called_a_body(sighting: Sighting) -> bool:
    """ "Cameron, maker of the valve": a surname that somebody known bears, and that is a firm's here."""
    root = sighting.tokens.root
    beside = (child for child in root.children if child.dep_ == "appos" and child.i > root.i)
    return not sighting.honorific and any(child.text in word_list("en", "body_nouns.txt") for child in beside)


def is_called_a_town(sighting: Sighting) -> bool:
    """ "The French capital Paris", "the city of Paris": a place, and not those who govern from it."""
    before = sighting.line[: sighting.start].lower().replace(",", "").split()[-2:]
    return before[-1:] == ["capital"] or before in (["city", "of"], ["capital", "of"])


def governs(sighting: Sighting) -> bool:
    """Whether a town or province does what only its government can: "Texas sued", "Chicago said"."""
    token = sighting.tokens.root
    deed = token.head.lemma_.lower()
    return acts(sighting) and (deed in word_list("en", "saying.txt") or deed in word_list("en", "governing.txt"))


def in_dateline(sighting: Sighting) -> bool:
    """Whether a name stands in capitals before the dash that opens a report."""
    text = sighting.line
    if not sighting.text.isupper() or len(sighting.text) < 4:
        return False
    dateline = _DATELINE.match(text)
    return dateline is not None and sighting.end <= dateline.end()


def is_credit(sighting: Sighting) -> bool:
    """A news agency in brackets, before a dash or in a caption has only handed on the text or picture."""
    if sighting.paragraph.role is not BlockRole.BODY:
        return not acts(sighting)
    text = sighting.line
    before, after = text[: sighting.start].rstrip(), text[sighting.end :].lstrip()
    return before.endswith(("(", "/")) or after.startswith((")", "-", "–", "—", "/"))


def in_credits(sighting: Sighting) -> bool:
    """Whether a line says who made the article or its pictures: "Reporting by A; editing by B", "Image: C"."""
    line = sighting.line
    if _CREDIT.match(line) or _CREDITED.search(line[max(0, sighting.start - 140) : sighting.start]):
        return True
    if "/" in line and _AGENCY_BEHIND.match(line, sighting.end):
        return len(line) < 120 or not sighting.paragraph.is_body or line[: sighting.start].endswith("(")
    if _FILED.match(line, sighting.end) or _FILED_TOO.search(line[: sighting.start]):
        return True
    told = _CONTRIBUTED.search(line, sighting.end)
    return told is not None and ". " not in line[sighting.end : told.start()]


def may_be_body(sighting: Sighting, conduct: Conduct, common: frozenset[str]) -> bool:
    """Whether an unknown name may be a body's: it says so itself, or does what only bodies do.

    No law, prize, day or place, no office, and not shouted. `common` are words the prose writes with a small letter.
    """
    parts = sighting.text.split()
    lower = [part.lower() for part in parts]
    heads = {lower[-1], *(before for before, after in pairwise(lower) if after in ("of", "for", "on", "to"))}
    if heads & word_list("en", "no_bodies.txt") or not any(sign.isalpha() for sign in sighting.text):
        return False
    if gazetteer.spots(sighting.text) and stands_as_place(sighting) and not _says_body(parts):
        return False
    if is_passing(sighting) or (sighting.is_alone and sighting.text in institutions()):
        return False
    if sighting.is_alone and sighting.text.isupper() and _says_body(parts):
        return False  # "AG" and "FC" are ends of names
    if sighting.is_alone and not sighting.text.isupper() and _is_part_of_an_office(sighting):
        return False
    if _PARTY_AND_STATE.match(sighting.text) or ("," in sighting.text and not any(part in _JOINTS for part in parts)):
        return False
    if sighting.line.isupper() or in_dateline(sighting):
        return False
    if len(parts) > 1 and _says_body(parts):
        return not any(spot.is_venue for spot in gazetteer.spots(sighting.text))
    if gazetteer.is_place(sighting.text) and conduct.deeds < 2 and not conduct.bodily:
        return False
    if conduct.is_a_thing or all(part in common for part in lower):
        return False
    if sighting.text.isupper() and sighting.is_alone:
        return bool(conduct.deeds or conduct.subjects or conduct.articles) and len(sighting.text) > 1
    return bool(conduct.deeds) or conduct.subjects > 1


def may_be_person(sighting: Sighting, conduct: Conduct, common: frozenset[str]) -> bool:
    """Whether an unknown name that was taken for a person's may be one: addressed, with a first name, or acting so."""
    parts = sighting.text.split()
    if any(sign.isdigit() for sign in sighting.text) or (parts[0] in _SAINTS and not sighting.honorific):
        return False  # flight "NH175", its neighbour "St. Kitts"
    if sighting.honorific or conduct.personal:
        return True
    if conduct.is_called_the:
        return False  # "the Marie Celeste"
    if has_article(sighting) and parts[-1].lower() in titles() and gazetteer.is_place(" ".join(parts[:-1])):
        return False  # "the Florida Senator"
    if all(part.lower() in common for part in parts) or _GLUED.search(sighting.text):
        return False
    if len(parts) > 3 and parts[-1].lower() in word_list("en", "no_bodies.txt"):
        return False  # "Martin Luther King Jr. Day"
    if len(parts) > 1:
        called = fold(parts[0]) in first_names() or parts[0] in word_list("en", "surnames_first.txt")
        plain = conduct.is_a_thing or parts[0].lower() in common
        return word_list("en", "no_people.txt").isdisjoint(parts) and (called or not plain)
    if conduct.is_a_thing:
        return False
    return fold(sighting.text) in first_names() or bool(conduct.deeds) or conduct.subjects > 1


def is_passing(sighting: Sighting) -> bool:
    """Whether a lone word that begins a sentence is capitalised for that alone, as far as its tag tells."""
    token = sighting.tokens[0]
    return sighting.is_alone and sighting.text.istitle() and bool(token.is_sent_start) and token.pos_ != "PROPN"


def may_be_place(sighting: Sighting) -> bool:
    """Whether a name taken for a person's is on the map, and nothing speaks for a person."""
    if sighting.honorific or not gazetteer.is_place(sighting.text):
        return False
    if not sighting.is_alone and stands_as_place(sighting):
        return True
    return gender_of(sighting.text) is None or sighting.is_alone


def stands_as_place(sighting: Sighting) -> bool:
    """ "in Sterling Heights", "Sterling Heights, Michigan"."""
    behind = sighting.line[sighting.end : sighting.end + 40]
    region = _REGION_BEHIND.match(behind)
    before = sighting.line[: sighting.start].split()[-1:]
    inside = bool(before) and before[0].lower() in gazetteer.place_words()["where"]
    return inside or (region is not None and gazetteer.enclosing_country(region[1]) is not None)


def _is_part_of_an_office(sighting: Sighting) -> bool:
    """ "State" in "Secretary of State", "Interior" in "Interior Secretary"."""
    first = sighting.tokens[0]
    doc = first.doc
    behind = sighting.tokens.end
    if behind < len(doc) and doc[behind].lower_ in OFFICES_BY_FIELD:
        return True
    return first.i > 1 and first.nbor(-1).lower_ in ("of", "for") and first.nbor(-2).lower_ in titles()
