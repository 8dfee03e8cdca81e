"""Small things that templates print: numbers in thousands, the words searched for."""

import re

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def thousands(number: int) -> str:
    return f"{number:,}"


@register.filter
def highlight(text: str, words: str) -> SafeString:
    """The text with every word searched for marked; all of it escaped."""
    wanted = sorted({word.lower() for word in words.split()}, key=len, reverse=True)
    if not wanted:
        return conditional_escape(text)
    parts = re.split("(" + "|".join(map(re.escape, wanted)) + ")", str(text), flags=re.IGNORECASE)
    marked = ((format_html("<mark>{}</mark>", part) if place % 2 else part,) for place, part in enumerate(parts))
    return format_html_join("", "{}", marked)
