"""The day of the main event: from its own words, else from the sentences that go on telling of it."""

from __future__ import annotations

from datetime import date

from timeline.extraction.interchange import read
from timeline.extraction.mentions import EventMention
from timeline.extraction.records import Record

PUBLISHED = "2021-06-10"  # a Thursday


def main_of(title: str, *paragraphs: str) -> EventMention:
    record = Record(id="1", text="\n\n".join(paragraphs), title=title, published=PUBLISHED)
    return next(event for event in read(record).events if event.main)


def test_a_later_sentence_that_goes_on_telling_gives_the_day() -> None:
    event = main_of(
        "Ferry hits pier in Bergen",
        "A ferry has hit a pier in the harbour of Bergen.",
        "Nine people were hurt.",
        "The ferry struck the pier on Tuesday evening.",
    )
    assert (event.date.earliest, event.date.latest, event.date.raw) == (
        date(2021, 6, 8),
        date(2021, 6, 8),
        "Tuesday evening",
    )
    assert "The ferry struck the pier on Tuesday evening." in {span.text for span in event.evidence}


def test_a_day_on_which_only_somebody_else_acts_is_not_the_day() -> None:
    event = main_of(
        "Norway buys new ferries",
        "Norway has bought four new ferries.",
        "Denmark opened a bridge on Tuesday.",
    )
    assert event.date.earliest is None


def test_the_day_of_a_report_is_not_that_of_what_it_tells() -> None:
    event = main_of(
        "Plane turns back to Oslo",
        "A plane turned back to Oslo after a bird was seen in the cabin, Nordic Air said on Wednesday.",
    )
    assert (event.date.earliest, event.date.latest) == (None, date(2021, 6, 9))


def test_a_day_according_to_somebody_is_not_that_of_what_they_tell() -> None:
    event = main_of(
        "Two tourists die in Bergen",
        "According to officials on Wednesday, two tourists have died in Bergen.",
    )
    assert event.date.earliest is None


def test_what_was_done_on_two_days_has_the_span_of_both() -> None:
    event = main_of(
        "Shops in Oslo lower prices",
        "On Monday and Tuesday evening, shops in Oslo lowered the prices of bread.",
    )
    assert (event.date.earliest, event.date.latest, event.date.raw) == (
        date(2021, 6, 7),
        date(2021, 6, 8),
        "Monday and Tuesday evening",
    )


def test_the_clock_of_another_place_names_no_second_day() -> None:
    event = main_of(
        "Rocket lifts off from Andøya",
        "The rocket lifted off from Andøya at 2 a.m. Wednesday (8 p.m. ET Tuesday), the agency said.",
    )
    assert event.date.latest == date(2021, 6, 9)


def test_a_time_beside_an_event_without_a_day_is_kept_as_words_alone() -> None:
    event = main_of(
        "Norway buys new ferries",
        "Norway has bought four new ferries.",
        "The old ferries of Norway, which were built in Bergen, broke down last week.",
    )
    assert (event.date.earliest, event.date.latest, event.date.raw) == (None, date(2021, 6, 10), "last week")


def test_a_plan_has_the_words_of_its_time_and_no_day() -> None:
    event = main_of(
        "Norway will buy new ferries",
        "Norway will buy four new ferries next month.",
    )
    assert (event.hedged, event.date.earliest, event.date.latest, event.date.raw) == (True, None, None, "next month")


def test_a_clock_has_the_day_that_stands_behind_that_of_another_zone() -> None:
    event = main_of(
        "Fire breaks out in Bergen harbour",
        "At about 15:30 local time (13:30 UTC) on Tuesday a fire broke out in the harbour of Bergen.",
    )
    assert event.date.latest == date(2021, 6, 8)


def test_a_page_far_younger_than_its_posts_closes_no_day_counted_from_it() -> None:
    event = main_of(
        "Plane turns back to Oslo",
        "A plane turned back to Oslo on Tuesday, and none of those on board were told why.",
        "Ann Lee wrote: “Why do we go back.” Ann Lee (@annlee) May 19, 2021",
    )
    assert (event.date.earliest, event.date.raw) == (None, "Tuesday")


def test_what_a_headline_tells_did_not_happen_weeks_ago_where_the_opening_names_a_day_of_the_news() -> None:
    event = main_of(
        "Visitors of museum surpass million",
        "On Tuesday, the visitors of the museum surpassed one million.",
        "The museum is in Bergen.",
        "It came after the visitors of the museum surpassed half a million on 20 May.",
    )
    assert event.date.latest == date(2021, 6, 8)


