"""The columns that the registry offers to the snapshot: one row a person, one a household, one an employer.

`fact_tables(as_of)` builds the whole city; with `household_ids` the same code builds one household for an explanation,
so that what an officer reads and what the night computed cannot differ.
"""

from tongxing.registry.facts.tables import FactTables, fact_tables

__all__ = ["FactTables", "fact_tables"]
