"""What is read for a plan's command beside the plan and its engagement: all that its rule asks for, and nothing else."""

from __future__ import annotations

from domain.plan.commands import ProposeChange, ProposePlan
from services.command.table import TABLE
from services.contract.catalogue import names, rule
from services.plan.handlers import IN_PROGRAM


def test_the_program_is_read_where_a_rule_asks_for_it_and_nowhere_else() -> None:
    """A rule that asked for a program that nobody read would find none, and decide as if there were none."""
    asking = {
        command
        for command, entry in TABLE.items()
        if entry.noun == "plan" and any("program" in after_a_dot for _, after_a_dot in map(names, rule(entry)))
    }
    assert asking | {ProposeChange, ProposePlan} == {*IN_PROGRAM}  # which ask by way of what they propose, and warn of
