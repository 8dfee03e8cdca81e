"""Everything that may be given to be read, broken in every way we know: none ends anything but itself."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path
from subprocess import TimeoutExpired

from tests.ingest.files import make_warc
from tests.ingest.servers import page, serving
from tests.safety.goals import Goal, Trial, told
from tests.safety.internet import Box
from tests.safety.press import Piece
from tests.safety.site import Done, Site, Watch, kill

BATCH = 1000  # inputs of one command
MEMORY = 1_500_000_000  # bytes
PATIENCE = 3600  # seconds, for a batch
HEAVY = 40  # inputs of which each keeps the reading busy as long as it may be
OUTCOMES = re.compile(r"(\d+) taken, (\d+) duplicate, (\d+) refused")

NAUGHTY = (
    "", " ", "\0", "\x1b[2J\x1b[31m", "\x07\x08\x7f", "\u202e\u2066\u202d", "\u200b\u200d\ufeff", "\u2028\u2029\u0085",
    "Zͣ͛ͫa̡͊͠l̴̡g͘o", "e" + "\u0301" * 500, "ﷺ" * 100, "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿", "𝕿𝖗𝖚𝖒𝖕", "İıſKÅﬀǆ", "٣ مارس ٢٠٢٥", "１２ March ２０２５",
    "三月三日", "31 February 2025", "30 February", "29 February 2023", "31 April 2025", "0 January 0000", "32/13/9999",
    "0000-00-00", "9999-12-31T23:59:60Z", "2025-02-30T25:61:61+99:99", "yesterday yesterday yesterday", "in -5 years",
    "in 99999999999999999999 years", "the 10000th century BC", "1e400", "NaN", "-Infinity", "1" * 4000,
    "0x7fffffffffffffff",
    "'; DROP TABLE timeline_event; --", "\" OR 1=1 --", "%s%s%n%x", "{0}{1!r}{x.__class__}", "{{ 7 * 7 }}{% now %}",
    "${jndi:ldap://a}", "$(reboot)`id`", "../../../../etc/passwd", "C:\\CON", "=1+1", "@SUM(A1)", "\t=cmd|'/C calc'!A0",
    "<script>alert(1)</script>", "<!--", "-->", "]]>", "<![CDATA[", "&#0;&#x110000;&#xD800;", "&a;&b;", "<?xml?>",
    "“" * 300, "”" * 300, "(" * 2000, "[" * 2000, "“He said “she said “they said", "said " * 300, "Smith " * 400,
    "a" * 20_000, "aaaa " * 800, "Mr. " * 300, "." * 3000, ",," * 500, "—" * 500, "\n" * 3000, "\t \t" * 500,
    "On Monday on Tuesday on Wednesday last week next month", "President President President X of X of X",
    "https://" + "a." * 400, "a@b.c" * 100, "1/2/3/4/5/6/7/8/9", "12:61 GMT+99", "Trump" * 200,
    "\ufffe\uffff", "\U0010ffff",
)  # fmt: skip
SURROGATES = ("\ud800", "\udc00x", "a\udfff\ud800b")
ENCODINGS = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "cp1252",
    "latin-1",
    "cp1251",
    "shift_jis",
    "gb18030",
    "utf-7",
    "cp037",
)


def broken(chance: random.Random, content: bytes) -> bytes:
    """Some bytes with some of the damage that storage, networks and programs do."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(content) + 1)
        to = min(len(content), at + chance.choice((1, 4, 40, 400)))
        match chance.randrange(9):
            case 0:
                content = content[:at]
            case 1:
                content = content[:at] + content[to:]
            case 2:
                content = content[:at] + content[at:to] * chance.choice((2, 20)) + content[to:]
            case 3:
                content = content[:at] + chance.randbytes(to - at) + content[to:]
            case 4:
                content = content[:at] + bytes(b ^ 0x80 for b in content[at:to]) + content[to:]
            case 5:
                content = content[:at] + naughty(chance).encode("utf-8", "replace") + content[to:]
            case 6:
                content = content.replace(chance.choice((b"<", b">", b'"', b" ", b"\n", b"=")), b"", 1 + at % 9)
            case 7:
                content = chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0", b"\x1f\x8b")) + content
            case _:
                content = content[at:] + content[:at]
    return content[:60_000]


