"""The passages behind an entry: shown beside its fields, and added by hand from an article's exact words."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.template.loader import render_to_string

from timeline.admin.corrections import ModelForm
from timeline.admin.pages import StackedInline
from timeline.models import Article, Event, Evidence, Statement

AROUND = 200
BESIDE = 32
# Typed words find printed ones: every kind of quotation mark, dash and white space stands for its fellows.
ALIKE = ('"“”„«»', "'‘’ʼ‚", "-–—‑")


def sources_panel(thing: Event | Statement | None) -> str:
    """The passages of an event and its statements in their context, and what other articles say of its date."""
    if thing is None:
        return ""
    evidence = Evidence.objects.filter(**{"event" if isinstance(thing, Event) else "statement": thing})
    claims: list[Any] = []
    if isinstance(thing, Event):
        claims = list(thing.claims.select_related("article__publisher"))
    passages = [in_context(row) for row in evidence.select_related("article__publisher")[:50]]
    return render_to_string("admin/timeline/_sources.html", {"passages": passages, "claims": claims, "thing": thing})


def in_context(evidence: Evidence) -> dict[str, Any]:
    article = evidence.article
    if article is None or evidence.start is None or evidence.end is None:
        return {"evidence": evidence, "article": article}
    start, end = max(0, evidence.start - AROUND), evidence.end + AROUND
    before, after = article.text[start : evidence.start], article.text[evidence.end : end]
    return {
        "evidence": evidence,
        "article": article,
        "before": ("…" + before.partition(" ")[2] if start else before),
        "after": (after.rpartition(" ")[0] + "…" if end < len(article.text) else after),
    }


def find_passage(text: str, words: str, around: str = "") -> tuple[int, int]:
    """Where these words stand in a text, once; `around` is a longer passage that tells two places apart."""
    start, end = 0, len(text)
    if around.strip():
        start, end = _once(text, around, "The words around it")
    first, last = _once(text[start:end], words, "These words")
    return start + first, start + last


def _once(text: str, words: str, what: str) -> tuple[int, int]:
    found = [match.span() for match in re.finditer(_pattern(words), text)]
    if not found:
        raise ValidationError(f"{what} do not stand in the article. Copy them from its text, without changes.")
    if len(found) > 1:
        raise ValidationError(
            f"{what} stand {len(found)} times in the article. Give more words around the passage that you mean."
        )
    return found[0]


def _pattern(words: str) -> str:
    signs = []
    for sign in " ".join(words.split()):
        alike = next((group for group in ALIKE if sign in group), None)
        signs.append(r"\s+" if sign == " " else f"[{re.escape(alike)}]" if alike else re.escape(sign))
    return "".join(signs)


class EvidenceForm(ModelForm):
    """Either a passage of an article or an outside source."""

    around = forms.CharField(
        label="More words around it",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only where the passage stands more than once in the article.",
    )

    outside_url = forms.URLField(label="Its URL", required=False, max_length=2000, assume_scheme="https")

    class Meta:
        model = Evidence
        fields = ["article", "exact", "around", "stance", "outside_title", "outside_url"]
        widgets = {"exact": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "article": "An article that has been read. Leave it empty for an outside source.",
            "exact": "The words of the article that prove it, exactly as they stand there.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        article, exact = cleaned.get("article"), (cleaned.get("exact") or "").strip()
        if article is None and exact:
            self.add_error("article", "Name the article in which these words stand.")
        elif article is not None and not exact:
            self.add_error("exact", "Give the words of the article that prove it.")
        elif isinstance(article, Article):
            self._locate(article, exact, cleaned)
        return cleaned

    def _locate(self, article: Article, exact: str, cleaned: dict[str, Any]) -> None:
        try:
            start, end = find_passage(article.text, exact, cleaned.get("around") or "")
        except ValidationError as error:
            self.add_error("exact", error)
            return
        cleaned["exact"] = article.text[start:end]
        self.instance.start, self.instance.end = start, end
        self.instance.prefix = article.text[max(0, start - BESIDE) : start]
        self.instance.suffix = article.text[end : end + BESIDE]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.cleaned_data.get("article") is None:
            self.instance.start = self.instance.end = None
            self.instance.prefix = self.instance.suffix = ""


class EvidenceInline(StackedInline):
    """What people add; what the readings found stands beside the form and is not theirs to edit."""

    model = Evidence
    form = EvidenceForm
    extra = 0
    verbose_name = "source added by hand"
    verbose_name_plural = "sources added by hand"
    autocomplete_fields = ["article"]

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).filter(by_hand=True)


def names_outside_source(formsets: Any) -> bool:
    """Whether a source added with this form is an outside one."""
    return any(
        form.cleaned_data.get("outside_title") or form.cleaned_data.get("outside_url")
        for formset in formsets
        if formset.model is Evidence
        for form in formset.forms
        if form.has_changed() and not form.cleaned_data.get("DELETE")
    )


def save_evidence(formset: Any) -> None:
    for row in formset.save(commit=False):
        row.by_hand = True
        row.save()
    for row in formset.deleted_objects:
        row.delete()


def add_source(thing: Event | Statement, title: str, url: str) -> None:
    """Keep the outside source of a correction with the entry."""
    target: dict[str, Model] = {"event" if isinstance(thing, Event) else "statement": thing}
    Evidence.objects.create(outside_title=title, outside_url=url, by_hand=True, **target)
