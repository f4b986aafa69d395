"""What the checkpoints of the follower that makes jobs stand under: also for those who only look how far it is."""

from __future__ import annotations


class Reacting:
    """Another version would begin anew, and do again what was done."""

    name = "reactions"
    version = 1
