"""What is read of articles in Spanish: documents, days, actors, quotations and the main event."""

from __future__ import annotations

import pytest
from spacy.language import Language

from timeline.extraction.dates import find_times
from timeline.extraction.documents import read_html, read_text
from timeline.extraction.documents.tongue import language_of
from timeline.extraction.language import model_for
from timeline.extraction.mentions import Extraction
from timeline.extraction.paragraphs import parse
from timeline.extraction.pipeline import extract
from timeline.vocabulary import BlockRole, StatementKind

PUBLISHED = "2025-03-05"  # a Wednesday


@pytest.fixture(scope="module")
def spanish() -> Language:
    return model_for("es")


def read(nlp: Language, *paragraphs: str, title: str | None = None) -> Extraction:
    return extract(read_text("\n\n".join(paragraphs), title=title, published=PUBLISHED), nlp)


def called(extraction: Extraction) -> set[str]:
    return {actor.name for actor in extraction.actors}


def said(extraction: Extraction) -> list[tuple[str, str | None]]:
    """The words of every statement, and its speaker's name or else the words for one."""
    names = {actor.key: actor.name for actor in extraction.actors}
    return [
        (
            s.content[0].text.strip("«»“”\"' "),
            names.get(s.speaker or "", f"({s.speaker_span.text})" if s.speaker_span else None),
        )
        for s in extraction.statements
    ]


# --- documents -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La policía detuvo a tres hombres en Madrid acusados de un robo, según fuentes de la investigación.", "es"),
        ("Tres muertos en un choque de trenes en Chile", "es"),
        ("O ministro disse que as obras começam em março e que serão pagas pela empresa.", "pt"),
        ("La polizia ha arrestato tre uomini a Milano, secondo quanto riferito dagli inquirenti.", "it"),
        ("La policia ha detingut tres homes a Barcelona acusats d'un robatori, segons fonts de la investigació.", "ca"),
        ("A policía detivo a tres homes na Coruña acusados dun roubo, segundo fontes da investigación.", "gl"),
    ],
)
def test_its_neighbours_are_not_taken_for_spanish(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_page_of_few_words_is_in_the_language_that_it_says() -> None:
    page = "<html lang='es-MX'><body><article><h1>Nieve en Toluca</h1><p>Nevó.</p></article></body></html>"
    assert read_html(page).language == "es"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Por Ana Ruiz", ("Ana Ruiz",)),
        ("Por Ana Ruiz y José de la Cruz", ("Ana Ruiz", "José de la Cruz")),
        ("Texto: Ana Ruiz, corresponsal", ("Ana Ruiz",)),
        ("Por Redacción", ()),
    ],
)
def test_bylines_are_read(line: str, names: tuple[str, ...]) -> None:
    text = f"Nieva en la sierra de Gredos\n\n{line}\n3 de marzo de 2025\n\nLa nieve cubrió ayer la sierra de Gredos.\n"
    assert read_text(text).bylines == names


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("3 de marzo de 2025", "2025-03-03"),
        ("Publicado el lunes, 3 de marzo de 2025, a las 10:30 h", "2025-03-03"),
        ("Actualizado: 03 Mar 2025 - 10:30 CET", "2025-03-03"),
        ("Enero 7 de 2024", "2024-01-07"),
        ("1 de agosto del 2023", "2023-08-01"),
        ("Publicado: 03/04/2025", "2025-04-03"),
    ],
)
def test_the_day_of_publication_is_read(line: str, day: str) -> None:
    text = f"Nieva en la sierra\n\nPor Ana Ruiz\n{line}\n\nLa nieve cubrió ayer la sierra de Gredos, en Ávila.\n"
    published = read_text(text).published
    assert published is not None
    assert str(published.earliest) == day


@pytest.mark.parametrize(
    "dateline",
    ["MADRID, 3 mar (EFE).- ", "Ciudad de México, 3 de marzo (Notimex).- ", "BUENOS AIRES (AP) — ", "SANTIAGO.— "],
)
def test_datelines_are_no_prose(dateline: str) -> None:
    document = read_text(f"Sube el precio del pan\n\nPor Ana Ruiz\n\n{dateline}El precio del pan subió ayer un 3 %.\n")
    assert [document.text[b.start : b.end] for b in document.blocks if b.role is BlockRole.BODY] == [
        "El precio del pan subió ayer un 3 %."
    ]


