"""How the engagement of one client goes: drawn once, before anything of it is told."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from math import exp
from random import Random
from typing import Final, Literal, NamedTuple, TypeAlias

from workers.demo.history.firm import Client
from workers.demo.history.goal import GOALS, Goal
from workers.demo.history.size import Size, chance

Fate: TypeAlias = Literal["steady", "early", "slow", "neglected", "unanswered"]
FATES: Final[dict[Fate, int]] = {"steady": 70, "early": 10, "slow": 9, "neglected": 8, "unanswered": 3}
"""How an engagement goes, and how often in a hundred: reached as planned, before that, hardly, left alone, never approved."""
ACTIVE_AFTER: Final = 18
"""Days from the engagement's first day to the plan's activation."""


class Aim(NamedTuple):
    """An objective as its client will come to it. `attained` is the share of the way that will have been gone at `ends`.

    `vague` and `unsure` are how it is not SMART at first, `late_baseline` that its beginning is measured after the agreement.
    """

    goal: Goal
    baseline: Decimal
    target: Decimal
    due: date
    ends: date
    attained: float
    scaled: bool
    vague: bool
    unsure: bool
    late_baseline: bool

    @property
    def title(self) -> str:
        return self.goal.title.format(target=self.target)

    def value(self, share: float, luck: Random) -> Decimal:
        """What would be measured when a share of the time has passed: somewhat slow at first, then faster, never quite the same."""
        curve = (1 / (1 + exp(-7 * (share - 0.5))) - 0.03) / 0.94
        gone = (0.7 * share + 0.3 * curve) * self.attained + luck.gauss(0, 0.05)
        way = float(self.target - self.baseline)
        return max(Decimal(0), Decimal(round(float(self.baseline) + way * gone)))


class Course(NamedTuple):
    """`stops` is the day after which nobody does anything any more, `luck` what its smaller turns are drawn from."""

    client: Client
    fate: Fate
    begins: date
    ends: date
    stops: date
    aims: tuple[Aim, ...]
    luck: Random

    @property
    def active(self) -> date:
        return self.begins + timedelta(days=ACTIVE_AFTER)


def course(size: Size, client: Client) -> Course:
    luck = chance(size, "course", client.number)
    fate = luck.choices(list(FATES), list(FATES.values()))[0]
    begins = client.begins
    ends = begins + timedelta(days=luck.randrange(150, 240, 10))
    active = begins + timedelta(days=ACTIVE_AFTER)
    stops = active + timedelta(days=luck.randint(20, 70)) if fate == "neglected" else date.max
    goals = luck.sample(GOALS, luck.choice((1, 2, 2, 3)))
    return Course(client, fate, begins, ends, stops, tuple(aim(goal, fate, active, ends, luck) for goal in goals), luck)


def aim(goal: Goal, fate: Fate, active: date, ends: date, luck: Random) -> Aim:
    due = active + (ends - active) * luck.uniform(0.55, 0.95)
    done = active + (due - active) * luck.uniform(0.55, 0.75) if fate == "early" else due + timedelta(days=luck.randint(-9, 4))
    share = {"slow": luck.uniform(0.1, 0.4), "neglected": luck.uniform(0.1, 0.6)}.get(fate, luck.choice((0.7, 0.9, 1.0, 1.05, 1.1, 1.2)))
    vague = luck.random() < 0.25
    return Aim(
        goal=goal,
        baseline=Decimal(luck.randrange(goal.baseline[0], goal.baseline[1] + 1, goal.step)),
        target=Decimal(luck.randrange(goal.target[0], goal.target[1] + 1, goal.step)),
        due=due,
        ends=done,
        attained=share,
        scaled=luck.random() < 0.4,
        vague=vague,
        unsure=not vague and luck.random() < 0.1,
        late_baseline=not vague and luck.random() < 0.15,
    )
