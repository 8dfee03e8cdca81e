"""Times as a document writes them: "last Tuesday", "in March 2019". The door is `find_times`.

`expressions` finds them and reads them beside the publication and each other; `rules` says which pattern is read how,
by `absolute` (days and months of the calendar) or `relative` (counted from another day); `setting` is what a reading
sees, `tense` which way a clause looks, `words` a language's words and patterns, `timex` the values of TIMEX3.
"""

from timeline.extraction.dates.expressions import find_times

__all__ = ["find_times"]
