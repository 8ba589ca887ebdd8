"""Verbs of signing in. They write no journal, which lies above: the page that calls them does."""
