"""Verbs on divisions, posts and staff."""
