"""An article in a mail: a newsletter, or one that somebody sent on."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from timeline.extraction.records import Record


def read_mail(content: bytes, name: str) -> Record | tuple[str, str]:
    """The article of a mail: its page, or its text where it has none, under its subject and on its date.

    Who sent it is its publisher, by name; what is attached is not read.
    """
    try:
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        body = mail.get_body(("html", "plain"))
        words = body.get_content() if body is not None else None
        sender = mail["from"].addresses[0].display_name if mail["from"] and mail["from"].addresses else ""
        subject = str(mail["subject"] or "")
    except (MessageError, LookupError, ValueError, AttributeError, TypeError, RecursionError) as error:
        return name, f"not a mail that can be read ({type(error).__name__})"
    if body is None or not isinstance(words, str) or not words.strip():
        return name, "the mail holds no text"
    is_page = body.get_content_type() == "text/html"
    return Record(
        id=name,
        html=words if is_page else None,
        text=None if is_page else words,
        title=subject.strip() or None,
        published=_day(mail),
        publisher=sender or None,
    )


def _day(mail: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(mail["date"])).isoformat() if mail["date"] else None
    except (ValueError, TypeError, OverflowError, LookupError, RecursionError):
        return None
