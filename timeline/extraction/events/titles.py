"""Titles: short sentences over canonical names in the present tense, saying no more than their source."""

from __future__ import annotations

from spacy.tokens import Token

from timeline.extraction.events.candidates import Candidate
from timeline.extraction.events.scene import Scene, conjoined
from timeline.extraction.events.triggers import named_objects
from timeline.extraction.events.words import event_words
from timeline.extraction.mentions import Span, StatementMention
from timeline.extraction.names import titles
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.statements.media import media_words
from timeline.vocabulary import ActorKind, StatementKind

MAX_WORDS = 16
# A quotation of so few words says too little for a title; one longer than the second is cut.
MIN_WORDS, QUOTED_WORDS = 3, 24
QUOTE_MARKS = " “”‘’\"'.,"
IRREGULAR = {"be": ("is", "are"), "have": ("has", "have"), "do": ("does", "do"), "go": ("goes", "go")}


def title_of(scene: Scene, candidate: Candidate) -> str:
    """A title for a candidate, '' where the words do not make one."""
    if candidate.is_verb:
        return _clause(scene, candidate)
    return _nominal(scene, candidate)


def title_of_speech(scene: Scene, candidates: list[Candidate]) -> str:
    """ "X suggests that …" by the first indirect statement and its verb, else by a quotation or where it was said."""
    return told_of_speech(scene, candidates)[0]


def told_of_speech(scene: Scene, candidates: list[Candidate]) -> tuple[str, StatementMention | None]:
    """The title of a speech, and the statement that it tells where it tells one."""
    speaker = scene.cast.by_key[candidates[0].agents[0]].name
    medium = next((c.medium for c in candidates if c.medium), None)
    said = [s for s in scene.statements if s.key in candidates[0].speech]
    for statement in said:
        if statement.kind is StatementKind.DIRECT or statement.cue is None:
            continue
        cue = _verb_of(scene, statement.cue)
        words = _reported(scene, statement, medium) if cue is not None else ""
        if cue is not None and words:
            verb = "say" if cue.lemma_.lower() == "tell" else cue.lemma_.lower()
            return f"{speaker} {present(verb, plural=False)} {words}", statement
    if medium and medium[:1].isupper() and medium in media_words().platforms.values():
        return f"{speaker} posts on {medium}", None
    noun = medium.rpartition(" ")[2] if medium else ""
    if medium and noun in event_words()["spoken"]:
        return f"{speaker} speaks in {_a(medium if noun == 'conference' else noun)}", None
    direct = [(s, s.content[0].text.strip(QUOTE_MARKS)) for s in said if s.kind is StatementKind.DIRECT]
    for statement, words in direct:
        if MIN_WORDS < len(words.split()) <= QUOTED_WORDS:
            return f"{speaker} says: “{words}”", statement
    for statement, words in direct:
        if len(words.split()) > QUOTED_WORDS:
            return f"{speaker} says: “{_beginning(words)}”", statement
    return "", None


def _verb_of(scene: Scene, cue: Span) -> Token | None:
    """The reporting verb of a cue: the "announced" of "has now announced"; None where the words beside it are lost.

    Of "which she said was new" and "as many believe he did" what is said stands partly elsewhere.
    """
    paragraph = next((p for p in scene.paragraphs if p.start <= cue.start < p.end), None)
    first = paragraph.token_at(cue.start) if paragraph is not None else None
    last = paragraph.token_at(cue.end - 1) if paragraph is not None else None
    if first is None or last is None:
        return None
    verb = next((t for t in reversed(first.doc[first.i : last.i + 1]) if t.pos_ == "VERB"), None)
    if verb is None or verb.lemma_.lower() not in event_words()["telling"]:
        return None
    top = verb
    while top.dep_ in ("xcomp", "conj") and top.head.pos_ in ("VERB", "AUX"):
        top = top.head
    gapped = top.dep_ == "relcl" and not any(c.dep_ in ("nsubj", "nsubjpass") and c.tag_ in WH for c in top.children)
    compared = any(c.dep_ == "mark" and c.lower_ in ("as", "than") for c in top.children)
    return None if gapped or compared else verb


