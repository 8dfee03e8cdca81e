"""docs/speed.md, a section for each benchmark, each written by its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "speed.md"
BEGINNING = """# How fast it is

Each section is written by the benchmark that it names. Ratios count: both sides of one are measured in turns, in one
run.
"""


def write_section(heading: str, lines: Iterable[str], page: Path = PAGE) -> None:
    """Put a section in the place of the one with its heading, or at the end."""
    text = page.read_text("utf-8") if page.exists() else BEGINNING
    section = f"## {heading}\n\n" + "\n".join(lines) + "\n"
    before, found, after = text.partition(f"\n## {heading}\n")
    rest = re.search(r"^## ", after, re.MULTILINE) if found else None
    following = "\n" + after[rest.start() :] if rest else ""
    page.write_text(f"{before if found else text.rstrip() + chr(10)}\n{section}{following}", "utf-8")
