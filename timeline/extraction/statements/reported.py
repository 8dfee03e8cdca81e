"""The words of reported speech: how far a complement reaches in its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from timeline.extraction.paragraphs import sentence_of
from timeline.extraction.statements.confidence import confidence, credence, is_cut, telling
from timeline.extraction.statements.cues import (
    REFUSALS,
    Extent,
    Lexicon,
    Report,
    find_reports,
    introduces_quotation,
    is_negated,
    plausibility,
)
from timeline.extraction.statements.passages import Passage
from timeline.extraction.statements.speakers import ADDRESSING, head_of_phrase, subject_of
from timeline.vocabulary import BlockRole

_TRIMMED = frozenset({",", ".", ";", ":", "—", "–", "-", "--", "!", "?", "…", "..."})
_BEFORE_A_SEQUEL = frozenset({",", '"', "'", "''", "–", "—", "-", "--"})
_RUNNING_ON = frozenset({"clause", "object", "preposition"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_COORDINATORS = frozenset({"and", "but", "or"})

# Less likely reports are left out: the best F1 on half of PolNeAR's training articles, where three in four of what
# remains were marked by annotators.
PLAUSIBLE = 0.45
# Few of the attitudes ("wants to", "hopes to") are what an editor would call a statement.
ATTITUDE = 0.25
# Words that end in the middle are rarely whole.
CUT = 0.5
# Where the words name no speaker at all, the parse is often wrong.
SPEAKERLESS = 0.8
_PAST = frozenset({"earlier", "last", "yesterday"})
_LONGEST_NAME = 7
# In words. Longer clauses are lists or noise, and a text made of nothing but "he said that" must not stop the reader.
LONGEST = 250
_SPEAKING = frozenset(
    {"discuss", "provide", "identify", "name", "speak", "talk", "disclose", "give", "clarify", "weigh", "take"}
)


@dataclass(frozen=True, slots=True, eq=False)
class Indirect:
    """A report, the token runs (first, last) of what it reports, and how likely it is one.

    `confidence` is how likely it is a statement in the right mouth, with its words whole.
    """

    report: Report
    runs: tuple[tuple[int, int], ...]
    likely: float
    confidence: float


def find_indirect(passage: Passage, words: Lexicon, taken: frozenset[int]) -> Iterator[Indirect]:
    """The reported speech of a paragraph, one a cue; `taken` are the quotations that are statements of their own."""
    best: dict[int, Indirect] = {}
    for report in _reports(passage, words):
        runs = tuple(_runs(passage, report, words, taken))
        if not runs or _says_nothing(passage, report, runs, words, taken):
            continue
        likely = plausibility(report, _extent(passage, runs), words, passage.paragraph.role is BlockRole.TITLE)
        known = best.get(report.cue.i)
        if likely >= PLAUSIBLE and (known is None or likely > known.likely):
            best[report.cue.i] = Indirect(report, runs, likely, _confidence(passage, report, runs, likely, words))
    for indirect in best.values():
        # "Is believed to have said that …": the second verb reports, the first doubts it.
        if indirect.report.construction != "passive" or indirect.report.content.i not in best:
            yield indirect


def _confidence(
    passage: Passage, report: Report, runs: Sequence[tuple[int, int]], likely: float, words: Lexicon
) -> float:
    """How likely a report is a statement with its speaker right; what somebody only wants is for a person to judge."""
    sure = confidence(likely, telling(passage, report, runs, words, credence()), credence())
    attitude = report.construction in ("infinitive", "adjective") and report.cue.lemma_.lower() in words.attitudes
    if is_cut(passage, runs[-1][1]):
        sure = min(sure, CUT)
    if report.speaker is None:
        sure = min(sure, SPEAKERLESS)
    return min(sure, ATTITUDE) if attitude else sure


def _says_nothing(
    passage: Passage, report: Report, runs: Sequence[tuple[int, int]], words: Lexicon, taken: frozenset[int]
) -> bool:
    """Whether all that is reported is that somebody spoke: "It is over," the mayor said, according to the Post."""
    verb = report.content
    if verb.lemma_.lower() not in words.quotation or verb.pos_ != "VERB" or verb.i not in passage.outside:
        return False
    if verb.lemma_.lower() in words.clause and _has_quoted(passage, verb, taken):
        return True
    spoke = {verb.i}
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "advmod", "npadvmod"):
            spoke.update(range(child.left_edge.i, child.right_edge.i + 1))
    return all(i in spoke or report.cue.doc[i].is_punct for first, last in runs for i in range(first, last + 1))


def _has_quoted(passage: Passage, verb: Token, taken: frozenset[int]) -> bool:
    """Whether what a verb reports is a quotation of its sentence, which is a statement by itself."""
    sentence = sentence_of(verb)
    return any(passage.quotation_of[i] in taken for i in range(sentence.start, sentence.end)) and not any(
        child.dep_ in ("ccomp", "xcomp") and child.i in passage.outside for child in verb.children
    )


def _extent(passage: Passage, runs: Sequence[tuple[int, int]]) -> Extent:
    texts = [passage.span(first, last).text for first, last in runs]
    return Extent(
        letters=sum(character.isalnum() for text in texts for character in text),
        words=sum(last - first + 1 for first, last in runs),
        quoted=any(passage.quotation_of[i] >= 0 for first, last in runs for i in range(first, last + 1)),
    )


def _reports(passage: Passage, words: Lexicon) -> Iterator[Report]:
    """The reports of a paragraph outside its quotations, their speakers outside them too."""
    owners: dict[int, Token | None] = {}
    for report in find_reports(passage.paragraph.doc, words):
        cue = report.cue
        if cue.i not in passage.outside or is_negated(cue) or _is_silence(report, words):
            continue
        if report.content.right_edge.i - report.content.left_edge.i > LONGEST:
            continue
        if cue.i in owners:
            report = replace(report, speaker=owners[cue.i])
        elif report.speaker is not None and report.speaker.ent_type_ in ("DATE", "TIME") and cue.tag_ in _FINITE:
            report = replace(report, speaker=_word_before(passage, cue))  # "The next day Berg accused him of"
        elif report.speaker is not None and report.speaker.i not in passage.outside:
            report = replace(report, speaker=_speaker_before(passage, cue, words))
        elif report.speaker is None and cue.tag_ in _FINITE and report.construction != "passive":
            report = replace(report, speaker=_word_before(passage, cue))
        elif (source := _named_at_the_end(passage, report)) is not None:
            report = replace(report, speaker=source)
        if _is_nobody(report.speaker) or _cannot_speak(report, words) or _runs_into_speaker(report):
            continue
        owners.update((sequel.i, report.speaker) for sequel in _sequels(report, words))
        yield report


def _named_at_the_end(passage: Passage, report: Report) -> Token | None:
    """The name between a last comma and the cue that ends a sentence, whatever the parser made of it: "…, AP says"."""
    cue, doc = report.cue, report.cue.doc
    if report.construction != "clause" or report.content.i > cue.i or cue.tag_ not in _FINITE:
        return None
    first = cue.i
    while first > 0 and doc[first - 1].pos_ == "PROPN" and first - 1 in passage.outside:
        first -= 1
    ends = cue.i + 1 == len(doc) or (doc[cue.i + 1].text == "." and cue.i + 2 >= sentence_of(cue).end)
    return doc[cue.i - 1] if ends and 1 < first < cue.i and doc[first - 1].text == "," else None


def _is_silence(report: Report, words: Lexicon) -> bool:
    """Whether somebody declined to speak, which says nothing."""
    return (
        report.construction == "infinitive"
        and report.cue.lemma_.lower() in REFUSALS
        and (report.content.lemma_.lower() in words.quotation or report.content.lemma_.lower() in _SPEAKING)
    )


def _speaker_before(passage: Passage, cue: Token, words: Lexicon) -> Token | None:
    """Who speaks in a sentence whose quotation the parser took for the clause that a later cue hangs on."""
    for token in reversed(passage.paragraph.doc[sentence_of(cue).start : cue.i]):
        if token.i in passage.outside and introduces_quotation(token, words):
            speaker = subject_of(token)
            return speaker if speaker is not None and speaker.i in passage.outside else None
    return None


def _cannot_speak(report: Report, words: Lexicon) -> bool:
    """Whether the subject is the reader ("you agree to …") or something that happened ("the attack highlights")."""
    speaker = report.speaker
    return speaker is not None and (
        speaker.lower_ == "you" or (report.construction != "clause" and speaker.lemma_.lower() in words.happenings)
    )


def _is_nobody(speaker: Token | None) -> bool:
    """Whether "nobody", "no official" or "neither Berg nor Holm" spoke."""
    return speaker is not None and (
        speaker.lower_ in ("nobody", "none")
        or any(
            child.lower_ in ("no", "neither") and child.dep_ in ("det", "preconj", "cc") for child in speaker.children
        )
    )


def _runs_into_speaker(report: Report) -> bool:
    """Whether no mark parts a clause from the speaker behind it: it is no report, but "the users the site added"."""
    speaker, cue = report.speaker, report.cue
    if report.construction != "clause" or speaker is None or not report.content.i < speaker.i < cue.i:
        return False
    between = speaker.doc[report.content.i + 1 : speaker.i]
    return not any(token.is_punct for token in between)


def _word_before(passage: Passage, cue: Token) -> Token | None:
    """The noun or name right before a finite verb that the parser left without a subject."""
    at = cue.i - 1
    while at > 0 and passage.paragraph.doc[at].pos_ in ("ADV", "AUX"):
        at -= 1
    token = head_of_phrase(passage.paragraph.doc[at]) if at >= 0 else None
    return token if token is not None and token.pos_ in _NOMINAL and token.i in passage.outside else None


def _runs(passage: Passage, report: Report, words: Lexicon, taken: frozenset[int]) -> Iterator[tuple[int, int]]:
    doc = passage.paragraph.doc
    if passage.quotation_of[report.content.i] in taken and passage.quotation_of[report.content.i] >= 0:
        return
    inside = {token.i for token in report.content.subtree}
    if report.also is not None:
        inside |= {token.i for token in report.also.subtree}
    for sequel in _sequels(report, words):
        inside -= {token.i for token in sequel.subtree}
    if report.cue.i in inside:
        inside -= {token.i for token in report.cue.subtree}
    else:
        inside.discard(report.cue.i)
    if report.last != report.cue:
        inside.discard(report.last.i)
    inside = _shortened(passage, report, inside, words)
    inside = _lengthened(passage, report, inside, taken)
    if report.construction == "according to" and report.cue.i < report.content.i:
        inside = _behind_source(report, inside)
    inside -= {i for i in inside if passage.quotation_of[i] in taken}
    if report.speaker is not None and report.speaker.i in inside and report.content.i != report.speaker.i:
        inside -= {token.i for token in report.speaker.subtree}
    if not inside:
        return
    first = last = -1
    for i in sorted(inside):
        if last >= 0 and i - last <= 2 and all(doc[n].is_punct or n in inside for n in range(last + 1, i)):
            last = i
            continue
        if last >= 0:
            yield from _trimmed(passage, first, last)
        first = last = i
    yield from _trimmed(passage, first, last)


def _behind_source(report: Report, inside: set[int]) -> set[int]:
    """What stands behind "according to X," in its sentence; also where an apposition ("X, a bank,") comes between."""
    cue, doc, verb = report.cue, report.cue.doc, report.content
    sentence = sentence_of(cue)
    commas = [token.i for token in doc[report.last.i : verb.i] if token.text == ","]
    end = commas[0] if commas else report.last.i
    if len(commas) > 1 and (
        doc[commas[0] + 1].tag_ in ("WDT", "WP", "WP$")
        or (len(commas) == 2 and doc[commas[0] + 1].lower_ in ("a", "an"))
    ):
        end = commas[1]
    if cue.i - sentence.start <= 1:
        stop = next((token.i for token in doc[verb.i : sentence.end] if token.text == ";"), sentence.end)
        return set(range(end + 1, stop))
    if not any(token.dep_ in _SUBJECTS for token in verb.children):
        end = commas[-1] if commas else end
    return {i for i in inside if i < cue.i or i > end} | set(range(end + 1, verb.i))


def _shortened(passage: Passage, report: Report, inside: set[int], words: Lexicon) -> set[int]:
    """Without what the writer adds to the words reported: their source, and a last clause about a thing in them."""
    quotation = passage.quotation_of[report.content.i]
    inside = _without_asides(passage, report, inside)
    if report.construction == "clause" and report.content.i > report.cue.i:
        if (
            quotation >= 0
            and passage.inner(quotation).endswith(",")
            and passage.quotation_of[min(inside, default=0)] == quotation
        ):
            # 'said "we lost," and the flag is down': the writer goes on behind a quotation that ends.
            inside = {i for i in inside if passage.quotation_of[i] == quotation or i < report.content.i}
        inside = _without_other_sources(passage, _without_day(report, inside, words), words)
    if report.construction == "naming" and quotation >= 0:
        # 'called it "a disgrace" in her speech': the parser takes the speech for a part of the name.
        inside = {i for i in inside if i < report.content.i or passage.quotation_of[i] == quotation}
    doc, last = report.cue.doc, max(inside, default=-1)
    for token in report.content.subtree:
        if token.i not in inside or token == report.content:
            continue
        source = token.lower_ == "according" and report.construction != "according to"
        comparison = token.dep_ == "prep" and token.lower_ == "compared"
        aside = token.dep_ == "relcl" and token.head != report.content and token.right_edge.i >= last - 1
        if source or ((comparison or aside) and doc[token.left_edge.i - 1].text == ","):
            inside = inside - {part.i for part in token.subtree}
    return inside


def _without_asides(passage: Passage, report: Report, inside: set[int]) -> set[int]:
    """Without the writer's judgement behind a comma or dash, and what stands outside the brackets of the cue.

    "It will launch a rocket, a move likely to anger …"; "he quits, without giving a reason"; "(she says it works) and".
    """
    doc, opened = report.cue.doc, False
    for i in sorted(i for i in inside if i > max(report.cue.i, report.content.i) and passage.quotation_of[i] < 0):
        token = doc[i]
        if token.text in ("(", "["):
            opened = True
        elif token.text in (")", "]"):
            if not opened:
                return {n for n in inside if n < i}
            opened = False
        elif token.text in (",", "-", "–", "—", "--") and i + 1 < len(doc):
            judged = doc[i + 1].lower_ in ("a", "an") and _judges(doc, i + 2, passage.words)
            if judged or (token.text == "," and doc[i + 1].lower_ == "without"):
                return {n for n in inside if n < i}
    return inside


def _judges(doc: Doc, start: int, words: Lexicon) -> bool:
    """Whether a noun phrase that goes on at a token calls what was said something: an apparent reference to …"""
    for token in doc[start : start + 3]:
        if token.pos_ == "NOUN":
            return token.lower_ in words.asides
    return False


def _without_day(report: Report, inside: set[int], words: Lexicon) -> set[int]:
    """Without the day of saying ("said yesterday morning the law should change"), and what others say meanwhile."""
    first, last = min(inside, default=-1), max(inside, default=-1)
    ahead = any(child.dep_ == "aux" and child.lower_ in ("would", "will") for child in report.content.children)
    for child in report.content.children:
        if child.dep_ == "npadvmod" and child.right_edge.i == last and ahead and child.left_edge.lower_ in _PAST:
            return inside - {part.i for part in child.subtree}  # "announced it would close earlier this month"
        if child.dep_ == "advcl" and child.right_edge.i >= last - 1 and child.i > report.content.i:
            start = child.left_edge
            told = child.lemma_.lower() in words.quotation
            if told and start.lower_ == "while" and start.i and start.nbor(-1).text == ",":
                return {i for i in inside if i < start.i - 1}
        if child.left_edge.i != first or child.dep_ != "npadvmod" or child.ent_type_ not in ("DATE", "TIME"):
            continue
        if child.nbor().text != "," and not any(part.dep_ == "advcl" for part in child.children):
            return inside - {part.i for part in child.subtree}
    return inside


def _without_other_sources(passage: Passage, inside: set[int], words: Lexicon) -> set[int]:
    """Without who else is named behind what is reported: "she said it was late, the paper reported"."""
    doc, last = passage.paragraph.doc, max(inside, default=-1)
    while last in inside and doc[last].is_punct and last in passage.outside:
        last -= 1
    if last not in inside or doc[last].tag_ not in ("VBD", "VBZ") or last not in passage.outside:
        return inside
    if doc[last].lemma_.lower() not in words.quotation:
        return inside
    at = last - 1
    while at > 0 and last - at < _LONGEST_NAME and (doc[at].pos_ in _NOMINAL or doc[at].pos_ in ("DET", "ADJ")):
        at -= 1
    return {i for i in inside if i < at} if doc[at].text == "," and at < last - 1 else inside


def _lengthened(passage: Passage, report: Report, inside: set[int], taken: frozenset[int]) -> set[int]:
    """With what the parser cut off: the sentence before "according to", the verb behind a clause, a list after ":"."""
    cue, doc = report.cue, report.cue.doc
    if not inside:
        return inside
    if report.construction == "according to" and report.content.i < cue.i:
        return inside | set(range(sentence_of(cue).start, min(inside)))
    first, last = min(inside), max(inside)
    if first > report.last.i and cue.lemma_ not in ADDRESSING and _opens_with_verb(passage, doc, first):
        # "saying the firm 'could face' a fine": the subject stands before the quotation.
        inside = inside | set(range(report.last.i + 1, first))
    if report.construction not in _RUNNING_ON or last < cue.i:
        return inside
    end = sentence_of(cue).end
    if last + 2 >= end:
        return inside
    following = doc[last + 1]
    quotation = passage.quotation_of[last + 1]
    if quotation >= 0 and quotation != passage.quotation_of[last] and quotation not in taken:
        # "said the firm needs 'more training'": the parser lost what is quoted.
        return inside | {i for i in range(last + 1, end) if passage.quotation_of[i] == quotation}
    if following.text == ":" and report.construction == "clause":
        # A quotation behind the colon says for itself whose it is.
        quoted = any(passage.quotation_of[i] in taken for i in range(last + 1, end))
        return inside if quoted else inside | set(range(last + 1, end))
    if report.construction == "clause":
        head = following.head if following.dep_ in ("aux", "auxpass") else following
        takes = following.tag_ in _FINITE
    else:
        head = following
        takes = following.lower_ in ("to", "for") and following.head == cue
    return inside | {part.i for part in head.subtree if part.i > last} if takes else inside


def _opens_with_verb(passage: Passage, doc: Doc, first: int) -> bool:
    """Whether a quotation that begins what is reported begins with a verb, and so lacks its subject."""
    number = passage.quotation_of[first]
    if number < 0:
        return False
    start = next((i for i in range(first, len(doc)) if doc[i].is_alpha), first)
    return passage.quotation_of[start] == number and doc[start].tag_ in _FINITE and doc[start].text.islower()


def _sequels(report: Report, words: Lexicon) -> Iterator[Token]:
    """Cues within a report that go on with it: he said that …, adding that …; she said that … and added that …"""
    doc = report.cue.doc
    for token in report.content.subtree:
        if not token.i > report.content.i > report.cue.i or token.lemma_.lower() not in words.quotation:
            continue
        if (token.tag_ == "VBG" and token.dep_ == "advcl" and doc[token.left_edge.i - 1].text in _BEFORE_A_SEQUEL) or (
            token.dep_ == "conj"
            and token.head == report.content
            and token.tag_ == report.cue.tag_
            and not any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)
            and any(child.dep_ == "ccomp" for child in token.children)
        ):
            yield token


def _trimmed(passage: Passage, first: int, last: int) -> Iterator[tuple[int, int]]:
    """A run without punctuation at its ends, and with whole quotations."""
    doc, places = passage.paragraph.doc, passage.quotation_of
    while first <= last and places[first] < 0 and (doc[first].text in _TRIMMED or doc[first].is_space):
        first += 1
    while (
        last >= first
        and places[last] < 0
        and (doc[last].text in _TRIMMED or doc[last].is_space or doc[last].lower_ in _COORDINATORS)
    ):
        last -= 1
    if first > last:
        return
    while first > 0 and places[first] >= 0 and places[first - 1] == places[first]:
        first -= 1
    while last + 1 < len(doc) and places[last] >= 0 and places[last + 1] == places[last]:
        last += 1
    if any(doc[i].is_alpha or doc[i].like_num for i in range(first, last + 1)):
        yield first, last