WH = ("WP", "WDT")


def _beginning(words: str) -> str:
    """The first words of a long quotation, up to the end of a sentence or a pause where there is one."""
    parts = words.split()[: QUOTED_WORDS - 2]
    # A full stop behind so short a word is that of "Mr." or "U.S.".
    whole = next((n for n in range(len(parts), MIN_WORDS, -1) if parts[n - 1][-1] in ".?!" and len(parts[n - 1]) > 4), 0)
    if whole:
        return " ".join(parts[:whole]).rstrip(".")
    stop = next((n for n in range(len(parts), MIN_WORDS, -1) if parts[n - 1][-1] in ",;:"), len(parts))
    return " ".join(parts[:stop]).rstrip(",;:. ") + " …"


def _reported(scene: Scene, statement: StatementMention, medium: str | None) -> str:
    """A reported clause fit for a title: "that he is open to …", without where it was said; else ''."""
    span = statement.content[0]
    words = " ".join(span.text.split())
    if words.partition(" ")[0].lower() in ASKING:
        return words.rstrip(" .,;:?") if len(words.split()) <= MAX_WORDS else ""
    for aside in (f" in {_a(medium)}", f" on {medium}", f" in the {medium}") if medium else ():
        words = words.split(aside)[0]
    words = words.rstrip(" .,;:")
    if not words.startswith("that "):
        if statement.sieve != "clause" or words.startswith("to "):
            return ""
        words = f"that {_uncapitalised(scene, statement, words)}"
    return words if 4 <= len(words.split()) <= MAX_WORDS + 8 and not set(words) & set('"“”') else ""


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _is_name(paragraph: Paragraph, offset: int) -> bool:
    token = paragraph.token_at(offset)
    return token is not None and token.pos_ == "PROPN"


def _uncapitalised(scene: Scene, statement: StatementMention, words: str) -> str:
    start = statement.content[0].start
    at = scene.cast.at(start)
    named = at or any(
        p.token_at(start) is not None and _is_name(p, start) for p in scene.paragraphs if p.start <= start < p.end
    )
    return words if named or words[:2].isupper() or words.startswith("I ") else words[0].lower() + words[1:]


# --- clauses -------------------------------------------------------------------------------------------------------


def _clause(scene: Scene, candidate: Candidate) -> str:
    verb = candidate.token
    if candidate.subject is None:
        return ""
    if candidate.medium and candidate.patients:
        subject = f"{_first_upper(candidate.medium)} of {scene.cast.by_key[candidate.patients[0]].name}"
        plural = False
    else:
        subject, plural = _subject(scene, candidate)
    if not subject:
        return ""
    hedge = "is believed to have " if candidate.hedged and verb.tag_ == "VBN" else ""
    if hedge:
        action = verb.text.lower() if not candidate.passive else f"been {verb.text.lower()}"
        hedge = hedge.replace("is ", "are ", 1) if plural else hedge
    elif candidate.passive:
        action = f"{'are' if plural else 'is'} {verb.text.lower()}"
    else:
        third = verb.tag_ == "VBZ" and not plural
        action = verb.lower_ if third else present(verb.lemma_.lower(), plural=plural)
    tail = _tail(scene, candidate) or _complement(scene, candidate)
    if (not tail and not _stands_alone(candidate, plural)) or tail == subject:
        return ""
    if subject.split()[0].lower() in PRONOUNS or _lacks_content(candidate):
        return ""
    words = f"{subject} {hedge}{action} {tail}".rstrip(" .").split()
    if any(word.lower() in SPOKEN for word in words) or words[-1].lower() in UNNAMED:
        return ""  # whose "my" it is, and who "him" is, only the text around says
    return " ".join(words) if len(words) <= MAX_WORDS + 8 else ""


def _stands_alone(candidate: Candidate, plural: bool) -> bool:
    """Whether the verb says enough without an object: "resigns", "is arrested"; not "receives", "announces"."""
    words = event_words()
    lemma = candidate.token.lemma_.lower()
    if candidate.passive:
        return lemma not in words["unfinished"]
    if candidate.family is not None and candidate.family.symmetric:
        return plural
    return lemma in words["intransitive"] or candidate.words[0] != candidate.words[1]


