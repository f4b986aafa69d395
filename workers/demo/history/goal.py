"""What the clients of a history want to reach, how they know it, and what they do for it."""

from __future__ import annotations

from typing import Final, NamedTuple

from domain.plan.terms import Direction, StrategyKind


class Goal(NamedTuple):
    """A kind of objective. Baselines and targets are drawn from between their two ends, in whole steps of `step`.

    `vague` is how the client would say it first.
    """

    competency: str
    vague: str
    title: str
    why: str
    measure: str
    unit: str
    source: str
    baseline: tuple[int, int]
    target: tuple[int, int]
    step: int
    milestones: tuple[str, str, str]
    strategies: tuple[tuple[StrategyKind, str], tuple[StrategyKind, str]]
    actions: tuple[str, str, str]

    @property
    def direction(self) -> Direction:
        return "increase" if self.target > self.baseline else "decrease"


GOALS: Final = (
    Goal(
        *("delegation", "I want to improve how I delegate", "Hand over {target} per cent of routine decisions to my team leads"),
        *("Decisions wait for me, and so do my people.", "Decisions taken without me", "percent", "own_log"),
        *((10, 30), (50, 75), 5),
        ("Each lead owns two named decisions", "A week passes without an escalation", "The leads report on what they decided"),
        (("practice", "Agree on a result, and leave the way open"), ("meeting", "Look at handed-over work every other Friday")),
        ("List the decisions that only I take", "Hand over the weekly status meeting", "Ask each lead what is still missing"),
    ),
    Goal(
        *("feedback", "I want to be better at feedback", "Give {target} pieces of concrete feedback a week"),
        *("They hear from me only when something is wrong.", "Pieces of feedback a week", "count", "own_log"),
        *((0, 2), (5, 8), 1),
        ("Everybody has had one piece of feedback", "Two people ask for feedback themselves", "The team names what it learned from it"),
        (("training", "Two afternoons on giving feedback"), ("practice", "Write down what I saw, the same day")),
        ("Put a reminder behind each one-to-one", "Ask Ana how my feedback lands", "Try the three-sentence form with two people"),
    ),
    Goal(
        *("communication", "I want to work on our meetings", "Bring the weekly planning meeting down to {target} minutes"),
        *("The team dreads Mondays.", "Length of the meeting", "minutes", "calendar"),
        *((70, 95), (30, 45), 5),
        ("Every meeting has an agenda the day before", "Decisions are written down in the meeting", "The meeting runs without me once"),
        (("experiment", "Four weeks with a standing meeting"), ("practice", "Send the agenda on Friday")),
        ("Cancel the meeting that nobody needs", "Ask the team which items help them", "Hand the notes to a rota"),
    ),
    Goal(
        *("direction", "I want to grow my team", "{target} per cent of my team can name this quarter's three priorities"),
        *("We are busy, and nobody knows with what.", "People who can name the priorities", "percent", "pulse_survey"),
        *((20, 40), (75, 95), 5),
        ("The three priorities fit on one page", "Each project is tied to a priority", "What we will not do is written down"),
        (("meeting", "Half an hour on priorities every month"), ("support", "A sparring partner from another department")),
        ("Draft the page and show it to two people", "Stop one project", "Begin the all-hands with the page"),
    ),
    Goal(
        *("decision", "I want to learn more about deciding", "Take {target} per cent of my decisions by the date that I named"),
        *("I collect facts until the moment has passed.", "Decisions by their date", "percent", "own_log"),
        *((30, 45), (75, 90), 5),
        ("Every open decision has a date", "A decision is taken on incomplete facts", "The steering group sees no open decision"),
        (("practice", "Name date and criteria when a decision comes up"), ("experiment", "Decide small things within the hour")),
        ("List what is waiting for me", "Name the criteria for the vendor choice", "Ask who is waiting for what"),
    ),
    Goal(
        *("self_management", "I want to work less", "Keep {target} hours a week free for work that does not press"),
        *("I answer mails all day, and think at night.", "Hours kept free a week", "hours", "calendar"),
        *((0, 2), (6, 9), 1),
        ("Two mornings are blocked in the calendar", "A month without a lost morning", "The quarter's concept is written"),
        (("practice", "No mail before ten"), ("support", "My assistant guards the mornings")),
        ("Block Tuesday and Thursday mornings", "Tell the team why the door is closed", "Say no to one committee"),
    ),
    Goal(
        *("direction", "I want to try to be on time", "Deliver {target} per cent of our projects on the agreed day"),
        *("My projects slip, and I notice it too late.", "Deliveries on the agreed day", "percent", "project_office"),
        *((35, 50), (75, 90), 5),
        ("The team has a charter of its own", "Risks are named two weeks ahead", "Six of ten deliveries come on the day"),
        (("meeting", "Look at the three nearest deliveries every other Monday"), ("practice", "Name the risk before the date")),
        ("Agree on what done means", "Draw the three dependencies", "Ask the customer which date matters"),
    ),
    Goal(
        *("communication", "I want to develop trust", "Answer complaints of key accounts within {target} hours"),
        *("Three customers have left since spring.", "Hours until a first answer", "hours", "service_desk"),
        *((48, 72), (12, 24), 4),
        ("The desk knows the ten key accounts", "No complaint waits over a weekend", "A customer says that it has changed"),
        (("practice", "Call before writing"), ("meeting", "Read the week's complaints together")),
        ("Visit the desk for a morning", "Call the two accounts that left", "Write three answers that can be reused"),
    ),
    Goal(
        *("feedback", "I want to be a better boss", "Hold a one-to-one with {target} per cent of my people every two weeks"),
        *("They told me that they hear too late what I expect.", "One-to-ones held", "percent", "calendar"),
        *((20, 40), (85, 100), 5),
        ("All one-to-ones stand in the calendar", "Nobody was moved twice", "Everybody has brought a topic of their own"),
        (("practice", "The agenda belongs to the other person"), ("training", "A course on asking questions")),
        ("Put the first three into the calendar", "Ask each person what they want from it", "Move none of them for a month"),
    ),
    Goal(
        *("delegation", "I want to improve retention", "Bring the overtime of my team down to {target} hours a week"),
        *("Two people were ill for weeks, and I saw it coming.", "Overtime a person and week", "hours", "time_sheet"),
        *((9, 13), (2, 5), 1),
        ("The workload of everybody is on one board", "One task a person is dropped", "Nobody works on a weekend for a month"),
        (("experiment", "A limit on work in progress"), ("support", "People and I look at the figures each month")),
        ("Put the workload on a board", "Drop a report that nobody reads", "Talk to the two who stay longest"),
    ),
)
"""Each title has a place for the target."""

LATER: Final = {
    "scope": "It turned out to be more than we had thought",
    "capacity": "The quarter's end takes all the time there is",
    "absence": "I am away for the two weeks before",
    "org_change": "The department is being put together anew",
    "learning": "What we tried first has shown a way that takes longer",
    "other": "The customer has asked for another date",
}
"""Why a date is moved, by reason code."""

WINS: Final = (
    "Said no to the extra project, and nobody was angry",
    "The team solved it before I had heard of it",
    "Somebody thanked me for being clear",
    "Left at five on a Thursday, with the report done",
)
INPUTS: Final = (
    "Yes, but with a small step first: I have taken work back before.",
    "I would rather begin after the release.",
    "That suits me; I have wanted to try it for a while.",
)
SUMMARIES: Final = (
    "Steady. What was agreed is being done, and the numbers show it.",
    "The first weeks were slow, since then it moves.",
    "Much was learned, and the target is still some way off.",
)
NOTES: Final = ("The numbers rise; nothing to change.", "Slower than planned; we stay with it.", "The practice needs a fixed day.")
