"""The verdict of `smart-lint` on one objective: a pure function, the same answer for the same facts."""

from __future__ import annotations

from typing import Final

from domain.plan.smart.rules import RULES, SmartFacts
from domain.plan.smart.verdict import Lint, SmartCode
from domain.ruleset import OWN
from domain.values import Code

RULESET: Final = OWN.smart


def lint(facts: SmartFacts, ruleset: Code = RULESET) -> Lint:
    """Asks every rule; `ruleset` is the version that the organization follows on that day. Raises nothing: an objective without any field filled fails some rules, and the others do not apply."""
    found: dict[str, list[SmartCode]] = {"block": [], "warn": [], "n.a.": []}
    for rule in RULES:
        passes = rule.passes(facts)
        if passes is None:
            found["n.a."].append(rule.code)
        elif not passes:
            found[rule.level(facts)].append(rule.code)
    return Lint(
        ruleset=ruleset,
        language=facts.terms.language,
        features=facts.features,
        blocking=tuple(found["block"]),
        warnings=tuple(found["warn"]),
        not_applicable=tuple(found["n.a."]),
    )
