"""Articles as they came and as they were read."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from simple_history.models import HistoricalRecords

from timeline.models.corrections import Correctable
from timeline.models.dated import Dated, date_constraints
from timeline.models.identity import new_uid
from timeline.vocabulary import OWN_ROLES, ArticleState, BlockRole


class PublisherQuerySet(models.QuerySet["Publisher"]):
    def named(self, name: str) -> PublisherQuerySet:
        """Publishers with this name or domain, whatever the case."""
        return self.filter(models.Q(name__iexact=name) | models.Q(domain__iexact=name))


class Publisher(models.Model):
    """A newsroom. Its country and zone are evidence for what "IST" means."""

    name = models.CharField(max_length=200, unique=True)
    domain = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=100, blank=True)
    timezone = models.CharField("time zone", max_length=40, blank=True)

    objects = PublisherQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Original(models.Model):
    """The bytes as they came, kept once for each content, in the same transaction as what was read from them."""

    digest = models.CharField("SHA-256", max_length=64, unique=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.digest


class ArticleQuerySet(models.QuerySet["Article"]):
    def current(self) -> ArticleQuerySet:
        """The newest version of each article."""
        return self.filter(state=ArticleState.TAKEN)

    def printed_first(self) -> ArticleQuerySet:
        """By when and where they were printed, never by when they came in."""
        times = (models.F(name).asc(nulls_last=True) for name in ("latest", "instant"))
        return self.order_by(*times, Coalesce("publisher__name", models.Value("")), "url", "title")

    def of_story(self, head: models.Model) -> ArticleQuerySet:
        """Those that tell the running story that an event is at the head of."""
        heads = models.Q(main_event=head, carries_on=None)
        return self.current().filter(heads | models.Q(carries_on=head))


class Article(Correctable, Dated):
    """One article. Its own date is its publication; `text` never changes once stored.

    A changed copy of an article is a new row, and the old one is superseded. `duplicate_of` is the article whose text
    this one repeats: both together are one independent source. `shingles` are hashes of its text that find copies.
    `given` is what was known beside the bytes when they came, which reading them again needs.
    `source_key` is the same for a text, its newer versions and its copies. `story` weighs the words that say what it is
    about; `carries_on` is the event at the head of the story it belongs to, where that is not its own main event.
    """

    uid = models.CharField(max_length=16, unique=True, default=new_uid, editable=False)
    url = models.CharField("URL", max_length=2000, blank=True)
    publisher = models.ForeignKey(Publisher, models.SET_NULL, null=True, blank=True, related_name="articles")
    title = models.TextField(blank=True)
    bylines = models.JSONField(default=list, blank=True)
    dek = models.TextField("standfirst", blank=True)
    language = models.CharField(max_length=8, blank=True)
    page_clock = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text="The site's own date at capture; never a date of anything else.",
    )
    retrieved_at = models.DateTimeField()
    original = models.ForeignKey(Original, models.PROTECT, related_name="articles", editable=False)
    given = models.JSONField(default=dict, editable=False)
    text = models.TextField(editable=False)
    blocks = models.JSONField(default=list, editable=False)
    removed = models.TextField(blank=True, editable=False)
    warnings = models.JSONField(default=list, blank=True, editable=False)
    duplicate_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", help_text="The article it is a copy of."
    )
    supersedes = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="newer", editable=False)
    main_event = models.ForeignKey(
        "timeline.Event",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="main_for",
        editable=False,
        db_index=False,
    )
    carries_on = models.ForeignKey(
        "timeline.Event",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        editable=False,
        db_index=False,
    )
    story = models.JSONField(default=dict, editable=False)
    source_key = models.CharField(max_length=24, default=new_uid, db_index=True, editable=False)
    state = models.CharField(
        max_length=12,
        choices=[(s.value, s.value) for s in ArticleState],
        default=ArticleState.TAKEN.value,
        editable=False,
    )
    extracted_with = models.CharField("read with", max_length=20, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["text", "blocks", "removed", "original", "given", "warnings", "story"])

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            *date_constraints("article"),
            models.UniqueConstraint(fields=["original", "url"], name="article_once_per_content_and_url"),
            models.UniqueConstraint(
                fields=["url"],
                condition=models.Q(state=ArticleState.TAKEN) & ~models.Q(url=""),
                name="article_one_current_version_per_url",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-latest"], name="article_state_latest"),
            models.Index(fields=["latest", "id"], name="article_latest"),
            # With the state at their end: else a planner without statistics reads every current article.
            models.Index(fields=["url", "state"], name="article_url"),
            models.Index(fields=["main_event", "state"], name="article_main_event"),
            models.Index(fields=["carries_on", "state"], name="article_carries_on"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or f"Article {self.uid}"

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.uid])

    @property
    def source_id(self) -> int:
        """What counts as one source: the text it repeats, or itself."""
        return self.duplicate_of_id or self.pk

    @property
    def is_read(self) -> bool:
        """Whether rules have read it; not where no language model is installed for its language."""
        return bool(self.extracted_with)

    def prose_blocks(self) -> list[tuple[int, int, BlockRole]]:
        return [(start, end, BlockRole(role)) for start, end, role in self.blocks]

    @property
    def prose(self) -> str:
        """The words that are its own, without furniture, captions and credits."""
        return "\n".join(self.text[start:end] for start, end, role in self.blocks if role in OWN_ROLES) or self.text


class Shingle(models.Model):
    """A sampled hash of four words in a row, by which a copy of an article is found without reading the archive."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="shingles")
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["value", "article"], name="shingle_value_article")]

    def __str__(self) -> str:
        return f"{self.value:x}"


class StoryWord(models.Model):
    """A word that says what an article is about, by which others of its story are found without reading the archive.

    `day` is the ordinal of the last day on which it may have been published.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="story_words")
    stem = models.CharField(max_length=6)
    day = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["stem", "day", "article"], name="story_word_stem_day")]

    def __str__(self) -> str:
        return self.stem


class NamedDay(models.Model):
    """A day that the text of an article names, as a date or as "yesterday"."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="named_days")
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["day", "article"], name="named_day_article")]

    def __str__(self) -> str:
        return self.day.isoformat()