def naughty(chance: random.Random) -> str:
    return "".join(chance.choice(NAUGHTY) for _ in range(chance.choice((1, 1, 1, 2, 5))))


def article(chance: random.Random) -> Piece:
    """One with something naughty in the place of its names."""
    piece = Piece(chance.randrange(100_000))
    for name in ("town", "thing", "cause", "mayor", "rival", "title"):
        if chance.random() < 0.4:
            setattr(piece, name, f"{naughty(chance)} {getattr(piece, name)} ")
    return piece


def as_text(chance: random.Random) -> tuple[str, bytes]:
    text = article(chance).text
    encoding = chance.choice(ENCODINGS)
    content = text.encode(encoding, "replace")
    return ".txt", content if chance.random() < 0.6 else broken(chance, content)


def as_page(chance: random.Random) -> tuple[str, bytes]:
    piece, text = article(chance), naughty(chance)
    linked = {
        "@type": chance.choice(("NewsArticle", "", 5, ["Article", None])),
        "headline": chance.choice((text, 5, [text])),
        "datePublished": chance.choice((text, "31 February 2025", 5, None, {"@value": text})),
        "author": chance.choice((text, [text], {"name": text}, [{"name": [text]}], {"name": {"name": 5}})),
    }
    nest = chance.choice((0, 0, 30, 300))
    body = "".join(
        f"<{tag}>{escape(p) if chance.random() < 0.8 else p}</{tag}>"
        for p in piece.paragraphs
        for tag in [
            chance.choice(("p", "div", "blockquote", "li", "td", "h2", "pre", "svg", "math", "template", "x-y"))
        ]
    )
    content = (
        f'<html lang="{escape(text[:50])}"><head><meta charset="{chance.choice((*ENCODINGS, "nonsense"))}">'
        f'<title>{piece.title}</title><meta property="article:published_time" content="{escape(text)}">'
        f'<meta name="author" content="{escape(text)}"><link rel="canonical" href="{escape(text)}">'
        f'<script type="application/ld+json">{json.dumps(linked, ensure_ascii=chance.random() < 0.5)}</script></head>'
        f'<body class="{escape(text)}">{"<div>" * nest}<article><h1>{escape(piece.title)}</h1>{body}'
        f'<time datetime="{escape(text)}">{text}</time></article>'
    ).encode(chance.choice(ENCODINGS), "replace")
    return chance.choice((".html", ".htm", ".xhtml")), content if chance.random() < 0.5 else broken(chance, content)


def as_mail(chance: random.Random) -> tuple[str, bytes]:
    return ".eml", broken(chance, article(chance).mail)


def as_pdf(chance: random.Random) -> tuple[str, bytes]:
    return ".pdf", broken(chance, Piece(chance.randrange(100_000)).pdf)


def as_table(chance: random.Random) -> tuple[str, bytes]:
    text = naughty(chance)
    rows = f'url,text,published\r\nhttps://a.example/{chance.randrange(10**9)},"{article(chance).text}",{text}\r\n'
    return chance.choice((".csv", ".tsv")), broken(chance, rows.encode("utf-8", "replace"))


def as_archive(chance: random.Random) -> tuple[str, bytes]:
    url, content = f"https://a.example/{chance.randrange(10**9)}", article(chance).page.replace(b"\0", b"")
    made = make_warc((url, "200 OK", "text/html", content), packed=chance.random() < 0.5)
    return chance.choice((".warc", ".warc.gz")), broken(chance, made)


def as_zip(chance: random.Random) -> tuple[str, bytes]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        archive.writestr(
            chance.choice(("a.html", "../a.html", "a/" * 50 + "a.txt", "ä\u202e.html")), article(chance).page
        )
    return ".zip", broken(chance, out.getvalue())


def as_record(chance: random.Random) -> bytes:
    """A line of JSON Lines."""
    piece = article(chance)
    text = chance.choice((naughty(chance), chance.choice(SURROGATES)))
    record: dict[str, object] = {"id": chance.choice((text, 5, None)), "text": f"{piece.text} {text}"}
    for name in ("url", "title", "published", "publisher", "html", "x"):
        if chance.random() < 0.4:
            record[name] = chance.choice((text, text, text, 5, None, [], {}, True, [text]))
    if "html" in record and chance.random() < 0.8:
        del record["text"]
    line = json.dumps(record).encode()
    return (line if chance.random() < 0.7 else broken(chance, line)).replace(b"\n", b" ").replace(b"\r", b" ")


