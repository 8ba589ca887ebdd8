"""Making and approving releases; taking and answering remarks."""

from tongxing.releases.actions.publishing import approve, drawn_again, hold_back, publish
from tongxing.releases.actions.remarks import answer, check_may_answer, say

__all__ = ["answer", "approve", "check_may_answer", "drawn_again", "hold_back", "publish", "say"]
