"""Word lists of our own, from which names and sentences are put together."""

from __future__ import annotations

from timeline.vocabulary import EventKind

FIRST_NAMES = (
    "Adela", "Alban", "Alwin", "Anouk", "Arlo", "Asta", "Aurel", "Bela", "Benno", "Berit", "Bram", "Cadel",
    "Calla", "Carys", "Cato", "Celia", "Corin", "Dalia", "Darian", "Delfa", "Dorin", "Edda", "Edvin", "Elian",
    "Elin", "Elric", "Emeric", "Enid", "Erlan", "Esme", "Evander", "Fabia", "Faro", "Fenna", "Ferris", "Finola",
    "Galen", "Gerda", "Gideon", "Gisla", "Hadrin", "Halma", "Harlan", "Hedda", "Hollis", "Idris", "Ilka", "Imre",
    "Inga", "Isolde", "Ivo", "Janek", "Jarl", "Jorun", "Kaia", "Kelda", "Kester", "Lavin", "Leona", "Leto", "Liv",
    "Lorcan", "Lucan", "Maren", "Marek", "Mattis", "Merle", "Mira", "Nadir", "Nela", "Niall", "Nora", "Odile",
    "Oren", "Orla", "Osric", "Petra", "Quill", "Rafe", "Ragna", "Renata", "Rhys", "Roan", "Rosalva", "Runa",
    "Sabin", "Saskia", "Selma", "Senna", "Silas", "Solveig", "Soren", "Talia", "Tamsin", "Teodor", "Thea",
    "Thorin", "Ulrik", "Una", "Valen", "Vesna", "Viggo", "Wanda", "Willa", "Xaver", "Ylva", "Yorick", "Zelda",
    "Zoran",
)  # fmt: skip
SURNAME_BEGINNINGS = (
    "Al", "Ard", "Bar", "Bel", "Ber", "Bor", "Brand", "Cal", "Cor", "Dal", "Dor", "Dun", "El", "Em", "Fal", "Fen",
    "Gar", "Gor", "Hal", "Har", "Hol", "Ing", "Jar", "Kal", "Kel", "Kor", "Lan", "Lar", "Lin", "Lor", "Mal", "Mar",
    "Mel", "Mor", "Nor", "Ol", "Or", "Pel", "Per", "Quar", "Ral", "Ren", "Ros", "Sal", "San", "Sel", "Sor", "Stan",
    "Tal", "Tar", "Tel", "Thor", "Tor", "Ul", "Val", "Ver", "Vol", "Wal", "Wen", "Wil", "Yar", "Zel",
)  # fmt: skip
SURNAME_ENDINGS = (
    "ack", "aday", "amont", "and", "ander", "ane", "arin", "asco", "aven", "ber", "berg", "brook", "by", "croft",
    "dale", "den", "dottir", "enko", "er", "esco", "eth", "feld", "ford", "grave", "holm", "idge", "iers", "in",
    "ington", "ko", "land", "ley", "lock", "man", "mere", "mont", "more", "mund", "nik", "oru", "ova", "over",
    "quist", "rell", "rick", "rin", "rock", "sen", "shaw", "sky", "son", "stad", "stein", "ston", "strom", "tane",
    "tz", "vale", "vik", "ward", "well", "wick", "wood", "worth",
)  # fmt: skip
TOWN_BEGINNINGS = (
    "Alder", "Amber", "Arn", "Ash", "Bel", "Birch", "Brack", "Bryn", "Cald", "Carn", "Cinder", "Corl", "Dray",
    "Dun", "East", "Elm", "Fair", "Fen", "Fern", "Gale", "Glen", "Gray", "Hazel", "Heron", "Holl", "Iron", "Keld",
    "Kings", "Lark", "Lind", "Loch", "Marl", "Mead", "Mill", "Moor", "Moss", "North", "Oak", "Oster", "Pell",
    "Quern", "Raven", "Red", "Rook", "Rush", "Sand", "Sedge", "Silver", "South", "Stern", "Stone", "Swan", "Tarn",
    "Thistle", "Thorn", "Up", "Vel", "Wald", "Wex", "Whit", "Wil", "Wren", "Yar",
)  # fmt: skip
TOWN_ENDINGS = (
    "bay", "bridge", "brook", "burgh", "bury", "by", "cliff", "cove", "dale", "den", "fell", "field", "ford",
    "gate", "ham", "harbour", "haven", "holm", "hurst", "mere", "minster", "mora", "moor", "mouth", "ness", "port",
    "reach", "shore", "stead", "stoke", "strand", "thorpe", "ton", "vale", "wick", "wold",
)  # fmt: skip
COUNTRIES = (
    "Aldovia", "Ambria", "Arkasia", "Belmark", "Borvania", "Calistan", "Cordavia", "Dalmora", "Drossia", "Elvania",
    "Ermland", "Faronia", "Galdova", "Gorland", "Hestria", "Ildania", "Istrovia", "Jorvania", "Kaldera", "Kelmark",
    "Lothavia", "Lurestan", "Marovia", "Melgaria", "Norvania", "Ostrania", "Pellucia", "Quorania", "Ravonia",
    "Rhodavia", "Selvania", "Sordavia", "Tarmland", "Tolvania", "Ulmaria", "Vardonia", "Velmark", "Westaria",
    "Yarland", "Zembovia",
)  # fmt: skip
VENUES = ("Assembly Hall", "Customs House", "Old Exchange", "Court House", "Guild Hall", "Central Station", "Docks")
PAPERS = (
    "Herald", "Courier", "Post", "Gazette", "Observer", "Chronicle", "Mercury", "Tribune", "Examiner", "Dispatch",
    "Ledger", "Sentinel", "Record", "Standard", "Echo", "Register", "Messenger", "Argus", "Bulletin", "Star",
)  # fmt: skip
ZONES = ("UTC", "Europe/London", "Europe/Berlin", "Europe/Kyiv", "America/New_York", "Asia/Kolkata", "Asia/Tokyo")

