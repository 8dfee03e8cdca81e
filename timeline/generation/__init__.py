"""An archive that was never printed: invented people in invented towns, and articles that tell of them.

PURE: a seed -> articles with what a perfect reading of them would say. Nobody and no town in it is real; words and
names are put together from the lists in `words`. The same seed says the same on every machine. No Django, no clock.
"""
