"""What counts as an event, what it is called, when it was, and what came before what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from timeline.extraction.documents import read_document
from timeline.extraction.mentions import Block, Document, EventMention, Extraction
from timeline.extraction.pipeline import extract
from timeline.vocabulary import BlockRole, DateBasis, DatePrecision, EventKind, PartialDate

Read = Callable[..., Extraction]

PUBLISHED = date(2024, 5, 17)  # a Friday
TUESDAY = date(2024, 5, 14)
VISIT = "Emmanuel Macron visited Berlin on Tuesday."
DEMO = Path(__file__).parents[2] / "timeline" / "fixtures" / "demo"
ARTICLES = sorted(path for path in DEMO.iterdir() if path.suffix in (".html", ".txt"))


def document(text: str, title: str) -> Document:
    return Document(
        text=text,
        blocks=(Block(0, len(text), BlockRole.BODY),),
        title=title,
        published=PartialDate.on(PUBLISHED),
        language="en",
    )


@pytest.fixture(scope="session")
def read(nlp: Language) -> Read:
    return lambda text, title="Macron visits Berlin": extract(document(text, title), nlp)


@pytest.fixture(scope="session")
def demo(nlp: Language) -> list[Extraction]:
    return [extract(read_document(path.read_bytes()), nlp) for path in ARTICLES]


def titles(extraction: Extraction) -> list[str]:
    return [event.title for event in extraction.events]


def event(extraction: Extraction, words: str) -> EventMention:
    [found] = [e for e in extraction.events if words in e.title]
    return found


def main(extraction: Extraction) -> EventMention:
    [found] = [e for e in extraction.events if e.main]
    return found


def names(extraction: Extraction, found: EventMention) -> list[str]:
    actors = {actor.key: actor.name for actor in extraction.actors}
    return [actors[participant.actor] for participant in found.participants]


def place(extraction: Extraction, found: EventMention) -> str | None:
    return next((p.name for p in extraction.places if p.key == found.place), None)


def relations(extraction: Extraction) -> list[tuple[str, str, str]]:
    called = {e.key: e.title for e in extraction.events}
    return [(called[r.source], r.kind.value, called[r.target]) for r in extraction.relations]


# --- what has not happened -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "Olaf Scholz will meet Joe Biden on Monday.",
        "Olaf Scholz plans to meet Joe Biden.",
        "Olaf Scholz wanted to meet Joe Biden.",
        "Olaf Scholz refused to meet Joe Biden.",
        "Olaf Scholz did not meet Joe Biden.",
        "Olaf Scholz never met Joe Biden.",
        "Olaf Scholz denied that he had met Joe Biden.",
        "If Olaf Scholz met Joe Biden, Italy would withdraw.",
        "Olaf Scholz might have met Joe Biden.",
        "Italy asked whether Olaf Scholz had met Joe Biden.",
    ],
)
def test_what_is_planned_wished_denied_or_supposed_is_no_meeting(read: Read, sentence: str) -> None:
    assert [title for title in titles(read(f"{VISIT} {sentence}")) if "meets" in title] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Olaf Scholz often visits Paris.",
        "Olaf Scholz has repeatedly rejected the treaty.",
        "Olaf Scholz lives in Bonn.",
    ],
)
def test_habits_and_states_are_no_events(read: Read, sentence: str) -> None:
    assert titles(read(f"{VISIT} {sentence}")) == ["Macron visits Berlin"]


def test_a_text_in_which_nothing_happens_has_no_events(read: Read) -> None:
    found = read("Olaf Scholz will meet Emmanuel Macron in Berlin on Monday.", title="Notes from Berlin")
    assert found.events == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Olaf Scholz is believed to have met Joe Biden.",
        "Olaf Scholz reportedly met Joe Biden.",
        "Olaf Scholz allegedly met Joe Biden.",
    ],
)
def test_what_is_only_believed_says_so(read: Read, sentence: str) -> None:
    assert event(read(f"{VISIT} {sentence}"), "Joe Biden").hedged


def test_a_planned_purchase_in_the_headline_is_marked(read: Read) -> None:
    found = read(
        "The weather in Rome was fine. Nobody in the town was surprised.", title="Spain to buy Italy's railways"
    )
    assert [e.hedged for e in found.events] in ([], [True])


# --- who did what --------------------------------------------------------------------------------------------------


def test_in_the_passive_the_one_behind_by_acts(read: Read) -> None:
    found = read(f"{VISIT} Joe Biden was received by Olaf Scholz in Munich.")
    assert names(found, event(found, "received")) == ["Olaf Scholz", "Joe Biden"]


def test_talks_that_are_held_are_told_with_those_who_hold_them(read: Read) -> None:
    found = read(f"{VISIT} Joe Biden held talks with Olaf Scholz.")
    assert names(found, event(found, "hold talks")) == ["Joe Biden", "Olaf Scholz"]


def test_talks_between_two_have_both(read: Read) -> None:
    found = read(f"{VISIT} Talks between Joe Biden and Olaf Scholz began on Thursday.")
    talks = event(found, "talks")
    assert (names(found, talks), talks.date.earliest) == (["Joe Biden", "Olaf Scholz"], date(2024, 5, 16))


def test_two_names_before_a_clash_are_those_who_clash(read: Read) -> None:
    found = read("Emmanuel Macron flew home on Wednesday after a Macron-Scholz clash in Berlin. Olaf Scholz stayed.",
                 title="Macron flies home after Macron-Scholz clash")  # fmt: skip
    clash = event(found, "clash")
    assert (clash.title, names(found, clash)) == (
        "Emmanuel Macron and Olaf Scholz clash in Berlin",
        ["Emmanuel Macron", "Olaf Scholz"],
    )


def test_a_summit_is_not_the_clash_that_it_followed(read: Read) -> None:
    found = read("Olaf Scholz attended the summit two days after his clash with Joe Biden.", title="Summit in Berlin")
    assert [e.title for e in found.events if "clash" in e.title] == ["Olaf Scholz and Joe Biden clash"]


def test_a_title_has_canonical_names_and_the_present_tense(read: Read) -> None:
    found = read(f"{VISIT} Olaf Scholz greeted the guest. On Wednesday Scholz met Joe Biden in Munich.")
    assert event(found, "Joe Biden").title == "Olaf Scholz meets Joe Biden in Munich"


def test_a_verb_without_what_it_needs_makes_no_title(read: Read) -> None:
    assert "Olaf Scholz receives" not in titles(read(f"{VISIT} Olaf Scholz received what he wanted."))


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Anna Berg fired the coach.", EventKind.APPOINTMENT),
        ("Anna Berg fired a rocket at the harbour.", EventKind.ATTACK),
        ("Anna Berg released three hostages.", EventKind.CONCESSION),
        ("Anna Berg released a statement.", EventKind.MEDIA),
        ("Anna Berg slammed Joe Biden.", EventKind.ACCUSATION),
        ("Anna Berg slammed into a wall.", EventKind.ACCIDENT),
        ("Anna Berg received Joe Biden.", EventKind.MEETING),
        ("Anna Berg received a medal.", EventKind.OTHER),
        ("Anna Berg welcomed the decision.", EventKind.SUPPORT),
        ("Anna Berg attacked the decision.", EventKind.ACCUSATION),
        ("Anna Berg passed a law.", EventKind.VOTE),
        ("Anna Berg fought Russian soldiers.", EventKind.ATTACK),
        ("Anna Berg fought cancer.", EventKind.OTHER),
        ("Anna Berg passed through Bonn.", EventKind.OTHER),
    ],
)
def test_what_a_verb_is_done_to_says_what_kind_of_deed_it_is(read: Read, sentence: str, kind: EventKind) -> None:
    assert event(read(f"{VISIT} {sentence}"), "Anna Berg").kind is kind


@pytest.mark.parametrize(
    ("told", "actors"),
    [
        ("Finance minister Tom Reed described Berg as a true visionary.", ["Tom Reed", "Anna Berg"]),
        ("Finance minister Tom Reed told Berg that the bank was safe.", ["Tom Reed"]),
    ],
)
def test_who_is_described_takes_part_and_who_listens_does_not(read: Read, told: str, actors: list[str]) -> None:
    found = read(f"Anna Berg resigned as head of the bank on Monday. {told}", "Anna Berg resigns")

    assert names(found, event(found, "Tom Reed")) == actors


def test_what_was_said_when_something_was_done_was_not_said_in_the_interview_told_before(read: Read) -> None:
    found = read(
        "Acme chief Anna Berg said in a July 16 press conference that all buyers would get a free case.\n"
        "When Anna Berg first introduced the phone, she praised the aerial's design.",
        "Acme recalls phone",
    )

    assert event(found, "Anna Berg praises").date.is_exact is False
    assert [one.text.split()[0] for one in event(found, "free case").evidence] == ["Acme"]


def test_what_a_body_says_is_an_event_and_what_a_paper_reports_is_none(read: Read) -> None:
    said = "Boeing said that the orders would be filled in May. The Irish Times reported that they would be late."
    told = [title for title in titles(read(f"{VISIT} {said}")) if "says" in title or "reports" in title]
    assert told == ["Boeing says that the orders would be filled in May"]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Chrysler filed for bankruptcy in April.", "Chrysler files for bankruptcy"),
        ("The Nasdaq Composite dropped 3.85 percent.", "The Nasdaq Composite drops 3.85 percent"),
        ("Flight LH101 took off from Bonn.", "Flight LH101 takes off from Bonn"),
        ("The Boeing 777 entered service in 1995.", "The Boeing 777 enters service"),
        ("Shares in Nokia fell to two euros.", "Shares in Nokia fall to two euros"),
        ("Boeing built a plant in Bonn. It sold the plant to Airbus.", "Boeing sells the plant to Airbus"),
        ("Airbus had lost an order. The company cut 300 jobs.", "Airbus cuts 300 jobs"),
        ("The Canadian government sued Boeing.", "The Canadian government sues Boeing"),
        ("Anna Berg announced her resignation.", "Anna Berg announces her resignation"),
        ("Joe Biden signed it into law.", "Joe Biden signs it into law"),
    ],
)
def test_deeds_of_firms_and_of_what_has_a_name_are_told(read: Read, sentence: str, title: str) -> None:
    assert title in titles(read(f"{VISIT} {sentence}"))


def test_a_title_writes_out_names_that_stand_within_its_phrases(read: Read) -> None:
    told = titles(read(f"{VISIT} Joe Biden spoke. Anna Berg announced her support for Biden."))
    assert "Anna Berg announces her support for Joe Biden" in told


def test_a_speech_that_is_no_news_waits_for_a_person_and_holds_no_statements(read: Read) -> None:
    said = event(read(f'{VISIT} "It is a fine day," said Paul Roth, a baker.'), "Paul Roth")
    assert (said.title, said.confidence <= 0.8, said.statements) == ("Paul Roth says: “It is a fine day”", True, ())


# --- the main event ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Macron visits Berlin as farmers protest in Paris", "Macron visits Berlin"),
        ("Macron visits Berlin three days after Paris clash", "Macron visits Berlin"),
        ("Live: Macron visits Berlin", "Macron visits Berlin"),
        ("Macron visits Berlin: ‘We are friends’", "Macron visits Berlin"),
        ("Macron visits Berlin: What we know so far", "Macron visits Berlin"),
        ("Berlin bridge collapse: Two drivers arrested", "Two drivers are arrested"),
        ("Five dead after bus crash in Rome", "Five are dead after bus crash in Rome"),
        ("Macron visits Berlin, minister says", "Macron visits Berlin, minister says"),
    ],
)
def test_the_main_event_is_the_main_clause_of_the_headline(read: Read, headline: str, title: str) -> None:
    assert main(read(VISIT, title=headline)).title == title


@pytest.mark.parametrize("headline", ["Why did Macron visit Berlin?", "Berlin in spring", "How to read a treaty"])
def test_a_headline_that_tells_nothing_leaves_the_main_event_to_the_first_sentence(read: Read, headline: str) -> None:
    assert main(read(VISIT, title=headline)).title == "Emmanuel Macron visits Berlin"


def test_the_main_event_has_day_and_place_of_the_sentence_that_retells_it(read: Read) -> None:
    found = read("Emmanuel Macron signed a treaty with Italy in Rome on Tuesday.", title="Macron signs treaty")
    signing = main(found)
    assert (signing.date.earliest, signing.date.raw, place(found, signing)) == (TUESDAY, "Tuesday", "Rome")


def test_deaths_have_the_day_of_their_crash(read: Read) -> None:
    text = "Five people are mourned in Rome. The crash happened on Tuesday, when a bus hit a wall."
    assert main(read(text, title="Five killed in bus crash")).date.earliest == TUESDAY


def test_who_only_tells_of_a_deed_does_not_do_it(read: Read) -> None:
    found = read("Emmanuel Macron visited Berlin, Olaf Scholz said.", title="Macron visits Berlin, Scholz says")
    assert names(found, main(found))[0] == "Emmanuel Macron"


# --- when ----------------------------------------------------------------------------------------------------------


def test_verbs_that_are_joined_share_the_time_before_them(read: Read) -> None:
    found = read("On Tuesday Joe Biden met Olaf Scholz in Munich and endorsed Ursula von der Leyen.", title="In Munich")
    assert [e.date.earliest for e in found.events] == [TUESDAY, TUESDAY]


@pytest.mark.parametrize(
    ("sentence", "words", "dates"),
    [
        ("Boeing sold planes in 2001 and 2007.", "sells", ["2001", "2007"]),
        ("Anna Berg met Joe Biden on Sunday and Monday.", "meet", ["2024-05-12/2024-05-13"]),
        ("Chrysler reported a loss for the fourth quarter in March.", "reports", ["2024-03"]),
        ("In April, Boeing postponed the flight.", "postpones", ["2024-04"]),
        ("At a meeting held in April, Boeing cancelled the flight.", "cancels", ["2024-04"]),
        ("In a plant built in 2001, Boeing tested the jet.", "tests", ["..2024-05-17"]),
        ("In May Anna Berg left Rome and began to build boats.", "builds", ["2024-05"]),
        ("Boeing postponed the talks to Monday.", "postpones", ["..2024-05-17"]),
        ("He was born on May 1, 1955. In 1984 Anna Berg led Boeing. One year later Anna Berg quit.", "quit", ["1985"]),
    ],
)
def test_a_deed_has_the_times_that_are_its_own(read: Read, sentence: str, words: str, dates: list[str]) -> None:
    told = [e for e in read(f"{VISIT} {sentence}").events if words in e.title]
    assert [e.date.edtf.strip("[]") for e in told] == dates


def test_the_year_of_an_allegation_is_not_that_of_its_rejection(read: Read) -> None:
    rejected = event(read(f"{VISIT} Mario Rossi rejected a 2010 allegation of fraud."), "rejects")
    assert rejected.date.earliest is None


def test_a_time_that_an_event_lies_beside_is_not_its_own(read: Read) -> None:
    found = read(f"{VISIT} Joe Biden endorsed Olaf Scholz two days before the election on May 9.")
    assert event(found, "endorses").date.raw != "May 9"


def test_an_undated_event_has_no_day_and_is_not_after_the_article(read: Read) -> None:
    undated = event(read(f"{VISIT} Joe Biden met Olaf Scholz in Munich."), "Joe Biden").date
    assert (undated.earliest, undated.latest, undated.basis, undated.precision) == (
        None,
        PUBLISHED,
        DateBasis.PUBLICATION_BOUND,
        DatePrecision.UNKNOWN,
    )


def test_a_year_stays_a_year(read: Read) -> None:
    invasion = event(read(f"{VISIT} Germany invaded Poland in 1939."), "invades").date
    assert (invasion.earliest, invasion.latest, invasion.raw) == (date(1939, 1, 1), date(1939, 12, 31), "1939")


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Friday's blast in Rome killed Anna Berg.", "Anna Berg"),
        ("Anna Berg was killed when her car crashed on Friday.", "Anna Berg"),
        ("Anna Berg held talks with Joe Biden on Friday.", "Joe Biden"),
        ("Anna Berg, elected on Friday, thanked Joe Biden.", "elected"),
    ],
)
def test_a_time_beside_the_verb_may_be_its_own(read: Read, sentence: str, words: str) -> None:
    assert event(read(f"{VISIT} {sentence}"), words).date.earliest == PUBLISHED


@pytest.mark.parametrize(
    "sentence",
    [
        "The visit took place on Tuesday.",
        "It came on Tuesday.",
        "The president announced on Tuesday that he was in Berlin.",
    ],
)
def test_the_day_may_stand_in_another_sentence_that_tells_the_main_event(read: Read, sentence: str) -> None:
    found = main(read(f"President Emmanuel Macron has visited Berlin. {sentence}", title="Macron visits Berlin"))
    assert found.date.best_day == TUESDAY


def test_what_lasts_since_a_year_began_in_it(read: Read) -> None:
    found = event(read(f"{VISIT} Anna Berg has fought Joe Biden since 2019."), "Anna Berg")
    assert (found.date.earliest, found.date.precision) == (date(2019, 1, 1), DatePrecision.YEAR)


def test_what_was_reported_on_a_day_was_not_after_it(read: Read) -> None:
    found = event(read(f"{VISIT} Spain confirmed on Wednesday that Italy had sold the railways."), "Italy sells")
    assert (found.date.earliest, found.date.latest, found.date.raw) == (None, date(2024, 5, 15), "Wednesday")


def test_a_post_that_speaks_of_the_main_event_was_not_before_it(read: Read) -> None:
    text = "Macron has visited Berlin, to the surprise of many. Look who is here! - Anna Berg (@anna) May 15, 2024"
    assert main(read(text)).date.latest == date(2024, 5, 15)


# --- order ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "Germany invaded Poland before Joe Biden met Olaf Scholz.",
        "Joe Biden met Olaf Scholz after Germany invaded Poland.",
        "Joe Biden met Olaf Scholz after Germany's invasion of Poland.",
    ],
)
def test_before_and_after_order_two_events(read: Read, sentence: str) -> None:
    assert relations(read(f"{VISIT} {sentence}")) == [
        ("Germany invades Poland", "before", "Joe Biden meets Olaf Scholz")
    ]


def test_later_comes_after_what_the_same_people_did(read: Read) -> None:
    found = read("Emmanuel Macron met Olaf Scholz in Berlin on Tuesday. Macron later visited Warsaw.",
                 title="Macron meets Scholz")  # fmt: skip
    assert relations(found) == [("Macron meets Scholz", "before", "Emmanuel Macron visits Warsaw")]


def test_the_end_of_a_meeting_is_part_of_it(read: Read) -> None:
    found = read("Emmanuel Macron met Olaf Scholz in Berlin on Tuesday. Macron ended the meeting.",
                 title="Macron meets Scholz")  # fmt: skip
    assert relations(found) == [("Emmanuel Macron ends the meeting", "part_of", "Macron meets Scholz")]


def test_today_in_a_post_is_the_day_of_the_meeting_it_speaks_of(read: Read) -> None:
    text = (
        "Emmanuel Macron met Olaf Scholz in Berlin. “We had a good meeting today,” Macron wrote in a post on Facebook."
    )
    post = "Emmanuel Macron writes on Facebook: “We had a good meeting today”"
    assert relations(read(text, title="Macron meets Scholz in Berlin")) == [
        ("Macron meets Scholz in Berlin", "same_day", post)
    ]


def test_what_was_said_before_a_post_was_not_posted(read: Read) -> None:
    found = read(
        "Emmanuel Macron argued with Olaf Scholz in Berlin on Friday.\n"
        "“You are gambling with the peace of Europe,” Macron told Scholz. “It is over,” the French president added.\n"
        "After the meeting, Macron published a statement on Facebook. “We had a long and difficult meeting today.”",
        title="Macron and Scholz argue in Berlin",
    )
    post = event(found, "writes on Facebook: “We had a long and difficult meeting today”")
    clash = event(found, "argue in Berlin")
    words = {s.key: s.content[0].text for s in found.statements}
    assert not [key for key in post.statements if "gambling" in words[key]]
    assert [words[key] for key in clash.statements] == ["“You are gambling with the peace of Europe,”", "“It is over,”"]


def test_remarks_on_social_media_stand_in_the_order_that_a_later_sentence_tells(read: Read) -> None:
    found = read(
        "Emmanuel Macron has said on social media that France will rebuild its harbours.\n"
        "Macron’s remarks came after the bitter clash between Olaf Scholz and Joe Biden in Berlin on Friday.\n"
        "“We will rebuild all of our harbours within five years,” Macron said in a video.",
        title="Macron signals France is ready to rebuild harbours",
    )
    assert [kind for _, kind, later in relations(found) if "rebuild harbours" in later] == ["before"]


def test_what_came_before_a_dated_event_was_not_after_it(read: Read) -> None:
    found = read(f"{VISIT} Anna Berg resigned on Wednesday after she was accused by Joe Biden.")
    assert event(found, "is accused").date.latest == date(2024, 5, 15)


def test_words_of_order_that_contradict_the_dates_order_nothing(read: Read) -> None:
    found = read(f"{VISIT} Anna Berg resigned in 2019 after Joe Biden visited Rome in 2021.")
    assert relations(found) == []


def test_what_the_text_does_not_order_stays_unordered(read: Read) -> None:
    found = read(f"{VISIT} Joe Biden met Olaf Scholz in Munich. Germany invaded Poland in 1939.")
    assert found.relations == ()


# --- laws ----------------------------------------------------------------------------------------------------------


def test_what_an_event_rests_on_is_quoted_from_the_text(demo: list[Extraction]) -> None:
    for extraction in demo:
        text = extraction.document.text
        spans = [s for e in extraction.events for s in (*e.evidence, *([e.trigger] if e.trigger else []))]
        spans += [r.evidence for r in extraction.relations if r.evidence]
        assert [s for s in spans if text[s.start : s.end] != s.text] == []


def test_every_event_names_things_of_its_own_document(demo: list[Extraction]) -> None:
    for extraction in demo:
        keys = [e.key for e in extraction.events]
        assert len(keys) == len(set(keys))
        assert sum(e.main for e in extraction.events) == 1
        assert {p.actor for e in extraction.events for p in e.participants} <= {a.key for a in extraction.actors}
        assert {s for e in extraction.events for s in e.statements} <= {s.key for s in extraction.statements}
        assert {k for r in extraction.relations for k in (r.source, r.target)} <= set(keys)


def test_no_statement_belongs_to_two_events(demo: list[Extraction]) -> None:
    for extraction in demo:
        held = [s for e in extraction.events for s in e.statements]
        assert len(held) == len(set(held))


def test_no_event_is_after_its_article(demo: list[Extraction]) -> None:
    for extraction in demo:
        published = extraction.document.published
        last = published.latest if published else None
        late = [e.title for e in extraction.events if last and e.date.earliest and e.date.earliest > last]
        assert late == []


def test_titles_are_short_sentences(demo: list[Extraction]) -> None:
    for extraction in demo:
        for title in titles(extraction):
            assert title[:1].upper() == title[:1] or title[1:2].isupper()
            assert not title.endswith((".", ",", " of", " on", " in", " to"))
            assert 2 <= len(title.split()) <= 24


PIECES = ("Emmanuel Macron", "Olaf Scholz", "met", "visited", "after", "the clash", "in Berlin", "on Tuesday",
          "“we won”", ",", ".", "\n", "did not", "will", "talks", "between", "and", "was", "said", "?", "(",
          "’s")  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25), st.lists(st.sampled_from(PIECES), max_size=10))
def test_any_words_at_all_are_read_without_harm(read: Read, body: list[str], head: list[str]) -> None:
    text = " ".join(body)
    found = read(text, title=" ".join(head))
    spans = [span for e in found.events for span in e.evidence]
    assert [s for s in spans if text[s.start : s.end] != s.text] == []
    assert sum(e.main for e in found.events) <= 1
    assert [e for e in found.events if e.date.earliest and e.date.earliest > PUBLISHED] == []


# --- whose deed, and whose day -------------------------------------------------------------------------------------


def test_what_somebody_is_accused_of_is_not_told_as_done(read: Read) -> None:
    read_ = read("Emmanuel Macron accused Berlin Water of opening the sluices. He blamed Ford for hiding the report.")
    assert not [title for title in titles(read_) if title.split(" ")[-3:-1] in (["opens", "the"], ["hides", "the"])]


def test_a_month_does_nothing(read: Read) -> None:
    said = "Emmanuel Macron visited Berlin. It was like the storm of April 2010, which closed the airport of Berlin."
    assert not [title for title in titles(read(said)) if title.startswith("April")]


def test_a_clause_of_somebody_else_keeps_its_day(read: Read) -> None:
    said = "Emmanuel Macron visited Oslo in March, while Olaf Scholz had visited Rome on April 11."
    assert event(read(said, "Weather in Rome"), "Oslo").date.earliest == date(2024, 3, 1)


def test_whom_the_apposition_names_acts(read: Read) -> None:
    found = read("The head of the bank, Ursula von der Leyen, resigned on Tuesday.", "Weather in Rome")
    assert event(found, "resigns").title == "Ursula von der Leyen resigns"


def test_what_is_done_again_is_two_events(read: Read) -> None:
    said = "Emmanuel Macron and Olaf Scholz met in Paris from 3 to 5 March, and again between 12 and 14 April."
    found = [e.date for e in read(said, "Weather in Rome").events if "meet" in e.title]
    assert [(d.earliest, d.latest) for d in found] == [
        (date(2024, 3, 3), date(2024, 3, 5)),
        (date(2024, 4, 12), date(2024, 4, 14)),
    ]


def test_the_day_of_a_report_is_not_that_of_the_deed(read: Read) -> None:
    found = event(read("It was reported on Tuesday Emmanuel Macron had visited Oslo in March."), "Oslo")
    assert found.date.earliest != TUESDAY
