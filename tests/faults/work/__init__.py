"""Kinds of work that get killed. Each module has `work(say, rng)`, endless, and `wrong(acknowledged, whole)`."""
