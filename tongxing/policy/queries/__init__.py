"""Reads of the newest run: figures, lists, questions; one person's explanation; what a change would do."""