def test_the_day_of_what_went_before_is_not_that_of_what_followed() -> None:
    event = main_of(
        "Norway signs fishing deal",
        "Norway has signed a deal on fishing after boats blocked the harbour of Bergen on Tuesday.",
    )
    assert event.date.earliest is None


def test_the_weekday_of_tomorrow_may_be_that_of_another_zone() -> None:
    event = main_of("Japan launches satellite", "Japan launched a satellite on Friday.")
    assert (event.date.earliest, event.date.raw) == (None, "Friday")


def test_who_could_not_be_reached_on_a_day_was_not_reached_then() -> None:
    document = Record(
        id="1",
        text="The family of the sailor was not at home in Bergen. They could not be reached on Sunday.",
        title="Sailor found in Bergen",
        published=PUBLISHED,
    )
    days = [time.date for time in read(document).times if time.span.text == "Sunday"]
    assert [day.latest for day in days if day] == [date(2021, 6, 6)]


def test_what_was_said_while_speaking_on_a_day_was_said_then() -> None:
    event = main_of(
        "Solberg promises new ferries",
        "Speaking on television on Tuesday, Erna Solberg promised new ferries for Bergen.",
    )
    assert event.date.earliest == event.date.latest == date(2021, 6, 8)


def test_the_early_hours_of_a_day_are_its_own() -> None:
    event = main_of("Ferry hits pier in Bergen", "A ferry hit a pier in Bergen in the early hours of Tuesday.")
    assert event.date.earliest == event.date.latest == date(2021, 6, 8)


def test_who_was_killed_in_the_blast_of_a_day_was_killed_then() -> None:
    event = main_of("Eleven killed on ferry", "Eleven workers were killed in the June 3 explosion on the ferry.")
    assert event.date.earliest == event.date.latest == date(2021, 6, 3)


def test_the_only_day_of_an_article_that_speaks_of_the_event_is_its_day() -> None:
    event = main_of(
        "Anna Berg stuck aboard ferry for hours",
        "Anna Berg and others ended up where they started.",
        "The singer Anna Berg wrote of enduring her ferry ride on Tuesday night.",
    )
    assert (event.date.earliest, event.date.latest) == (date(2021, 6, 8), date(2021, 6, 8))


def test_a_day_named_with_its_month_may_be_two_weeks_ago() -> None:
    event = main_of(
        "Camera captures glacier cracking",
        "A camera has captured a glacier that is cracking into pieces.",
        "On May 27, 2021, the camera captured the glacier around midnight.",
    )
    assert (event.date.earliest, event.date.latest) == (date(2021, 5, 27), date(2021, 5, 27))


def test_the_only_day_on_which_a_death_was_announced_is_not_that_of_the_death() -> None:
    event = main_of("Singer Anna Berg dies", "Singer Anna Berg has died, her firm announced on Tuesday. She was 81.")
    assert event.date.earliest is None


def test_what_broke_in_on_something_else_has_its_day() -> None:
    event = main_of(
        "Driver killed in Leeds crash",
        "A driver has died after being hit by a lorry in Leeds.",
        "Witnesses say Ann Lee, 59, was leaving her car in Hill Road on Tuesday when she was hit by the lorry.",
    )
    assert (event.date.earliest, event.date.latest) == (date(2021, 6, 8), date(2021, 6, 8))


def test_what_stopped_before_something_else_does_not_give_its_day() -> None:
    event = main_of(
        "Driver killed in Leeds crash",
        "A driver has died after being hit by a lorry in Leeds.",
        "Witnesses say Ann Lee, 59, was cleaning her car in Hill Road on Tuesday when her phone rang.",
    )
    assert event.date.earliest is None


def test_the_day_of_a_post_is_not_lent_to_an_interview_of_the_same_mouth() -> None:
    event = main_of(
        "Ann Lee says bridge is safe",
        "“The bridge is safe,” Mayor Ann Lee said in an interview with the Herald.",
        "“We will open it in June,” Lee wrote on Twitter on Tuesday.",
    )
    assert event.date.earliest is None


def test_words_that_go_on_in_one_speech_have_its_day() -> None:
    event = main_of(
        "Ann Lee says bridge is safe",
        "Mayor Ann Lee said the bridge was safe.",
        "“It will stand,” she told reporters on Tuesday.",
    )
    assert (event.date.earliest, event.date.latest) == (date(2021, 6, 8), date(2021, 6, 8))
