"""An event's page: everything it rests on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from django.contrib.auth.models import User
from django.test import Client

from tests.factories import make_article, make_event, make_evidence, make_publisher, make_statement
from tests.views.conftest import World
from tests.views.page import Page, words
from timeline.models import Article, Claim, Event, EventRelation, Evidence
from timeline.vocabulary import DateBasis, EventStatus, PartialDate, RelationKind

Visit = Callable[..., Page]


def address(event: Event) -> str:
    return event.get_absolute_url()


def test_the_date_stands_with_its_caveat_and_its_basis(world: World, visit: Visit) -> None:
    page = visit(address(world.clash))
    assert page.text("<h1>") == "Trump and Zelenskyy clash"
    assert page.text("when") == "on or before 2 March 2025 · date not stated"
    assert page.text("basis") == "2 March 2025 is the publication day of the article; the day itself is not stated."


def test_the_facts_lead_to_whoever_and_whatever_they_name(world: World, visit: Visit) -> None:
    participation = world.clash.participations.get(actor=world.trump)
    participation.role = "agent"
    participation.save()
    page = visit(address(world.clash))
    assert page.texts("facts") == [
        "Who Donald Trump acts Volodymyr Zelenskyy Where Oval Office, United States Kind Meeting"
        " Rests on 1 independent source Why it counts Told by 1 newsroom on 1 day"
    ]
    assert page.links("facts") == [
        ("Donald Trump", f"/actors/{world.trump.uid}/"),
        ("Volodymyr Zelenskyy", f"/actors/{world.zelenskyy.uid}/"),
        ("Oval Office", f"/?place={world.office.uid}"),
        ("Meeting", "/?kind=meeting"),
    ]


def test_why_it_counts_is_said_in_words(world: World, visit: Visit) -> None:
    Article.objects.filter(pk=world.article.pk).update(main_event=world.clash)
    for number in range(3):
        later = make_article(
            f"It was a row. {number}",
            publisher=make_publisher(f"Paper {number % 2}"),
            date=PartialDate.on(date(2025, 3, 8 + number)),
            carries_on=world.clash,
        )
        make_evidence(world.clash, later, "It was a row.")
    page = visit(address(world.clash))
    assert page.texts("facts")[0].partition("Why it counts ")[2] == (
        "Told by 3 newsrooms in 4 articles on 4 days; the main event of 1 article; "
        "later articles refer back to it 3 times; 3 articles on its story since"
    )


def test_each_passage_stands_in_its_sentence_and_leads_into_the_article(world: World, visit: Visit) -> None:
    page = visit(address(world.clash))
    evidence = world.clash.evidence.get()
    (passage,) = page.elements("passage")
    assert words(passage) == "It came after Trump and Zelenskyy argued in the Oval Office. Nobody signed anything."
    assert page.links("passage") == [
        ("Trump and Zelenskyy argued in the Oval Office", f"/articles/{world.article.uid}/#e{evidence.pk}")
    ]
    assert page.text("cite") == (
        "The Kremlin is open to sell minerals, its leader said., Harbour Dispatch,"
        " 2 March 2025, 11:40 IST (06:10 UTC) original https://harbour.example/minerals"
    )


def test_copies_stand_under_their_original(world: World, visit: Visit) -> None:
    wire = make_publisher("Nordwind Wire")
    copy = make_article(world.article.text + " ", publisher=wire, duplicate_of=world.article, title="Same text")
    make_evidence(world.clash, copy, "Trump and Zelenskyy argued")
    page = visit(address(world.clash))
    assert len(page.elements("report")) == 1
    assert page.texts("copies") == ["Also printed by Nordwind Wire, a copy"]


def test_a_copy_whose_original_is_silent_names_it(world: World, visit: Visit) -> None:
    copy = make_article("They met again.", duplicate_of=world.article, title="Same text")
    event = make_event("They meet")
    make_evidence(event, copy, "They met again.")
    page = visit(address(event))
    assert page.texts("copies") == ["A copy of The Kremlin is open to sell minerals, its leader said."]


def claim(event: Event, article: Article, when: PartialDate, rank: str = Claim.Rank.NORMAL) -> None:
    made = Claim(event=event, article=article, rank=rank)
    made.date = when
    made.save()


def test_competing_dates_stand_side_by_side(world: World, visit: Visit) -> None:
    other = make_article("They clashed on 28 February.", publisher=make_publisher("The Telegraph"), title="Clash")
    claim(world.clash, world.article, world.clash.date, rank=Claim.Rank.PREFERRED)
    assert visit(address(world.clash)).texts("claim") == []
    stated = PartialDate.on(date(2025, 2, 28), raw="28 February")
    claim(world.clash, other, stated)
    assert visit(address(world.clash)).texts("claim") == [
        "on or before 2 March 2025 · date not stated shown above"
        " The Kremlin is open to sell minerals, its leader said., Harbour Dispatch"
        " 2 March 2025 is the publication day of the article; the day itself is not stated.",
        "28 February 2025, Friday Clash, The Telegraph The article says “28 February”.",
    ]


def test_relations_read_from_both_sides(world: World, visit: Visit) -> None:
    EventRelation.objects.create(kind=RelationKind.AFTER, source=world.remarks, target=world.clash)
    EventRelation.objects.create(kind=RelationKind.BEFORE, source=world.clash, target=world.remarks)
    EventRelation.objects.create(kind=RelationKind.BEFORE, source=world.invasion, target=world.clash)
    hidden = make_event("Hidden", status=EventStatus.REJECTED)
    EventRelation.objects.create(kind=RelationKind.SAME_DAY, source=hidden, target=world.clash)
    world.post.part_of = world.clash
    world.post.save()
    bound = "on or before 2 March 2025 · date not stated"
    assert visit(address(world.clash)).texts("relations") == [
        f"Includes Trump posts a message {bound} Comes after Russia invades Ukraine 2022 · year only"
        f" Comes before Putin offers minerals {bound}"
    ]
    assert visit(address(world.remarks)).texts("relations") == [f"Comes after Trump and Zelenskyy clash {bound}"]
    assert visit(address(world.post)).texts("relations") == [f"Part of Trump and Zelenskyy clash {bound}"]


def test_the_other_entries_of_a_story_stand_on_the_page_of_each(world: World, visit: Visit) -> None:
    follow_up = make_article("Later", title="Later")
    Article.objects.filter(pk=world.article.pk).update(main_event=world.clash)
    Article.objects.filter(pk=follow_up.pk).update(main_event=world.remarks, carries_on=world.clash)
    bound = "on or before 2 March 2025 · date not stated"

    page = visit(address(world.clash))
    assert page.texts("story") == [f"Putin offers minerals {bound}"]
    assert visit(dict(page.links("sheet-side"))["All that its articles tell"]).text("#count") == "3 events match"
    assert visit(address(world.remarks)).texts("story") == [f"Trump and Zelenskyy clash {bound}"]
    assert visit(address(world.invasion)).texts("story") == []


def disputed_order(world: World) -> None:
    """The article says “after”; the dates say four days before."""
    for event, day in ((world.clash, date(2025, 2, 28)), (world.remarks, date(2025, 2, 24))):
        event.date = PartialDate.on(day)
        event.order_disputed = True
        event.place_in_time()
        event.save()
    EventRelation.objects.create(
        kind=RelationKind.BEFORE, source=world.clash, target=world.remarks, article=world.article
    )


def test_an_order_that_the_dates_do_not_bear_out_is_told_as_what_an_article_says(world: World, visit: Visit) -> None:
    disputed_order(world)
    later = visit(address(world.remarks))
    assert later.texts("relations") == [
        "An article says it came after Trump and Zelenskyy clash 28 February 2025, Friday"
        f" Harbour Dispatch: {world.article.title}"
    ]
    earlier = visit(address(world.clash))
    assert earlier.texts("relations") == [
        "An article says it came before Putin offers minerals 24 February 2025, Monday"
        f" Harbour Dispatch: {world.article.title}"
    ]


def test_the_list_says_which_order_is_disputed(world: World, visit: Visit) -> None:
    disputed_order(world)
    page = visit("/?status=disputed")
    assert page.texts("sign sign-disputed") == [
        "an article says after “Trump and Zelenskyy clash”",
        "an article says before “Putin offers minerals”",
    ]


def test_an_event_from_outside_rests_on_an_outside_source(db: None, visit: Visit) -> None:
    event = make_event("A summit")
    Evidence.objects.create(event=event, outside_title="The minutes", by_hand=True)
    assert visit(address(event)).texts("facts") == ["Kind Meeting Rests on an outside source"]


def test_what_the_article_says_stays_beside_a_corrected_date(world: World, visit: Visit) -> None:
    claim(world.clash, world.article, PartialDate.on(date(2025, 2, 28)))
    world.clash.date = PartialDate.on(date(2025, 2, 27), basis=DateBasis.HUMAN)
    world.clash.save()
    assert [text.split(" The Kremlin")[0] for text in visit(address(world.clash)).texts("claims")] == [
        "28 February 2025, Friday"
    ]


def test_statements_stand_with_their_sources(world: World, visit: Visit) -> None:
    page = visit(address(world.remarks))
    assert page.texts("said") == [
        "“We are ready to work with our partners” — Vladimir Putin said in a video Harbour Dispatch",
        "reserves are large — Vladimir Putin added (paraphrase) Harbour Dispatch",
    ]
    assert page.elements(f"#s{world.ready.uid}") != []


def test_rejected_statements_are_left_out(world: World, visit: Visit) -> None:
    make_statement("never said", event=world.remarks, status=EventStatus.REJECTED)
    assert len(visit(address(world.remarks)).elements("said")) == 2


def test_corrections_say_who_when_and_why(world: World, visit: Visit) -> None:
    at = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
    world.clash.lock(["title", "earliest", "latest", "precision"], by="ann", why="agency report", at=at)
    world.clash.save()
    assert visit(address(world.clash)).texts("corrections") == [
        "Title and date corrected by ann on 4 March 2025, 09:30 UTC, because: agency report"
    ]


def test_an_event_by_hand_names_its_outside_source(db: None, visit: Visit) -> None:
    event = make_event("Parliament votes")
    Evidence.objects.create(event=event, outside_title="Gazette 12", outside_url="https://gazette.example/12")
    Evidence.objects.create(event=event, outside_title="Trap", outside_url="javascript:alert(1)")
    page = visit(address(event))
    assert page.texts("outside") == ["Gazette 12 outside source Trap outside source"]
    assert page.links("outside") == [("Gazette 12", "https://gazette.example/12")]


def test_staff_find_the_way_to_the_form(world: World, client: Client) -> None:
    def way_back() -> list[str]:
        return [text for text, _ in Page(client.get(address(world.clash))).links("way-back")]

    assert way_back() == ["All events"]
    client.force_login(User.objects.create_user("ann", is_staff=True))
    assert way_back() == ["All events", "Edit this event"]
    client.force_login(User.objects.create_superuser("bea"))
    assert way_back() == ["All events", "Edit this event", "Put in a story"]


def test_a_rejected_event_has_no_page(db: None, visit: Visit) -> None:
    event = make_event(status=EventStatus.REJECTED)
    assert visit(address(event), status=404).text("<h1>") == "There is nothing at this address"
