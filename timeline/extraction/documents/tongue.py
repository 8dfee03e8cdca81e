"""Which language a text is written in: by its script, then by its commonest words. No model, no network."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from functools import cache

from timeline.extraction.lexicon import LEXICON

WORDS = LEXICON / "languages.json"
SAMPLE = 20_000  # characters; more does not change the answer
ENOUGH = 0.12  # share of function words: English news has about .35, lists of names and code less than .08
FEW = 3  # function words: "Trump met Putin." has one, and it is Dutch
SCRIPTS = {
    "ARABIC": "ar", "HEBREW": "he", "DEVANAGARI": "hi", "BENGALI": "bn", "THAI": "th", "HANGUL": "ko", "GREEK": "el",
    "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "MYANMAR": "my", "TAMIL": "ta", "TELUGU": "te", "GEORGIAN": "ka",
    "ARMENIAN": "hy", "KHMER": "km", "GUJARATI": "gu", "MALAYALAM": "ml", "KANNADA": "kn", "GURMUKHI": "pa",
    "SINHALA": "si", "ETHIOPIC": "am", "LAO": "lo",
}  # fmt: skip
UKRAINIAN = set("іїєґІЇЄҐ")


def language_of(text: str) -> str | None:
    """ISO 639-1 code of a text's language; None where the text is too short or nothing stands out."""
    sample = text[:SAMPLE]
    script = _script(sample)
    if script == "CYRILLIC":
        return "uk" if UKRAINIAN & set(sample) else "ru"
    if script in SCRIPTS:
        return "ja" if script == "CJK" and re.search(r"[\u3040-\u30ff]", sample) else SCRIPTS[script]
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", sample.lower())
    if not words:
        return None
    counts = Counter(words)
    shares = {code: sum(counts[word] for word in common) / len(words) for code, common in _common().items()}
    best = max(shares, key=lambda code: shares[code])
    said = sum(counts[word] for word in _common()[best])
    return best if shares[best] >= ENOUGH and said >= FEW else None


def _script(sample: str) -> str | None:
    """The script most letters are in, by the first word of their Unicode names."""
    names = Counter(unicodedata.name(c, "?").split()[0] for c in sample[:4000] if c.isalpha())
    return names.most_common(1)[0][0] if names else None


@cache
def _common() -> dict[str, frozenset[str]]:
    table: dict[str, str] = json.loads(WORDS.read_text("utf-8"))
    return {code: frozenset(words.split()) for code, words in table.items() if code != "source"}
