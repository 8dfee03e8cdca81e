"""Where things happen. The door is `find_places`.

`toponyms` finds the names of places and chooses among places of one name; `gazetteer` is the table of them.
"""

from timeline.extraction.places.toponyms import find_places

__all__ = ["find_places"]