ROLES = (
    "mayor", "harbour master", "minister of transport", "minister of finance", "opposition leader", "prosecutor",
    "union secretary", "spokeswoman", "spokesman", "chief engineer", "governor", "bishop", "judge", "police chief",
    "head of the central bank", "ambassador", "professor of geology", "mine director", "trade envoy", "farmer",
)  # fmt: skip
BODIES = (
    "Port Authority", "Railway Company", "Chamber of Commerce", "Savings Bank", "Water Board", "University",
    "Shipping Line", "Mining Company", "Electricity Works", "Fishing Cooperative", "Airport Company", "Regional Court",
    "Broadcasting Corporation", "Insurance Society", "Steel Works", "Hospital Trust",
)  # fmt: skip
OFFICES = ("Ministry of Transport", "Ministry of Finance", "Council of Ministers", "Senate", "Coast Guard", "Treasury")
CROWDS = ("Dockers' Union", "Farmers' League", "Teachers' Association", "Miners' Union", "Residents' Committee")

ADJECTIVES = (
    "annual", "coastal", "common", "contested", "costly", "delayed", "disputed", "eastern", "emergency", "federal",
    "final", "foreign", "frozen", "grain", "hidden", "joint", "local", "long-promised", "maritime", "minimum",
    "mobile", "national", "new", "northern", "old", "open", "partial", "planned", "postal", "private", "promised",
    "provisional", "public", "regional", "rural", "second", "secret", "shared", "southern", "special", "stalled",
    "summer", "third", "temporary", "unfinished", "urban", "western", "winter",
)  # fmt: skip
TOPICS = (
    "aqueduct", "archive", "barrage", "bridge", "budget", "canal", "census", "charter", "customs-duty", "dam",
    "depot", "dockyard", "dredging-contract", "election", "electricity-tariff", "embankment", "export-quota",
    "ferry-service", "fishing-ground", "flood-defence", "forest-reserve", "fuel-depot", "gas-field", "grain-levy",
    "harbour-tunnel", "hospital", "housing-fund", "inquiry", "irrigation-scheme", "land-register", "lighthouse",
    "loan", "market-hall", "mine", "museum", "observatory", "pension-fund", "pipeline", "power-station", "prison",
    "quarantine", "railway-line", "refinery", "reservoir", "road-toll", "sanctuary", "school-reform", "sea-wall",
    "shipyard", "silver-mine", "steelworks", "stock-exchange", "sugar-tax", "timber-quota", "tramway",
    "university", "vaccine-programme", "water-treaty", "wind-farm",
)  # fmt: skip

