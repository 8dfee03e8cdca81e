"""Places."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.http import urlencode

from timeline.admin.corrections import CorrectionForm
from timeline.admin.history import Edit
from timeline.admin.pages import CorrectionAdmin, locked_everywhere
from timeline.models import Event, Place


class PlaceForm(CorrectionForm):
    locks = {name: name for name in ("name", "country", "part_of", "latitude", "longitude", "contested")}

    class Meta:
        model = Place
        fields = "__all__"  # the page's fieldsets choose


@admin.register(Place)
class PlaceAdmin(CorrectionAdmin):
    form = PlaceForm
    list_display = ["name", "country", "part_of", "contested"]
    list_select_related = ["part_of"]
    search_fields = ["name", "country", "uid"]
    search_help_text = "A name or a country"
    ordering = ["name"]
    autocomplete_fields = ["part_of"]
    fieldsets = [
        (None, {"fields": ["name", "country", "part_of", "latitude", "longitude", "contested"]}),
        ("Why", {"fields": ["why", "version"]}),
    ]

    def view_on_site(self, obj: Any) -> str:
        return f"{reverse('chronology')}?{urlencode({'place': obj.uid})}"

    def remove(self, obj: Any, edit: Edit) -> None:
        """Events lose the place by a person's word: no reading puts it back."""
        events = list(Event.objects.filter(place=obj))
        locked_everywhere(events, "place", edit)
        super().remove(obj, edit)
