"""What the forms of a plan's page say, in German."""

from __future__ import annotations

from typing import Final

OBJECTIVE: Final = {
    "Define an objective": "Ein Ziel festlegen",
    "Propose another objective": "Ein weiteres Ziel vorschlagen",
    "What is to be reached, in one sentence": "Was erreicht werden soll, in einem Satz",
    "What is to be reached": "Was erreicht werden soll",
    "Why it matters to the client": "Warum es dem Klienten wichtig ist",
    "Where it is to show": "Wo es sich zeigen soll",
    "What the program wants by it": "Was das Programm damit will",
    "None of them": "Keines davon",
    "How it will be known": "Woran es zu erkennen ist",
    "How it is measured": "Wie es gemessen wird",
    "What is measured": "Was gemessen wird",
    "A number with a unit": "Eine Zahl mit Einheit",
    "A score on a scale": "Ein Wert auf einer Skala",
    "Yes or no": "Ja oder nein",
    "Unit": "Einheit",
    "Direction": "Richtung",
    "Not said yet": "Noch nicht gesagt",
    "It is to rise": "Es soll steigen",
    "It is to fall": "Es soll fallen",
    "It is to stay": "Es soll bleiben",
    "Who or what gives the number": "Von wem oder was die Zahl kommt",
    "Only for a score, or for what is to stay within two values": "Nur für eine Skala, oder was zwischen zwei Werten bleiben soll",
    "Lowest score": "Niedrigster Wert",
    "Highest score": "Höchster Wert",
    "It stays above": "Es bleibt über",
    "It stays below": "Es bleibt unter",
    "From where to where": "Von wo nach wo",
    "Where it stands": "Wo es steht",
    "Where it stands today": "Wo es heute steht",
    "Taken on": "Erhoben am",
    "By whom or what": "Von wem oder was",
    "Or not known until": "Oder erst bekannt am",
    "How confident the client is, from 0 to 10": "Wie zuversichtlich der Klient ist, von 0 bis 10",
    "Confidence": "Zuversicht",
    "Why, if below 4": "Warum, wenn unter 4",
    "Put it into the plan": "In den Plan aufnehmen",
    "Propose it": "Vorschlagen",
    "Propose a change": "Eine Änderung vorschlagen",
    "Change it": "Ändern",
    "Only the first line has to be filled in now. The rest can come later: what is missing stands with the objective.": (
        "Nur die erste Zeile muss jetzt ausgefüllt werden. Der Rest kann später kommen: Was fehlt, steht beim Ziel."
    ),
    "In your words, at least ten characters": "In Ihren Worten, mindestens zehn Zeichen",
}
STEP: Final = {
    "Propose the plan": "Den Plan vorschlagen",
    "It gets a version, which client and coach then approve as it stands.": (
        "Er bekommt eine Fassung, der Klient und Coach dann zustimmen, wie sie dasteht."
    ),
    "It was changed while you read it. This page shows it as it is now: read it again, then approve it.": (
        "Er wurde geändert, während Sie ihn lasen. Diese Seite zeigt ihn, wie er jetzt ist: Lesen Sie ihn noch einmal, dann stimmen Sie zu."
    ),
    "Approve version {number}": "Fassung {number} zustimmen",
    "You approve exactly what stands on this page, as the digest {digest} says.": (
        "Sie stimmen genau dem zu, was auf dieser Seite steht, wie die Prüfsumme {digest} sagt."
    ),
    "Still missing:": "Es fehlt noch:",
    "What keeps it from being SMART": "Was noch nicht SMART ist",
    "Mend it in the objective or, where you can say why, let it pass:": (
        "Beheben Sie es im Ziel, oder lassen Sie es gelten, wo Sie sagen können, warum:"
    ),
    "Bring it into force": "In Kraft setzen",
    "Accept": "Annehmen",
    "Decline it": "Ablehnen",
}
WORK: Final = {
    "Record a value": "Einen Wert festhalten",
    "Record the baseline": "Den Ausgangswert festhalten",
    "Record it": "Festhalten",
    "When, if not now": "Wann, wenn nicht jetzt",
    "What there is to say of it": "Was dazu zu sagen ist",
    "Set a milestone": "Einen Meilenstein setzen",
    "What will be there": "Was dann da ist",
    "On the way to objective": "Auf dem Weg zu Ziel",
    "Measured value, if there is one": "Messwert, wenn es einen gibt",
    "Or what will show it": "Oder woran es zu sehen ist",
    "Set it": "Setzen",
    "Promise an action": "Eine Aufgabe zusagen",
    "What will be done": "Was getan wird",
    "By whom": "Von wem",
    "For objective": "Für Ziel",
    "The first step": "Der erste Schritt",
    "Promise it": "Zusagen",
    "It is done": "Es ist erledigt",
    "What came of it": "Was daraus wurde",
    "Minutes it took": "Dauer in Minuten",
    "It is reached": "Er ist erreicht",
    "Measured value": "Messwert",
    "Without a value that meets {value}, say why it counts:": "Ohne einen Wert, der {value} erreicht, sagen Sie, warum er zählt:",
    "Whose wish it is": "Wessen Wunsch es ist",
}
DONE: Final = {
    "The objective is in the plan. What still keeps it from being SMART stands with it.": (
        "Das Ziel ist im Plan. Was noch fehlt, damit es SMART ist, steht dabei."
    ),
    "The objective is changed. What was approved before has to be proposed and approved anew.": (
        "Das Ziel ist geändert. Wozu zugestimmt war, muss neu vorgeschlagen werden und braucht neue Zustimmung."
    ),
    "The baseline is recorded.": "Der Ausgangswert ist festgehalten.",
    "The milestone is set.": "Der Meilenstein ist gesetzt.",
    "The action is in the plan.": "Die Aufgabe ist im Plan.",
    "The plan is proposed. Now every party approves it, each for themselves.": (
        "Der Plan ist vorgelegt. Nun stimmen alle Seiten zu, jede für sich."
    ),
    "You have approved this version of the plan.": "Sie haben dieser Fassung des Plans zugestimmt.",
    "The plan is in force.": "Der Plan ist in Kraft.",
    "The value is recorded.": "Der Wert ist festgehalten.",
    "Noted: it is done.": "Vermerkt: Es ist erledigt.",
    "The action is moved.": "Die Aufgabe ist verschoben.",
    "The milestone is reached.": "Der Meilenstein ist erreicht.",
    "The milestone is moved. Where it stood stays to be seen.": "Der Meilenstein ist verschoben. Wo er stand, bleibt zu sehen.",
    "The change is proposed. It happens once the other side accepts it.": (
        "Die Änderung ist vorgeschlagen. Sie geschieht, sobald die andere Seite sie annimmt."
    ),
    "You have accepted the change.": "Sie haben die Änderung angenommen.",
    "You have declined the change: it will not happen.": "Sie haben die Änderung abgelehnt: Sie geschieht nicht.",
}
GERMAN: Final[dict[str, str]] = OBJECTIVE | STEP | WORK | DONE
