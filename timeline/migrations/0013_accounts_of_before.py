from collections import defaultdict

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
    evidence, article = apps.get_model("timeline", "Evidence"), apps.get_model("timeline", "Article")
    read = event.objects.filter(merged_into=None).order_by("pk")
    read = read.prefetch_related("participations__actor__aliases", "claims")
    last = 0
    while batch := list(read.filter(pk__gt=last)[:BATCH]):
        last, keys = batch[-1].pk, [one.pk for one in batch]
        proving = defaultdict(dict)
        proof = evidence.objects.filter(event__in=keys, article__isnull=False).order_by("pk")
        for one, told, latest in proof.values_list("event", "article", "article__latest"):
            proving[one][told] = latest
        main = set(article.objects.filter(main_event__in=keys).values_list("main_event", "pk"))
        account.objects.bulk_create(
            made for one in batch for made in accounts_of(account, one, proving[one.pk], main)
        )


def accounts_of(account, event, proving, main):
    claimed = {claim.article_id: claim for claim in event.claims.all()}
    parts = [
        {"actor": part.actor.uid, "role": part.role, "named": bool(part.actor.aliases.all())}
        for part in event.participations.all()
    ]
    for article, latest in proving.items():
        claim = claimed.get(article)
        dated = claim or (event if event.basis == "publication-bound" else None)
        date = {name: getattr(dated, name) for name in DATE} if dated else {"latest": latest}
        yield account(
            event=event,
            article_id=article,
            title=event.title,
            kind=event.kind,
            place_id=event.place_id,
            hedged=event.hedged,
            main=(event.pk, article) in main,
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