def _lacks_content(candidate: Candidate) -> bool:
    """ "Announces in a memo", "is asked by the court", "is supposed": words that do not say what."""
    lemma = candidate.token.lemma_.lower()
    if candidate.passive:
        asked = lemma in event_words()["asking"] and not any(c.dep_ in CONTENT for c in candidate.token.rights)
        return asked or lemma in event_words()["no_deeds"]
    if lemma not in event_words()["reporting"]:
        return False
    if candidate.family is not None and candidate.family.symmetric:
        return False  # "the two agree on minerals"
    if any(c.dep_ == "prep" and c.lower_ in ("against", "for", "on", "with") for c in candidate.token.children):
        return False  # "rules against the government"
    return not any(c.dep_ in CONTENT for c in candidate.token.children)


CONTENT = frozenset({"dobj", "obj", "ccomp", "xcomp", "attr"})


def _complement(scene: Scene, candidate: Candidate) -> str:
    """What is announced, ruled or decided: "that the terms were agreed", in the words of the source."""
    for child in candidate.token.rights:
        marked = any(c.dep_ == "mark" and c.lower_ in ("that", "whether") for c in child.children)
        if (
            child.dep_ != "ccomp"
            or not (marked or candidate.token.lemma_.lower() in event_words()["reporting"])
            or child.right_edge.i - child.left_edge.i > MAX_WORDS + 10
        ):
            continue
        words = _run(scene, candidate, child.left_edge.i, child.right_edge.i)
        if set(words) & QUOTES or any(t.lower_ in ("what", "how", "why") for t in child.subtree):
            continue
        return words if words.startswith(("that ", "whether ")) else f"that {words}"
    return ""


def _run(scene: Scene, candidate: Candidate, first: int, last: int) -> str:
    """A run of words as the document writes them."""
    doc = candidate.paragraph.doc
    if first + 1 < last and doc[last].dep_ == "pobj" and _is_time(scene, candidate, doc[last]):
        last = doc[last].head.i - 1 if doc[last].head.i > first + 1 else last  # "… too late on Monday"
    text = "".join(_source(scene, candidate, token) + token.whitespace_ for token in doc[first : last + 1])
    return " ".join(text.split()).strip(" ,;:.")


ARTICLES = ("the", "a", "an", "this", "that", "his", "her", "their", "its")
ASKING = frozenset({"what", "how", "why", "who", "where", "when", "which", "whether", "if"})
PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "this", "that", "these", "those", "who", "which"})
DANGLING = frozenset({"late", "early", "on", "of", "in", "at", "to", "by", "for", "not", "and", "with", "from"})
QUOTES = frozenset('"“”‘')
SPOKEN = frozenset({"i", "my", "me", "we", "our", "you", "your"})
UNNAMED = frozenset({"him", "it", "them", "they", "he", "she"})


def _subject(scene: Scene, candidate: Candidate) -> tuple[str, bool]:
    head = candidate.subject
    assert head is not None
    parts = conjoined(head)
    actors = scene.actors_of(candidate.paragraph, head)
    if len(actors) == 1 and len(parts) > 1 and all(part.lower_ in titles() for part in parts[:-1]):
        return scene.cast.by_key[actors[0]].name, False  # "chief executive and founder X"
    if actors and len(actors) >= min(len(parts), 2):
        named = [scene.cast.by_key[key] for key in actors]
        plural = len(actors) > 1 or (named[0].kind is ActorKind.GROUP and head.tag_ in ("NNS", "NNPS"))
        own = scene.actor_of(candidate.paragraph, head) is not None
        beside = len(parts) == 1 and named[0].kind is ActorKind.PERSON and head.tag_ == "NN"
        if own or beside or len(actors) > 1:
            return _and([actor.name for actor in named]), plural
    if head.pos_ == "PRON":
        return "", False
    text = _phrase(scene, candidate, head)
    several = head.tag_ in ("NNS", "NNPS") or len(parts) > 1 or (head.like_num and head.lower_ not in ("one", "1"))
    return _first_upper(text), several


