"""Finding pairs, saying what they are, merging two files and taking them apart again."""

from tongxing.duplicates.actions.finding import find_pairs
from tongxing.duplicates.actions.merging import confirm, undo
from tongxing.duplicates.actions.saying import ask, look_again, refuse, say_different

__all__ = ["ask", "confirm", "find_pairs", "look_again", "refuse", "say_different", "undo"]
