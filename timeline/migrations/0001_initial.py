import django.db.models.deletion
import simple_history.models
import timeline.models.identity
import timeline.vocabulary
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Original",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Publisher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True)),
                ("domain", models.CharField(blank=True, max_length=200)),
                ("country", models.CharField(blank=True, max_length=100)),
                ("timezone", models.CharField(blank=True, max_length=40, verbose_name="time zone")),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Actor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("corrections", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "uid",
                    models.CharField(
                        default=timeline.models.identity.new_uid, editable=False, max_length=16, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "person"),
                            ("organisation", "organisation"),
                            ("state", "state"),
                            ("place-government", "place-government"),
                            ("group", "group"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True, help_text="Office or occupation, as the articles give it.", max_length=300
                    ),
                ),
                ("description", models.TextField(blank=True)),
                ("known", models.CharField(blank=True, editable=False, max_length=100, null=True, unique=True)),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="parts",
                        to="timeline.actor",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("corrections", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "earliest",
                    models.DateField(
                        blank=True, help_text="First day it can have been.", null=True, verbose_name="earliest day"
                    ),
                ),
                (
                    "latest",
                    models.DateField(
                        blank=True,
                        help_text="Last day it can have been, inclusive.",
                        null=True,
                        verbose_name="latest day",
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("minute", "minute"),
                            ("hour", "hour"),
                            ("day", "day"),
                            ("week", "week"),
                            ("month", "month"),
                            ("quarter", "quarter"),
                            ("season", "season"),
                            ("year", "year"),
                            ("decade", "decade"),
                            ("range", "range"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        help_text="How precisely it is known. “unknown” means that only the bounds are.",
                        max_length=8,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "stated"),
                            ("relative", "relative"),
                            ("publication-bound", "publication-bound"),
                            ("human", "human"),
                            ("external", "external"),
                        ],
                        default="publication-bound",
                        max_length=20,
                        verbose_name="basis of the date",
                    ),
                ),
                ("instant", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "clock",
                    models.TimeField(
                        blank=True, help_text="Local time, where it is stated.", null=True, verbose_name="time of day"
                    ),
                ),
                ("timezone", models.CharField(blank=True, max_length=40, verbose_name="time zone")),
                (
                    "date_raw",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="words of the date"),
                ),
                (
                    "date_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why we think so, in words.",
                        max_length=300,
                        verbose_name="reason of the date",
                    ),
                ),
                ("approximate", models.BooleanField(default=False)),
                (
                    "uid",
                    models.CharField(
                        default=timeline.models.identity.new_uid, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "title",
                    models.CharField(help_text="A short sentence in the present tense: who does what.", max_length=500),
                ),
                ("description", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agreement", "agreement"),
                            ("meeting", "meeting"),
                            ("support", "support"),
                            ("cooperation", "cooperation"),
                            ("aid", "aid"),
                            ("concession", "concession"),
                            ("demand", "demand"),
                            ("accusation", "accusation"),
                            ("refusal", "refusal"),
                            ("threat", "threat"),
                            ("protest", "protest"),
                            ("sanction", "sanction"),
                            ("mobilisation", "mobilisation"),
                            ("coercion", "coercion"),
                            ("attack", "attack"),
                            ("statement", "statement"),
                            ("vote", "vote"),
                            ("decision", "decision"),
                            ("appointment", "appointment"),
                            ("justice", "justice"),
                            ("accident", "accident"),
                            ("death", "death"),
                            ("media", "media"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                (
                    "date_display",
                    models.CharField(
                        blank=True,
                        help_text="Only where the words made from the bounds will not do.",
                        max_length=200,
                        verbose_name="date as shown",
                    ),
                ),
                ("hedged", models.BooleanField(default=False, help_text="The sources do not say it as a fact.")),
                ("confidence", models.FloatField(default=1.0)),
                ("importance", models.FloatField(default=0.0, editable=False)),
                ("sources", models.PositiveIntegerField(default=0, editable=False, verbose_name="independent sources")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("automatic", "automatic"),
                            ("confirmed", "confirmed"),
                            ("disputed", "disputed"),
                            ("review", "review"),
                            ("rejected", "rejected"),
                        ],
                        default="automatic",
                        max_length=10,
                    ),
                ),
                ("review_reason", models.CharField(blank=True, editable=False, max_length=300)),
                ("date_disputed", models.BooleanField(default=False, editable=False)),
                ("order_disputed", models.BooleanField(default=False, editable=False)),
                ("order", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("chrono", models.BigIntegerField(editable=False, null=True, unique=True)),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="parts",
                        to="timeline.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("corrections", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "earliest",
                    models.DateField(
                        blank=True, help_text="First day it can have been.", null=True, verbose_name="earliest day"
                    ),
                ),
                (
                    "latest",
                    models.DateField(
                        blank=True,
                        help_text="Last day it can have been, inclusive.",
                        null=True,
                        verbose_name="latest day",
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("minute", "minute"),
                            ("hour", "hour"),
                            ("day", "day"),
                            ("week", "week"),
                            ("month", "month"),
                            ("quarter", "quarter"),
                            ("season", "season"),
                            ("year", "year"),
                            ("decade", "decade"),
                            ("range", "range"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        help_text="How precisely it is known. “unknown” means that only the bounds are.",
                        max_length=8,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "stated"),
                            ("relative", "relative"),
                            ("publication-bound", "publication-bound"),
                            ("human", "human"),
                            ("external", "external"),
                        ],
                        default="publication-bound",
                        max_length=20,
                        verbose_name="basis of the date",
                    ),
                ),
                ("instant", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "clock",
                    models.TimeField(
                        blank=True, help_text="Local time, where it is stated.", null=True, verbose_name="time of day"
                    ),
                ),
                ("timezone", models.CharField(blank=True, max_length=40, verbose_name="time zone")),
                (
                    "date_raw",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="words of the date"),
                ),
                (
                    "date_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why we think so, in words.",
                        max_length=300,
                        verbose_name="reason of the date",
                    ),
                ),
                ("approximate", models.BooleanField(default=False)),
                (
                    "uid",
                    models.CharField(
                        default=timeline.models.identity.new_uid, editable=False, max_length=16, unique=True
                    ),
                ),
                ("url", models.CharField(blank=True, max_length=2000, verbose_name="URL")),
                ("title", models.TextField(blank=True)),
                ("bylines", models.JSONField(blank=True, default=list)),
                ("dek", models.TextField(blank=True, verbose_name="standfirst")),
                ("language", models.CharField(blank=True, max_length=8)),
                (
                    "page_clock",
                    models.DateField(
                        blank=True,
                        editable=False,
                        help_text="The site's own date at capture; never a date of anything else.",
                        null=True,
                    ),
                ),
                ("retrieved_at", models.DateTimeField()),
                ("text", models.TextField(editable=False)),
                ("blocks", models.JSONField(default=list, editable=False)),
                ("removed", models.TextField(blank=True, editable=False)),
                ("warnings", models.JSONField(blank=True, default=list, editable=False)),
                (
                    "source_key",
                    models.CharField(
                        db_index=True, default=timeline.models.identity.new_uid, editable=False, max_length=24
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("taken", "taken"), ("superseded", "superseded")],
                        default="taken",
                        editable=False,
                        max_length=12,
                    ),
                ),
                (
                    "extracted_with",
                    models.CharField(blank=True, editable=False, max_length=20, verbose_name="read with"),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        help_text="The article it is a copy of.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="timeline.article",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="newer",
                        to="timeline.article",
                    ),
                ),
                (
                    "main_event",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="main_for",
                        to="timeline.event",
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="timeline.original",
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="articles",
                        to="timeline.publisher",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalAlias",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("text", models.CharField(max_length=300)),
                ("normal", models.CharField(db_index=True, editable=False, max_length=300)),
                (
                    "form",
                    models.CharField(
                        choices=[("name", "name"), ("title", "title"), ("demonym", "demonym"), ("metonym", "metonym")],
                        default="name",
                        max_length=10,
                    ),
                ),
                ("by_hand", models.BooleanField(default=False, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.actor",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical alias",
                "verbose_name_plural": "historical aliases",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalParticipation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("role", models.CharField(blank=True, max_length=100)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.actor",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.event",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical participation",
                "verbose_name_plural": "historical participations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(blank=True, max_length=100)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="participations", to="timeline.actor"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="participations", to="timeline.event"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="event",
            name="actors",
            field=models.ManyToManyField(related_name="events", through="timeline.Participation", to="timeline.actor"),
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("corrections", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "uid",
                    models.CharField(
                        default=timeline.models.identity.new_uid, editable=False, max_length=16, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("country", models.CharField(blank=True, max_length=100)),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                (
                    "contested",
                    models.CharField(
                        blank=True,
                        help_text="Who claims it, in the words of a source, where that is disputed.",
                        max_length=300,
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="parts",
                        to="timeline.place",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPlace",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("corrections", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "uid",
                    models.CharField(
                        db_index=True, default=timeline.models.identity.new_uid, editable=False, max_length=16
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("country", models.CharField(blank=True, max_length=100)),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                (
                    "contested",
                    models.CharField(
                        blank=True,
                        help_text="Who claims it, in the words of a source, where that is disputed.",
                        max_length=300,
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.place",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical place",
                "verbose_name_plural": "historical places",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEvent",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("corrections", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "earliest",
                    models.DateField(
                        blank=True, help_text="First day it can have been.", null=True, verbose_name="earliest day"
                    ),
                ),
                (
                    "latest",
                    models.DateField(
                        blank=True,
                        help_text="Last day it can have been, inclusive.",
                        null=True,
                        verbose_name="latest day",
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("minute", "minute"),
                            ("hour", "hour"),
                            ("day", "day"),
                            ("week", "week"),
                            ("month", "month"),
                            ("quarter", "quarter"),
                            ("season", "season"),
                            ("year", "year"),
                            ("decade", "decade"),
                            ("range", "range"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        help_text="How precisely it is known. “unknown” means that only the bounds are.",
                        max_length=8,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "stated"),
                            ("relative", "relative"),
                            ("publication-bound", "publication-bound"),
                            ("human", "human"),
                            ("external", "external"),
                        ],
                        default="publication-bound",
                        max_length=20,
                        verbose_name="basis of the date",
                    ),
                ),
                ("instant", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "clock",
                    models.TimeField(
                        blank=True, help_text="Local time, where it is stated.", null=True, verbose_name="time of day"
                    ),
                ),
                ("timezone", models.CharField(blank=True, max_length=40, verbose_name="time zone")),
                (
                    "date_raw",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="words of the date"),
                ),
                (
                    "date_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why we think so, in words.",
                        max_length=300,
                        verbose_name="reason of the date",
                    ),
                ),
                ("approximate", models.BooleanField(default=False)),
                (
                    "uid",
                    models.CharField(
                        db_index=True, default=timeline.models.identity.new_uid, editable=False, max_length=16
                    ),
                ),
                (
                    "title",
                    models.CharField(help_text="A short sentence in the present tense: who does what.", max_length=500),
                ),
                ("description", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agreement", "agreement"),
                            ("meeting", "meeting"),
                            ("support", "support"),
                            ("cooperation", "cooperation"),
                            ("aid", "aid"),
                            ("concession", "concession"),
                            ("demand", "demand"),
                            ("accusation", "accusation"),
                            ("refusal", "refusal"),
                            ("threat", "threat"),
                            ("protest", "protest"),
                            ("sanction", "sanction"),
                            ("mobilisation", "mobilisation"),
                            ("coercion", "coercion"),
                            ("attack", "attack"),
                            ("statement", "statement"),
                            ("vote", "vote"),
                            ("decision", "decision"),
                            ("appointment", "appointment"),
                            ("justice", "justice"),
                            ("accident", "accident"),
                            ("death", "death"),
                            ("media", "media"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                (
                    "date_display",
                    models.CharField(
                        blank=True,
                        help_text="Only where the words made from the bounds will not do.",
                        max_length=200,
                        verbose_name="date as shown",
                    ),
                ),
                ("hedged", models.BooleanField(default=False, help_text="The sources do not say it as a fact.")),
                ("confidence", models.FloatField(default=1.0)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("automatic", "automatic"),
                            ("confirmed", "confirmed"),
                            ("disputed", "disputed"),
                            ("review", "review"),
                            ("rejected", "rejected"),
                        ],
                        default="automatic",
                        max_length=10,
                    ),
                ),
                ("review_reason", models.CharField(blank=True, editable=False, max_length=300)),
                ("date_disputed", models.BooleanField(default=False, editable=False)),
                ("order_disputed", models.BooleanField(default=False, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.event",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.place",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical event",
                "verbose_name_plural": "historical events",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalActor",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("corrections", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "uid",
                    models.CharField(
                        db_index=True, default=timeline.models.identity.new_uid, editable=False, max_length=16
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "person"),
                            ("organisation", "organisation"),
                            ("state", "state"),
                            ("place-government", "place-government"),
                            ("group", "group"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True, help_text="Office or occupation, as the articles give it.", max_length=300
                    ),
                ),
                ("description", models.TextField(blank=True)),
                ("known", models.CharField(blank=True, db_index=True, editable=False, max_length=100, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.actor",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.place",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical actor",
                "verbose_name_plural": "historical actors",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="event",
            name="place",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="events",
                to="timeline.place",
            ),
        ),
        migrations.AddField(
            model_name="actor",
            name="country",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="timeline.place",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalArticle",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("corrections", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "earliest",
                    models.DateField(
                        blank=True, help_text="First day it can have been.", null=True, verbose_name="earliest day"
                    ),
                ),
                (
                    "latest",
                    models.DateField(
                        blank=True,
                        help_text="Last day it can have been, inclusive.",
                        null=True,
                        verbose_name="latest day",
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("minute", "minute"),
                            ("hour", "hour"),
                            ("day", "day"),
                            ("week", "week"),
                            ("month", "month"),
                            ("quarter", "quarter"),
                            ("season", "season"),
                            ("year", "year"),
                            ("decade", "decade"),
                            ("range", "range"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        help_text="How precisely it is known. “unknown” means that only the bounds are.",
                        max_length=8,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "stated"),
                            ("relative", "relative"),
                            ("publication-bound", "publication-bound"),
                            ("human", "human"),
                            ("external", "external"),
                        ],
                        default="publication-bound",
                        max_length=20,
                        verbose_name="basis of the date",
                    ),
                ),
                ("instant", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "clock",
                    models.TimeField(
                        blank=True, help_text="Local time, where it is stated.", null=True, verbose_name="time of day"
                    ),
                ),
                ("timezone", models.CharField(blank=True, max_length=40, verbose_name="time zone")),
                (
                    "date_raw",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="words of the date"),
                ),
                (
                    "date_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why we think so, in words.",
                        max_length=300,
                        verbose_name="reason of the date",
                    ),
                ),
                ("approximate", models.BooleanField(default=False)),
                (
                    "uid",
                    models.CharField(
                        db_index=True, default=timeline.models.identity.new_uid, editable=False, max_length=16
                    ),
                ),
                ("url", models.CharField(blank=True, max_length=2000, verbose_name="URL")),
                ("title", models.TextField(blank=True)),
                ("bylines", models.JSONField(blank=True, default=list)),
                ("dek", models.TextField(blank=True, verbose_name="standfirst")),
                ("language", models.CharField(blank=True, max_length=8)),
                (
                    "page_clock",
                    models.DateField(
                        blank=True,
                        editable=False,
                        help_text="The site's own date at capture; never a date of anything else.",
                        null=True,
                    ),
                ),
                ("retrieved_at", models.DateTimeField()),
                (
                    "source_key",
                    models.CharField(
                        db_index=True, default=timeline.models.identity.new_uid, editable=False, max_length=24
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("taken", "taken"), ("superseded", "superseded")],
                        default="taken",
                        editable=False,
                        max_length=12,
                    ),
                ),
                (
                    "extracted_with",
                    models.CharField(blank=True, editable=False, max_length=20, verbose_name="read with"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The article it is a copy of.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.article",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "main_event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.event",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.article",
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.publisher",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical article",
                "verbose_name_plural": "historical articles",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Shingle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shingles", to="timeline.article"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("corrections", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "earliest",
                    models.DateField(
                        blank=True, help_text="First day it can have been.", null=True, verbose_name="earliest day"
                    ),
                ),
                (
                    "latest",
                    models.DateField(
                        blank=True,
                        help_text="Last day it can have been, inclusive.",
                        null=True,
                        verbose_name="latest day",
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("minute", "minute"),
                            ("hour", "hour"),
                            ("day", "day"),
                            ("week", "week"),
                            ("month", "month"),
                            ("quarter", "quarter"),
                            ("season", "season"),
                            ("year", "year"),
                            ("decade", "decade"),
                            ("range", "range"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        help_text="How precisely it is known. “unknown” means that only the bounds are.",
                        max_length=8,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "stated"),
                            ("relative", "relative"),
                            ("publication-bound", "publication-bound"),
                            ("human", "human"),
                            ("external", "external"),
                        ],
                        default="publication-bound",
                        max_length=20,
                        verbose_name="basis of the date",
                    ),
                ),
                ("instant", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "clock",
                    models.TimeField(
                        blank=True, help_text="Local time, where it is stated.", null=True, verbose_name="time of day"
                    ),
                ),
                ("timezone", models.CharField(blank=True, max_length=40, verbose_name="time zone")),
                (
                    "date_raw",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="words of the date"),
                ),
                (
                    "date_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why we think so, in words.",
                        max_length=300,
                        verbose_name="reason of the date",
                    ),
                ),
                ("approximate", models.BooleanField(default=False)),
                (
                    "uid",
                    models.CharField(
                        default=timeline.models.identity.new_uid, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("direct", "direct"), ("indirect", "indirect"), ("mixed", "mixed")], max_length=8
                    ),
                ),
                ("text", models.TextField(help_text="Verbatim, without the quotation marks around it.")),
                ("speaker_as_written", models.CharField(blank=True, max_length=300)),
                ("cue", models.CharField(blank=True, max_length=200)),
                (
                    "medium",
                    models.CharField(
                        blank=True, help_text="Where it was said: a post, an interview, a video.", max_length=200
                    ),
                ),
                ("addressee", models.CharField(blank=True, max_length=300)),
                ("hedged", models.BooleanField(default=False)),
                ("inserted", models.BooleanField(default=False, verbose_name="has an editor's insertion")),
                ("confidence", models.FloatField(default=1.0)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("automatic", "automatic"),
                            ("confirmed", "confirmed"),
                            ("disputed", "disputed"),
                            ("review", "review"),
                            ("rejected", "rejected"),
                        ],
                        default="automatic",
                        max_length=10,
                    ),
                ),
                ("review_reason", models.CharField(blank=True, editable=False, max_length=300)),
                ("own_date", models.BooleanField(default=False, editable=False)),
                ("order", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("chrono", models.BigIntegerField(editable=False, null=True, unique=True)),
                (
                    "continues",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="timeline.statement",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="statements",
                        to="timeline.event",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="statements",
                        to="timeline.actor",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalStatement",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("corrections", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "earliest",
                    models.DateField(
                        blank=True, help_text="First day it can have been.", null=True, verbose_name="earliest day"
                    ),
                ),
                (
                    "latest",
                    models.DateField(
                        blank=True,
                        help_text="Last day it can have been, inclusive.",
                        null=True,
                        verbose_name="latest day",
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("minute", "minute"),
                            ("hour", "hour"),
                            ("day", "day"),
                            ("week", "week"),
                            ("month", "month"),
                            ("quarter", "quarter"),
                            ("season", "season"),
                            ("year", "year"),
                            ("decade", "decade"),
                            ("range", "range"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        help_text="How precisely it is known. “unknown” means that only the bounds are.",
                        max_length=8,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "stated"),
                            ("relative", "relative"),
                            ("publication-bound", "publication-bound"),
                            ("human", "human"),
                            ("external", "external"),
                        ],
                        default="publication-bound",
                        max_length=20,
                        verbose_name="basis of the date",
                    ),
                ),
                ("instant", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "clock",
                    models.TimeField(
                        blank=True, help_text="Local time, where it is stated.", null=True, verbose_name="time of day"
                    ),
                ),
                ("timezone", models.CharField(blank=True, max_length=40, verbose_name="time zone")),
                (
                    "date_raw",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="words of the date"),
                ),
                (
                    "date_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why we think so, in words.",
                        max_length=300,
                        verbose_name="reason of the date",
                    ),
                ),
                ("approximate", models.BooleanField(default=False)),
                (
                    "uid",
                    models.CharField(
                        db_index=True, default=timeline.models.identity.new_uid, editable=False, max_length=16
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("direct", "direct"), ("indirect", "indirect"), ("mixed", "mixed")], max_length=8
                    ),
                ),
                ("text", models.TextField(help_text="Verbatim, without the quotation marks around it.")),
                ("speaker_as_written", models.CharField(blank=True, max_length=300)),
                ("cue", models.CharField(blank=True, max_length=200)),
                (
                    "medium",
                    models.CharField(
                        blank=True, help_text="Where it was said: a post, an interview, a video.", max_length=200
                    ),
                ),
                ("addressee", models.CharField(blank=True, max_length=300)),
                ("hedged", models.BooleanField(default=False)),
                ("inserted", models.BooleanField(default=False, verbose_name="has an editor's insertion")),
                ("confidence", models.FloatField(default=1.0)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("automatic", "automatic"),
                            ("confirmed", "confirmed"),
                            ("disputed", "disputed"),
                            ("review", "review"),
                            ("rejected", "rejected"),
                        ],
                        default="automatic",
                        max_length=10,
                    ),
                ),
                ("review_reason", models.CharField(blank=True, editable=False, max_length=300)),
                ("own_date", models.BooleanField(default=False, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.event",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.actor",
                    ),
                ),
                (
                    "continues",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="timeline.statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical statement",
                "verbose_name_plural": "historical statements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.PositiveIntegerField(blank=True, null=True)),
                ("end", models.PositiveIntegerField(blank=True, null=True)),
                ("exact", models.TextField(blank=True, verbose_name="passage")),
                ("prefix", models.CharField(blank=True, max_length=64)),
                ("suffix", models.CharField(blank=True, max_length=64)),
                (
                    "stance",
                    models.CharField(
                        choices=[("supports", "Supports"), ("contradicts", "Contradicts"), ("hedged", "Hedged")],
                        default="supports",
                        max_length=12,
                    ),
                ),
                ("fingerprint", models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ("version", models.CharField(blank=True, editable=False, max_length=20)),
                ("outside_title", models.CharField(blank=True, max_length=300, verbose_name="outside source")),
                ("outside_url", models.URLField(blank=True, max_length=2000, verbose_name="its URL")),
                ("by_hand", models.BooleanField(default=False, editable=False)),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="timeline.article",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="timeline.event",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="timeline.statement",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
                "ordering": ["article_id", "start", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300)),
                ("normal", models.CharField(db_index=True, editable=False, max_length=300)),
                (
                    "form",
                    models.CharField(
                        choices=[("name", "name"), ("title", "title"), ("demonym", "demonym"), ("metonym", "metonym")],
                        default="name",
                        max_length=10,
                    ),
                ),
                ("by_hand", models.BooleanField(default=False, editable=False)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="timeline.actor"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "aliases",
                "ordering": ["text"],
                "constraints": [models.UniqueConstraint(fields=("actor", "text"), name="alias_once_per_actor")],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "earliest",
                    models.DateField(
                        blank=True, help_text="First day it can have been.", null=True, verbose_name="earliest day"
                    ),
                ),
                (
                    "latest",
                    models.DateField(
                        blank=True,
                        help_text="Last day it can have been, inclusive.",
                        null=True,
                        verbose_name="latest day",
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("minute", "minute"),
                            ("hour", "hour"),
                            ("day", "day"),
                            ("week", "week"),
                            ("month", "month"),
                            ("quarter", "quarter"),
                            ("season", "season"),
                            ("year", "year"),
                            ("decade", "decade"),
                            ("range", "range"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        help_text="How precisely it is known. “unknown” means that only the bounds are.",
                        max_length=8,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "stated"),
                            ("relative", "relative"),
                            ("publication-bound", "publication-bound"),
                            ("human", "human"),
                            ("external", "external"),
                        ],
                        default="publication-bound",
                        max_length=20,
                        verbose_name="basis of the date",
                    ),
                ),
                ("instant", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "clock",
                    models.TimeField(
                        blank=True, help_text="Local time, where it is stated.", null=True, verbose_name="time of day"
                    ),
                ),
                ("timezone", models.CharField(blank=True, max_length=40, verbose_name="time zone")),
                (
                    "date_raw",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="words of the date"),
                ),
                (
                    "date_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why we think so, in words.",
                        max_length=300,
                        verbose_name="reason of the date",
                    ),
                ),
                ("approximate", models.BooleanField(default=False)),
                (
                    "rank",
                    models.CharField(
                        choices=[("preferred", "Preferred"), ("normal", "Normal"), ("deprecated", "Deprecated")],
                        default="normal",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="timeline.article"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="timeline.event"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("earliest__isnull", True),
                            ("latest__isnull", True),
                            ("earliest__lte", models.F("latest")),
                            _connector="OR",
                        ),
                        name="claim_earliest_before_latest",
                        violation_error_message="The latest day is before the earliest.",
                    ),
                    models.UniqueConstraint(fields=("event", "article"), name="claim_once_per_article"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventRelation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("before", "before"),
                            ("after", "after"),
                            ("same_day", "same_day"),
                            ("part_of", "part_of"),
                        ],
                        max_length=10,
                    ),
                ),
                ("start", models.PositiveIntegerField(editable=False, null=True)),
                ("end", models.PositiveIntegerField(editable=False, null=True)),
                ("by_hand", models.BooleanField(default=False, editable=False)),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="timeline.article",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="relations_from", to="timeline.event"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="relations_to", to="timeline.event"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "source", "target", "article"), name="relation_once_per_article"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("article__isnull", True)),
                        fields=("kind", "source", "target"),
                        name="relation_once_by_hand",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True), name="relation_between_two"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(choices=[("rejected", "Rejected"), ("not an alias", "Not Alias")], max_length=20),
                ),
                ("left", models.CharField(db_index=True, max_length=100)),
                ("right", models.CharField(blank=True, max_length=300)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("verdict", "left", "right"),
                        name="judgement_once_while_it_holds",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(fields=["actor", "event"], name="participation_actor_event"),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(fields=("event", "actor"), name="participation_once_per_event"),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(fields=("name", "country"), name="place_once_per_country"),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("latitude__isnull", True), models.Q(("latitude__gte", -90), ("latitude__lte", 90)), _connector="OR"
                ),
                name="place_latitude_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("longitude__isnull", True),
                    models.Q(("longitude__gte", -180), ("longitude__lte", 180)),
                    _connector="OR",
                ),
                name="place_longitude_in_range",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["status", "chrono"], name="event_status_chrono"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["kind", "chrono"], name="event_kind_chrono"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["earliest", "latest"], name="event_bounds"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("earliest__isnull", True),
                    ("latest__isnull", True),
                    ("earliest__lte", models.F("latest")),
                    _connector="OR",
                ),
                name="event_earliest_before_latest",
                violation_error_message="The latest day is before the earliest.",
            ),
        ),
        migrations.AddIndex(
            model_name="actor",
            index=models.Index(fields=["name"], name="actor_name"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["state", "-latest"], name="article_state_latest"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("earliest__isnull", True),
                    ("latest__isnull", True),
                    ("earliest__lte", models.F("latest")),
                    _connector="OR",
                ),
                name="article_earliest_before_latest",
                violation_error_message="The latest day is before the earliest.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(fields=("original", "url"), name="article_once_per_content_and_url"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state", timeline.vocabulary.ArticleState["TAKEN"]), models.Q(("url", ""), _negated=True)
                ),
                fields=("url",),
                name="article_one_current_version_per_url",
            ),
        ),
        migrations.AddIndex(
            model_name="shingle",
            index=models.Index(fields=["value", "article"], name="shingle_value_article"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["speaker", "chrono"], name="statement_speaker_chrono"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["event", "chrono"], name="statement_event_chrono"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("earliest__isnull", True),
                    ("latest__isnull", True),
                    ("earliest__lte", models.F("latest")),
                    _connector="OR",
                ),
                name="statement_earliest_before_latest",
                violation_error_message="The latest day is before the earliest.",
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["article", "start"], name="evidence_article_start"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event__isnull", False), ("statement__isnull", True)),
                    models.Q(("event__isnull", True), ("statement__isnull", False)),
                    _connector="OR",
                ),
                name="evidence_for_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("article__isnull", False),
                    models.Q(("outside_title", ""), _negated=True),
                    models.Q(("outside_url", ""), _negated=True),
                    _connector="OR",
                ),
                name="evidence_has_a_source",
                violation_error_message="Evidence needs an article or an outside source.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end__isnull", True), ("start__isnull", True)),
                    ("start__lt", models.F("end")),
                    _connector="OR",
                ),
                name="evidence_span_in_order",
            ),
        ),
    ]
