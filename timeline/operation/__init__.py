"""Keeping a site in good health: what is wrong with it, and its data put aside and brought back."""
