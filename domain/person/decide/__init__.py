"""What a person's record allows, by what a command is about: each module puts its rules into the one table."""

from domain.person.decide import address, credential, erasure, listing, membership, profile
from domain.person.decide.table import decide

__all__ = ["address", "credential", "decide", "erasure", "listing", "membership", "profile"]
