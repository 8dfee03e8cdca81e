"""What people have said outlives every reading; what they take down leaves no trace."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from tests.safety.editor import Editor, Fields
from tests.safety.goals import Goal, Trial, told
from tests.safety.press import Piece, lines_of, pieces
from tests.safety.site import SQLITE, Site

LATER = "The council will meet again next month, its clerk said."


# --- corrections ----------------------------------------------------------------------------------------------------

EDITS: tuple[tuple[str, Fields, str], ...] = (
    ("event", {"title": "Said by hand {n}", "why": "Seen"}, "_save"),
    ("event", {"kind": "accusation", "when": "2025-02-20/2025-02-21", "why": "Seen"}, "_save"),
    ("event", {"description": "By hand {n}", "hedged": "on", "date_display": "before spring"}, "_save"),
    ("event", {}, "_reject"),
    ("event", {}, "delete"),
    ("statement", {"text": "Said otherwise {n}", "kind": "indirect", "medium": "radio"}, "_save"),
    ("statement", {}, "delete"),
    ("actor", {"name": "Somebody Else {n}", "role": "host"}, "_save"),
    ("article", {"title": "Headline by hand {n}", "when": "2025-03-02"}, "_save"),
)
COLUMNS = {
    "event": "title, description, kind, earliest, latest, hedged, date_display, status",
    "statement": "text, kind, medium",
    "actor": "name, role",
    "article": "title, earliest, latest",
}


def corrected(trial: Trial) -> None:
    """Each thing is edited once; then all articles are read again as they were, and in a later version."""
    given = pieces(trial.number // 2 + 2)
    file = trial.folder / "records.jsonl"
    file.write_text(lines_of(given))
    site = trial.site()
    assert site.run("ingest", "--jsonl", str(file)).code == 0
    kinds: Counter[str] = Counter()
    with site.serving() as server:
        editor = Editor(server)
        rows = {kind: list(site.ask(f"SELECT id, {named(kind)} FROM timeline_{kind} ORDER BY id")) for kind in COLUMNS}
        edited: list[tuple[str, int, Any]] = []
        deleted: list[tuple[str, str]] = []
        for n in trial.each():
            kind, fields, button = EDITS[n % len(EDITS)]
            pk, name = rows[kind].pop(0)
            path = f"/admin/timeline/{kind}/{pk}"
            if button == "delete":
                answer = editor.send(f"{path}/delete/", {"post": "yes", "why": "wrong"})
                assert answer.status == 302, answer.status
                deleted.append((kind, name))
            else:
                said = {field: value.format(n=n) for field, value in fields.items()}
                editor.save(f"{path}/change/", f"{kind}_form", said, button)
                edited.append((kind, pk, values(site, kind, pk)))
            kinds[f"{kind} {button.strip('_')}"] += 1
        trial.wrong += server.complaints()
    uids = [argument for (uid,) in site.ask("SELECT uid FROM timeline_article") for argument in ("--article", uid)]
    again = site.run("reextract", *uids)
    trial.check(again.code == 0, again.err[-300:])
    site.run("ingest", "--jsonl", str(file))
    file.write_text("".join(json.dumps({**p.record, "text": f"{p.text}\n\n{LATER}"}) + "\n" for p in given))
    later = site.run("ingest", "--jsonl", str(file))
    trial.check(f"{len(given)} taken" in later.out, f"the later versions: {later.out}")
    for kind, pk, before in edited:
        after = values(site, kind, pk)
        # A later version of an article is another row, which carries on what was said of the first.
        if kind == "article":
            after = site.ask(f"SELECT {COLUMNS[kind]} FROM timeline_article WHERE supersedes_id = {pk}")
        trial.check(after == before, f"{kind} {pk}: {before} became {after}")
    for kind, name in deleted:
        found = [row for row in site.ask(f"SELECT {named(kind)} FROM timeline_{kind}") if row == (name,)]
        trial.check(not found, f"{kind} is there again: {name}")
    trial.notes["edits"] = told(kinds)


def named(kind: str) -> str:
    """The column of the words that a thing is known by."""
    return COLUMNS[kind].partition(",")[0]


def values(site: Site, kind: str, pk: int) -> list[tuple[Any, ...]]:
    return site.ask(f"SELECT {COLUMNS[kind]} FROM timeline_{kind} WHERE id = {pk}")


# --- takedowns ------------------------------------------------------------------------------------------------------


class Marked(Piece):
    """An article whose names are like no others, so that every trace of it can be looked for."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        self.marks = [f"{stem}{letters}" for stem in ("Zorvath", "Quillmere", "Xanthippus")]
        self.mayor, self.town = f"Ada {self.marks[0]}", self.marks[1]
        self.title = f"{self.town} honours {self.marks[2]}"


