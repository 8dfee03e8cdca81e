"""The index that answers every filter in the time of one page: `events` and `statements` to ask, `reindex` to rebuild.

All of it is derived from the rows and kept in tables of its own, which no migration knows: `upkeep` lays them out after
each migration, triggers note which rows have changed, and `engines` brings the index up to date before a transaction
commits. The number of a document is its `chrono`, so that whatever is found comes in the order of the chronology.
Knows the database and the rows; no request, no template.
"""
