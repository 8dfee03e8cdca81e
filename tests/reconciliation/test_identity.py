from __future__ import annotations

from dataclasses import replace

from timeline.extraction.mentions import EventMention, Span, StatementMention
from timeline.reconciliation.identity import (
    containment,
    event_fingerprints,
    sample,
    shingles,
    statement_fingerprint,
)
from timeline.vocabulary import EventKind, PartialDate, StatementKind


def said(words: str, speaker: str = "Putin") -> StatementMention:
    return StatementMention(
        key="s1",
        kind=StatementKind.DIRECT,
        content=(Span(0, len(words), words),),
        speaker_span=Span(0, len(speaker), speaker),
        confidence=1.0,
    )


def told(sentence: str, trigger: str) -> EventMention:
    at = sentence.index(trigger)
    return EventMention(
        key="e1",
        title="Somebody does something",
        kind=EventKind.MEETING,
        date=PartialDate.unknown(),
        confidence=1.0,
        trigger=Span(at, at + len(trigger), trigger),
        evidence=(Span(0, len(sentence), sentence),),
    )


def test_the_same_words_are_one_statement_however_they_are_quoted() -> None:
    one = said("“We are ready to work with our partners,”")
    other = said('"We are ready to work with our partners."')

    assert statement_fingerprint(one, "here") == statement_fingerprint(other, "there")


def test_a_few_words_are_one_statement_only_of_one_speaker_in_one_source() -> None:
    assert statement_fingerprint(said("“Yes.”"), "here") != statement_fingerprint(said("“Yes.”"), "there")
    assert statement_fingerprint(said("“Yes.”"), "here") != statement_fingerprint(said("“Yes.”", "Trump"), "here")


def test_two_events_of_one_sentence_are_kept_apart() -> None:
    sentence = "They met in Riyadh and clashed in Washington."

    assert event_fingerprints(told(sentence, "met"), "x") != event_fingerprints(told(sentence, "clashed"), "x")


def test_a_dateline_that_two_articles_share_makes_no_event_of_theirs_the_same() -> None:
    def dispatch(sentence: str, trigger: str) -> EventMention:
        event = told(sentence, trigger)
        return replace(event, evidence=(*event.evidence, Span(200, 215, "ERIE, Pa. (AP) —")))

    one = event_fingerprints(dispatch("Snow fell on the city for three days.", "fell"), "one")
    other = event_fingerprints(dispatch("A woman was billed for a billion dollars.", "billed"), "other")

    assert not set(one) & set(other)


def test_an_edited_copy_contains_most_of_a_text_and_another_article_little() -> None:
    text = "The two delegations met in the morning and agreed on a pause of thirty days, officials of both sides said."
    edited = text.replace("officials of both sides said", "according to officials")
    other = "Heavy rain closed the harbour on Tuesday, and the ferries stayed where they were until the evening."

    assert containment(shingles(text), shingles(edited)) > 0.6
    assert containment(shingles(text), shingles(other)) == 0


def test_the_same_part_of_every_text_is_sampled() -> None:
    text = " ".join(f"word{number}" for number in range(2000))

    assert sample(shingles(text)) <= sample(shingles(text + " and more words after it"))
    assert 60 < len(sample(shingles(text))) < 190
