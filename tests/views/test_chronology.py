"""The chronology as a reader sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from django.test import Client

from tests.factories import (
    in_month,
    make_actor,
    make_article,
    make_event,
    make_evidence,
    make_publisher,
    make_statement,
)
from tests.views.conftest import World
from tests.views.page import Page, words
from timeline.models import Event
from timeline.vocabulary import EventStatus, PartialDate, StatementKind

Visit = Callable[..., Page]


def test_events_stand_under_their_dates(world: World, visit: Visit) -> None:
    page = visit("/")
    assert page.texts("day-date") == ["2022 · year only", "on or before 2 March 2025 · date not stated"]
    assert page.texts("event-title") == [
        "Russia invades Ukraine",
        "Trump and Zelenskyy clash",
        "Trump posts a message",
        "Putin offers minerals",
    ]
    assert page.text("#count") == "4 events"


def test_the_basis_of_a_date_hovers_over_it(world: World, visit: Visit) -> None:
    heading = visit("/").elements("day-date")[1]
    assert heading.get("title") == "2 March 2025 is the publication day of the article; the day itself is not stated."


def test_an_open_order_is_said_once(db: None, visit: Visit) -> None:
    for title in ("One", "Two", "Three"):
        make_event(title, date=in_month(2022, 8))
    assert visit("/").texts("day-date") == ["August 2022 · month only order not stated"]


def test_only_verbatim_words_stand_in_quotation_marks(world: World, visit: Visit) -> None:
    page = visit("/?actor=Vladimir Putin")
    assert page.texts("quote") == [
        "“We are ready to work with our partners” — Vladimir Putin said in a video",
        "reserves are large — Vladimir Putin added (paraphrase)",
    ]
    assert [words(element) for element in page.elements("<blockquote>")] == ["“We are ready to work with our partners”"]


def test_a_quote_filter_leaves_only_the_statements_it_means(world: World, visit: Visit) -> None:
    page = visit("/?speaker=Vladimir Putin&direct")
    assert page.texts("quote") == ["“We are ready to work with our partners” — Vladimir Putin said in a video"]


def test_a_card_shows_three_statements_and_how_many_more(db: None, visit: Visit) -> None:
    speaker = make_actor("Ann Lee")
    event = make_event("Ann Lee speaks")
    for n in range(5):
        make_statement(f"Sentence {n}", speaker=speaker, event=event)
    page = visit("/")
    assert page.texts("quote") == [f"“Sentence {n}” — Ann Lee" for n in range(3)]
    assert page.links("more-quotes") == [("2 more statements", f"/events/{event.uid}/#statements")]
    assert len(visit("/?speaker=Ann Lee").elements("quote")) == 5


def test_verbatim_words_go_before_paraphrases_where_not_all_fit(db: None, visit: Visit) -> None:
    event = make_event("Ann Lee speaks")
    kinds = (StatementKind.INDIRECT, StatementKind.DIRECT, StatementKind.INDIRECT, StatementKind.MIXED)
    for n, kind in enumerate(kinds):
        make_statement(f"words {n}", speaker_as_written="Ann", event=event, kind=kind)
    assert visit("/").texts("quote") == [
        "words 0 — Ann (paraphrase)",
        "“words 1” — Ann",
        "words 3 — Ann (partly paraphrased)",
    ]


def test_according_to_goes_before_the_name(db: None, visit: Visit) -> None:
    make_statement(
        "it passed", event=make_event(), kind=StatementKind.INDIRECT, cue="According to", speaker_as_written="the count"
    )
    assert visit("/").texts("quote") == ["it passed — according to the count (paraphrase)"]


def test_many_sources_are_a_click_away(db: None, visit: Visit) -> None:
    event = make_event()
    for n in range(7):
        article = make_article(f"Text {n}.", publisher=make_publisher(f"Paper {n}"))
        make_evidence(event, article, f"Text {n}.")
    page = visit("/")
    assert page.texts("source") == [f"Paper {n}" for n in range(5)]
    assert page.links("chip-more") == [("2 more", f"/events/{event.uid}/#sources")]
    assert page.texts("independent") == ["7 independent sources"]


def test_a_source_without_a_publisher_goes_by_its_title(db: None, visit: Visit) -> None:
    event = make_event()
    make_evidence(event, make_article("Text.", title="A very long title of an article that nobody printed"), "Text.")
    assert visit("/").texts("source") == ["A very long title of an article that nobo…"]


def test_chips_lead_to_filters_and_sources_to_the_passage(world: World, visit: Visit) -> None:
    page = visit("/?q=clash")
    evidence = world.clash.evidence.get()
    assert page.links("chips") == [
        ("Donald Trump", f"/?q=clash&actor={world.trump.uid}"),
        ("Volodymyr Zelenskyy", f"/?q=clash&actor={world.zelenskyy.uid}"),
        ("Oval Office", f"/?q=clash&place={world.office.uid}"),
        ("Harbour Dispatch", f"/articles/{world.article.uid}/#e{evidence.pk}"),
    ]


def test_a_copy_is_no_second_source(world: World, visit: Visit) -> None:
    copy = make_article(
        world.article.text + " ", publisher=make_publisher("Nordwind Wire"), duplicate_of=world.article, url="x"
    )
    make_evidence(world.clash, copy, "Trump and Zelenskyy argued")
    page = visit("/?q=clash")
    assert page.texts("source") == ["Harbour Dispatch", "Nordwind Wire copy"]
    assert page.texts("independent") == []
    other = make_article("They clashed.", publisher=make_publisher("The Telegraph"))
    make_evidence(world.clash, other, "They clashed.")
    assert visit("/?q=clash").texts("independent") == ["2 independent sources"]


def test_marks_say_what_is_uncertain(db: None, visit: Visit) -> None:
    make_event("Hedged", hedged=True)
    make_event("Disputed", date_disputed=True, order_disputed=True, status=EventStatus.DISPUTED)
    corrected = make_event("Corrected")
    corrected.lock(["earliest", "latest"], by="ann", why="agency report", at=datetime(2025, 3, 4, 9, 30, tzinfo=UTC))
    corrected.save()
    page = visit("/")
    assert [(words(sign), sign.get("title")) for sign in page.elements("sign")] == [
        ("reported, not confirmed", "The sources do not say it as a fact."),
        ("disputed", "An editor marked it as disputed."),
        ("date disputed", "The articles give different dates."),
        ("order disputed", "The dates believed say otherwise."),
        ("corrected", "date corrected by ann on 4 March 2025, 09:30 UTC, because: agency report"),
    ]


def test_words_searched_for_are_marked_and_everything_is_escaped(db: None, visit: Visit, client: Client) -> None:
    make_event("<b>Deal</b> on deals", description="A <script>alert(1)</script> deal")
    page = visit("/?q=deal")
    title = page.elements("event-title")[0]
    assert words(title) == "<b>Deal</b> on deals"
    assert [words(mark) for mark in page.elements("<mark>", title)] == ["Deal", "deal"]
    assert "<script>alert" not in client.get("/?q=deal").content.decode()


def test_the_filters_on_can_be_dropped_one_by_one(world: World, visit: Visit) -> None:
    page = visit("/?q=clash&actor=Donald Trump&actor=Zelensky&exact=0&from=2025")
    trump, other = world.trump.uid, world.zelenskyy.uid
    assert page.links("filters-on") == [
        ("words clash ×", f"/?actor={trump}&actor={other}&from=2025-01-01"),
        ("actor Donald Trump ×", f"/?q=clash&actor={other}&from=2025-01-01"),
        ("actor Volodymyr Zelenskyy ×", f"/?q=clash&actor={trump}&from=2025-01-01"),
        ("from 1 January 2025 ×", f"/?q=clash&actor={trump}&actor={other}"),
        ("Clear all", "/"),
    ]


def test_the_download_carries_the_filters(world: World, visit: Visit) -> None:
    page = visit("/?speaker=Vladimir Putin&direct&from=2025")
    filters = f"speaker={world.putin.uid}&direct=1&from=2025-01-01"
    assert page.links("exports") == [
        ("Download CSV", f"/timeline.csv?{filters}"),
        ("JSON", f"/timeline.json?{filters}"),
        ("Feed", f"/timeline.atom?{filters}"),
    ]
    assert [href for _, href in visit("/").links("exports")] == ["/timeline.csv", "/timeline.json", "/timeline.atom"]


def test_what_other_programs_leave_out_is_said_before_the_download(world: World, visit: Visit) -> None:
    assert visit("/").texts("export-note") == []
    make_event("Somewhen", world.putin, date=PartialDate.unknown())
    make_event("Somehow", date=PartialDate.unknown())
    assert visit("/").text("export-note") == ("2 events without any date are left out by TimelineJS and Timesketch.")
    assert visit("/?actor=Vladimir Putin").text("export-note") == (
        "1 event without any date is left out by TimelineJS and Timesketch."
    )


def test_the_form_shows_the_state(world: World, visit: Visit) -> None:
    page = visit("/?q=putin&speaker=Vladimir Putin&direct&from=2025&sort=newest")
    form = page.elements("#filters")[0]
    assert dict(form.form_values()) == {
        "q": "putin",
        "speaker": world.putin.uid,
        "direct": "1",
        "from": "2025-01-01",
        "to": "",
        "publisher": "",
        "kind": "",
        "status": "",
        "top": "",
        "sort": "newest",
    }
    assert page.options("speaker") == ["Vladimir Putin (1)"]


def test_key_events_are_said_to_be_the_most_important_of_all(db: None, visit: Visit) -> None:
    for event in many(120):
        Event.objects.filter(pk=event.pk).update(importance=event.pk % 60)
    page = visit("/?top=70")
    assert page.text("#count") == "70 most important of 120 events"
    assert page.elements("#f-top")[0].value == "70"
    assert page.text("filters-on") == "key events 70 ×"
    rest = visit(page.links("more")[0][1])
    assert (len(page.elements("event")), len(rest.elements("event")), rest.links("more")) == (50, 20, [])
    assert visit("/?top=120").text("#count") == "120 events match"


def many(count: int) -> list[Event]:
    start = date(2020, 1, 1)
    return [make_event(f"Event {n}", date=PartialDate.on(start + timedelta(days=n // 2))) for n in range(count)]


def test_show_more_goes_on_where_the_page_ended(db: None, visit: Visit) -> None:
    events = many(120)
    first = visit("/")
    ((label, address),) = first.links("more")
    assert (label, address) == ("Show more", f"/?after={events[49].chrono}")
    second = visit(address)
    assert second.links("earlier") == [("Back to the beginning", "/")]
    third = visit(second.links("more")[0][1])
    titles = first.texts("event-title") + second.texts("event-title") + third.texts("event-title")
    assert titles == [event.title for event in events]
    assert third.links("more") == []


def test_newest_first_goes_on_backwards(db: None, visit: Visit) -> None:
    events = many(60)
    first = visit("/?sort=newest")
    second = visit(first.links("more")[0][1])
    assert first.texts("event-title") + second.texts("event-title") == [event.title for event in events[::-1]]


def test_a_day_that_goes_on_over_the_page_says_so(db: None, visit: Visit) -> None:
    for n in range(51):
        make_event(f"Event {n}", date=PartialDate.on(date(2020, 1, 1)))
    more = visit("/").links("more")[0][1]
    assert visit(more).texts("day-date") == ["1 January 2020 Wednesday continued"]


def test_the_list_comes_first_and_asks_for_the_rest(world: World, visit: Visit) -> None:
    page = visit("/?q=clash", into="events")
    assert page.texts("event-title") == ["Trump and Zelenskyy clash"]
    assert page.elements("#filters") == []
    (rest,) = page.tree.xpath("//*[@data-hx-trigger='load']")
    assert (rest.get("data-hx-get"), rest.get("data-hx-target")) == ("/?q=clash", "#overview")
    summary = visit("/?q=clash", into="overview")
    assert summary.elements("event-title") == []
    swaps = summary.tree.xpath("//*[@data-hx-swap-oob]")
    assert [swap.get("data-hx-swap-oob") for swap in swaps] == [
        "innerHTML:#facets",
        "innerHTML:#count",
        "innerHTML:#tools",
    ]
    assert words(swaps[1]) == "1 event matches"


def test_more_rows_are_a_piece_without_anything_around_them(db: None, visit: Visit) -> None:
    events = many(51)
    page = visit(f"/?after={events[49].chrono}", into="more")
    assert page.texts("event-title") == ["Event 50"]
    assert page.tree.xpath("//*[@data-hx-trigger='load']") == []
    assert page.elements("earlier") == []


def test_typing_replaces_the_address_and_choosing_adds_one(world: World, client: Client) -> None:
    def sent(source: str) -> dict[str, str]:
        headers = {"HX-Request": "true", "HX-Target": "div#events", "HX-Source": source}
        response = client.get("/?q=clash&actor=&from=", headers=headers)
        return {name: value for name, value in response.headers.items() if name.startswith("HX-")}

    assert sent("input#q") == {"HX-Replace-Url": "/?q=clash"}
    assert sent("form#filters") == {"HX-Push-Url": "/?q=clash"}


def test_going_back_reads_the_whole_page(world: World, client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "body", "HX-History-Restore-Request": "true"}
    assert Page(client.get("/", headers=headers)).texts("<h1>") == ["Chronology"]


def test_caches_know_what_the_answer_depends_on(world: World, client: Client) -> None:
    vary = {name.strip() for name in client.get("/").headers["Vary"].split(",")}
    assert vary >= {"HX-Request", "HX-Target", "HX-History-Restore-Request"}


def test_an_empty_house_says_how_to_begin(db: None, visit: Visit) -> None:
    page = visit("/")
    assert page.texts("nothing") == [
        "No events yet The chronology is made from articles. Read some in:"
        " .venv/bin/python manage.py ingest article.html or paste one in the editor."
    ]
    make_article()
    assert visit("/").texts("nothing") == ["No events yet The articles read so far gave none, or all were rejected."]


def test_no_matches_say_which_filters_to_drop(world: World, visit: Visit) -> None:
    page = visit("/?q=clash&kind=attack")
    assert page.texts("nothing") == [
        "No events match All of these together leave nothing. Drop one: words clash kind attack"
    ]
    assert page.links("drop") == [("words clash", "/?kind=attack"), ("kind attack", "/?q=clash")]
    assert visit("/?q=zzz").texts("nothing") == ["No events match This filter leaves nothing. Drop it: words zzz"]


def test_a_place_after_the_end_leads_back(world: World, visit: Visit) -> None:
    page = visit(f"/?after={2**62}")
    assert page.texts("nothing") == ["Nothing more The list ends before this place. Back to the beginning"]


def test_other_methods_are_told_which_work(db: None, client: Client) -> None:
    for address in ("/", "/statements/"):
        head, whole = client.head(address), client.get(address)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["Content-Length"] == str(len(whole.content))
        options = client.options(address)
        assert (options.status_code, options.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
        assert client.post(address).status_code == 405


def test_mixed_statements_are_marked_as_such(world: World, visit: Visit) -> None:
    make_statement(
        "it is “over” now",
        speaker=world.putin,
        event=world.clash,
        kind=StatementKind.MIXED,
        cue="told",
        addressee="reporters",
        medium="interview",
    )
    assert visit("/?q=clash").texts("quote") == [
        "it is “over” now — Vladimir Putin told reporters in an interview (partly paraphrased)"
    ]


def test_a_filter_in_any_script_stays_in_the_address(world: World, visit: Visit) -> None:
    page = visit("/?q=" + quote("Зеленский & co"))
    assert page.links("drop") == [("words Зеленский & co", "/")]
