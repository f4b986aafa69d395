"""The sets of rules that verdicts and numbers follow, each in versions: what was judged under one stays judged under it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from domain.values import StoredCode

RulesetKind: TypeAlias = Literal["smart", "gas", "johari", "icf", "emcc", "kpi"]
"""What is judged: objectives (SMART), attainment (GAS), results of raters (Johari), coaching logs (ICF, EMCC), indicators (KPI)."""


class Rulesets(Struct, frozen=True, kw_only=True):
    """The version of each kind that holds on a day; what an organization did not choose is the product's own."""

    smart: StoredCode = "smart-lint@1"
    gas: StoredCode = "gas-t@1"
    johari: StoredCode = "johari@1"
    icf: StoredCode = "icf-2025"
    emcc: StoredCode = "emcc-eia-2021"
    kpi: StoredCode = "kpi@1"


OWN: Final = Rulesets()
KNOWN: Final[Mapping[RulesetKind, tuple[StoredCode, ...]]] = {
    "smart": (OWN.smart, "smart-lint@2"),
    "gas": (OWN.gas,),
    "johari": (OWN.johari,),
    "icf": (OWN.icf,),
    "emcc": (OWN.emcc,),
    "kpi": (OWN.kpi,),
}
"""The versions that this release can follow, oldest first."""