def _tail(scene: Scene, candidate: Candidate) -> str:
    """Object, particle and the prepositions that belong to the deed."""
    verb = candidate.token
    pieces: list[str] = []
    for child in verb.rights:
        beside = child.i == verb.i + 1 and (child == candidate.words[1] or child.lower_ in PARTICLES)
        if child.dep_ in ("prt", "acomp", "oprd") or (beside and child.dep_ not in ("prep", "agent")):
            pieces.append(child.text if child.dep_ != "acomp" else _phrase(scene, candidate, child))
        elif child.dep_ in ("dobj", "obj", "attr", "dative"):
            if _is_time(scene, candidate, child):
                if verb.lemma_.lower() in event_words()["spending"]:
                    return ""
                continue  # "announced this autumn that …"
            if child.pos_ == "PRON" and not scene.actors_of(candidate.paragraph, child):
                return ""
            if child.lower_ in RELATIVES or child.dep_ == "dative" and child.pos_ not in ("NOUN", "PROPN", "PRON"):
                return ""
            pieces.append(_phrase(scene, candidate, child))
        elif child.dep_ in ("prep", "agent"):
            piece = _prepositional(scene, candidate, child)
            if piece:
                pieces.append(piece)
        elif child.dep_ == "xcomp" and child.tag_ in ("VBG", "VBN") and child.i > verb.i and _is_short(verb, child):
            pieces.append(_run(scene, candidate, child.left_edge.i, child.right_edge.i))
        elif child.dep_ == "xcomp" and child.tag_ == "VB":
            whole = _run(scene, candidate, child.left_edge.i, child.right_edge.i)
            short = len(whole.split()) <= MAX_WORDS - 4 and not set(whole) & QUOTES
            pieces.append(whole if short else _plain(scene, candidate, child))
    for noun in named_objects(scene, candidate.paragraph, verb):
        for prep in (child for child in noun.children if child.dep_ == "prep" and child.lower_ in ("in", "at", "near")):
            if any(scene.place_at(candidate.paragraph, place) for place in prep.children):
                pieces.append(_prepositional(scene, candidate, prep))
    return " ".join(dict.fromkeys(piece for piece in pieces if piece))


def _is_short(verb: Token, clause: Token) -> bool:
    """Whether a title may hold a clause: the "being fined" of "ended up being fined"."""
    return clause.right_edge.i - verb.i <= MAX_WORDS - 4 and not any(t.is_quote for t in clause.subtree)


RELATIVES = frozenset({"which", "who", "whom", "that", "what"})
# "Walked back his comments": an adverb that makes another verb.
PARTICLES = frozenset({"back", "away", "down", "off", "out", "up", "over", "apart", "aside", "forward"})


def _prepositional(scene: Scene, candidate: Candidate, prep: Token) -> str:
    if prep.lower_ in ("after", "before", "following", "since", "until", "during", "amid", "despite", "because",
                       "according", "by") and prep.dep_ != "agent":  # fmt: skip
        return ""
    objects = [child for child in prep.children if child.dep_ == "pobj"]
    deed = next((child for child in prep.children if child.dep_ == "pcomp"), None)
    if not objects and deed is not None and prep.lower_ in ("of", "for", "from", "against", "to", "into"):
        words = _run(scene, candidate, prep.i, deed.right_edge.i)
        return words if len(words.split()) <= MAX_WORDS - 4 and words.count("“") == words.count("”") else ""
    if not objects or _is_time(scene, candidate, objects[0]) or objects[0].like_num:
        return ""
    named = scene.actors_of(candidate.paragraph, objects[0])
    if named and prep.dep_ != "agent" and set(named) <= set(candidate.agents):
        return ""
    return f"{prep.lower_} {_phrase(scene, candidate, objects[0])}"


def _is_time(scene: Scene, candidate: Candidate, token: Token) -> bool:
    if token.ent_type_ in ("DATE", "TIME"):
        return True
    if scene.is_outside(candidate.paragraph):
        return False
    at = candidate.paragraph.offset(token)
    return any(t.span.start <= at < t.span.end for t in scene.times_in(candidate.paragraph))


