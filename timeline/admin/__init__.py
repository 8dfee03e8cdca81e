"""The editor: people correct here, and their word is last."""
