"""Reads of the plan: figures of its indicators, who is behind a figure, what carries out a clause."""