def _phrase(scene: Scene, candidate: Candidate, head: Token) -> str:
    """A noun phrase: canonical names for those that are only a name, else its own words without relative clauses."""
    if head.lower_.endswith(("self", "selves")):
        return head.lower_
    actors = scene.actors_of(candidate.paragraph, head)
    parts = conjoined(head)
    if actors and len(actors) == len(parts) and all(part.pos_ in ("PROPN", "PRON") for part in parts):
        return _and([_called(scene, key) for key in actors])
    if head.pos_ == "PRON" and not actors:
        return head.lower_
    return _plain(scene, candidate, head)


def _called(scene: Scene, key: str) -> str:
    """A name inside a sentence: with its article, where this or any text writes it: "the United States"."""
    actor = scene.cast.by_key[key]
    if actor.kind is ActorKind.PERSON or actor.name.lower().startswith("the "):
        return actor.name
    text = scene.document.text
    own = (m.span for m in actor.mentions if m.span.text == actor.name)
    articled = any(text[max(span.start - 4, 0) : span.start].lower() == "the " for span in own)
    return f"the {actor.name}" if articled or actor.name.startswith("United ") else actor.name


def _plain(scene: Scene, candidate: Candidate, head: Token) -> str:
    keep: list[Token] = []

    def gather(token: Token) -> None:
        cut = False
        for child in token.children:
            if cut and child.dep_ in ("conj", "cc", "punct"):
                continue  # of "features, which include timers, themes" the rest hangs on what is left out
            if child.dep_ in (
                "relcl",
                "acl",
                "advcl",
                "parataxis",
                "appos",
                "ccomp",
                "punct",
                "tmod",
                "npadvmod",
            ) and not (_is_joined(child, head) or _is_purpose(child)):
                cut = cut or child.dep_ == "relcl"
                continue
            if _only_tells_time(scene, candidate, child):
                continue
            if child.dep_ == "prep" and (child.lower_ in ("after", "before", "since", "during", "including", "amid")):
                continue
            if _is_time(scene, candidate, child) and child.dep_ not in (
                "compound",
                "nummod",
                "npadvmod",
                "punct",
            ):
                continue
            keep.append(child)
            gather(child)

    keep.append(head)
    gather(head)
    keep.sort(key=lambda token: token.i)
    doc = candidate.paragraph.doc
    text = ""
    for token in keep:
        word = _source(scene, candidate, token)
        glue = text and (doc[token.i - 1].whitespace_ or token.i - 1 not in {k.i for k in keep})
        text += (" " if glue else "") + word
    return text.strip()


def _is_joined(token: Token, head: Token) -> bool:
    """The "five", "-" and "year" of "five-year-old boy": words that hyphens join to one before the noun."""
    if token.dep_ not in ("punct", "npadvmod", "acl", "advcl") or token.i > head.i:
        return False
    if token.dep_ == "punct":
        return token.text == "-" and not token.whitespace_
    doc = token.doc
    return doc[token.right_edge.i + 1].text == "-" and not token.right_edge.whitespace_


def _is_purpose(clause: Token) -> bool:
    """The "to launch a car" of "plans to launch a car": what the plan is."""
    short = clause.right_edge.i - clause.head.i <= MAX_WORDS - 4
    return (
        clause.dep_ in ("acl", "relcl")
        and clause.tag_ == "VB"
        and clause.head.lemma_.lower() in event_words()["purposes"]
        and short
        and any(c.lower_ == "to" and c.i == clause.head.i + 1 for c in clause.lefts)
    )


def _only_tells_time(scene: Scene, candidate: Candidate, token: Token) -> bool:
    """The "late on" of "the explosion late on Thursday", the "of" of "the election of 2019"."""
    if token.dep_ not in ("prep", "advmod"):
        return False
    below = [t for t in token.subtree if t != token and t.dep_ != "prep"]
    return bool(below) and all(_is_time(scene, candidate, t) or t.dep_ == "det" for t in below)


