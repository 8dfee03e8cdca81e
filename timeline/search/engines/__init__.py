"""The databases, as Django knows them, with the index brought up to date at the end of each transaction."""
