"""Who is the subject of a reporting word, read from the parse."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SETS_OFF = frozenset({",", '"', "-", "–", "—"})
_ENDS_A_NAME = frozenset({",", ".", "-", "–", "—", "and", '"'})
# Verbs before whom they are said to: "who came late, told Lee, …".
ADDRESSING = frozenset({"tell", "ask", "inform", "remind", "assure", "call", "quote", "join", "meet", "beat", "cite"})
_RELATIVES = frozenset({"who", "which", "that", "whom"})
# Verbs whose object, not whose subject, does what the infinitive says: "urged voters to say".
_OBJECT_CONTROL = frozenset(
    {"urge", "ask", "tell", "want", "order", "force", "allow", "persuade", "encourage"}
    | {"get", "let", "make", "lead", "prompt", "press", "beg", "advise", "invite"}
)
_PERCEIVING = frozenset({"hear", "see", "watch", "recall", "remember", "film", "catch", "show", "record", "picture"})
_WRITINGS = frozenset(
    {"statement", "tweet", "post", "letter", "email", "e-mail", "message", "note", "memo", "release"}
    | {"petition", "ad", "advert", "speech", "op-ed", "column", "essay", "paper", "press"}
)
_FACING = frozenset(
    {"address", "answer", "reject", "dismiss", "face", "rebut", "deny", "dispute", "ignore", "question", "mock", "hear"}
    | {
        "refute",
        "criticize",
        "criticise",
        "condemn",
        "denounce",
        "counter",
        "contradict",
        "reply",
        "respond",
        "receive",
    }
    | {"battle", "brush", "challenge", "combat", "confront", "contest", "deflect", "discredit", "dispel", "downplay"}
    | {"fend", "parry", "quash", "quell", "rebuff", "shrug", "weather"}
    | {"allay", "ease", "fuel", "prompt", "spark", "draw", "attack", "ridicule", "acknowledge", "cite", "quote", "read"}
    | {"welcome", "accept", "endorse", "oppose", "embrace", "block", "fight", "investigate", "review", "follow", "see"}
)
_NO_WHO = frozenset({"country", "world", "state", "city", "nation", "region", "team", "party", "board", "industry"})
_LIGHT = frozenset({"turns", "time", "trouble", "difficulty", "days", "weeks", "months", "years", "hours"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """The head word of a verb's subject, also where a conjunction, a relative or a control verb lends it."""
    for child in verb.children:
        if child.dep_ in _SUBJECTS and child.pos_ != "VERB":
            while child.i + 2 < verb.i and child.nbor().text == "-" and child.nbor(2).dep_ in _SUBJECTS:
                child = child.nbor(2)  # "the ex-minister said": the parser makes subjects of all three
            return _antecedent(child, verb)
    if (lent := _subject_of_aside(verb)) is not None:
        return lent
    if depth > 6:
        return None
    head = verb.head
    match verb.dep_:
        case "advcl" | "xcomp" if head.lemma_ in _PERCEIVING and verb.i and verb.nbor(-1).pos_ in ("NOUN", "PROPN"):
            return verb.nbor(-1)  # "recalled the pilot telling passengers"
        case "conj" if verb.tag_ in ("VBD", "VBZ") and head.tag_ == "VB" and head.dep_ == "ccomp":
            # "He said the plan would fail, and called it a fraud": who calls is who said.
            return subject_of(head.head, depth + 1)
        case "conj" if head.dep_ == "acl" and head.head.dep_ in ("dobj", "pobj") and _is_told(head):
            # "She denied the claim that they had lied, and said": who says is who denied.
            return subject_of(head.head.head, depth + 1)
        case "advcl" if verb.tag_ == "VBG" and head.dep_ == "acl" and verb.i and verb.nbor(-1).text == ",":
            # "She denied claims that they had lied, saying": who says is who denied.
            return subject_of(head.head.head, depth + 1) or subject_of(head, depth + 1)
        case "conj" | "advcl" | "dep" | "parataxis" if head.pos_ in ("VERB", "AUX"):
            return subject_of(head, depth + 1)
        case "conj" if verb.tag_ == "VBG":
            return subject_of(head, depth + 1)
        case "xcomp" | "ccomp" if head != verb:
            if head.lemma_ in _OBJECT_CONTROL:
                for child in head.children:
                    if child.dep_ in ("dobj", "dative") and child.i < verb.i:
                        return child
            return subject_of(head, depth + 1) if head.pos_ in ("VERB", "AUX", "ADJ") else None
        case "pcomp" if head.lower_ == "as" and head.head.lemma_ in ("quote", "cite"):
            # "Quoting him as saying": he says, not who quotes.
            return next((part for part in head.head.children if part.dep_ in ("dobj", "nsubjpass")), None)
        case "pcomp" if head.dep_ == "prep":
            return subject_of(head.head, depth + 1) if head.head.pos_ in ("VERB", "AUX") else None
        case "acl" if head.dep_ == "dobj" and head.lower_ in _LIGHT and head.head.pos_ in ("VERB", "AUX"):
            return subject_of(head.head, depth + 1)  # "they took turns saying"
        case "acl" if verb.tag_ == "VBD" and head.dep_ == "dobj" and any(_is_told(one) for one in head.children):
            return subject_of(head.head, depth + 1)  # the same, where the parser hangs "said" on the claim
        case "acl" | "relcl":
            return head
        case "acomp" | "attr" | "prep":
            return subject_of(head, depth + 1) if head.pos_ in ("VERB", "AUX") else None
    return None


