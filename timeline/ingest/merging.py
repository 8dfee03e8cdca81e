"""Two entries that a person finds to be one, and the way back.

A merge moves what names one entry to the other, and keeps in its judgement what taking it back needs. The entry that
went stays as a row; readings, pages and filters see the one that stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from timeline.ingest.acts import Act, Entry, NotMergeable, find, kind_of, merge_of, merges_into
from timeline.ingest.derived import refresh
from timeline.ingest.inheritance import give_back, take_over
from timeline.ingest.judgements import judge, pair_of
from timeline.ingest.references import Reference, move_rows, references, restore
from timeline.ingest.store import one_at_a_time
from timeline.ingest.suggestions import suggest_anew
from timeline.models import Actor, Article, Claim, Event, Evidence, Judgement, Participation, Statement
from timeline.reconciliation.identity import passage_key
from timeline.vocabulary import EventStatus


def merge(kept: Entry, gone: Entry, act: Act) -> Judgement:
    """Let one entry stand for another, for good: what names the one that goes names the kept one from now on.

    Raises:
        NotMergeable: they are of two kinds, or one and the same already.
    """
    if type(kept) is not type(gone):
        raise NotMergeable("Only two entries of one kind can be merged.")
    kept, gone = kept.kept, gone.kept
    if kept.pk == gone.pk:
        raise NotMergeable("They are one entry already.")
    with one_at_a_time():
        left, right = pair_of(kept, gone)
        standing = Judgement.objects.filter(left=left, right=right, undone_at__isnull=True)
        standing.filter(verdict=Judgement.Verdict.DIFFERENT).update(undone_at=act.at)
        judgement = judge(
            Judgement.Verdict.SAME, left, right, kind=kind_of(kept), by=act.by, why=act.why, at=act.at
        )  # fmt: skip
        _move(judgement, kept, gone, act)
        bring_up_to_date(kept, gone, thinned=_thinned(judgement))
    return judgement


def undo(judgement: Judgement, act: Act, *, for_good: bool = True) -> None:
    """Take back a merge or a split, or let any other judgement hold no longer.

    What a merge moved goes back, and what readings have added to the kept entry since stays there; that the two are
    different is remembered, unless it is not `for_good`: then they may be one again. Merges made since into the same
    entry stay.

    Raises:
        NotMergeable: an entry of it is gone.
    """
    with one_at_a_time():
        judgement.refresh_from_db()
        if judgement.undone_at is not None:
            return
        if judgement.verdict == Judgement.Verdict.SAME:
            _undo_merge(judgement, act, for_good)
        elif judgement.moved.get("split"):
            _undo_split(judgement, act)
        else:
            Judgement.objects.filter(pk=judgement.pk).update(undone_at=act.at)
            if judgement.verdict == Judgement.Verdict.DIFFERENT:
                suggest_anew(*filter(None, (find(uid, judgement.kind) for uid in (judgement.left, judgement.right))))
    judgement.refresh_from_db()


def _undo_merge(judgement: Judgement, act: Act, for_good: bool) -> None:
    later = _later(judgement)
    thinned = _thinned(judgement, *later)
    for other in (*reversed(later), judgement):
        _move_back(other, act)
    Judgement.objects.filter(pk=judgement.pk).update(undone_at=act.at)
    for other in later:
        _move(other, *_entries(other), act)
    if for_good:
        judge(
            Judgement.Verdict.DIFFERENT, judgement.left, judgement.right,
            kind=judgement.kind, by=act.by, why=act.why, at=act.at,
        )  # fmt: skip
    entries = {entry.uid: entry.kept for other in (judgement, *later) for entry in _entries(other)}
    bring_up_to_date(*entries.values(), thinned=thinned | _thinned(*later))


def _undo_split(judgement: Judgement, act: Act) -> None:
    whole, part = (find(uid, judgement.kind) for uid in judgement.moved["split"])
    if whole is None or part is None:
        raise NotMergeable("One of the two is deleted.")
    merge(whole, part, act)


def tell_apart(one: Entry, other: Entry, act: Act) -> Judgement:
    """Remember that two entries are not the same: no reading and no suggestion joins them."""
    with one_at_a_time():
        judgement = judge(
            Judgement.Verdict.DIFFERENT, *pair_of(one, other), kind=kind_of(one), by=act.by, why=act.why, at=act.at
        )  # fmt: skip
        suggest_anew(one, other)
    return judgement


def give_back_names(actors: Iterable[Actor]) -> None:
    """Before actors go that have been merged into others: let these have no more of them than a person has said."""
    for gone in actors:
        judgement = merge_of(gone)
        if judgement is not None:
            taken = judgement.moved["taken"]
            give_back(gone.kept, {name: one for name, one in taken.items() if "mark" not in one})


def forget_merges(entries: Iterable[Entry], articles: Iterable[Article]) -> list[Entry]:
    """Before articles are taken down: what has been merged into entries that stay and rests on these articles alone.

    What the merges keep of the articles' words is forgotten, and what the kept entry had of theirs alone given back.
    """
    going = list(articles)
    ids, sources = {article.pk for article in going}, {article.source_key for article in going}
    found = []
    for entry in entries:
        for judgement in merges_into(entry):
            gone = find(judgement.moved["gone"], judgement.kind)
            rested = set(judgement.moved["sources"])
            if gone is not None and rested and rested <= sources:
                give_back(entry, {name: one for name, one in judgement.moved["taken"].items() if "mark" not in one})
                found.append(gone)
            if isinstance(entry, Event):
                # What its accounts say comes back from them; what a person has said stays without what stood there.
                taken = judgement.moved["taken"]
                judgement.moved["taken"] = {n: {**one, "before": {}} for n, one in taken.items() if "mark" in one}
            kept = [row for row in judgement.moved["deleted"] if row["fields"].get("article") not in ids]
            judgement.moved["deleted"] = kept
            judgement.save(update_fields=["moved"])
    return found


def _entries(judgement: Judgement) -> tuple[Any, Any]:
    kept, gone = (find(judgement.moved[name], judgement.kind) for name in ("kept", "gone"))
    if kept is None or gone is None:
        raise NotMergeable("One of the two is deleted.")
    return kept, gone


def _later(judgement: Judgement) -> list[Judgement]:
    """The merges made since that build on this one, oldest first: they touch what it touched, or what these touch."""
    touched = _touched(judgement)
    found = []
    merges = Judgement.objects.filter(verdict=Judgement.Verdict.SAME, undone_at__isnull=True, pk__gt=judgement.pk)
    for other in merges.order_by("pk"):
        rows = _touched(other)
        if not touched.isdisjoint(rows) and _is_there(other):
            touched |= rows
            found.append(other)
    return found


def _is_there(judgement: Judgement) -> bool:
    """Whether nobody has deleted its entries since."""
    return all(find(judgement.moved[name], judgement.kind) is not None for name in ("kept", "gone"))


def _touched(judgement: Judgement) -> set[tuple[str, int]]:
    """The rows that a merge moved or put away, those that it compared them with, and its two entries."""
    moved = judgement.moved
    found = {(judgement.kind, pk) for pk in moved["entries"]}
    for rows in (moved["rows"], moved["loosened"], moved["rivals"]):
        found |= {(label.partition(".")[0].lower(), pk) for label, pks in rows.items() for pk in pks}
    return found | {(row["model"].partition(".")[2], row["pk"]) for row in moved["deleted"]}


def _move(judgement: Judgement, kept: Any, gone: Any, act: Act) -> None:
    """Carry out a merge, and write down in its judgement all that it changes."""
    before = [other.moved for other in merges_into(kept) if other.pk != judgement.pk]
    moved: dict[str, Any] = {
        "entries": [kept.pk, gone.pk],
        "kept": kept.uid,
        "gone": gone.uid,
        "rows": {},
        "loosened": {},
        "rivals": {},
        "deleted": [],
        "spelled": [],
        "status": getattr(gone, "status", ""),
    }
    act.touch([kept, gone])
    if not isinstance(gone, Actor):
        proof = gone.evidence.select_related("article")
        moved["fingerprints"] = sorted({row.fingerprint for row in proof if row.fingerprint})
        moved["passages"] = sorted({passage_key(row.exact) for row in proof})
        own = kept.evidence.filter(fingerprint__in=moved["fingerprints"])
        moved["shared"] = sorted(set(own.values_list("fingerprint", flat=True)))
        moved["sources"] = sorted({row.article.source_key for row in proof if row.article})
    for reference in references(type(kept)):
        move_rows(reference, kept, gone, moved, before, act)
    if isinstance(kept, Actor):
        withdrawn = Judgement.objects.filter(
            verdict=Judgement.Verdict.NOT_ALIAS, left=kept.uid, undone_at__isnull=True,
            right__in=kept.aliases.values("normal"),
        )  # fmt: skip
        moved["spelled"] = list(withdrawn.values_list("pk", flat=True))
        withdrawn.update(undone_at=act.at)
    moved["taken"] = take_over(kept, gone, before)
    gone.merged_into = kept
    columns = {"merged_into": kept}
    if not isinstance(gone, Actor):
        columns["status"] = gone.status = EventStatus.MERGED
    type(gone)._default_manager.filter(pk=gone.pk).update(**columns)
    judgement.moved = moved
    judgement.save(update_fields=["moved"])


def _move_back(judgement: Judgement, act: Act) -> None:
    """Undo what a merge changed, as far as it is still there to be undone."""
    kept, gone = _entries(judgement)
    moved = judgement.moved
    act.touch([kept, gone])
    give_back(kept, moved["taken"])
    for reference in references(type(kept)):
        back = reference.model._default_manager.filter(
            Q(pk__in=moved["rows"].get(reference.label, ())) | _read_again(reference, moved),
            **{reference.name: kept},
        )
        rows = list(back)
        act.touch(rows)
        reference.model._default_manager.filter(pk__in=[row.pk for row in rows]).update(**{reference.name: gone})
        loosened = reference.model._default_manager.filter(
            pk__in=moved["loosened"].get(reference.label, ()), **{reference.name: None}
        )
        act.touch(list(loosened))
        loosened.update(**{reference.name: gone})
    restore(moved["deleted"], act)
    Judgement.objects.filter(pk__in=moved["spelled"]).update(undone_at=None)
    columns: dict[str, Any] = {"merged_into": None}
    if not isinstance(gone, Actor):
        columns["status"] = moved["status"]
    type(gone)._default_manager.filter(pk=gone.pk).update(**columns)
    if isinstance(kept, Event) and not _all_there(moved, "Evidence.event"):
        _let_claims_follow(kept, gone)


def _read_again(reference: Reference, moved: dict[str, Any]) -> Q:
    """Passages that stand for moved ones since their article was read again."""
    if reference.model is not Evidence or _all_there(moved, reference.label):
        return Q(pk__in=())
    return Q(fingerprint__in=set(moved["fingerprints"]) - set(moved["shared"]), by_hand=False)


def _all_there(moved: dict[str, Any], label: str) -> bool:
    rows = moved["rows"].get(label, ())
    return Evidence.objects.filter(pk__in=rows).count() == len(rows)


def _let_claims_follow(kept: Event, gone: Event) -> None:
    """What an article read again says of the date goes where its passages have gone."""
    staying = set(kept.evidence.values_list("article", flat=True))
    going = set(gone.evidence.values_list("article", flat=True)) - staying
    said = set(gone.claims.values_list("article", flat=True))
    Claim.objects.filter(event=kept, article__in=going - said - {None}).update(event=gone)


def _thinned(*judgements: Judgement) -> set[int]:
    """The events in which merges have made one actor of two."""
    deleted = [row for judgement in judgements for row in judgement.moved["deleted"]]
    return {row["fields"]["event"] for row in deleted if row["model"] == Participation._meta.label_lower}


def bring_up_to_date(*entries: Entry, thinned: set[int]) -> None:
    """What follows from evidence, dates and actors, of these entries and the events that they stand in."""
    events = set(Event.objects.filter(pk__in=thinned, merged_into__isnull=True).values_list("pk", flat=True))
    for entry in entries:
        entry.refresh_from_db()
        if isinstance(entry, Event) and not entry.is_merged:
            events.add(entry.pk)
        if isinstance(entry, Statement):
            events |= {entry.event_id} if entry.event_id else set()
            if not entry.is_merged:
                entry.place_in_time()
                Statement.objects.filter(pk=entry.pk).update(chrono=entry.chrono)
    if events:
        refresh(events)
    for entry in entries:
        entry.refresh_from_db()
    suggest_anew(*entries)
