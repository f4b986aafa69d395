"""The tables of the read models, as this code names them."""

from __future__ import annotations

from projections.catalogue import PROJECTIONS


def tables() -> list[str]:
    names = [f"{each.name}_g{each.version}" for each in PROJECTIONS]
    return names + [f"{each.name}_g{each.version}_text" for each in PROJECTIONS if each.personal is not None]
