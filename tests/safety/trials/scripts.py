"""What articles, editors and addresses bring along never runs in a reader's browser, and needs no policy to stop it."""

from __future__ import annotations

import json
from collections import Counter
from urllib.parse import quote, urlencode

from tests.safety.editor import Editor
from tests.safety.goals import Goal, Trial, told
from tests.safety.press import Piece
from tests.safety.site import SQLITE, Site

PAYLOADS = (
    "<script>ran(1)</script>",
    "</script><script>ran(1)</script>",
    '"><script>ran(1)</script>',
    "'><img src=x onerror=ran(1)>",
    '"><svg onload=ran(1)>',
    "<svg><animate onbegin=ran(1) attributeName=x dur=1s>",
    "<details open ontoggle=ran(1)>",
    "<body onload=ran(1)>",
    "<iframe srcdoc='<script>parent.ran(1)</script>'>",
    "<iframe src=javascript:ran(1)>",
    "<a href=javascript:ran(1) autofocus onfocus=ran(1)>x</a>",
    "<math><mtext></mtext><style><img src=x onerror=ran(1)></style></math>",
    "<noscript><p title='</noscript><img src=x onerror=ran(1)>'>",
    "<template><script>ran(1)</script></template>",
    "<style>@import 'javascript:ran(1)';*{background:url(javascript:ran(1))}</style>",
    "<link rel=stylesheet href='data:text/css,*{x:expression(ran(1))}'>",
    "<object data=javascript:ran(1)>",
    "<base href=//evil.test/>",
    "<meta http-equiv=refresh content='0;url=javascript:ran(1)'>",
    "<form action=javascript:ran(1)><button autofocus>x</button></form>",
    "<input autofocus onfocus=ran(1)>",
    "<textarea></textarea><script>ran(1)</script>",
    "</title><script>ran(1)</script>",
    "</textarea><script>ran(1)</script>",
    "--><script>ran(1)</script><!--",
    "]]><script>ran(1)</script>",
    '" onmouseover="ran(1)" x="',
    "' onmouseover='ran(1)' x='",
    "` onmouseover=ran(1) x=`",
    "javascript:ran(1)",
    "JaVaScRiPt:ran(1)//",
    "data:text/html,<script>ran(1)</script>",
    "{{constructor.constructor('ran(1)')()}}",
    "${ran(1)}",
    "{% include 'x' %}{{ 7|add:7 }}",
    "&lt;script&gt;ran(1)&lt;/script&gt;",
    "\\u003cscript\\u003eran(1)\\u003c/script\\u003e",
    "＜script＞ran(1)＜/script＞",
    "<scr\0ipt>ran(1)</scr\0ipt>",
    "\u202e<script>ran(1)</script>",
)
QUERIES = ("/?q=", "/?actor=", "/?place=", "/?publisher=", "/?kind=", "/?from=", "/?after=", "/?sort=", "/?story=",
           "/statements/?q=", "/statements/?speaker=", "/stories/?q=", "/admin/review/?kind=", "/admin/recent/?who=",
           "/admin/timeline/event/?q=", "/admin/timeline/article/?q=", "/admin/login/?next=", "/?", "/", "/events/",
           "/admin/timeline/actor/merge/?ids=")  # fmt: skip


def records(number: int) -> list[dict[str, str]]:
    """Articles that carry a payload in each of five places."""
    found = []
    for n in range(number):
        text, piece = PAYLOADS[n % len(PAYLOADS)], Piece(n)
        piece.town = piece.town + f" {text}" if n % 2 else piece.town
        body = f"{piece.text}\n\n“We have seen {text} and {n} boats,” Mayor {piece.mayor} said of {text}."
        found.append(
            {"id": text, "text": body, "title": f"{piece.title} {text}", "publisher": f"Paper {text}",
             "url": f"https://a.example/{n}/{text}"[:300]}
        )  # fmt: skip
    return found


def brought_in(trial: Trial) -> None:
    stored, reflected, opened = trial.number, trial.number // 3, trial.number * 2 // 3
    site = trial.site()
    by_article = max(1, stored * 2 // 3 // 5)
    file = trial.folder / "records.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records(by_article)))
    assert site.run("ingest", "--jsonl", str(file)).code in (0, 3)
    with site.serving() as server:
        editor = Editor(server)
        edited = edit(site, editor, (stored - 5 * by_article) // 4)
        paths = [f"{QUERIES[n % len(QUERIES)]}{quote(PAYLOADS[n % len(PAYLOADS)], safe='')}" for n in range(reflected)]
        paths += [f"/?{urlencode({PAYLOADS[n]: 1})}" for n in range(min(5, reflected))]
        paths += list(pages(trial, site))[:opened]
        cookies = [f"{name}={value}" for name, value in editor.cookies.items()]
        browser = site.start("-m", "tests.safety.browsing", server.address, *cookies, stdin=-1)
        out, err = browser.communicate("\n".join(paths))
        trial.wrong += server.complaints()
    assert browser.returncode == 0, err
    answers: Counter[str] = Counter()
    for line in out.splitlines():
        seen = json.loads(line)
        answers[str(seen["status"])] += 1
        trial.wrong += [f"{seen['path'][:200]}: {one}" for one in seen["told"]]
        trial.check(seen["status"] < 500, f"{seen['path']}: {seen['status']}")
    trial.tried = len(out.splitlines())
    trial.notes["stored in"] = f"{5 * site.count('article') + 4 * edited} places"
    trial.notes["reflected by"] = f"{reflected} addresses"
    trial.notes["answered"] = told(answers)


def edit(site: Site, editor: Editor, number: int) -> int:
    """Events in which an editor writes a payload wherever words may be."""
    events = site.ask(f"SELECT id FROM timeline_event ORDER BY id LIMIT {number}")
    for n, (pk,) in enumerate(events):
        text = PAYLOADS[n % len(PAYLOADS)].replace("\0", "")
        words = {"title": f"Edited {text}", "description": text, "date_display": text[:60], "why": text}
        editor.save(f"/admin/timeline/event/{pk}/change/", "event_form", words)
    return len(events)


def pages(trial: Trial, site: Site) -> list[str]:
    """Those of readers and of editors, in turns."""
    found = ["/", "/statements/", "/stories/", "/admin/", "/admin/review/", "/admin/recent/", "/admin/background/",
             "/admin/timeline/event/", "/admin/timeline/actor/", "/admin/timeline/article/", "/admin/timeline/place/",
             "/admin/timeline/statement/", "/admin/timeline/publisher/"]  # fmt: skip
    things = {
        name: site.ask(f"SELECT id, uid FROM timeline_{name} ORDER BY id")
        for name in ("event", "article", "actor", "statement")
    }
    public = [f"/{name}s/{uid}/" for name in ("event", "article", "actor") for _, uid in things[name]]
    own = [
        f"/admin/timeline/{name}/{pk}/{page}/"
        for page in ("change", "history", "delete")
        for name, rows in things.items()
        for pk, _ in rows
    ]
    trial.chance.shuffle(public)
    trial.chance.shuffle(own)
    return found + [path for pair in zip(public, own, strict=False) for path in pair]


SCRIPTS = Goal(
    "script injection",
    "300 stored, 100 reflected, 200 pages in a real browser: none runs, no policy report",
    many=300,
    few=15,
    attempt=brought_in,
    databases=(SQLITE,),
    browser=True,
)
