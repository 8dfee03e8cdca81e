"""What the timeline believes, as rows. Knows the database and the vocabulary; no request, no network, no extraction."""

from timeline.models.accounts import Account
from timeline.models.actors import Actor, Alias
from timeline.models.articles import Article, NamedDay, Original, Publisher, Shingle, StoryWord
from timeline.models.claims import Claim
from timeline.models.events import Event, EventRelation, Participation
from timeline.models.evidence import Evidence
from timeline.models.feeds import Feed, FeedItem
from timeline.models.judgements import Judgement
from timeline.models.places import Place
from timeline.models.statements import Statement
from timeline.models.stories import Story, StoryEntry
from timeline.models.suggestions import ActorSuggestion, EventSuggestion, NameKey
from timeline.models.work import Work, WorkContent, Worker, WorkPart, WorkRefusal

__all__ = [
    "Account",
    "Actor",
    "ActorSuggestion",
    "Alias",
    "Article",
    "Claim",
    "Event",
    "EventRelation",
    "EventSuggestion",
    "Evidence",
    "Feed",
    "FeedItem",
    "Judgement",
    "NameKey",
    "NamedDay",
    "Original",
    "Participation",
    "Place",
    "Publisher",
    "Shingle",
    "Statement",
    "Story",
    "StoryEntry",
    "StoryWord",
    "Work",
    "WorkContent",
    "WorkPart",
    "WorkRefusal",
    "Worker",
]