def as_feed(chance: random.Random) -> bytes:
    """A feed or sitemap, and what calls itself one."""
    text, link = naughty(chance), f"http://item{chance.randrange(9)}.test/{chance.randrange(10**6)}"
    items = "".join(
        f"<item><title>{escape(text)}</title><link>{link}{n}</link><guid>{escape(text)}{n}</guid>"
        f"<pubDate>{escape(text)}</pubDate><description><![CDATA[{text}]]></description></item>"
        for n in range(chance.choice((0, 1, 2)))
    )
    entries = chance.choice(([{"id": text, "url": link, "date_published": text}], {}, text, [5, None, text]))
    made = chance.choice(
        (
            f'<?xml version="1.0" encoding="{chance.choice(ENCODINGS)}"?><rss version="2.0"><channel>'
            f"<title>{escape(text)}</title>{items}</channel></rss>",
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(text)}</title><entry><link href="{link}"/>'
            f"<id>{escape(text)}</id><updated>{escape(text)}</updated><title>{escape(text)}</title></entry></feed>",
            json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": text, "items": entries}),
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{link}</loc><lastmod>{escape(text)}'
            "</lastmod></url></urlset>",
            '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
            '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]><rss><channel><title>&c;&d;</title></channel></rss>',
            "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1/", "[" * 20_000, "{}", "<rss/>", text,
        )
    )  # fmt: skip
    content = made.encode("utf-8", "replace")
    return content if chance.random() < 0.5 else broken(chance, content)


def heavy(chance: random.Random) -> tuple[str, bytes]:
    """Small enough to be taken, and more work than anything may be."""
    one = "Ada Lee said on Monday that the harbour of Bonn was closed by the storm"
    many = chance.choice(
        (
            "<p " + " ".join(f'a{n}="{n}"' for n in range(200_000)) + ">News.</p>",
            "<p>" + "<b>" * 100_000 + one,
            "<table>" * 20_000 + one,
            "<a><p>" * 50_000 + one,
            "".join(f"<p>{one} {n}.</p>" for n in range(20_000)),
            "<p>" + " and ".join(one for _ in range(5_000)),
            "<p>" + "“" * 100_000 + one,
            "<p>“" + one + "” " + "said Mr Lee. “" * 20_000,
            "<p>" + ", ".join(f"Ada Lee{n} of Bonn" for n in range(10_000)),
            "<p>" + "on 3 March 2025 " * 20_000,
            "<p>" + "(" * 200_000,
            "<p>" + "&amp;" * 500_000,
            "<p>" + "a" * 2_000_000,
            "<p>" + "A" * 50 + " " + "U.S. " * 50_000,
            "<script type='application/ld+json'>" + "[" * 500_000 + "</script><p>" + one,
            "<!--" + "-" * 1_000_000 + "<p>" + one,
        )
    )
    return ".html", f"<html><body><article><h1>Storm {chance.random()}</h1>{many}</article></body></html>".encode()


FILES: tuple[Callable[[random.Random], tuple[str, bytes]], ...] = (
    as_page, as_page, as_page, as_text, as_text, as_mail, as_pdf, as_table, as_archive, as_zip,
)  # fmt: skip


