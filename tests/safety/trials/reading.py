"""Reading as it goes on for months: feeds through a week, articles of every kind, and how fast."""

from __future__ import annotations

import re
import socket
import time
from collections import Counter
from html import escape
from pathlib import Path

from tests.ingest.servers import page, serving
from tests.safety.editor import Editor
from tests.safety.goals import Goal, Trial, load, told
from tests.safety.internet import Box
from tests.safety.press import Piece, lines_of, mixed, pieces
from tests.safety.site import SQLITE, Site
from tests.safety.trials.workers import done, wait_for
from tests.safety.world import hurrying

# --- a week of polling ----------------------------------------------------------------------------------------------

HOUR = 3600  # seconds
HURRY = 900  # seconds by the clock on the wall in each that passes: a feed is due once in that time
FEEDS, SHOWN = 4, 12  # feeds of one house, which share articles; items that a feed shows
NEW_EVERY = 4 * HOUR  # seconds between two new articles
GROWTH = 1.15  # of the memory after the first of the week's articles were read


class House:
    """A newspaper whose feeds show what it has printed until the moment at which they are asked."""

    def __init__(self, hours: int) -> None:
        self.began = time.time()
        self.printed = [Piece(50_000 + n) for n in range(max(1, hours * HOUR // NEW_EVERY))]

    @property
    def out(self) -> int:
        """How many articles are out by now; it prints one at the beginning."""
        return min(len(self.printed), 1 + int((time.time() - self.began) * HURRY / NEW_EVERY))

    def feed(self, line: socket.socket, request: str) -> None:
        """The newest, in several forms, each under an address of this feed; every third time unchanged."""
        number = int(request.split(" ")[1].removeprefix("/feed"))
        newest = range(max(0, self.out - SHOWN), self.out)
        tag = f'"{number}-{self.out}"'
        if f"If-None-Match: {tag}" in request:
            page(b"", status="304 Not Modified")(line, request)
            return
        items = "".join(
            f"<item><title>{escape(self.printed[n].title)}</title><guid>{n}</guid>"
            f"<link>http://house.test/{n}?utm_source=feed{number}</link></item>"
            for n in newest
        )
        content = f'<rss version="2.0"><channel><title>Feed {number}</title>{items}</channel></rss>'
        page(content.encode(), f"ETag: {tag}", media_type="application/rss+xml")(line, request)

    def article(self, line: socket.socket, request: str) -> None:
        found = re.match(r"GET /(\d+)", request)
        if found is None:
            page(b"", status="404 Not Found")(line, request)
            return
        page(self.printed[int(found[1])].page)(line, request)


def polled(trial: Trial) -> None:
    """So many hours, by a clock that hurries; the watching process is the same all the time."""
    house = House(trial.number)
    site = trial.site()
    memory: list[int] = []
    with serving() as server:
        server.answers = {f"/feed{n}": house.feed for n in range(FEEDS)} | {"*": house.article}
        box = Box(trial.folder / "box.json", server.port)
        assert site.run("follow", *(f"http://feed{n}.test/feed{n}" for n in range(FEEDS))).code == 0
        watching = site.start(*box.command("poll", "--watch"), environment=hurrying(HURRY), stdout=-3)
        try:
            for _ in trial.each():
                end = time.monotonic() + HOUR / HURRY
                while time.monotonic() < end and watching.poll() is None:
                    time.sleep(0.2)
                memory.append(resident(watching.pid))
            wait_for(lambda: site.count("article") >= len(house.printed), 120)
        finally:
            watching.terminate()
            _, err = watching.communicate(timeout=60)
    asked = sum("/feed" in path for path in server.paths)
    read = Counter(re.sub(r"\?.*", "", path) for path in server.paths if re.match(r"/\d", path))
    printed = len(house.printed)
    trial.check("Traceback" not in err, err[-500:])
    trial.check(site.count("article") == printed, f"{site.count('article')} articles of {printed}")
    trial.check(all(times == 1 for times in read.values()), f"fetched again: {read.most_common(3)}")
    trial.check(site.count("feeditem") <= FEEDS * printed, f"{site.count('feeditem')} items remembered")
    half = memory[len(memory) // 2]
    trial.check(trial.is_short or memory[-1] <= half * GROWTH, f"memory grew from {half} to {memory[-1]}")
    trial.wrong += site.damage()
    trial.notes |= {
        "asked": f"{asked:,} times",
        "printed and read": f"{printed}",
        "memory": f"{half / 1e6:.0f} MB after half, {memory[-1] / 1e6:.0f} MB in the end",
    }


def resident(pid: int) -> int:
    """In bytes."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) * 1024 if found else 0


# --- articles of every kind -----------------------------------------------------------------------------------------


def of_every_kind(trial: Trial) -> None:
    """In one folder, by one command; each article must be taken."""
    folder = trial.folder / "mixed"
    mixed(folder, trial.number)
    site = trial.site()
    ended = site.run("ingest", str(folder), patience=3600)
    trial.tried = trial.number
    trial.wrong += [line[:300] for line in ended.err.splitlines() if line.startswith("refused ")]
    trial.check(f"{trial.number} taken, 0 duplicate, 0 refused" in ended.out, ended.out + ended.err[-300:])
    trial.check(site.count("article") == trial.number, f"{site.count('article')} articles")
    trial.notes["kinds"] = told(Counter(file.suffix for file in folder.iterdir()))
    trial.notes["events"] = f"{site.count('event'):,}"
    trial.wrong += site.damage()


# --- throughput -----------------------------------------------------------------------------------------------------

ONE, TWO = 0.75, 1.5


def fast(trial: Trial) -> None:
    """The same articles by the bare reading, by one ingest, and by one and two workers, in one run; ratios count.

    What each needs to start is measured with a single article and left out.
    """
    given = pieces(trial.number)
    file, single = trial.folder / "records.jsonl", trial.folder / "single.jsonl"
    file.write_text(lines_of(given))
    single.write_text(lines_of(given[:1]))
    site = trial.site()

    def timed(*command: str, on: Path) -> float:
        site.empty()
        began = time.monotonic()
        with on.open() as records:
            process = site.start(*command, stdin=records)
            _, err = process.communicate()
        assert process.returncode == 0, err[-500:]
        return time.monotonic() - began

    bare, ingest = ("-m", "timeline.extraction", "--jsonl"), ("ingest", "--jsonl", "-")
    alone = timed(*bare, on=file) - timed(*bare, on=single)
    stored = timed(*ingest, on=file) - timed(*ingest, on=single)
    one, two = worked(site, file, 1), worked(site, file, 2)
    trial.tried = trial.number
    trial.check(trial.is_short or alone / stored >= ONE, f"ingest at {alone / stored:.2f} of bare reading")
    trial.check(trial.is_short or one / two >= TWO, f"two workers {one / two:.2f} times as fast as one")
    trial.check(site.count("article") == trial.number, f"{site.count('article')} articles")
    trial.notes |= {
        "ingest": f"{alone / stored:.2f} of bare reading",
        "one worker": f"{alone / one:.2f} of it",
        "two workers": f"{one / two:.2f} times one",
        "busy": load(),
    }


def worked(site: Site, file: Path, number: int) -> float:
    """The seconds that so many workers take, from the first article that one has read to the last of all."""
    site.empty()
    with site.serving() as server:
        answer = Editor(server).send("/admin/background/", {}, {"file": (file.name, file.read_bytes())})
        assert answer.status == 302
    total = len(file.read_text().splitlines())
    workers = [site.start("worker", "--once", stdout=-3) for _ in range(number)]
    wait_for(lambda: done(site) > 0)
    began, first = time.monotonic(), done(site)
    for worker in workers:
        worker.communicate()
    return (time.monotonic() - began) * total / (total - first)


POLLING = Goal(
    "a week of polling",
    "168 hours by a hurried clock, four feeds: each article once, no growth of memory",
    many=168,
    few=2,
    attempt=polled,
    databases=(SQLITE,),
)
MIXED = Goal(
    "articles of every kind",
    "1,000 in files of eight kinds: none refused",
    many=1000,
    few=16,
    attempt=of_every_kind,
    databases=(SQLITE,),
)
SPEED = Goal(
    "throughput of ingest",
    "at least .75 of bare reading, and two workers at least 1.5 times one",
    many=600,
    few=4,
    attempt=fast,
    databases=(SQLITE,),
)