def taken_down(trial: Trial) -> None:
    """Of many articles some are taken down, half of them after an editor has worked on what they tell."""
    marked = [Marked(10_000 + n) for n in range(trial.number)]
    others = pieces(max(4, trial.number))
    site = trial.site()
    file = trial.folder / "records.jsonl"
    file.write_text(lines_of(sorted([*others, *marked], key=lambda piece: piece.number % 10_000)))
    assert site.run("ingest", "--jsonl", str(file)).code == 0
    file.unlink()
    with site.serving() as server:
        editor = Editor(server)
        for n in trial.each(marked):
            piece = marked[n]
            [(pk,)] = site.ask(f"SELECT id FROM timeline_article WHERE url = '{piece.url}'")
            about = site.ask(
                f"SELECT DISTINCT event_id FROM timeline_evidence WHERE article_id = {pk} AND event_id > 0"
            )
            trial.check(n % 2 or about, f"{piece.title}: nothing was read from it")
            if about and n % 2:
                said = {"title": f"{piece.marks[0]} by hand", "description": piece.marks[1], "why": piece.marks[2]}
                editor.save(f"/admin/timeline/event/{about[0][0]}/change/", "event_form", said)
            answer = editor.send(f"/admin/timeline/article/{pk}/delete/", {"post": "yes", "why": "by order"})
            trial.check(answer.status == 302, f"{piece.title}: {answer.status}")
        editor.get("/admin/")  # on which it says, once, what was deleted
        kept = "".join(content(server.get(path)) for path in ("/", "/statements/", "/timeline.csv", "/timeline.json"))
        pages = "".join(editor.get(path).decode() for path in ("/admin/", "/admin/recent/", "/admin/timeline/actor/"))
        for mark in (mark for piece in marked for mark in piece.marks):
            trial.check(mark.lower() not in (kept + pages).lower(), f"{mark} stands on a page")
            found = [name for name, text in stored(site).items() if mark.lower().encode() in text]
            trial.check(not found, f"{mark} is in {', '.join(found)}")
    trial.check(site.count("article") == len(others), "others went too")
    trial.notes["looked for"] = f"{3 * len(marked)} names"
    trial.notes["in"] = ", ".join(sorted(stored(site)))
    trial.wrong += site.damage()


def content(answer: tuple[int, bytes]) -> str:
    assert answer[0] == 200
    return answer[1].decode()


def stored(site: Site) -> dict[str, bytes]:
    """Every file of the site, in small letters; of PostgreSQL all that it gives out."""
    if site.database == SQLITE:
        files = (file for file in site.folder.rglob("*") if file.is_file())
        return {file.name: file.read_bytes().lower() for file in files if not Path(file).name.endswith("-shm")}
    dumped = subprocess.run(["pg_dump", site.url], capture_output=True, check=True)
    return {"pg_dump": dumped.stdout.lower()}


CORRECTIONS = Goal(
    "corrections",
    "90 edits, rejections and deletions: none undone by reading again and by later versions",
    many=90,
    few=9,
    attempt=corrected,
)
TAKEDOWNS = Goal(
    "takedowns",
    "12 articles: no trace in the database, its index, its files and on pages",
    many=12,
    few=2,
    attempt=taken_down,
)
