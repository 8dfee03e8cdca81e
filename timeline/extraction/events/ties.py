"""Whether a time is that of what its sentence tells, or of who reports it, or of something else beside it."""

from __future__ import annotations

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from timeline.extraction.events.candidates import Happening
from timeline.extraction.events.opening import VERBAL, content
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.times import INCIDENTS, climb, head_of, is_of_account
from timeline.extraction.events.words import event_words
from timeline.extraction.mentions import TimeMention
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.statements.speakers import subject_of


def begins(paragraph: Paragraph, sentence: DocSpan, time: TimeMention) -> bool:
    """Whether a sentence begins with its time."""
    return time.span.start - paragraph.start - sentence.start_char <= OPENS


# Characters within which a sentence begins with its time: "On late Saturday evening a bird ..."
OPENS = 4


def is_of_root(paragraph: Paragraph, time: TimeMention) -> bool:
    """Whether a time hangs on the main verb of its sentence."""
    head = head_of(paragraph, time)
    return head is not None and climb(head).dep_ == "ROOT"


def is_of_telling(paragraph: Paragraph, sentence: DocSpan, time: TimeMention) -> bool:
    """Whether a time is that of its sentence: it opens it, or hangs on the main verb."""
    if begins(paragraph, sentence, time) or is_of_root(paragraph, time):
        return True
    head = head_of(paragraph, time)
    verb = climb(head) if head is not None else None
    return verb is not None and verb.tag_ == "VBD" and verb.dep_ in ("ccomp", "conj") and verb.head == sentence.root


def is_of_telling_verb(paragraph: Paragraph, time: TimeMention) -> bool:
    """ "… a paper alleged on Tuesday": the day of what is done in words."""
    head = head_of(paragraph, time)
    verb = climb(head) if head is not None else None
    return verb is not None and verb.dep_ != "advcl" and verb.lemma_.lower() in event_words()["telling"]


def is_beside(scene: Scene, paragraph: Paragraph, time: TimeMention, main: Happening) -> bool:
    """ "Police said on Friday", "the phone, which appeared on Monday": not the day of what the sentence tells."""
    head = head_of(paragraph, time)
    if head is None:
        return True
    if is_of_account(head):
        return True
    verb = climb(head)
    if verb.lemma_.lower() in event_words()["neutral_reports"]:
        if main.first.kind in VERBAL:
            return False
        subject = subject_of(verb)
        speakers = scene.actors_of(paragraph, subject) if subject is not None else []
        return tells_of_past(verb, main) or not set(speakers) & set(main.actors)
    return main.first.kind not in INCIDENTS and (verb.dep_ == "relcl" or is_another(verb, main))


def is_another(verb: Token, main: Happening) -> bool:
    """ "… signed a deal after troops crossed the border on Wednesday": what was earlier, or came later."""
    words = event_words()
    order = words["after"] | words["before"]
    if any(c.headline and verb.lemma_.lower() in content(c.paragraph.doc) for c in main.candidates):
        return False  # the headline tells of both
    above = verb.dep_ == "pcomp" and verb.head.lower_ in order
    return above or (verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in order for c in verb.children))


def tells_of_past(report: Token, main: Happening) -> bool:
    """ "The airline said on Friday that the flight turned back": on Friday or before. "That it cuts jobs" is news."""
    lemmas = {c.token.lemma_.lower() for c in main.candidates if c.token != report}
    told = [child for child in report.children if child.dep_ == "ccomp" and child.lemma_.lower() in lemmas]
    return any(
        verb.tag_ == "VBD" or any(c.tag_ == "VBD" and c.dep_ in ("aux", "auxpass") for c in verb.children)
        for verb in told
    )
