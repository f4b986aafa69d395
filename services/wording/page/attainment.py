"""What a plan's page says of weights, attainment scales, judgements and strategies, in German."""

from __future__ import annotations

from typing import Final

SCALE: Final = {
    "Weight": "Gewicht",
    "What it counts for among the others, from 1 to 9": "Was es unter den anderen zählt, von 1 bis 9",
    "Attainment scale": "Zielerreichungsskala",
    "Attainment scale {version}": "Zielerreichungsskala {version}",
    "Say beforehand what each level looks like: by these words the objective is judged in the end.": (
        "Sagen Sie vorher, wie jede Stufe aussieht: An diesen Worten wird das Ziel am Ende beurteilt."
    ),
    "Much less than expected": "Viel weniger als erwartet",
    "Less than expected": "Weniger als erwartet",
    "As expected": "Wie erwartet",
    "More than expected": "Mehr als erwartet",
    "Much more than expected": "Viel mehr als erwartet",
    "What it looks like": "Wie es aussieht",
    "From which measured value on, if there is one": "Ab welchem Messwert, wenn es einen gibt",
    "from {value} on": "ab {value}",
    "here the client began": "hier begann der Klient",
    "How important it is": "Wie wichtig es ist",
    "How difficult it is": "Wie schwierig es ist",
    "Somewhat": "Etwas",
    "Quite": "Ziemlich",
    "Very": "Sehr",
    "Where the client stands today": "Wo der Klient heute steht",
    "Importance times difficulty is the weight of the objective, from 1 to 9.": (
        "Wichtigkeit mal Schwierigkeit ist das Gewicht des Ziels, von 1 bis 9."
    ),
}
JUDGEMENT: Final = {
    "Judge it": "Beurteilen",
    "Abandon it": "Aufgeben",
    "How it ends": "Wie es endet",
    "It is attained": "Es ist erreicht",
    "It is partly attained": "Es ist teilweise erreicht",
    "It is not attained": "Es ist nicht erreicht",
    "It is abandoned": "Es ist aufgegeben",
    "Which level was reached": "Welche Stufe erreicht ist",
    "None: it is abandoned": "Keine: Es ist aufgegeben",
    "The client’s judgement holds; the coach’s waits for it. Abandoning needs a reason:": (
        "Das Urteil des Klienten gilt, das des Coachs wartet darauf. Aufgeben braucht einen Grund:"
    ),
    "It stays to be seen, with the reason, and is no part of what is agreed.": (
        "Es bleibt mit dem Grund zu sehen und gehört nicht zu dem, was vereinbart wird."
    ),
    "Not SMART yet. The plan can become active all the same.": "Noch nicht SMART. Der Plan kann trotzdem in Kraft treten.",
}
STRATEGY: Final = {
    "Choose a strategy": "Eine Strategie wählen",
    "Propose a strategy": "Eine Strategie vorschlagen",
    "Give it up": "Aufgeben",
    "The way, in one sentence": "Der Weg, in einem Satz",
    "Kind": "Art",
    "Training": "Schulung",
    "Practice": "Übung",
    "Meetings": "Treffen",
    "Support by others": "Unterstützung durch andere",
    "An experiment": "Ein Versuch",
    "Hours a week that it takes": "Stunden in der Woche, die er braucht",
    "How well it suits the client, from 0 to 10": "Wie gut er zum Klienten passt, von 0 bis 10",
    "What stands in its way": "Was im Wege steht",
    "Which objectives it serves": "Welchen Zielen er dient",
}
DONE: Final = {
    "The weight of the objective is changed.": "Das Gewicht des Ziels ist geändert.",
    "The five levels are in the plan: by them the objective is judged.": "Die fünf Stufen sind im Plan: Nach ihnen wird das Ziel beurteilt.",
    "The strategy is in the plan.": "Die Strategie ist im Plan.",
    "The strategy goes on as you said.": "Die Strategie geht weiter, wie Sie es gesagt haben.",
    "The strategy is given up.": "Die Strategie ist aufgegeben.",
    "The judgement is recorded. A coach’s holds once the client has judged, too.": (
        "Das Urteil ist festgehalten. Das eines Coachs gilt, sobald auch der Klient geurteilt hat."
    ),
}
GERMAN: Final[dict[str, str]] = SCALE | JUDGEMENT | STRATEGY | DONE