# For each kind what is done to whom: in a title, in a sentence, and the word of the sentence that says it.
DEEDS: dict[EventKind, tuple[tuple[str, str, str], ...]] = {
    EventKind.AGREEMENT: (
        ("signs an accord on the {topic} with {other}", "signed an accord on the {topic} with {other}", "signed"),
        ("and {other} agree on the {topic}", "and {other} agreed on the {topic}", "agreed"),
    ),
    EventKind.MEETING: (
        ("meets {other} over the {topic}", "met {other} over the {topic}", "met"),
        ("receives {other} for talks on the {topic}", "received {other} for talks on the {topic}", "received"),
    ),
    EventKind.SUPPORT: (("backs {other} over the {topic}", "backed {other} over the {topic}", "backed"),),
    EventKind.COOPERATION: (
        ("joins {other} in building the {topic}", "joined {other} in building the {topic}", "joined"),
    ),
    EventKind.AID: (("lends {other} money for the {topic}", "lent {other} money for the {topic}", "lent"),),
    EventKind.CONCESSION: (("leaves the {topic} to {other}", "left the {topic} to {other}", "left"),),
    EventKind.DEMAND: (
        ("demands the {topic} from {other}", "demanded the {topic} from {other}", "demanded"),
        ("urges {other} to reopen the {topic}", "urged {other} to reopen the {topic}", "urged"),
    ),
    EventKind.ACCUSATION: (
        ("accuses {other} over the {topic}", "accused {other} over the {topic}", "accused"),
        ("blames {other} for the {topic}", "blamed {other} for the {topic}", "blamed"),
    ),
    EventKind.REFUSAL: (("refuses {other} the {topic}", "refused {other} the {topic}", "refused"),),
    EventKind.THREAT: (("threatens {other} over the {topic}", "threatened {other} over the {topic}", "threatened"),),
    EventKind.PROTEST: (
        ("protests against {other} over the {topic}", "protested against {other} over the {topic}", "protested"),
    ),
    EventKind.SANCTION: (
        ("fines {other} over the {topic}", "fined {other} over the {topic}", "fined"),
        ("bars {other} from the {topic}", "barred {other} from the {topic}", "barred"),
    ),
    EventKind.MOBILISATION: (
        ("sends guards to the {topic} of {other}", "sent guards to the {topic} of {other}", "sent"),
    ),
    EventKind.COERCION: (("seizes the {topic} of {other}", "seized the {topic} of {other}", "seized"),),
    EventKind.ATTACK: (("attacks the {topic} of {other}", "attacked the {topic} of {other}", "attacked"),),
    EventKind.STATEMENT: (
        ("answers {other} on the {topic}", "answered {other} on the {topic}", "answered"),
        ("contradicts {other} on the {topic}", "contradicted {other} on the {topic}", "contradicted"),
    ),
    EventKind.VOTE: (("votes with {other} for the {topic}", "voted with {other} for the {topic}", "voted"),),
    EventKind.DECISION: (
        ("awards {other} the {topic}", "awarded {other} the {topic}", "awarded"),
        ("closes the {topic} to {other}", "closed the {topic} to {other}", "closed"),
    ),
    EventKind.APPOINTMENT: (
        ("appoints {other} to run the {topic}", "appointed {other} to run the {topic}", "appointed"),
    ),
    EventKind.JUSTICE: (
        ("sues {other} over the {topic}", "sued {other} over the {topic}", "sued"),
        ("charges {other} in the case of the {topic}", "charged {other} in the case of the {topic}", "charged"),
    ),
    EventKind.ACCIDENT: (
        ("damages the {topic} of {other} in a collision", "damaged the {topic} of {other} in a collision", "damaged"),
    ),
    EventKind.DEATH: (
        ("mourns a worker of {other} killed at the {topic}", "mourned a worker of {other} killed at the {topic}",
         "mourned"),
    ),
    EventKind.MEDIA: (
        ("publishes the letters of {other} on the {topic}", "published the letters of {other} on the {topic}",
         "published"),
    ),
    EventKind.OTHER: (("visits the {topic} of {other}", "visited the {topic} of {other}", "visited"),),
}  # fmt: skip
# How often the news has each kind; the others share the rest.
FREQUENT = {
    EventKind.STATEMENT: 18, EventKind.MEETING: 14, EventKind.DECISION: 11, EventKind.ACCUSATION: 9, EventKind.OTHER: 8,
    EventKind.AGREEMENT: 6, EventKind.DEMAND: 6, EventKind.ATTACK: 5, EventKind.JUSTICE: 5,
}  # fmt: skip

SENTENCES = (
    "We will finish the {topic} by {month}, and not a day later",
    "The {topic} belongs to the people of {town} and to nobody else",
    "Nobody in {town} asked for the {topic}, and nobody will pay for it",
    "There are {number} reasons to wait with the {topic}",
    "It took {number} years to build the {topic} and one night to lose it",
    "The {topic} costs {number} million more than we were told in {month}",
    "My answer on the {topic} is the same as it was in {month}",
    "We have read all {number} pages on the {topic} and found no plan",
    "The talks on the {topic} were frank, and {number} questions stay open",
    "I do not know who gave the order about the {topic} in {town}",
    "At least {number} families near {town} depend on the {topic}",
    "We expect the court to look at the {topic} before {month}",
    "The engineers warned us about the {topic} {number} times",
    "Whoever signs away the {topic} will answer for it in {town}",
    "We saved {number} jobs with the {topic}, and we can save more",
    "The {topic} was never safe, whatever was said in {month}",
    "Every road out of {town} leads past the {topic}",
    "They promised the {topic} to {number} villages and gave it to one",
    "Without the {topic} there will be no harvest around {town} in {month}",
    "The vote on the {topic} was won by {number} hands",
)
CLAUSES = (
    "and we shall say so in {month}",
    "and {town} knows it",
    "as {number} letters in my office show",
    "whatever the papers in {town} print",
    "and that is why we are here tonight",
    "but the door is open until {month}",
    "and I told them so {number} days ago",
    "because the money for the {other_topic} is gone",
    "and the {other_topic} is next",
    "but first comes the {other_topic}",
)
CUES = ("said", "told reporters", "added", "wrote", "insisted", "warned", "announced", "argued")
MEDIA = ("in an interview", "in a post", "at a press conference", "in a letter", "on the radio")
PADDING = (
    "The {topic} has been argued over in {town} for {number} years.",
    "Some {number} people live within sight of the {topic}.",
    "An earlier plan for the {topic} was dropped for want of money.",
    "The papers on the {topic} fill {number} shelves in the archive of {town}.",
)