def test_furniture_is_left_out() -> None:
    text = (
        "Sube el precio del pan\n\nEl precio del pan subió ayer un 3 % en toda España.\n\n"
        "Lee también: Diez recetas de Marta Quiroga\n\nLos panaderos culpan a la energía.\n\n"
        "Suscríbete\nTe puede interesar\nTodos los derechos reservados\n"
    )
    document = read_text(text)
    assert [document.text[b.start : b.end] for b in document.blocks if b.role is BlockRole.BODY] == [
        "El precio del pan subió ayer un 3 % en toda España.",
        "Los panaderos culpan a la energía.",
    ]


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("El acuerdo se firmó el 12 de abril de 2024.", "12 de abril de 2024", "2024-04-12"),
        ("Se reunieron el pasado 27 de febrero.", "pasado 27 de febrero", "2025-02-27"),
        ("El presidente llegó el lunes a Roma.", "lunes", "2025-03-03"),
        ("El pasado lunes llegó a Roma.", "pasado lunes", "2025-03-03"),
        ("La jueza viajará el próximo martes.", "próximo martes", "2025-03-11"),
        ("El juicio comenzará el viernes.", "viernes", "2025-03-07"),
        ("Ayer murió el poeta.", "Ayer", "2025-03-04"),
        ("Anteayer murió el poeta.", "Anteayer", "2025-03-03"),
        ("El ministro comparecerá mañana.", "mañana", "2025-03-06"),
        ("Hace tres días se aprobó la ley.", "Hace tres días", "2025-03-02"),
        ("La fábrica cerró hace dos años.", "hace dos años", "2023"),
        ("La obra empezó a principios de marzo.", "a principios de marzo", "2025-03"),
        ("Nació en enero de 1960.", "enero de 1960", "1960-01"),
        ("La semana pasada cayó la bolsa.", "La semana pasada", "2025-W09"),
        ("El año pasado llovió poco.", "El año pasado", "2024"),
        ("El mes que viene subirán los tipos.", "El mes que viene", "2025-04"),
        ("Creció en el primer trimestre de 2024.", "primer trimestre de 2024", "2024-Q1"),
        ("La guerra marcó los años treinta.", "los años treinta", "193"),
        ("El puente es del siglo XIX.", "siglo XIX", "18"),
        ("La huelga duró tres semanas.", "tres semanas", "P3W"),
        ("Los lunes no hay sesión.", "Los lunes", "XXXX-WXX-1"),
        ("La procesión saldrá en Semana Santa.", "Semana Santa", "2025-W16"),
        ("La procesión saldrá el Domingo de Ramos.", "Domingo de Ramos", "2025-04-13"),
        ("El coro canta cada Navidad.", "cada Navidad", "XXXX-12-25"),
        ("El coro ensaya dos veces al mes.", "al mes", "P1M"),
    ],
)
def test_times_are_read_as_precisely_as_they_are_told(spanish: Language, text: str, words: str, value: str) -> None:
    document = read_text(text, published=PUBLISHED)
    assert [(t.span.text, t.value) for t in find_times(document, parse(document, spanish))] == [(words, value)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("La cumbre tendrá lugar del 3 al 5 de abril en Lisboa.", "2025-04-03", "2025-04-05"),
        ("Gobernó la región entre 2019 y 2021.", "2019-01-01", "2021-12-31"),
        ("El museo cerró del 30 de diciembre al 2 de enero de 2024.", "2023-12-30", "2024-01-02"),
        ("El museo cerró en Navidad.", "2024-12-24", "2024-12-26"),
    ],
)
def test_ranges_have_both_ends(spanish: Language, text: str, first: str, last: str) -> None:
    document = read_text(text, published=PUBLISHED)
    dates = {t.date for t in find_times(document, parse(document, spanish)) if t.date}
    assert {(str(d.earliest), str(d.latest)) for d in dates} == {(first, last)}


@pytest.mark.parametrize(
    "text",
    [
        "El mar estaba en calma.",
        "Salió por la puerta principal y ganó.",
        "Pagó 2000 euros.",
        "Marzo Films cerró.",
        "Gana mil euros al mes.",
        "Feliz Navidad, dijo el coro.",
    ],
)
def test_words_that_only_look_like_times_are_none(spanish: Language, text: str) -> None:
    document = read_text(text, published=PUBLISHED)
    assert find_times(document, parse(document, spanish)) == ()


