"""What the timeline believes, as rows. Knows the database and the vocabulary; no request, no network, no extraction."""

from timeline.models.actors import Actor, Alias
from timeline.models.articles import Article, Original, Publisher, Shingle, StoryWord
from timeline.models.claims import Claim
from timeline.models.events import Event, EventRelation, Participation
from timeline.models.evidence import Evidence
from timeline.models.judgements import Judgement
from timeline.models.places import Place
from timeline.models.statements import Statement

__all__ = [
    "Actor",
    "Alias",
    "Article",
    "Claim",
    "Event",
    "EventRelation",
    "Evidence",
    "Judgement",
    "Original",
    "Participation",
    "Place",
    "Publisher",
    "Shingle",
    "Statement",
    "StoryWord",
]
