"""One word for one thing in every layer: folders, files, commands, events and stored names follow from each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain.command import Command
from domain.event import EVENTS, STORED, Event
from domain.nouns import NOUNS
from tests.architecture.tree import PACKAGES, ROOT, sources

ROLES = {"events", "commands", "state", "context", "decide", "evolve"}
MEANINGLESS = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "tools", "util", "utils"}
BEHIND = {"Early", "From", "To"}
PARTICIPLES = {
    "Cancel": "Cancelled",
    "Commit": "Committed",
    "Drop": "Dropped",
    "Enrol": "Enrolled",
    "Hold": "Held",
    "Keep": "Kept",
    "Make": "Made",
    "Plan": "Planned",
    "Send": "Sent",
    "Set": "Set",
    "Submit": "Submitted",
    "Withdraw": "Withdrawn",
}


OTHERWISE = {
    "CommentAsSponsor": "SponsorCommented",  # which says who did it
    "EndAfterNotice": "EngagementEndedEarly",  # whose day was said before
    "EndForErasure": "EngagementEndedEarly",  # or `EngagementCancelled`, before it began
    "ScheduleProgramPoint": "EvaluationScheduled",  # whoever or whatever scheduled it
    "MoveDueDates": "MilestoneAdjusted",  # and `ActionRescheduled`: each item has the event that it would have on its own
}
"""Command -> an event that follows from it, where the rule of names gives none."""


def words(name: str) -> list[str]:
    """`DefineObjective` -> Define, Objective."""
    return re.findall(r"[A-Z][a-z0-9]*", name)


def snake(name: str) -> str:
    return "_".join(words(name)).lower()


def participle(verb: str) -> str:
    """`Define` -> Defined. A verb that doubles its last letter, or bends, stands in the table."""
    if verb in PARTICIPLES:
        return PARTICIPLES[verb]
    if verb.endswith("y"):
        return f"{verb[:-1]}ied"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


def event_name(command: str) -> str:
    """`AddCoachToPool` -> CoachAddedToPool: the verb becomes a participle behind its object, and before what tells to where or when."""
    verb, *rest = words(command)
    end = next((place for place, word in enumerate(rest) if word in BEHIND), len(rest))
    return "".join([*rest[:end], participle(verb), *rest[end:]])


def of_the_domain(kind: type) -> set[type]:
    """The classes of the domain that are of a kind, without those that only others are made from."""
    children: list[type] = kind.__subclasses__()
    if not children:
        return {kind} if kind.__module__.startswith("domain.") else set()
    return {leaf for child in children for leaf in of_the_domain(child)}


@pytest.mark.parametrize(
    ("command", "event"),
    [
        ("DefineObjective", "ObjectiveDefined"),
        ("AddCoachToPool", "CoachAddedToPool"),
        ("IdentifyNeed", "NeedIdentified"),
        ("SetMilestone", "MilestoneSet"),
        ("WithdrawDisclosureConsent", "DisclosureConsentWithdrawn"),
    ],
)
def test_the_rule_of_names(command: str, event: str) -> None:
    assert event_name(command) == event


@pytest.mark.parametrize("noun", NOUNS)
def test_every_command_has_the_event_of_its_name(noun: str) -> None:
    for command in NOUNS[noun].decide.table:
        event = OTHERWISE.get(command.__name__) or event_name(command.__name__)
        assert f"{noun}.{snake(event)}" in EVENTS


def test_every_command_is_decided_by_its_own_noun() -> None:
    decided = {command: noun for noun in NOUNS for command in NOUNS[noun].decide.table}
    assert of_the_domain(Command) == set(decided)
    for command, noun in decided.items():
        assert command.__module__.startswith(f"domain.{noun}.commands"), command


def test_every_event_is_stored_under_its_own_name_and_folded_by_its_noun() -> None:
    assert of_the_domain(Event) == set(STORED)
    for kind, stored in STORED.items():
        noun = stored.name.split(".")[0]
        assert stored.name == f"{noun}.{snake(kind.__name__)}"
        assert kind.__module__.startswith(f"domain.{noun}.events"), kind
        assert kind in NOUNS[noun].evolve.table


def noun_folders(root: Path) -> dict[str, set[str]]:
    """Folder of the domain with events -> the modules and packages in it."""
    return {
        folder.name: {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
        for folder in (root / "domain").iterdir()
        if (folder / "events.py").exists() or (folder / "events" / "__init__.py").exists()
    }


def unnamed(root: Path) -> list[str]:
    """Files and folders whose name says nothing, or hides."""
    names = {part for path in sources(root) for part in (path.relative_to(root).parent / path.stem).parts}
    return sorted(name for name in names if name in MEANINGLESS or (name.startswith("_") and name not in ("__init__", "__main__")))


def test_every_noun_has_the_same_files() -> None:
    folders = noun_folders(ROOT)
    assert set(folders) == set(NOUNS)
    for noun, files in folders.items():
        assert files >= ROLES, noun


def test_every_name_says_something() -> None:
    assert unnamed(ROOT) == []


def test_a_missing_file_and_an_empty_name_are_seen(tmp_path: Path) -> None:
    for file in ("domain/ghost/events.py", "domain/ghost/decide/__init__.py", "infra/utils/text.py", "infra/_hidden.py", "infra/good.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    assert noun_folders(tmp_path) == {"ghost": {"events", "decide"}}
    assert unnamed(tmp_path) == ["_hidden", "utils"]


def test_the_features_of_the_services_are_called_like_the_nouns() -> None:
    folders = {path.parent.name for path in sources(ROOT, "services") if path.name == "handlers.py"}
    assert folders <= set(NOUNS)


def test_a_noun_has_one_name_and_one_plural() -> None:
    for name, noun in NOUNS.items():
        assert noun.name == name
        assert not noun.initial.exists
    assert len({noun.plural for noun in NOUNS.values()} | set(NOUNS)) == 2 * len(NOUNS)


def test_nothing_else_stands_at_the_top() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages == {*PACKAGES, "tests"}