def _subject_of_aside(verb: Token) -> Token | None:
    """The "letter" of "A letter, the first page of which shows a map, says", where the parse gives the aside both
    subjects."""
    for clause in verb.lefts:
        if clause.dep_ != "ccomp" or clause.head != verb or clause.i + 1 >= verb.i or verb.nbor(-1).text != ",":
            continue
        subjects = [child for child in clause.lefts if child.dep_ in _SUBJECTS]
        if len(subjects) > 1 and any(word.tag_ in ("WDT", "WP", "WP$") for word in subjects[1].subtree):
            return subjects[0]
    return None


def _is_told(clause: Token) -> bool:
    """Whether a clause says what a claim is, "that they had lied", and is no participle."""
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)


def is_asked(verb: Token) -> bool:
    """Whether somebody is only asked or made to speak: "asked the minister to confirm that"."""
    return verb.dep_ in ("xcomp", "ccomp") and verb.tag_ == "VB" and verb.head.lemma_ in _OBJECT_CONTROL


def inverted_subject(verb: Token) -> Token | None:
    """The name behind a verb between commas, which the parser takes for its object: The plan, said Lee, is dead."""
    if verb.tag_ not in ("VBD", "VBZ") or verb.lemma_ in ADDRESSING or verb.i == 0 or verb.i + 2 >= len(verb.doc):
        return None
    name = verb.nbor()
    if name.lower_ == "the":
        name = name.nbor()
    if verb.nbor(-1).text not in _SETS_OFF or name.pos_ != "PROPN":
        return None
    while name.i + 1 < len(name.doc) and name.nbor().pos_ == "PROPN":
        name = name.nbor()
    return name if name.i + 1 < len(name.doc) and name.nbor().text in _ENDS_A_NAME else None


def agent_of(verb: Token) -> Token | None:
    """Who acts in a passive: the noun behind "by"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return noun
    return None


def speaker_of_noun(noun: Token) -> Token | None:
    """Whose claim it is: "his claim", "a claim by the minister", "the minister made the claim"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    agent = agent_of(noun)
    if agent is not None:
        return agent
    verb = noun.head
    if noun.dep_ not in ("dobj", "pobj"):
        return None
    while verb.dep_ in ("prep", "pobj", "dobj") and verb.head != verb and verb.pos_ not in ("VERB", "AUX"):
        verb = verb.head
    # Who answers, rejects or faces a claim did not make it.
    if verb.pos_ not in ("VERB", "AUX") or verb.lemma_.lower() in _FACING:
        return None
    return subject_of(verb)