# --- actors ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "El presidente ruso, Vladímir Putin, habló con Volodímir Zelenski y con la OTAN.",
            {"Vladimir Putin", "Volodymyr Zelenskyy", "Russia", "North Atlantic Treaty Organization"},
        ),
        (
            "EE.UU. y el Reino Unido pidieron a Corea del Norte que vuelva.",
            {"United States", "United Kingdom", "North Korea"},
        ),
        ("La delegación francesa visitó Alemania.", {"France", "Germany"}),
        (
            "El alcalde de Soria, Carlos Martínez, y Ana de la Cruz abrieron el acto.",
            {"Carlos Martínez", "Ana de la Cruz"},
        ),
        (
            "La Agencia Estatal de Meteorología (AEMET) avisó. La AEMET pide cautela.",
            {"Agencia Estatal de Meteorología"},
        ),
        ("Las playas de Nuevo México y la Vía Alemania se llenaron.", set()),
        ("El martes la primavera llegó a Sevilla y a Los Ángeles.", set()),
        ("«Ya es tarde para todos», dijo Sofía a los vecinos de la calle.", set()),
        ("UN HOMBRE MUERE EN EL RÍO", set()),
        ("El vecino Cruz llegó a Lugo con su hermano Arroyo.", set()),
        ("Marco Rubio habló en Washington. Rubio volverá a Estados Unidos.", {"Marco Rubio", "United States"}),
        ("La alcaldesa Rosa Lima habló. «Es tarde», añadió Lima.", {"Rosa Lima"}),
    ],
)
def test_actors_have_the_names_they_have_in_english(spanish: Language, text: str, names: set[str]) -> None:
    assert called(read(spanish, text)) == names


def test_a_surname_stands_for_the_person_named_in_full(spanish: Language) -> None:
    extraction = read(
        spanish,
        "La diputada María Jesús Montero Cuadrado dimitió el lunes.",
        "Montero seguirá en su escaño. La decisión de Montero sorprendió a su partido.",
    )

    (actor,) = extraction.actors
    assert (actor.name, actor.role, len(actor.mentions)) == ("María Jesús Montero Cuadrado", "diputada", 3)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("La ministra de Hacienda, Elena Robledo, dimitió.", "ministra de Hacienda"),
        ("Elena Robledo, ministra de Hacienda, dimitió.", "ministra de Hacienda"),
        ("Dimitió la secretaria general del sindicato, Elena Robledo.", "secretaria general del sindicato"),
        ("El abogado de la infanta, Julio Robledo, recurrió.", "abogado de la infanta"),
        ("La esposa del presidente, Elena Robledo, viajó.", None),
    ],
)
def test_the_office_is_read_as_written(spanish: Language, text: str, role: str | None) -> None:
    assert [actor.role for actor in read(spanish, text).actors] == [role]


def test_who_wrote_the_article_is_nobody_it_speaks_of(spanish: Language) -> None:
    text = (
        "Sube el precio del pan\n\nPor Lucía Ferrán\n\nEl precio del pan subió el lunes un 3 %, según Julio Prado.\n\n"
        "Más información de Lucía Ferrán en nuestra edición de mañana, como cada martes.\n"
    )
    assert called(extract(read_text(text, published=PUBLISHED), spanish)) == {"Julio Prado"}


# --- places ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("El papa estuvo en Moscú y en Nueva York.", [("Moscow", "Russia"), ("New York", "United States")]),
        ("Ganó en Brasil y en la Ciudad de México.", [("Brazil", "Brazil"), ("Mexico City", "Mexico")]),
        ("El tren colombiano paró en Cartagena.", [("Cartagena", "Colombia")]),
        ("El tren paró en Córdoba.", []),
        ("Confía en Elena Robledo y en la OTAN.", []),
    ],
)
def test_a_place_is_one_that_the_text_decides(spanish: Language, text: str, places: list[tuple[str, str]]) -> None:
    assert [(place.name, place.country) for place in read(spanish, text).places] == places


