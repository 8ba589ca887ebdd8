"""Reads for the reports: figures of a snapshot, the register as of its day, what officers wrote."""
