"""The version of the rules, by itself: who asks for it need not load a language model."""

from __future__ import annotations

# Stored with everything read, so that a later reading knows what it replaces. Raise it when rules change.
VERSION = "5"