# --- who said what ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "«No habrá más recortes», dijo Elena Robledo.",
        "“No habrá más recortes”, ha dicho este lunes Elena Robledo.",
        '"No habrá más recortes", aseguró a la prensa la ministra de Hacienda, Elena Robledo.',
        "«No habrá más recortes», según Elena Robledo.",
        "«No habrá más recortes», según explicó Elena Robledo.",
        "Elena Robledo afirmó: «No habrá más recortes».",
        "Elena Robledo, ministra de Hacienda, fue clara: «No habrá más recortes».",
        "Elena Robledo: «No habrá más recortes».",
        "Según Elena Robledo, «No habrá más recortes».",
        "La ministra Elena Robledo llegó tarde. «No habrá más recortes», dijo la ministra.",
        "Elena Robledo llegó tarde. «No habrá más recortes», aclaró.",
        "—No habrá más recortes —dijo Elena Robledo.",
    ],
)
def test_the_speaker_of_a_quotation_is_found(spanish: Language, text: str) -> None:
    assert said(read(spanish, text)) == [("No habrá más recortes", "Elena Robledo")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Elena Robledo aseguró que «no habrá más recortes».", "no habrá más recortes"),
        ("Elena Robledo anunció que el plan cambiará.", "el plan cambiará"),
        ("El plan cambiará el viernes, anunció Elena Robledo. Añadió que no habrá recortes.", "no habrá recortes"),
    ],
)
def test_what_is_said_in_a_clause_is_no_direct_quotation(spanish: Language, text: str, words: str) -> None:
    extraction = read(spanish, text)
    assert (words, "Elena Robledo") in said(extraction)
    assert {s.kind for s in extraction.statements} <= {StatementKind.INDIRECT, StatementKind.MIXED}


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("Elena Robledo habría dicho que el plan cambiará.", True),
        ("Elena Robledo ha dicho que el plan cambiará.", False),
    ],
)
def test_hearsay_says_so(spanish: Language, text: str, hedged: bool) -> None:
    assert [s.hedged for s in read(spanish, text).statements] == [hedged]


def test_both_parts_of_a_split_quotation_have_its_speaker(spanish: Language) -> None:
    extraction = read(spanish, "«Es tarde», dijo Elena Robledo, «pero llegaremos a tiempo».")

    assert said(extraction) == [("Es tarde", "Elena Robledo"), ("pero llegaremos a tiempo", "Elena Robledo")]
    assert extraction.statements[1].continues == extraction.statements[0].key


def test_a_dialogue_in_dashes_is_read(spanish: Language) -> None:
    extraction = read(
        spanish, "Rosa Prado salió a la calle.", "—¿Quién responde? —preguntó Prado—. Nadie nos llama nunca."
    )

    assert said(extraction) == [("¿Quién responde?", "Rosa Prado"), ("Nadie nos llama nunca.", "Rosa Prado")]


def test_a_verb_without_subject_is_nobodys_where_several_have_spoken(spanish: Language) -> None:
    extraction = read(
        spanish,
        "«Es tarde», dijo Elena Robledo.",
        "Julio Prado y Marta Gil se levantaron de la mesa.",
        "«No volveremos a sentarnos aquí», advirtió.",
    )

    last = extraction.statements[-1]
    assert (last.speaker, last.confidence < 0.5) == (None, True)


def test_a_speaker_who_is_only_described_is_nobody_else(spanish: Language) -> None:
    extraction = read(spanish, "«Es tarde», dijo Elena Robledo.", "«No lo sabemos todavía», admitió un funcionario.")
    assert said(extraction)[1] == ("No lo sabemos todavía", "(un funcionario)")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("«No lo sabemos todavía», se limitó a decir un portavoz.", "(un portavoz)"),
        ("«No lo sabemos todavía», dijeron.", None),
        ("«No lo sabemos todavía», escribió en la red social X.", "Elena Robledo"),
        ("La Marina no respondió. «No lo sabemos todavía», señaló después.", "(La Marina)"),
    ],
)
def test_nobody_is_given_the_words_of_another(spanish: Language, text: str, speaker: str | None) -> None:
    extraction = read(spanish, "«Es tarde», dijo Elena Robledo al salir de la reunión del consejo.", text)
    assert said(extraction)[1] == ("No lo sabemos todavía", speaker)


@pytest.mark.parametrize(
    "text",
    [
        "El llamado «plan verde» llega al Senado.",
        "Elena Robledo no dijo que el plan cambiará.",
        "La película «Los días azules» gana el premio.",
        "Dijo adiós el hombre que vive en el faro.",
    ],
)
def test_words_that_nobody_says_are_no_statement(spanish: Language, text: str) -> None:
    assert read(spanish, text).statements == ()


# --- the main event --------------------------------------------------------------------------------------------------


