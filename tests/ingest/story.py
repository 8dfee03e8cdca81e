# ruff: noqa: E501 (an article's paragraph is one line)
"""A small running story of our own as five newsrooms tell it: copies, a correction, exact and vague dates, two
spellings, what came before and after."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Print:
    """A text with where it was printed."""

    newsroom: str
    path: str
    text: str

    @property
    def url(self) -> str:
        return f"https://{self.newsroom.split()[0].lower()}.example/{self.path}"


STRIKE = """Dockers strike in Rotterdam over pay

By Ann Pryce
3 March 2025, 18:00 GMT

Dockers in Rotterdam went on strike on Monday after talks about pay had failed. Labour Minister Karin de Wit met union leader Joost Vermeer in The Hague on Monday evening. Nothing was agreed.

“We will not load a single ship until there is an offer on the table,” Vermeer told reporters.
"""

# The same text, bought and cut by another newsroom a day later.
STRIKE_COPY = STRIKE.replace("By Ann Pryce\n3 March 2025, 18:00 GMT", "4 March 2025, 06:00 GMT").replace(
    " Nothing was agreed.", ""
)

TALKS = """Minister meets dockers' leader as port stands still

By Tom Hale
4 March 2025, 07:30 GMT

Karin de Wit, the labour minister, met Joost Vermeer in The Hague on 3 March, hours after dockers in Rotterdam had gone on strike.

“We will not load a single ship until there is an offer on the table,” Vermeer told reporters. De Wit said that both sides would meet again.
"""

VAGUE = """How the Rotterdam strike began

By Mira Novak
10 March 2025, 09:00 GMT

In early March labour minister Karin de Wit met union leader Joost Vermeer in The Hague. Dockers in Rotterdam had gone on strike before they met. The union wants pay for night shifts at the port, and cranes stood still along the river for days.

Ukrainian President Volodymyr Zelenskyy met Mark Rutte in Brussels last week.
"""

OTHER_DAY = """De Wit meets Vermeer in The Hague

By Sana Malik
8 March 2025, 12:00 GMT

Cranes stood idle, lorries queued along the river and the fish market was closed for the first time in forty years. Labour minister Karin de Wit met union leader Joost Vermeer in The Hague on Tuesday, the union said.

“We will not load a single ship until there is an offer on the table,” Vermeer said. Shopkeepers near the old harbour counted their losses, and a ferry company moved its boats to another town for the rest of the month.
"""

VISIT = """Zelensky meets Rutte in Brussels

By Ann Pryce
5 March 2025, 20:00 GMT

Volodymyr Zelensky met Mark Rutte in Brussels on Wednesday. The visit came after dockers in Rotterdam went on strike.

“Europe has to decide for itself what it is ready to defend,” Zelensky said. Parachutes, blankets and field kitchens are to follow, and a brigade of engineers will train on the Danube until the autumn, according to the alliance.

Denmark pays for tourniquets and generators. Norway lends two trawlers that lay mines and a hospital train, Portugal sends paramedics, and in Antwerp a warehouse of spare turbines has been emptied for the power stations of Kharkiv.
"""

DEAL = """Dockers' union and port of Rotterdam sign pay agreement

By Tom Hale
12 March 2025, 15:00 GMT

The dockers' union signed a pay agreement with the port of Rotterdam on Wednesday. Joost Vermeer said that the strike was over.

Labour minister Karin de Wit resigned on Tuesday, a day before the agreement was signed.
"""

DEAL_LATER = """Rotterdam port back at work

By Ivo Petrov
13 March 2025, 08:00 GMT

The dockers' union and the port of Rotterdam signed a pay agreement on Wednesday, 12 March. Cranes were moving again by the evening.

Karin de Wit resigned as labour minister on 11 March. She is believed to have refused an earlier draft.
"""

STORY = (
    Print("Harbour Dispatch", "strike", STRIKE),
    Print("Quay Times", "strike", STRIKE_COPY),
    Print("Meridian Post", "talks", TALKS),
    Print("Yamuna Review", "began", VAGUE),
    Print("Potomac Week", "hague", OTHER_DAY),
    Print("Harbour Dispatch", "visit", VISIT),
    Print("Meridian Post", "deal", DEAL),
    Print("Quay Times", "back", DEAL_LATER),
)