def _source(scene: Scene, candidate: Candidate, token: Token) -> str:
    """The word as the document writes it, curly marks and all."""
    if scene.is_outside(candidate.paragraph):
        return token.text
    start = candidate.paragraph.offset(token)
    return scene.document.text[start : start + len(token.text)]


# --- nouns ---------------------------------------------------------------------------------------------------------


def _nominal(scene: Scene, candidate: Candidate) -> str:
    words = event_words()
    family = candidate.family
    verb = words.verb_of_noun.get(candidate.token.lemma_.lower(), "")
    agents = [scene.cast.by_key[key].name for key in candidate.agents]
    patients = [scene.cast.by_key[key].name for key in candidate.patients]
    where = _where(scene, candidate)
    if family and verb and agents and (family.symmetric or patients):
        plural = len(agents) > 1
        head, _, rest = verb.partition(" ")
        action = f"{present(head, plural=plural)} {rest}".strip()
        if family.symmetric:
            if len(agents) + len(patients) < 2:
                return ""
            return f"{_and([*agents, *patients])} {verb}{where}"
        return f"{_and(agents)} {action} {_and(patients)}{where}"
    if family and verb and patients and not agents and not family.symmetric:
        head, _, rest = verb.partition(" ")
        return f"{_and(patients)} {'are' if len(patients) > 1 else 'is'} {participle(head)} {rest}".strip() + where
    return _phrase_of_noun(scene, candidate)


def _phrase_of_noun(scene: Scene, candidate: Candidate) -> str:
    """ "Russia's full-scale invasion of the country", "Presidential election in Botswana": where it says whose or
    where; '' for "the huge blast"."""
    noun = candidate.token
    phrase = _plain(scene, candidate, noun)
    for article in (*event_words()["after"], *event_words()["before"], *ARTICLES):
        phrase = phrase.removeprefix(f"{article} ").removeprefix(f"{article.capitalize()} ")
    while phrase.rpartition(" ")[2] in DANGLING:
        phrase = phrase.rpartition(" ")[0]
    verb = noun.head
    begins = noun.dep_ == "nsubj" and verb.lemma_ in ("begin", "start", "end")
    named = candidate.actors or candidate.places or any(t.pos_ == "PROPN" for t in noun.subtree)
    if not named and not (begins and candidate.time and len(phrase.split()) > 2):
        return ""
    text = f"{phrase} {present(verb.lemma_, plural=noun.tag_ == 'NNS')}" if begins else phrase
    return _first_upper(text) if 2 <= len(phrase.split()) <= MAX_WORDS else ""


def _where(scene: Scene, candidate: Candidate) -> str:
    for key in candidate.places:
        name = scene.places[key].name
        for prep in (t for t in candidate.token.subtree if t.dep_ == "prep"):
            if any(scene.place_at(candidate.paragraph, t) == key for t in prep.children):
                return f" {prep.lower_} {_with_article(scene, candidate, key, name)}"
        return f" at {_with_article(scene, candidate, key, name)}"
    return ""


def _with_article(scene: Scene, candidate: Candidate, key: str, name: str) -> str:
    text = scene.document.text
    definite = any(text[max(span.start - 4, 0) : span.start].lower() == "the " for span in scene.places[key].mentions)
    return f"the {name}" if definite and not name.lower().startswith("the ") else name


# --- words ---------------------------------------------------------------------------------------------------------


def present(lemma: str, *, plural: bool) -> str:
    """A verb in the present tense, third person."""
    if lemma in IRREGULAR:
        return IRREGULAR[lemma][plural]
    if plural:
        return lemma
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


PARTICIPLES = {"shoot": "shot", "strike": "struck", "fight": "fought", "overthrow": "overthrown", "sue": "sued",
               "meet": "met", "sell": "sold", "buy": "bought", "take": "taken", "ban": "banned", "stab": "stabbed",
               "kidnap": "kidnapped", "acquit": "acquitted", "indict": "indicted", "hit": "hit"}  # fmt: skip


def participle(lemma: str) -> str:
    if lemma in PARTICIPLES:
        return PARTICIPLES[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + "ed"


def _and(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _first_upper(text: str) -> str:
    """A capital at the start, but of "iPhone"."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]