def crier_of(noun: Token) -> Token | None:
    """Who utters "shouts of": "their shouts", "the crowd answered with shouts"."""
    owner = next((child for child in noun.children if child.dep_ == "poss"), None) or agent_of(noun)
    verb = noun.head
    while owner is None and verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    return owner or (subject_of(verb) if verb != noun and noun.dep_ in ("dobj", "pobj") else None)


def head_of_phrase(word: Token) -> Token:
    """Of "Ann Lee, spokeswoman for the mayor", whose last word stands before a verb, Ann Lee."""
    while word.dep_ == "pobj" and word.head.dep_ == "prep" and word.head.head.pos_ in ("NOUN", "PROPN", "PRON"):
        word = word.head.head
    return word.head if word.dep_ == "appos" and word.head.dep_ not in ("pobj", "dobj") else word


def author_of(subject: Token) -> Token:
    """Who speaks in a writing: of "she issued a statement saying", she; elsewhere the subject itself."""
    noun = subject
    if noun.dep_ == "pobj" and noun.head.lower_ == "to" and noun.head.head.lemma_.lower() in _WRITINGS:
        noun = noun.head.head  # "a memo to employees explaining"
    if noun.lemma_.lower() not in _WRITINGS:
        return subject
    if noun.dep_ == "nsubj" and noun.head.tag_ == "VBG" and noun.head.dep_ == "ccomp":
        return subject_of(noun.head.head) or subject
    senders = (agent_of(child) for child in noun.children if child.dep_ == "acl" and child.tag_ == "VBN")
    return next((sender for sender in senders if sender is not None), None) or speaker_of_noun(noun) or subject


def relative_of(noun: Token, verb: Token) -> Token | None:
    """The "who" right behind a noun whose relative clause has the verb."""
    clause = verb
    while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head.i < clause.i and clause.head.i > noun.i:
        clause = clause.head
    for child in clause.children:
        if child.lower_ in _RELATIVES and child.dep_ in _SUBJECTS and noun.i < child.i <= noun.i + 8:
            return child
    return None


def words_of(head: Token, outside: Container[int]) -> tuple[int, int]:
    """First and last token of the noun phrase around a head, without what is quoted and what follows the head.

    `outside` holds the tokens that stand outside quotations.
    """
    first = head.i
    left = head.left_edge.i
    while first - 1 >= left and first - 1 in outside:
        first -= 1
    while first > 1 and head.doc[first - 1].text == "-" and first - 2 in outside:
        first = head.doc[first - 2].left_edge.i  # "the ex-partner"
    while first < head.i and head.doc[first].is_punct:
        first += 1
    last = head.i
    while last + 1 < len(head.doc) and last + 1 in outside and not head.doc[last].whitespace_:
        if not (head.doc[last + 1].text == "-" or head.doc[last].text == "-"):
            break  # of "the ex-partner" the parser may take "ex" for the head
        last += 1
    for child in head.conjuncts:
        if last < child.i <= last + 4 and child.i in outside and child.pos_ in _NOMINAL:
            last = child.i
    return first, last


def _antecedent(subject: Token, verb: Token) -> Token:
    if subject.lower_ in _RELATIVES and subject.tag_ in ("WP", "WDT", "IN"):
        clause = verb
        while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head.i < clause.i:
            clause = clause.head
        if clause.dep_ in ("relcl", "acl") and clause.head != clause:
            noun = clause.head
            # "Democrats across the country, who say": a place is no "who".
            place = noun.ent_type_ in ("GPE", "LOC", "DATE") or noun.lower_ in _NO_WHO
            return head_of_phrase(noun) if place and subject.lower_ == "who" else noun
    return subject
