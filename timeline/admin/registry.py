"""Importing this module puts every page on the admin site.

The package itself must not: Django imports it to find the site, and pages registered meanwhile would be lost.
"""

from timeline.admin import actors, articles, events, feeds, judgements, places, statements, stories

__all__ = ["actors", "articles", "events", "feeds", "judgements", "places", "statements", "stories"]
