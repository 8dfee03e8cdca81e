from django.db import migrations

DATE = (
    "earliest",
    "latest",
    "precision",
    "basis",
    "instant",
    "clock",
    "timezone",
    "date_raw",
    "date_reason",
    "approximate",
)
BATCH = 500


def tell(apps, schema_editor):
    """Until an article is read again its account of an event is what has been believed of it, and its own date."""
    account, event = apps.get_model("timeline", "Account"), apps.get_model("timeline", "Event")
    read = event.objects.filter(merged_into=None, evidence__article__isnull=False).distinct().order_by("pk")
    last = 0
    while batch := list(read.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        rows = read.filter(pk__in=[one.pk for one in batch])
        for one in rows.prefetch_related("participations__actor__aliases", "claims"):
            account.objects.bulk_create(accounts_of(account, one))


def accounts_of(account, event):
    claimed = {claim.article_id: claim for claim in event.claims.all()}
    parts = [
        {"actor": part.actor.uid, "role": part.role, "named": bool(part.actor.aliases.all())}
        for part in event.participations.all()
    ]
    proving = event.evidence.filter(article__isnull=False).order_by()
    for article, latest in proving.values_list("article", "article__latest").distinct():
        claim = claimed.get(article)
        dated = claim or (event if event.basis == "publication-bound" else None)
        date = {name: getattr(dated, name) for name in DATE} if dated else {"latest": latest}
        yield account(
            event=event,
            article_id=article,
            title=event.title,
            kind=event.kind,
            place=event.place,
            hedged=event.hedged,
            main=event.main_for.filter(pk=article).exists(),
            confidence=event.confidence,
            parts=parts,
            **date,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("timeline", "0012_accounts"),
    ]

    operations = [
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
