"""Word lists and knowledge as data files, each with its source; and where they lie."""

from pathlib import Path

LEXICON = Path(__file__).parent