def bad(trial: Trial) -> None:
    """Half of them files, a third records, the rest feeds; and some that are heavy."""
    site = trial.site()
    number, heavies = trial.number, min(HEAVY, trial.number // 100)
    outcomes: Counter[str] = Counter()
    sizes = {"files": number // 2, "records": number // 3}
    sizes["feeds"] = number - heavies - sum(sizes.values())
    most = 0
    for kind, size in {**sizes, "heavy": heavies}.items():
        for start in range(0, size, BATCH):
            some = min(BATCH, size - start)
            folder = trial.folder / f"{kind}{start}"
            folder.mkdir()
            done, watch = GIVEN[kind](trial, site, folder, some)
            most = max(most, watch.most)
            about = f"{kind} from {start}"
            trial.check(done.code in (0, 3), f"{about}: code {done.code}: {done.err[-500:]}")
            said = done.err + done.out
            trial.check("Traceback" not in said, f"{about}: a traceback: {said[said.find('Traceback') :][:1500]}")
            trial.wrong += [f"{about}: {line[:400]}" for line in said.splitlines() if "mistake in the rules" in line]
            outcomes["stopped at their limits"] += len(re.findall(r"reading (?:went over|took)", said))
            if found := OUTCOMES.search(done.out):
                outcomes.update(taken=int(found[1]), duplicate=int(found[2]), refused=int(found[3]))
                ended = sum(map(int, found.groups()))
                trial.check(ended >= some, f"{about}: {ended} of {some} have an end")
            trial.tried += some
    trial.check(most <= MEMORY, f"{most / 1e6:,.0f} MB")
    trial.wrong += site.damage()
    seen(trial, site)
    trial.notes["heavy ones"] = str(heavies)
    trial.notes["ended"] = told(outcomes)
    trial.notes["most memory"] = f"{most / 1e6:,.0f} MB"


def given_files(trial: Trial, site: Site, folder: Path, number: int) -> tuple[Done, Watch]:
    for n in range(number):
        ending, content = trial.chance.choice(FILES)(trial.chance)
        (folder / f"{n}{ending}").write_bytes(content)
    return watched(site, "ingest", str(folder))


def given_heavy(trial: Trial, site: Site, folder: Path, number: int) -> tuple[Done, Watch]:
    for n in range(number):
        ending, content = heavy(trial.chance)
        (folder / f"{n}{ending}").write_bytes(content)
    return watched(site, "ingest", str(folder))


def given_records(trial: Trial, site: Site, folder: Path, number: int) -> tuple[Done, Watch]:
    file = folder / "records.jsonl"
    file.write_bytes(b"\n".join(as_record(trial.chance) or b"?" for _ in range(number)))
    return watched(site, "ingest", "--jsonl", str(file))


def given_feeds(trial: Trial, site: Site, folder: Path, number: int) -> tuple[Done, Watch]:
    """Every feed has a server of its own, so that nobody waits out of politeness."""
    with serving() as server:
        kinds = ("application/rss+xml", "application/json", "text/xml; charset=nonsense", "text/html", "text/plain")
        server.answers = {
            f"feed{n}.test/": page(as_feed(trial.chance), media_type=trial.chance.choice(kinds)) for n in range(number)
        }
        box = Box(folder / "box.json", server.port)
        site.ask_to("DELETE FROM timeline_feeditem", "DELETE FROM timeline_feed")
        listed = "".join(f'<outline type="rss" xmlUrl="http://feed{n}.test/"/>' for n in range(number))
        (folder / "feeds.opml").write_text(f'<opml version="2.0"><body>{listed}</body></opml>')
        assert site.run("follow", str(folder / "feeds.opml")).code == 0
        done, watch = watched(site, *box.command("poll"))
    asked = site.ask("SELECT count(*) FROM timeline_feed WHERE asked_at IS NOT NULL")
    trial.check(asked == [(number,)], f"of {number} feeds {asked} were asked: {done.err[-500:]}")
    return done, watch


GIVEN = {"files": given_files, "records": given_records, "feeds": given_feeds, "heavy": given_heavy}


def watched(site: Site, *command: str) -> tuple[Done, Watch]:
    process = site.start(*command)
    watch = Watch(process)
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except TimeoutExpired:
        kill(process)
        out, err = process.communicate()
    return Done(process.returncode, out, err), watch


def seen(trial: Trial, site: Site) -> None:
    """What was taken can be looked at."""
    articles = [uid for (uid,) in site.ask("SELECT uid FROM timeline_article")]
    events = [uid for (uid,) in site.ask("SELECT uid FROM timeline_event")]
    with site.serving() as server:
        some = [f"/articles/{uid}/" for uid in trial.chance.sample(articles, min(50, len(articles)))]
        some += [f"/events/{uid}/" for uid in trial.chance.sample(events, min(50, len(events)))]
        for path in ("/", "/statements/", "/timeline.csv", "/timeline.json", "/timeline.atom", *some):
            status, _ = server.get(path)
            trial.check(status in (200, 404), f"{path}: {status}")
        trial.wrong += server.complaints()


INPUTS = Goal(
    "bad inputs",
    "20,000 files, records, pages and feeds: no crash, hang or traceback, 20 s and 1.5 GB at most",
    many=20_000,
    few=30,
    attempt=bad,
)
