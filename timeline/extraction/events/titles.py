"""Titles: short sentences over canonical names in the present tense, saying no more than their source."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from timeline.extraction.events.candidates import Candidate
from timeline.extraction.events.phrases import first_upper, is_time, listed, phrase_of, plain, run_of
from timeline.extraction.events.scene import Scene, conjoined
from timeline.extraction.events.trifles import SHARES, is_trifle
from timeline.extraction.events.triggers import is_passive, named_objects
from timeline.extraction.events.verbforms import base_of, participle, present, several
from timeline.extraction.events.wellformed import is_torn
from timeline.extraction.events.words import event_words
from timeline.extraction.names import titles
from timeline.extraction.statements.speakers import subject_of
from timeline.vocabulary import ActorKind

MAX_WORDS = 16


def title_of(scene: Scene, candidate: Candidate) -> str:
    """A title for a candidate, '' where the words do not make one or tell only a trifle."""
    if candidate.is_verb and is_trifle(candidate):
        return ""
    title = _clause(scene, candidate) if candidate.is_verb else _nominal(scene, candidate)
    title = title.replace(" ’s ", "’s ").replace(" 's ", "'s ")
    return "" if is_torn(title) else title


def loose_title_of(scene: Scene, candidate: Candidate) -> str:
    """The clause of a candidate in the words of its source, for a person to put right; '' where it has no subject that
    a title may begin with."""
    verb = candidate.token
    if (
        not candidate.is_verb
        or candidate.weak
        or candidate.in_title
        or candidate.subject is None
        or is_trifle(candidate)
    ):
        return ""
    subject, plural = _subject(scene, candidate)
    if not subject or subject.split()[0].lower() in PRONOUNS:
        return ""
    apart = BESIDE_CLAUSE if candidate.speech else BESIDE_CLAUSE | {"ccomp"}
    last = max((child.right_edge.i for child in verb.rights if child.dep_ not in apart), default=verb.i)
    timed = next((t for t in verb.doc[verb.i + 1 : last + 1] if is_time(scene, candidate, t)), None)
    if timed is not None:
        last = timed.i - 1 - (timed.nbor(-1).pos_ == "ADP")
    words = run_of(scene, candidate, verb.i + 1, last).partition(", ")[0].split() if last > verb.i else []
    if candidate.passive:
        action = f"{'are' if plural else 'is'} {verb.text.lower()}"
    else:
        action = present(base_of(verb), plural=plural)
    title = " ".join([subject, action, *words])
    whole = words[-1] not in DANGLING if words else timed is not None
    return title if whole and len(words) <= MAX_WORDS + 4 and not is_torn(title) else ""


BESIDE_CLAUSE = frozenset({"conj", "cc", "advcl", "punct"})


def is_sentence(scene: Scene, candidate: Candidate, title: str) -> bool:
    """Whether a title has a verb, and is no "Presidential election in Botswana"."""
    return candidate.is_verb or title != phrase_of_noun(scene, candidate) or candidate.token.dep_ == "nsubj"


# --- clauses -------------------------------------------------------------------------------------------------------


def _clause(scene: Scene, candidate: Candidate) -> str:
    verb = candidate.token
    if candidate.subject is None:
        return ""
    if candidate.medium and candidate.patients:
        subject = f"{first_upper(candidate.medium)} of {scene.cast.by_key[candidate.patients[0]].name}"
        plural = False
    else:
        subject, plural = _subject(scene, candidate)
    if not subject or subject.rpartition(" ")[2].lower() in DANGLING:
        return ""
    stated = several(verb)
    if stated is not None and not _subject_named(scene, candidate):
        plural = stated
    hedge = "is believed to have " if candidate.hedged and verb.tag_ == "VBN" else ""
    if hedge:
        action = verb.text.lower() if not candidate.passive else f"been {verb.text.lower()}"
        hedge = hedge.replace("is ", "are ", 1) if plural else hedge
    elif candidate.passive:
        action = f"{'are' if plural else 'is'} {verb.text.lower()}"
    else:
        third = verb.tag_ == "VBZ" and not plural
        action = verb.lower_ if third else present(base_of(verb), plural=plural)
    tail = _tail(scene, candidate) or _complement(scene, candidate)
    if (not tail and not _stands_alone(candidate, plural)) or tail == subject or _lacks_object(candidate):
        return ""
    if candidate.passive and verb.tag_ == "VBD" and not verb.lower_.endswith("ed") and verb.lower_ != verb.lemma_:
        return ""  # "is flew"
    if subject.split()[0].lower() in PRONOUNS or _lacks_content(candidate):
        return ""
    words = f"{subject} {hedge}{action} {tail}".rstrip(" .").split()
    return " ".join(words) if len(words) <= MAX_WORDS + 8 else ""


def _subject_named(scene: Scene, candidate: Candidate) -> bool:
    """Whether the subject of the title is the name of another number than its words: "the couple", "they"."""
    head = candidate.subject
    return head is not None and bool(scene.actors_of(candidate.paragraph, head))


def _stands_alone(candidate: Candidate, plural: bool) -> bool:
    """Whether the verb says enough without an object: "resigns", "is arrested"; not "receives", "announces"."""
    words = event_words()
    lemma = candidate.token.lemma_.lower()
    if candidate.passive:
        return lemma not in words["unfinished"]
    if candidate.family is not None and candidate.family.symmetric:
        return plural
    return lemma in words["intransitive"] or candidate.words[0] != candidate.words[1]


def _lacks_object(candidate: Candidate) -> bool:
    """ "Gives to the Times", "receives from the bank": a verb whose object stands elsewhere, in the words before
    "which", or was misread."""
    verb = candidate.token
    if candidate.passive or verb.lemma_.lower() not in event_words()["needs_object"]:
        return False
    return not any(child.dep_ in (*CONTENT, "prt") and child.tag_ not in ("WP", "WDT") for child in verb.rights)


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
        words = run_of(scene, candidate, child.left_edge.i, child.right_edge.i)
        if set(words) & QUOTES or any(t.lower_ in ("what", "how", "why") for t in child.subtree):
            continue
        return words if words.startswith(("that ", "whether ")) else f"that {words}"
    return ""


ARTICLES = ("the", "a", "an", "this", "that", "his", "her", "their", "its")
PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "this", "that", "these", "those", "who", "which"})
DANGLING = frozenset({"late", "early", "on", "of", "in", "at", "to", "by", "for", "not", "and", "with", "from"})
QUOTES = frozenset('"“”‘')


def _subject(scene: Scene, candidate: Candidate) -> tuple[str, bool]:
    head = candidate.subject
    assert head is not None
    if head.ent_type_ in ("DATE", "TIME") and not head.like_num and head.pos_ != "PROPN":
        return "", False  # a day does nothing
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
            return listed([actor.name for actor in named]), plural
    if head.pos_ == "PRON" and not any(child.lower_ == "of" for child in head.children):
        return "", False  # "they"; not "half of the ships"
    text = phrase_of(scene, candidate, head)
    if len(parts) > 1 and not all(part.text in text for part in parts):
        return "", False  # one of several was lost behind what hangs on the other
    plural = head.tag_ in ("NNS", "NNPS") or len(parts) > 1 or _counts(head)
    return first_upper(text), plural


def _counts(head: Token) -> bool:
    """Whether a number says how many act: "two were hurt", and no "Boeing 777" or "1"."""
    named = any(child.dep_ in ("compound", "nmod") and child.pos_ == "PROPN" for child in head.children)
    return head.like_num and head.lower_ not in ("one", "1") and not named


def _tail(scene: Scene, candidate: Candidate) -> str:
    """Object, particle and the prepositions that belong to the deed."""
    verb = candidate.token
    pieces: list[str] = []
    for child in verb.rights:
        if child.dep_ == "oprd" and verb.doc[child.left_edge.i - 1].text == ",":
            continue  # "confirmed by Ann Lee, then as now a minister"
        beside = child.i == verb.i + 1 and (child == candidate.words[1] or child.lower_ in PARTICLES)
        if child.dep_ in ("prt", "acomp", "oprd") or (beside and child.dep_ not in ("prep", "agent")):
            pieces.append(child.text if child.dep_ != "acomp" else phrase_of(scene, candidate, child))
        elif child.dep_ in ("dobj", "obj", "attr", "dative"):
            if is_time(scene, candidate, child):
                if verb.lemma_.lower() in event_words()["spending"]:
                    return ""
                continue  # "announced this autumn that …"
            if child.pos_ == "PRON" and not scene.actors_of(candidate.paragraph, child):
                return ""
            if child.lower_ in RELATIVES or (child.dep_ == "dative" and child.pos_ not in ("NOUN", "PROPN", "PRON")):
                return ""
            phrase = phrase_of(scene, candidate, child)
            if not phrase:
                return ""
            pieces.append(phrase)
        elif child.dep_ == "npadvmod" and child.lower_ in SHARES and child.i > verb.i:
            pieces.append(plain(scene, candidate, child))  # "fell 4 percent"
        elif child.dep_ in ("prep", "agent"):
            piece = _prepositional(scene, candidate, child)
            if piece:
                pieces.append(piece)
        elif child.dep_ == "xcomp" and child.tag_ in ("VBG", "VBN") and child.i > verb.i and _is_short(verb, child):
            pieces.append(run_of(scene, candidate, child.left_edge.i, child.right_edge.i))
        elif child.dep_ == "xcomp" and child.tag_ == "VB":
            whole = run_of(scene, candidate, child.left_edge.i, child.right_edge.i)
            short = len(whole.split()) <= MAX_WORDS - 4 and not set(whole) & QUOTES
            if any(token.tag_ in ("WP", "WDT") and token.head == child for token in child.children):
                return ""  # "the star which they were forced to wear"
            pieces.append(whole if short else plain(scene, candidate, child))
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
    inner = next((child for child in prep.children if child.dep_ == "prep"), None)
    if not objects and inner is not None:
        words = _prepositional(scene, candidate, inner)
        return f"{prep.lower_} {words}" if words else ""  # "out of the race"
    deed = next((child for child in prep.children if child.dep_ == "pcomp"), None)
    if not objects and deed is not None and prep.lower_ in ("of", "for", "from", "against", "to", "into"):
        words = run_of(scene, candidate, prep.i, deed.right_edge.i)
        return words if len(words.split()) <= MAX_WORDS - 4 and words.count("“") == words.count("”") else ""
    if not objects or is_time(scene, candidate, objects[0]) or objects[0].like_num:
        return ""
    named = scene.actors_of(candidate.paragraph, objects[0])
    if named and prep.dep_ != "agent" and set(named) <= set(candidate.agents):
        return ""
    phrase = phrase_of(scene, candidate, objects[0])
    return f"{prep.lower_} {phrase}" if phrase else ""


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
            return f"{listed([*agents, *patients])} {verb}{where}"
        return f"{listed(agents)} {action} {listed(patients)}{where}"
    done_to = verb.split(" ")[0] not in words["intransitive"]  # nobody "is resigned"
    if family and verb and patients and not agents and not family.symmetric and done_to:
        head, _, rest = verb.partition(" ")
        return f"{listed(patients)} {'are' if len(patients) > 1 else 'is'} {participle(head)} {rest}".strip() + where
    return _carried_out(scene, candidate) or phrase_of_noun(scene, candidate)


def _carried_out(scene: Scene, candidate: Candidate) -> str:
    """ "The governor signs the law", "Primary elections are held in five states": the clause of the verb that says
    that it took place; '' where there is none."""
    verb = candidate.token.head
    if not candidate.carried or verb.pos_ != "VERB":
        return ""
    subject = subject_of(verb)
    return _clause(
        scene,
        replace(candidate, token=verb, words=(verb, verb), subject=subject, passive=is_passive(verb), family=None),
    )


def phrase_of_noun(scene: Scene, candidate: Candidate) -> str:
    """ "Russia's full-scale invasion of the country", "Presidential election in Botswana": where it says whose or
    where; '' for "the huge blast"."""
    noun = candidate.token
    phrase = plain(scene, candidate, noun)
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
    return first_upper(text) if 2 <= len(phrase.split()) <= MAX_WORDS else ""


def _where(scene: Scene, candidate: Candidate) -> str:
    for key in candidate.places:
        name = scene.places[key].name
        around = candidate.token.head.subtree if candidate.carried else candidate.token.subtree
        for prep in (t for t in around if t.dep_ == "prep"):
            if any(scene.place_at(candidate.paragraph, t) == key for t in prep.children):
                return f" {prep.lower_} {_with_article(scene, candidate, key, name)}"
        return f" at {_with_article(scene, candidate, key, name)}"
    return ""


def _with_article(scene: Scene, candidate: Candidate, key: str, name: str) -> str:
    text = scene.document.text
    definite = any(text[max(span.start - 4, 0) : span.start].lower() == "the " for span in scene.places[key].mentions)
    return f"the {name}" if definite and not name.lower().startswith("the ") else name
