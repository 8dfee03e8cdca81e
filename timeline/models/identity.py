"""Public names of rows, and the one number that is the chronology."""

import secrets
from datetime import date

from timeline.vocabulary import PartialDate

# No vowels and no look-alikes: a uid is read aloud and never spells a word.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
UID_LENGTH = 12
EPOCH = date(1970, 1, 1).toordinal()
UNDATED = date.max.toordinal() - EPOCH

# | days since 1970 | precision 4 bits | order among equals 8 bits | id 28 bits |, a signed 64-bit integer
ID_BITS, ORDER_BITS, PRECISION_BITS = 28, 8, 4
DAY_SHIFT = ID_BITS + ORDER_BITS + PRECISION_BITS
MAX_ORDER = (1 << ORDER_BITS) - 1
BEHIND = (1 << PRECISION_BITS) - 1


def new_uid() -> str:
    """Fifty-seven random bits, so that ids can be made anywhere without asking."""
    return "".join(secrets.choice(ALPHABET) for _ in range(UID_LENGTH))


def may_be_uid(text: str) -> bool:
    """Whether a text has the form of a public id; a name seldom has."""
    return len(text) == UID_LENGTH and set(text) <= set(ALPHABET)


def chrono(when: PartialDate, *, row_id: int, order: int = 0) -> int:
    """The unique sort key: best day, coarser precision first, the order that relations ask for, then the id.

    What relations put behind others of its day stands behind all of them, however precise. Entries without any date
    stand at the end of time.
    """
    day = when.best_day
    days = day.toordinal() - EPOCH if day else UNDATED
    rank = BEHIND if order else when.precision.rank
    parts = (rank << ORDER_BITS | min(order, MAX_ORDER)) << ID_BITS | row_id & ((1 << ID_BITS) - 1)
    return (days << DAY_SHIFT) + parts


def first_chrono(day: date) -> int:
    """The smallest key that an entry of this day can have."""
    return (day.toordinal() - EPOCH) << DAY_SHIFT
