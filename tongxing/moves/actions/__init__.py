"""A move is said, taken back, confirmed or answered with words; confirmed, everything follows in one transaction."""

from tongxing.moves.actions.asking import Wish, ask, withdraw
from tongxing.moves.actions.confirming import Host, confirm, decline

__all__ = ["Host", "Wish", "ask", "confirm", "decline", "withdraw"]
