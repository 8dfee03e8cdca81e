"""Several that ingest the same at once."""

from __future__ import annotations

import re
from collections import Counter

from tests.safety.goals import Goal, Trial
from tests.safety.press import lines_of, pieces

WRITERS, ARTICLES = 4, 4
OUTCOMES = re.compile(r"(\d+) taken, (\d+) duplicate, (\d+) refused")


def at_once(trial: Trial) -> None:
    given, files = pieces(ARTICLES), [trial.folder / f"{n}.jsonl" for n in range(WRITERS)]
    for n, file in enumerate(files):
        file.write_text(lines_of(given[n:] + given[:n]))  # each begins with another
    peace, site = trial.site("peace"), trial.site("together")
    assert peace.run("ingest", "--jsonl", str(files[0])).code == 0
    want = peace.state()
    lots: Counter[int] = Counter()
    for n in trial.each():
        site.empty()
        processes = [site.start("ingest", "--jsonl", str(file)) for file in files]
        ends = [(process.communicate(), process.returncode) for process in processes]
        taken = refused = 0
        for (out, err), code in ends:
            found = OUTCOMES.search(out)
            trial.check(code == 0 and found, f"round {n}: code {code}: {err[-200:]}")
            trial.check("locked" not in err and "Traceback" not in err, f"round {n}: {err[-200:]}")
            taken += int(found[1]) if found else 0
            refused += int(found[3]) if found else 0
            lots[int(found[1]) if found else 0] += 1
        trial.check((taken, refused) == (ARTICLES, 0), f"round {n}: {taken} taken, {refused} refused")
        trial.check(site.state() == want, f"round {n}: not what one alone stores")
        trial.wrong += site.damage()
    trial.notes["took all, some, none"] = (
        f"{lots[ARTICLES]}, {sum(lots.values()) - lots[0] - lots[ARTICLES]}, {lots[0]}"
    )


WRITERS_AT_ONCE = Goal(
    "four ingests of the same at once",
    "25 rounds: nothing doubled, none locked out",
    many=25,
    few=1,
    attempt=at_once,
)
