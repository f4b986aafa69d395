"""What people who are coached together share with one another: all that is marked so, of what each of them wrote."""

from __future__ import annotations

from typing import Any, Final

from domain.values import PLAIN, personal_values

SHARED: Final = "shared"


def shared_in(value: Any) -> frozenset[str]:
    """The sealed values inside an event, a state or a document that stand in something of visibility `shared`."""
    return frozenset(gathered(value))


def gathered(value: Any) -> list[str]:
    if type(value) in PLAIN:
        return []
    if getattr(value, "visibility", None) == SHARED:
        return [each.sealed for each in personal_values(value) if each.sealed is not None]
    if hasattr(value, "__struct_fields__"):
        return [found for name in value.__struct_fields__ for found in gathered(getattr(value, name))]
    if isinstance(value, dict | list | tuple | set | frozenset):
        return [found for item in (value.values() if isinstance(value, dict) else value) for found in gathered(item)]
    return []
