"""Who said exactly what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from timeline.extraction.actors.identities import find_actors
from timeline.extraction.cast import Cast
from timeline.extraction.mentions import Block, Document, Span, StatementMention, TimeMention
from timeline.extraction.paragraphs import parse
from timeline.extraction.statements.confidence import confidence, credence
from timeline.extraction.statements.utterances import find_statements
from timeline.vocabulary import BlockRole, PartialDate, StatementKind

Read = Callable[..., list[StatementMention]]


def document(text: str, roles: tuple[BlockRole, ...] = ()) -> Document:
    """Every line a block: body, where no role is given."""
    blocks, at = [], 0
    for number, line in enumerate(text.split("\n")):
        role = roles[number] if number < len(roles) else BlockRole.BODY
        if line.strip():
            blocks.append(Block(at, at + len(line), role))
        at += len(line) + 1
    return Document(text=text, blocks=tuple(blocks))


@pytest.fixture(scope="session")
def read(nlp: Language) -> Read:
    def statements(
        text: str, *, roles: tuple[BlockRole, ...] = (), times: tuple[TimeMention, ...] = ()
    ) -> list[StatementMention]:
        article = document(text, roles)
        paragraphs = parse(article, nlp)
        cast = find_actors(article, paragraphs)
        names = {actor.key: actor.name for actor in cast.actors}
        found = find_statements(article, paragraphs, cast, times)
        return [_with_name(statement, names) for statement in found]

    return statements


def _with_name(statement: StatementMention, names: dict[str, str]) -> StatementMention:
    return replace(statement, speaker=names[statement.speaker]) if statement.speaker else statement


def said(statements: list[StatementMention]) -> list[tuple[str | None, str]]:
    return [(statement.speaker, " ¦ ".join(span.text for span in statement.content)) for statement in statements]


# Quotations and their speakers


def test_the_verb_after_a_quotation_names_its_speaker(read: Read) -> None:
    found = read("“We will close the bridge,” Anna Berg said.")
    assert said(found) == [("Anna Berg", "“We will close the bridge,”")]
    assert (found[0].kind, found[0].cue and found[0].cue.text) == (StatementKind.DIRECT, "said")


def test_the_name_may_follow_the_verb(read: Read) -> None:
    assert said(read("“We will close the bridge,” said Anna Berg, the engineer.")) == [
        ("Anna Berg", "“We will close the bridge,”")
    ]


def test_the_verb_may_precede_the_quotation(read: Read) -> None:
    assert said(read("Anna Berg told reporters in Oslo: “We will close the bridge.”")) == [
        ("Anna Berg", "“We will close the bridge.”")
    ]


def test_a_pronoun_speaks_for_its_person(read: Read) -> None:
    found = read("Anna Berg inspected the bridge. “It is unsafe,” she said.")
    assert said(found) == [("Anna Berg", "“It is unsafe,”")]
    assert found[0].speaker_span is not None and found[0].speaker_span.text == "she"


def test_a_description_between_name_and_verb_is_passed_over(read: Read) -> None:
    found = read("“It was never safe,” Anna Berg, who had led the inspection of the bridge for ten years, told them.")
    assert said(found) == [("Anna Berg", "“It was never safe,”")]


def test_a_writing_speaks_for_nobody_who_was_named_before(read: Read) -> None:
    found = read(
        "Anna Reyes died on Sunday. A statement on Acme's website, the homepage of which currently displays a black "
        'and white photograph and the text "Anna Reyes 1955-2011", states: "Acme has lost a visionary and creative '
        'genius, and the world has lost an amazing human being."'
    )

    assert [one.speaker for one in found] == [None]


def test_a_quotation_split_by_its_cue_is_one_statement_in_two_parts(read: Read) -> None:
    assert said(read("“The bridge,” Anna Berg said, “will be closed.”")) == [
        ("Anna Berg", "“The bridge,” ¦ “will be closed.”")
    ]


def test_the_sentences_after_the_cue_belong_to_the_statement_before_it(read: Read) -> None:
    assert said(read("“It is unsafe,” Anna Berg said. “We warned them twice.”")) == [
        ("Anna Berg", "“It is unsafe,” ¦ “We warned them twice.”")
    ]


def test_a_second_cue_makes_a_statement_that_continues_the_first(read: Read) -> None:
    first, second = read("“It is unsafe,” Anna Berg said, adding, “We warned them twice.”")
    assert said([first, second]) == [("Anna Berg", "“It is unsafe,”"), ("Anna Berg", "“We warned them twice.”")]
    assert (first.continues, second.continues) == (None, first.key)
    assert second.cue is not None and second.cue.text == "adding"


def test_a_quotation_may_run_over_lines(read: Read) -> None:
    found = read("Anna Berg inspected it.\n“The bridge is old.\nIt has to be closed,” Anna Berg said.\nNobody came.")
    assert said(found) == [("Anna Berg", "“The bridge is old. ¦ It has to be closed,”")]


def test_even_a_word_is_speech_after_a_verb_of_crying_out(read: Read) -> None:
    found = read("Anna Berg shouted “Stop!” at the driver. There were shouts of “Go on!” from the crowd.")
    assert [words for _, words in said(found)] == ["“Stop!”", "“Go on!”"]
    assert found[0].speaker == "Anna Berg"


def test_a_name_behind_its_verb_in_the_middle_of_the_words_speaks(read: Read) -> None:
    found = read("The old bridge, said Anna Berg, “has to be closed before the winter comes.”")
    assert [statement.speaker for statement in found] == ["Anna Berg"]


def test_who_is_told_does_not_speak(read: Read) -> None:
    found = read("Told Anna Berg in the street, “The bridge will be closed before the winter.”")
    assert all(statement.speaker != "Anna Berg" for statement in found)


def test_what_is_held_up_speaks_for_itself(read: Read) -> None:
    (found,) = read("Anna Berg held up a sign saying “Close the bridge before it is too late.”")
    assert found.speaker is None
    assert found.speaker_span is not None and found.speaker_span.text == "a sign"


def test_who_is_quoted_speaks_and_not_who_quotes(read: Read) -> None:
    found = read("Anna Berg saw it. The newspaper wrote of her, quoting her as saying, “I never saw it move.”")
    assert found[-1].speaker == "Anna Berg"


def test_who_came_before_a_colon_in_the_paragraph_above_speaks(read: Read) -> None:
    found = read("Anna Berg declared,\n“The bridge has to be closed before winter.”")
    assert said(found)[-1] == ("Anna Berg", "“The bridge has to be closed before winter.”")


def test_two_speakers_of_a_paragraph_keep_their_own_words(read: Read) -> None:
    found = read("“It is unsafe,” said Anna Berg. “Nobody told me,” Peter Holm replied.")
    assert said(found) == [("Anna Berg", "“It is unsafe,”"), ("Peter Holm", "“Nobody told me,”")]


def test_a_cue_beside_the_quotation_beats_the_one_before_a_colon(read: Read) -> None:
    found = read("Peter Holm seemed surprised by the letter: “Nobody told me,” Anna Berg said.")
    assert said(found) == [("Anna Berg", "“Nobody told me,”")]


def test_a_quotation_of_many_paragraphs_is_one_statement(read: Read) -> None:
    found = read("Anna Berg said: “The bridge is old.\n“It has to be closed.\n“That is all.”")
    assert said(found) == [("Anna Berg", "“The bridge is old. ¦ “It has to be closed. ¦ “That is all.”")]


def test_a_paragraph_that_ends_with_a_colon_introduces_the_next(read: Read) -> None:
    found = read("Anna Berg told the town council:\n“The bridge has to be closed before winter.”")
    assert said(found)[-1] == ("Anna Berg", "“The bridge has to be closed before winter.”")


def test_a_floating_quotation_has_words_nearby_but_names_nobody(read: Read) -> None:
    found = read("“It is unsafe,” Anna Berg said.\nThe council met at noon.\n“It was a long and bitter debate.”")
    assert found[-1].speaker is None
    assert found[-1].speaker_span is not None
    assert found[-1].confidence < 0.9


def test_an_exclamation_ends_the_sentence_of_the_cue_before_it(read: Read) -> None:
    found = read("Anna Berg told the council, “You never listen!” Peter Holm replied that he had.")
    assert said(found)[0] == ("Anna Berg", "“You never listen!”")


def test_what_continues_an_uncertain_quotation_is_no_more_certain(read: Read) -> None:
    found = read(
        "“It is unsafe,” Anna Berg said.\n“It was a long and bitter debate.\n“Nobody was glad when it was over.”"
    )
    assert said(found) == [
        ("Anna Berg", "“It is unsafe,”"),
        (None, "“It was a long and bitter debate. ¦ “Nobody was glad when it was over.”"),
    ]


def test_words_in_scare_quotes_are_no_statement(read: Read) -> None:
    assert read("The “bridge to nowhere” was opened in the spring by the so-called ‘builders’.") == []


def test_words_quoted_inside_a_quotation_are_no_statement_of_their_own(read: Read) -> None:
    found = read("“They told me ‘never’ and meant it,” Anna Berg said.")
    assert said(found) == [("Anna Berg", "“They told me ‘never’ and meant it,”")]


def test_an_insertion_by_the_editor_is_flagged(read: Read) -> None:
    found = read("“It [the bridge] is unsafe,” Anna Berg said. “We told them so.”")
    assert [statement.inserted for statement in found] == [True]


def test_turns_of_an_interview_are_statements(read: Read) -> None:
    found = read(
        "Anna Berg met Peter Holm.\n"
        "Peter Holm: When did you see it?\nAnna Berg: In March, after the snow.\nPeter Holm: And then?"
    )
    turns = [statement for statement in found if statement.sieve == "transcript"]
    assert said(turns) == [
        ("Peter Holm", "When did you see it?"),
        ("Anna Berg", "In March, after the snow."),
        ("Peter Holm", "And then?"),
    ]


def test_an_answer_belongs_to_whom_the_interview_is_with(read: Read) -> None:
    found = read(
        "Interview with Anna Berg\nAnna Berg inspects bridges.\n"
        "Q: When did you see it?\nA: In March.\nIt snowed.\nQ: And then?\nA: We closed it.",
        roles=(BlockRole.TITLE,),
    )
    assert said(found) == [
        (None, "When did you see it?"),
        ("Anna Berg", "In March. ¦ It snowed."),
        (None, "And then?"),
        ("Anna Berg", "We closed it."),
    ]
    assert {statement.medium for statement in found} == {"interview"}


def test_turns_may_stand_behind_names_in_double_brackets_or_initials(read: Read) -> None:
    found = read(
        "Anna Berg inspects bridges.\n"
        "((Courier))  When did you see it?\nAnna Berg I saw it in March.\n"
        "((PH)) : And then?\nAB We closed it.\n((PH)) : Why?\n((Anna Berg)) : It cracked."
    )
    turns = [statement for statement in found if statement.sieve == "transcript"]
    assert said(turns)[1::2] == [
        ("Anna Berg", "I saw it in March."),
        ("Anna Berg", "We closed it."),
        ("Anna Berg", "It cracked."),
    ]


def test_results_behind_names_are_no_turns(read: Read) -> None:
    assert read("Anna Berg and Peter Holm ran.\nAnna Berg: 46.\nPeter Holm: 52.\nAnna Berg: 1,240.") == []


def test_a_post_belongs_to_the_name_under_it(read: Read) -> None:
    found = read("Anna Berg left.\nThe bridge had to close. I told you so. — Anna Berg (@annaberg) March 2, 2025")
    assert said(found) == [("Anna Berg", "The bridge had to close. I told you so.")]
    assert found[0].medium == "Twitter"


def test_a_handle_is_whoever_it_stands_behind(read: Read) -> None:
    found = read("Anna Berg (@annaberg) was there.\n@annaberg wrote: “I never said so to anybody.”")
    assert said(found) == [("Anna Berg", "“I never said so to anybody.”")]


# Reported speech


def test_a_clause_after_a_verb_of_speech_is_reported(read: Read) -> None:
    (found,) = read("Anna Berg said that the bridge was unsafe and had to be closed.")
    assert said([found]) == [("Anna Berg", "that the bridge was unsafe and had to be closed")]
    assert found.kind is StatementKind.INDIRECT


def test_the_clause_may_come_first(read: Read) -> None:
    assert said(read("The bridge would be closed before the winter, Anna Berg said.")) == [
        ("Anna Berg", "The bridge would be closed before the winter")
    ]


def test_quoted_words_in_a_reported_clause_make_it_mixed(read: Read) -> None:
    (found,) = read("Anna Berg said that the bridge was “an accident waiting to happen”.")
    assert found.kind is StatementKind.MIXED
    assert found.speaker == "Anna Berg"


def test_a_second_verb_has_the_subject_of_the_first(read: Read) -> None:
    found = read("Anna Berg said that the bridge was unsafe and added that nobody had listened to her warnings.")
    assert ("Anna Berg", "that nobody had listened to her warnings") in said(found)


def test_a_participle_goes_on_with_the_speaker(read: Read) -> None:
    found = read("Anna Berg said the bridge was unsafe, adding that nobody had listened to her warnings.")
    assert said(found) == [
        ("Anna Berg", "the bridge was unsafe"),
        ("Anna Berg", "that nobody had listened to her warnings"),
    ]


def test_went_on_to_say_and_is_heard_saying_have_their_subject(read: Read) -> None:
    found = read(
        "Anna Berg went on to say that the bridge was unsafe. Peter Holm is heard saying he knew nothing of it."
    )
    assert said(found) == [
        ("Anna Berg", "that the bridge was unsafe"),
        ("Peter Holm", "he knew nothing of it"),
    ]


def test_who_was_quoted_as_saying_speaks(read: Read) -> None:
    (found,) = read("Foreign Minister Sergey Lavrov was quoted by TASS as saying that the talks would resume.")
    assert (found.speaker, found.medium) == ("Sergey Lavrov", "TASS")


def test_according_to_names_a_source(read: Read) -> None:
    found = read("The bridge has been unsafe for more than ten years, according to Anna Berg.")
    assert said(found) == [("Anna Berg", "The bridge has been unsafe for more than ten years")]


def test_a_source_in_the_middle_leaves_the_words_around_it(read: Read) -> None:
    found = read("The mayor, according to Anna Berg, was furious about the report on the old bridge.")
    assert said(found) == [("Anna Berg", "The mayor ¦ was furious about the report on the old bridge")]


def test_a_plan_says_nothing(read: Read) -> None:
    assert read("If all goes according to plan, the bridge will open in May.") == []


def test_the_whole_sentence_before_according_to_is_reported(read: Read) -> None:
    found = read("The bridge is old and it has never been inspected, according to Anna Berg.")
    assert said(found) == [("Anna Berg", "The bridge is old and it has never been inspected")]


def test_a_source_within_the_words_is_no_part_of_them(read: Read) -> None:
    found = read("Anna Berg said that the bridge was unsafe, according to the Daily Planet.")
    assert ("Anna Berg", "that the bridge was unsafe") in said(found)


def test_that_somebody_spoke_is_no_statement(read: Read) -> None:
    found = read("“It is unsafe,” Anna Berg said, according to the Daily Planet.")
    assert said(found) == [("Anna Berg", "“It is unsafe,”")]


def test_who_describes_in_the_passive_speaks(read: Read) -> None:
    found = read("The old bridge was described by Anna Berg as “a danger to all of us”.")
    assert [statement.speaker for statement in found] == ["Anna Berg"]


def test_whom_somebody_calls_on_is_a_part_of_the_call(read: Read) -> None:
    found = read("Anna Berg called on the town council to resign before the end of the year.")
    assert said(found) == [("Anna Berg", "the town council to resign before the end of the year")]


def test_a_cue_in_the_middle_leaves_the_words_around_it(read: Read) -> None:
    found = read("After the floods of last winter, Anna Berg said, the bridge will have to be closed for good.")
    assert said(found) == [
        ("Anna Berg", "After the floods of last winter ¦ the bridge will have to be closed for good")
    ]


def test_what_somebody_is_called_is_reported_with_whom(read: Read) -> None:
    (found,) = read("Anna Berg called the plan of the council “an absolute disgrace” in her speech.")
    assert (found.speaker, found.kind) == ("Anna Berg", StatementKind.MIXED)
    assert found.content[0].text.startswith("the plan of the council “an absolute disgrace”")


def test_what_a_relative_clause_calls_a_thing_is_reported(read: Read) -> None:
    found = read("The council has a plan, which Anna Berg called “a cartel for builders of bridges”.")
    assert [(statement.speaker, statement.kind) for statement in found] == [("Anna Berg", StatementKind.MIXED)]


def test_a_claim_belongs_to_its_possessor(read: Read) -> None:
    found = read("Peter Holm repeated on television his claim that the bridge had never been inspected by anybody.")
    assert ("Peter Holm", "that the bridge had never been inspected by anybody") in said(found)


def test_who_writes_in_a_statement_speaks_and_not_the_statement(read: Read) -> None:
    found = read("Anna Berg issued a statement saying that the bridge had to be closed before winter.")
    assert found[-1].speaker == "Anna Berg"


def test_what_was_not_said_is_no_statement(read: Read) -> None:
    assert read("Anna Berg did not say that the bridge was safe. She declined to comment.") == []


def test_a_denial_is_a_statement(read: Read) -> None:
    (found,) = read("Anna Berg denied that the inspectors had ever warned the town council.")
    assert found.cue is not None and found.cue.text == "denied"


def test_doubted_speech_is_hedged(read: Read) -> None:
    hedged = read("Anna Berg is believed to have said that the bridge was unsafe and would fall.")
    plain = read("Anna Berg said that the bridge was unsafe and would fall.")
    assert ([s.hedged for s in hedged], [s.hedged for s in plain]) == ([True], [False])


def test_what_somebody_might_say_is_hedged(read: Read) -> None:
    imagined = read("If Anna Berg said that the bridge was unsafe, nobody would believe her.")
    later = read("Anna Berg would later say that the bridge had been unsafe for many years.")
    assert ([s.hedged for s in imagined], [s.hedged for s in later]) == ([True], [False])


def test_an_official_without_a_name_speaks_in_the_words_that_describe_him(read: Read) -> None:
    (found,) = read("A senior official said that the bridge would be closed for two years.")
    assert found.speaker is None
    assert found.speaker_span is not None and found.speaker_span.text == "A senior official"


def test_a_pronoun_after_an_official_without_a_name_is_nobody_named_before(read: Read) -> None:
    found = read(
        "Peter Holm said that the bridge was safe and sound.\n"
        "A government official said that the bridge would be closed. “It is very old,” he said."
    )
    assert (found[0].speaker, found[-1].speaker) == ("Peter Holm", None)
    assert found[-1].speaker_span is not None and found[-1].speaker_span.text == "he"


def test_what_happened_says_nothing(read: Read) -> None:
    assert read("The attack highlighted the security problems of the old bridge.") == []


def test_the_reader_says_nothing(read: Read) -> None:
    assert read("You agree to receive occasional letters about our bridges and other offers.") == []


def test_who_reports_at_the_end_of_a_sentence_is_the_source_of_it(read: Read) -> None:
    found = read("The bridge collapsed in the night and three people drowned, reported Anna Berg.")
    assert [statement.speaker for statement in found] == ["Anna Berg"]
    assert found[0].content[0].text.startswith("The bridge collapsed")


def test_a_wish_is_less_sure_than_a_word(read: Read) -> None:
    wished = read("Anna Berg wants to close the old bridge for at least two years.")
    assert all(statement.confidence < 0.5 for statement in wished)


# Circumstances


def test_who_is_told_is_the_addressee(read: Read) -> None:
    (found,) = read("“It is unsafe,” Anna Berg told reporters.")
    assert found.addressee == "reporters"


def test_the_platform_is_the_medium(read: Read) -> None:
    (found,) = read("In a statement she later posted on Truth Social, Anna Berg wrote, “The bridge is closed.”")
    assert found.medium == "Truth Social"
    assert read("“It is closed,” Anna Berg wrote in a post on X.")[0].medium == "X"


def test_later_words_of_the_same_mouth_are_from_the_same_video(read: Read) -> None:
    found = read("In a video, Anna Berg is heard saying the bridge is unsafe.\n“It is very old,” Anna Berg said.")
    assert [statement.medium for statement in found] == ["video", "video"]


def test_another_speaker_is_not_in_the_video(read: Read) -> None:
    found = read("In a video, Anna Berg is heard saying the bridge is unsafe.\n“I saw it,” Peter Holm said.")
    assert [statement.medium for statement in found] == ["video", None]


def test_the_day_beside_the_verb_is_the_day_of_saying(read: Read) -> None:
    text = "“It closed on Friday,” Anna Berg said on Monday."
    monday = PartialDate.on(date(2025, 3, 3))
    friday = PartialDate.on(date(2025, 2, 28))
    times = tuple(
        TimeMention(span=Span.of(text, text.index(word), text.index(word) + 6), type="DATE", value="", date=day)
        for word, day in (("Friday", friday), ("Monday", monday))
    )
    (found,) = read(text, times=times)
    assert found.date == monday


# Headlines and captions


def test_a_headline_cut_short_repeats_the_body_and_says_nothing_more(read: Read) -> None:
    found = read(
        "Engineer on bridge: ‘It has to be…’\n“It has to be closed before winter,” Anna Berg said.",
        roles=(BlockRole.TITLE,),
    )
    assert said(found) == [("Anna Berg", "“It has to be closed before winter,”")]


def test_a_name_and_a_colon_in_a_headline_give_its_words(read: Read) -> None:
    text = "Anna Berg inspects bridges."
    before = read(f"Anna Berg: Old bridge has to close before the winter\n{text}", roles=(BlockRole.TITLE,))
    after = read(f"Old bridge has to close before the winter: Anna Berg\n{text}", roles=(BlockRole.TITLE,))
    words = [("Anna Berg", "Old bridge has to close before the winter")]
    assert (said(before), said(after)) == (words, words)


def test_a_name_as_the_topic_of_a_headline_says_nothing(read: Read) -> None:
    text = "Anna Berg inspects bridges."
    for title in ("Anna Berg: What we know so far", "Anna Berg: a life with bridges", "Anna Berg: 5 things to know"):
        assert read(f"{title}\n{text}", roles=(BlockRole.TITLE,)) == []


def test_a_caption_without_a_quotation_says_nothing(read: Read) -> None:
    assert read("Anna Berg says that the bridge is unsafe.", roles=(BlockRole.CAPTION,)) == []


def test_junk_says_nothing(read: Read) -> None:
    assert read("“Subscribe to our letter now,” Anna Berg said.", roles=(BlockRole.JUNK,)) == []


# Laws

SENTENCES = st.lists(
    st.sampled_from(
        [
            "“It is unsafe,” Anna Berg said.",
            "“We warned them",
            "‘Nobody listened,’ Peter Holm replied.",
            "He added that “nobody” came, saying it was late.",
            "According to the council, work starts soon.",
            "“Close it.”",
            'She wrote: "The bridge" is closed".',
            "The town waited.\n",
            "\n“And so on.”",
            "\nAnna Berg told Peter Holm, “go”, and left.",
        ]
    ),
    max_size=7,
).map(" ".join)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SENTENCES)
def test_laws_of_statements(nlp: Language, text: str) -> None:
    article = document(text)
    paragraphs = parse(article, nlp)
    cast = Cast(())
    found = find_statements(article, paragraphs, cast, ())
    keys = [statement.key for statement in found]
    assert len(set(keys)) == len(keys)
    for number, statement in enumerate(found):
        for span in (*statement.content, statement.cue, statement.speaker_span):
            assert span is None or text[span.start : span.end] == span.text != ""
        assert statement.continues is None or statement.continues in keys[:number]
        assert 0 <= statement.confidence <= 1
    direct = sorted(
        (span for statement in found if statement.kind is StatementKind.DIRECT for span in statement.content),
        key=lambda span: span.start,
    )
    for earlier, later in pairwise(direct):
        assert earlier.end <= later.start
    assert find_statements(article, paragraphs, cast, ()) == found


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"There is no plan," the group\'s chief executive, Sigrid Aune, told reporters.', "Sigrid Aune"),
        ("The president of the regional government, Duarte Nobrega, said he was ready.", "Duarte Nobrega"),
        ("It was read by the court's president, Ruth Hale, who said that the order was void.", "Ruth Hale"),
    ],
)
def test_an_office_speaks_as_whom_its_apposition_names(read: Read, text: str, speaker: str) -> None:
    assert [statement.speaker for statement in read(text)] == [speaker]


# Where words reported begin and end


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "According to Anna Berg, the goal for the two-day closure was to mend the deck.",
            "the goal for the two-day closure was to mend the deck",
        ),
        (
            "According to a report on Friday by Norkraft, a software company, two bridges in the north were closed.",
            "two bridges in the north were closed",
        ),
        (
            "Anna Berg said at a press conference yesterday morning the old bridge should be closed.",
            "the old bridge should be closed",
        ),
        (
            "Anna Berg said the report showed that she had warned them twice, the Daily Planet reported.",
            "the report showed that she had warned them twice",
        ),
    ],
)
def test_words_reported_end_where_their_source_or_day_begins(read: Read, sentence: str, words: str) -> None:
    found = [text for _, text in said(read(sentence))]
    assert words in found
    assert not any("Planet" in text or "yesterday" in text for text in found)


def test_the_writer_goes_on_behind_a_quotation_that_ends(read: Read) -> None:
    found = said(read("Anna Berg said “we lost it,” and the flag on the bridge is at half-mast."))
    assert [words for _, words in found] == ["“we lost it,”"]


def test_the_words_reported_keep_the_subject_that_stands_before_a_quotation(read: Read) -> None:
    found = said(read("Anna Berg issued a warning in May, claiming the old bridge “could subject drivers to danger”."))
    assert ("Anna Berg", "the old bridge “could subject drivers to danger”") in found


def test_users_somebody_added_are_not_words_he_said(read: Read) -> None:
    found = read("Investors will pay attention to the number of new users Norkraft added over the last quarter.")
    assert found == []


# Who speaks


def test_a_spokesman_for_somebody_is_not_that_one(read: Read) -> None:
    found = read("In a note to the Planet, a rep for Anna Berg said, “Mrs. Berg never closed the bridge.”")
    assert [statement.speaker for statement in found] == [None]


def test_a_place_is_not_who_says(read: Read) -> None:
    found = read("Engineers across the country, who said that the bridge was old, were not asked.")
    assert [s.speaker_span.text for s in found if s.speaker_span is not None] == ["Engineers across the country, who"]


def test_who_is_told_something_does_not_say_it(read: Read) -> None:
    found = read("Anna Berg hung up when told she was speaking with a reporter of the Planet.")
    assert all(statement.speaker is None for statement in found)


def test_the_name_of_a_show_is_not_speech(read: Read) -> None:
    found = read("Anna Berg left. “The Real Engineers of Old Oslo” star tweeted that the bridge was closed.")
    assert [words for _, words in said(found)] == ["that the bridge was closed"]


# How sure a statement is


def test_what_somebody_says_is_surer_than_what_somebody_wants_or_attacks(read: Read) -> None:
    sure = read("Anna Berg said on Monday that the old bridge would be closed before the winter.")
    wants = read("Anna Berg wants to close the old bridge before the winter.")
    attacks = read("Anna Berg criticized the mayor of Oslo.")
    assert [s.confidence >= 0.9 for s in sure] == [True]
    assert all(statement.confidence < 0.5 for statement in [*wants, *attacks])


def test_a_pronoun_is_less_sure_where_another_person_was_named(read: Read) -> None:
    (alone,) = read("Anna Berg inspected the bridge. “The old bridge has to be closed at once,” she said.")
    (among,) = read("Anna Berg met Maria Holm there. “The old bridge has to be closed at once,” she said.")
    assert alone.confidence > 0.9 > among.confidence


def test_words_that_end_in_the_middle_are_not_sure(read: Read) -> None:
    found = read("Anna Berg says that the long list of the council includes:")
    assert all(statement.confidence <= 0.5 for statement in found)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "Anna Berg said the bridge will be closed, a move likely to anger drivers.",
            "the bridge will be closed",
        ),
        ("Anna Berg said she will leave in May, without giving a reason.", "she will leave in May"),
        ("Anna Berg announced it would close the bridge earlier this month.", "it would close the bridge"),
        ("The bridge (Anna Berg says it is safe) was closed.", "it is safe"),
    ],
)
def test_the_writers_own_remarks_are_no_words_of_the_speaker(read: Read, sentence: str, words: str) -> None:
    assert words in [text for _, text in said(read(sentence))]


def test_who_is_named_in_the_words_of_a_pronoun_is_another_person(read: Read) -> None:
    found = read("John Berg runs the yard. At the end of the evening he said Berg tore open his shirt.")
    assert [statement.speaker for statement in found] == [None]


def test_a_hyphen_is_part_of_who_speaks(read: Read) -> None:
    (found,) = read("The co-owner said that the bridge was never inspected by the council.")
    assert found.speaker_span is not None and found.speaker_span.text == "The co-owner"


def test_imagined_words_are_not_sure(read: Read) -> None:
    found = read("I wonder what happens if Anna Berg says to the clerk: “I would like to have my money back now.”")
    assert all(statement.confidence < 0.7 for statement in found)


@pytest.mark.parametrize("speaker", ["No official", "Nobody", "Neither Anna Berg nor Maria Holm"])
def test_nobody_says_nothing(read: Read, speaker: str) -> None:
    assert read(f"{speaker} said that the old bridge was unsafe.") == []


@pytest.mark.parametrize("likely", [0.0, 0.5, 1.0])
def test_a_confidence_is_a_share_however_likely_a_report_is(likely: float) -> None:
    assert 0 < confidence(likely, iter(["saying", "nobody has heard of this"]), credence()) < 1


@pytest.mark.parametrize(
    "sentence",
    ["Ada Lee published a statement on Facebook.", "Ada Lee took to Facebook.", "Ada Lee issued a statement."],
)
def test_who_has_a_text_published_is_the_speaker_of_what_follows(read: Read, sentence: str) -> None:
    words = "“The harbour will stay closed until the storm has passed.”"

    assert ("Ada Lee", words) in said(read(f"{sentence} {words}"))


def test_a_surname_that_two_bear_leaves_in_doubt_who_spoke(read: Read) -> None:
    both = "George W. Bush met his brother, Jeb Bush, in Miami. {} said the storm had been the worst in years."

    assert [statement.confidence < 0.7 for statement in read(both.format("Mr. Bush"))] == [True]
    assert [statement.confidence < 0.7 for statement in read(both.format("Jeb Bush"))] == [False]


def test_a_form_of_address_tells_husband_from_wife(read: Read) -> None:
    told = read("Maria Garcia and Luis Garcia opened a bakery. Mr. Garcia said the first week had gone very well.")

    assert [(statement.speaker, statement.confidence > 0.85) for statement in told] == [("Luis Garcia", True)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It is an honor,” said ABC Entertainment Group prexy Paul Lee.", "Paul Lee"),
        ("“It is an honor,” said Paul Lee of the ABC Entertainment Group.", "Paul Lee"),
    ],
)
def test_whoever_is_named_behind_an_unknown_office_speaks_and_not_the_body(read: Read, text: str, speaker: str) -> None:
    assert said(read(text))[0] == (speaker, "“It is an honor,”")


def test_a_claim_that_is_denied_says_nothing_itself(read: Read) -> None:
    told = read(
        "Carla Benson ran for the seat with Alan Grayson. Grayson's spokeswoman challenged the assertion that Grayson "
        'had ever "attacked" Benson, and said he "maintains that she will be a very competent senator."'
    )

    assert [s.speaker_span.text for s in told if s.speaker_span and s.cue and s.cue.text == "said"] == [
        "Grayson's spokeswoman"
    ]


def test_a_quotation_behind_a_colon_and_its_speaker_are_no_part_of_what_others_say(read: Read) -> None:
    told = read(
        "Analysts say that savings in oil are hard to come by: “It is difficult to switch from one source to another,” "
        "said Dana Kreutzer, a fellow of the foundation."
    )

    assert not any("Kreutzer" in span.text for statement in told for span in statement.content)


def test_they_are_not_a_body_named_before_others_without_a_name(read: Read) -> None:
    told = read(
        "The bill was drafted by Greenpeace last spring. Mine owners blocked the bill because they said that the "
        "language was a trap."
    )

    assert [statement.speaker for statement in told] == [None]


def test_the_firm_is_none_that_something_else_is_only_of(read: Read) -> None:
    told = read(
        "Investors lost money on shares of Enron. They will be represented by Marc Holt, a partner in a law office "
        "in Florida. The firm says that it has won two billion dollars in verdicts."
    )

    assert [statement.speaker for statement in told] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "The White House has tried to fend off suggestions that it has not acted forcefully enough.",
        "Maria Kowalska shrugged off claims that the bridge was unsafe.",
        "Maria Kowalska challenged the claim that the bridge was unsafe.",
    ],
)
def test_whoever_faces_a_claim_has_not_made_it(read: Read, text: str) -> None:
    assert not [statement for statement in read(text) if statement.speaker]


def test_a_source_named_at_the_end_of_a_sentence_reports_all_of_it(read: Read) -> None:
    told = read(
        "Of the seven controls under scrutiny, four involve the valve - owned by Transocean - and the other three the "
        "cementing and casing of the wellhead, which was the responsibility of Halliburton, AP reports."
    )

    assert [statement.speaker for statement in told] == ["Associated Press"]


def test_what_two_say_together_is_not_given_to_one_of_them(read: Read) -> None:
    told = read(
        "Todd Wilcox and Carlos Beruff argued that the department is not needed. The states can do that, they said."
    )

    assert [s.speaker for s in told if s.speaker_span and s.speaker_span.text == "they"] == [None]
