"""Articles of newspapers that do not exist, as many as are wanted and no two alike; and in what they come."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, timedelta
from html import escape
from pathlib import Path

from tests.ingest.files import make_pdf, make_warc

TOWNS = "Aldmouth Birchport Cedarwick Dunmere Elmford Fernhaven Goldcliff Hartsea Ivybridge Kelmarsh Lowden".split()  # noqa: SIM905
THINGS = "harbour bridge market school theatre library station museum dam tunnel airport hospital stadium".split()  # noqa: SIM905
CAUSES = [
    "a storm",
    "a strike",
    "a fire",
    "a flood",
    "heavy snow",
    "a power cut",
    "a court ruling",
    "an audit",
    "a landslide",
]
FIRST = "Ada Boris Clara Dmitri Elena Farid Greta Hugo Irina Jonas Kemal Lena Marta Nils Olga Pavel Rosa".split()  # noqa: SIM905
LAST = "Abbott Berger Costa Dahl Eriksen Fischer Garcia Horvat Ivanov Jansen Kovacs Lindqvist Moreau Novak".split()  # noqa: SIM905
OFFICES = ["Mayor", "Minister", "Governor", "Senator", "Judge", "President"]
WHAT = (
    "repairs would take {0} weeks",
    "nobody had been hurt among the {0} people inside",
    "the council had set aside {0} million for it",
    "{0} families would be given rooms elsewhere",
    "an inquiry with {0} members would begin at once",
)
WHOLE = date(2024, 1, 1)


class Piece:
    """The article with this number; the same number is the same article."""

    def __init__(self, number: int) -> None:
        self.number = n = number
        self.day = WHOLE + timedelta(days=(n * 7) % 700)
        self.town, self.thing, self.cause = TOWNS[n % 11], THINGS[n // 11 % 13], CAUSES[n // 143 % 9]
        self.mayor = f"{FIRST[n % 17]} {LAST[n // 17 % 14]}"
        self.rival = f"{FIRST[(n + 5) % 17]} {LAST[(n // 17 + 3) % 14]}"
        self.title = f"{self.town} {self.thing} closes after {self.cause.split()[-1]}, case {n}"
        self.url = f"https://paper{n % 7}.example/{self.day.year}/{n}"

    @property
    def paragraphs(self) -> list[str]:
        n, day = self.number, self.day - timedelta(days=1)
        office, other = OFFICES[n % 6], OFFICES[(n + 2) % 6]
        return [
            f"The {self.thing} of {self.town} was closed on {day.day} {day:%B %Y} after {self.cause}, the {n}th such "
            f"case on the register of the county.",
            f"{office} {self.mayor} visited {self.town} on {self.day.day} {self.day:%B %Y} and met the crew "
            f"of shift {n}.",
            f"“We counted {n + 3} broken windows and one brave porter,” {self.mayor.split()[1]} said.",
            f"{other} {self.rival} said that {WHAT[n % 5].format(n + 2)}.",
        ]

    @property
    def text(self) -> str:
        return "\n\n".join([self.title, f"By Ann Pryce\n{self.day.day} {self.day:%B %Y}, 09:00 GMT", *self.paragraphs])

    @property
    def page(self) -> bytes:
        linked = {
            "@type": "NewsArticle",
            "headline": self.title,
            "datePublished": f"{self.day}T09:00:00+00:00",
            "publisher": {"@type": "Organization", "name": f"The {self.town} Paper"},
        }
        return (
            f'<!doctype html><html lang="en"><head><title>{escape(self.title)}</title>'
            f'<script type="application/ld+json">{json.dumps(linked)}</script></head><body><article>'
            f"<h1>{escape(self.title)}</h1>{''.join(f'<p>{escape(p)}</p>' for p in self.paragraphs)}"
            "</article></body></html>"
        ).encode()

    @property
    def record(self) -> dict[str, str]:
        return {"id": f"piece {self.number}", "url": self.url, "text": self.text}

    @property
    def mail(self) -> bytes:
        head = (
            f"From: Ann Pryce <ann@paper.example>\nSubject: {self.title}\nDate: {self.day:%a, %d %b %Y} 09:00 +0000\n"
        )
        kind = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        return (head + kind + "\n\n".join(self.paragraphs)).encode()

    @property
    def pdf(self) -> bytes:
        lines = [(60, 780, self.title)]
        height = 740
        for paragraph in self.paragraphs:
            words = paragraph.replace("“", '"').replace("”", '"').split()
            for start in range(0, len(words), 12):
                lines.append((60, height, " ".join(words[start : start + 12])))
                height -= 15
            height -= 15
        return make_pdf([lines])


def pieces(number: int, first: int = 0) -> list[Piece]:
    return [Piece(n) for n in range(first, first + number)]


def lines_of(given: list[Piece]) -> str:
    """JSON Lines."""
    return "".join(json.dumps(piece.record) + "\n" for piece in given)


def table_of(given: list[Piece]) -> str:
    """CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, ["url", "text", "published"])
    writer.writeheader()
    writer.writerows({"url": p.url, "text": p.text, "published": str(p.day)} for p in given)
    return out.getvalue()


def mixed(folder: Path, number: int) -> None:
    """As many articles in files of every kind."""
    folder.mkdir()
    share = number // 8
    kinds = [pieces(share, n * share) for n in range(7)] + [pieces(number - 7 * share, 7 * share)]
    (folder / "records.jsonl").write_text(lines_of(kinds[0]))
    (folder / "table.csv").write_text(table_of(kinds[1]))
    (folder / "crawl.warc.gz").write_bytes(make_warc(*((p.url, "200 OK", "text/html", p.page) for p in kinds[2])))
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        for p in kinds[3]:
            archive.writestr(f"{p.number}.html", p.page)
    for p in kinds[4]:
        (folder / f"{p.number}.eml").write_bytes(p.mail)
    for p in kinds[5]:
        (folder / f"{p.number}.pdf").write_bytes(p.pdf)
    for p in kinds[6]:
        (folder / f"{p.number}.txt").write_text(p.text)
    for p in kinds[7]:
        (folder / f"{p.number}.html").write_bytes(p.page)
