"""Web pages of a made-up newspaper, in the shapes of real ones."""

from __future__ import annotations

import json

from timeline.extraction.mentions import Document

HEADLINE = "Ferry service resumes across the strait"
SENTENCES = (
    "Ferries crossed the strait again on Wednesday after four days of storm, with lorries that had waited.",
    "The operator said that all six ships would sail by the weekend, and that tickets already sold remain good.",
    "Drivers who slept in their cabins since Saturday cheered when the first ramp came down at dawn.",
)
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
ARTICLE = {
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "datePublished": "2023-06-07T08:09:00+03:00",
    "author": [{"@type": "Person", "name": "Lena Fors"}, {"name": "By Paul Adeyemi"}],
    "publisher": {"@type": "Organization", "name": "The Strait Courier"},
}


def script(data: object) -> str:
    """JSON-LD; a string is put in as it is."""
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="application/ld+json">{text}</script>'


def news_page(
    *data: object, head: str = "", title: str = f"{HEADLINE} | The Strait Courier", h1: str | None = HEADLINE,
    above: str = "", body: str = PARAGRAPHS, below: str = "", around: str = "",
) -> str:  # fmt: skip
    """A page with its JSON-LD; `above` and `below` the text, inside the article; `around` it, outside."""
    heading = f"<h1>{h1}</h1>" if h1 else ""
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{head}{"".join(map(script, data))}</head><body>'
        f'<header><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav></header><main><article>{heading}{above}'
        f'<div class="article-body">{body}</div>{below}</article></main>{around}'
        "<footer><p>Sign up for our newsletter</p></footer></body></html>"
    )


def blocks(document: Document) -> list[tuple[str, str]]:
    """The role and text of each block."""
    return [(block.role.value, document.text[block.start : block.end]) for block in document.blocks]