def test_the_headline_is_the_main_event_on_the_day_of_the_first_sentence(spanish: Language) -> None:
    extraction = read(
        spanish,
        "Macron recibe a Scholz en París",
        "El presidente francés, Emmanuel Macron, recibió el lunes en París al canciller alemán, Olaf Scholz.",
        "Los dos se verán de nuevo el 9 de abril.",
        title="Macron recibe a Scholz en París",
    )

    (event,) = extraction.events
    names = {actor.key: actor.name for actor in extraction.actors}
    assert (event.title, event.kind.value, event.main, event.hedged) == (
        "Macron recibe a Scholz en París",
        "meeting",
        True,
        False,
    )
    assert [names[p.actor] for p in event.participants] == ["Emmanuel Macron", "Olaf Scholz"]
    assert (str(event.date.earliest), event.date.raw) == ("2025-03-03", "lunes")


@pytest.mark.parametrize(
    ("title", "lede"),
    [
        ("El Gobierno subirá el salario mínimo", "El Gobierno subirá el salario mínimo en abril, dijo Elena Robledo."),
        ("El Gobierno estudia subir el salario", "El Gobierno estudia subir el salario mínimo, dijo Elena Robledo."),
        ("La empresa no venderá la fábrica", "La empresa no venderá la fábrica de Soria, dijo Elena Robledo."),
    ],
)
def test_a_plan_or_denial_is_not_shown_as_something_that_happened(spanish: Language, title: str, lede: str) -> None:
    assert [event.hedged for event in read(spanish, title, lede, title=title).events] == [True]


@pytest.mark.parametrize(
    ("title", "lede", "day"),
    [
        ("Detenidos dos hombres en Soria", "La policía detuvo ayer en Soria a dos hombres.", "2025-03-04"),
        ("Muere el pintor Antonio Lobo", "El pintor Antonio Lobo murió el domingo, según su familia.", "2025-03-02"),
        (
            "El ciclón Otto golpea la costa",
            "El ciclón Otto tocó tierra en la madrugada del lunes, informó el martes la Marina.",
            "2025-03-03",
        ),
        ("Robledo anuncia su dimisión", "Elena Robledo anunció ayer que dejará el cargo el viernes.", "2025-03-04"),
    ],
)
def test_the_day_is_that_of_the_deed(spanish: Language, title: str, lede: str, day: str) -> None:
    (event,) = read(spanish, title, lede, title=title).events
    assert (str(event.date.earliest), str(event.date.latest)) == (day, day)


def test_a_headline_of_somebodys_words_is_a_statement(spanish: Language) -> None:
    title = 'Robledo: "No voy a dimitir"'
    extraction = read(spanish, title, 'La ministra Elena Robledo habló ayer. "No voy a dimitir", dijo.', title=title)

    (event,) = extraction.events
    assert (event.title, event.kind.value) == (title, "statement")
    assert [s.key for s in extraction.statements if s.speaker] == list(event.statements)


@pytest.mark.parametrize("title", ["Las claves del acuerdo de pesca", "¿Qué pasa ahora con el acuerdo de pesca?"])
def test_a_headline_that_tells_nothing_makes_no_event(spanish: Language, title: str) -> None:
    text = "El acuerdo de pesca entre los dos países se firmó el lunes en la sede del ministerio."
    assert read(spanish, title, text, title=title).events == ()


def test_where_the_text_does_not_say_when_only_the_publication_bounds_it(spanish: Language) -> None:
    title = "Un incendio arrasa el mercado de Soria"
    extraction = read(spanish, title, "Un incendio arrasa el mercado central de Soria, sin heridos.", title=title)

    (event,) = extraction.events
    assert (event.date.earliest, str(event.date.latest)) == (None, "2025-03-05")


def test_every_span_quotes_its_text(spanish: Language) -> None:
    extraction = read(
        spanish,
        "«Es tarde», dijo Elena Robledo, ministra de Hacienda. Añadió que «nadie» vendrá el lunes.",
        "—¿Quién responde? —preguntó Julio Prado—. Nadie.",
    )
    text = extraction.document.text
    spans = [m.span for actor in extraction.actors for m in actor.mentions]
    spans += [span for s in extraction.statements for span in (*s.content, s.speaker_span, s.cue) if span is not None]
    spans += [time.span for time in extraction.times]
    assert all(text[span.start : span.end] == span.text for span in spans)
