"""What changed between two moments, in German: the templates of `services/audit/phrase.py` by their English, and the page that shows it."""

from __future__ import annotations

from typing import Final

PLAN: Final = {
    "The plan was begun": "Der Plan wurde begonnen",
    "The plan was proposed{to:, as version }": "Der Plan wurde vorgeschlagen{to:, als Fassung }",
    "The {field} approved version {to} of the plan": "Fassung {to} des Plans bekam eine Zustimmung: {field}",
    "The plan became active": "Der Plan trat in Kraft",
    "The plan was reviewed": "Der Plan wurde überprüft",
    "The objective {id} was added{to:, due }": "Das Ziel {id} kam hinzu{to:, fällig am }",
    "The {field} of the objective {id} changed from {from_} to {to}": "Beim Ziel {id} änderte sich: {field}, jetzt {to}, zuvor {from_}",
    "The {field} of the objective {id} moved from {from_} to {to} ({days:days})": (
        "Beim Ziel {id} verschob sich: {field}, jetzt {to}, zuvor {from_}, {days:days}"
    ),
    "For the objective {id} {to} was measured{from_:, before that }": "Für das Ziel {id} wurde {to} gemessen{from_:, zuvor }",
    "A value of the objective {id} was corrected from {from_} to {to}": "Ein Wert des Ziels {id} wurde berichtigt: {to} statt {from_}",
    "The objective {id} was judged: {to}": "Das Ziel {id} wurde beurteilt: {to}",
    "The judgement of the objective {id} was withdrawn: {from_}": "Das Urteil über das Ziel {id} wurde zurückgezogen: {from_}",
    "The strategy {id} was adopted": "Die Strategie {id} wurde gewählt",
    "The {field} of the strategy {id} changed from {from_} to {to}": (
        "Bei der Strategie {id} änderte sich: {field}, jetzt {to}, zuvor {from_}"
    ),
    "The strategy {id} was dropped": "Die Strategie {id} wurde aufgegeben",
    "A commitment was made, due {to}: {id}": "Eine Zusage kam hinzu, fällig am {to}: {id}",
    "The commitment {id} moved from {from_} to {to} ({days:days})": "Die Zusage {id} verschob sich vom {from_} auf den {to} ({days:days})",
    "The commitment {id} was kept on {to}": "Die Zusage {id} wurde am {to} eingelöst",
    "The commitment {id} is not kept yet after all": "Die Zusage {id} ist doch noch nicht eingelöst",
    "The commitment {id} was dropped": "Die Zusage {id} wurde aufgegeben",
    "The milestone {id} was set for {to}": "Der Meilenstein {id} wurde für den {to} gesetzt",
    "The milestone {id} moved from {from_} to {to} ({days:days})": (
        "Der Meilenstein {id} verschob sich vom {from_} auf den {to} ({days:days})"
    ),
    "The milestone {id} was reached on {to}": "Der Meilenstein {id} wurde am {to} erreicht",
    "The milestone {id} was missed: it was due {from_}": "Der Meilenstein {id} wurde verfehlt: Er war am {from_} fällig",
    "The milestone {id} is not reached yet after all": "Der Meilenstein {id} ist doch noch nicht erreicht",
    "The milestone {id} was taken out of the plan": "Der Meilenstein {id} wurde aus dem Plan genommen",
    "A win was acknowledged: {to}": "Ein Erfolg wurde gewürdigt: {to}",
    "A change waits for an answer: {id}": "Eine Änderung wartet auf eine Antwort: {id}",
    "A change was declined: {id}": "Eine Änderung wurde abgelehnt: {id}",
}
ENGAGEMENT: Final = {
    "Version {to} of the agreement was drafted": "Fassung {to} der Vereinbarung wurde entworfen",
    "The {field} signed version {to} of the agreement": "Fassung {to} der Vereinbarung wurde unterschrieben: {field}",
    "Version {to} of the agreement was opened, to be agreed anew": "Fassung {to} der Vereinbarung wurde begonnen, um sich neu zu einigen",
    "Version {to} of the agreement is not agreed anew after all, and goes on to rule": (
        "Über Fassung {to} der Vereinbarung wird doch nicht neu entschieden, sie gilt weiter"
    ),
    "Version {to} of the agreement came into force{from_:, instead of version }": (
        "Fassung {to} der Vereinbarung trat in Kraft{from_:, anstelle von Fassung }"
    ),
    "Client and others met on {to}, to align ({field})": "Der Klient und andere stimmten sich am {to} ab ({field})",
    "{id} joined the group": "Zur Gruppe kam hinzu: {id}",
    "{id} left the group": "Aus der Gruppe ging: {id}",
    "{to} was assigned as coach{from_:, after }": "Als Coach zugeteilt: {to}{from_:, zuvor }",
    "The coaching began, planned until {to}": "Das Coaching begann, geplant bis {to}",
    "The coaching was completed on {to}": "Das Coaching wurde am {to} abgeschlossen",
    "Notice was given: the coaching ends on {to}": "Das Coaching wurde gekündigt: Es endet am {to}",
    "Notice was taken back: the coaching does not end on {from_}": "Die Kündigung wurde zurückgenommen: Das Coaching endet nicht am {from_}",
    "The coaching was ended early, on {to}": "Das Coaching wurde am {to} vorzeitig beendet",
    "The engagement was given up on {to}": "Das Coaching wurde am {to} abgesagt, bevor es begann",
    "The coaching paused from {to} on": "Das Coaching pausierte ab dem {to}",
    "The coaching went on, planned until {to}": "Das Coaching ging weiter, geplant bis {to}",
    "{from_:Every }{id:?} may see the {field}{to:, until }": "Zur Einsicht frei: {field}; für: {from_:alle mit der Rolle }{id:?}{to:, bis }",
    "{from_:Every }{id:?} may no longer see the {field}": "Nicht mehr zur Einsicht frei: {field}; für: {from_:alle mit der Rolle }{id:?}",
}
FIELDS: Final = {
    "reason": "Grund",
    "outcome area": "Bereich",
    "kind of measure": "Art der Messgröße",
    "unit": "Einheit",
    "direction": "Richtung",
    "lowest value": "niedrigster Wert",
    "highest value": "höchster Wert",
    "source of the measure": "Quelle der Messgröße",
    "baseline": "Ausgangswert",
    "day of the baseline": "Tag des Ausgangswerts",
    "source of the baseline": "Quelle des Ausgangswerts",
    "due date": "Termin",
    "confidence": "Zuversicht",
    "comment on the confidence": "Bemerkung zur Zuversicht",
    "need": "Bedarf",
    "sponsor outcome": "Wunsch des Auftraggebers",
    "scale": "Skala",
    "kind": "Art",
    "hours a week": "Stunden je Woche",
    "obstacles": "Hindernisse",
    "client fit": "was zum Klienten passt",
    "shared notes": "gemeinsame Notizen",
    "next coach": "nächster Coach",
}
"""Parts of objectives and strategies, which have changed."""
WHY: Final = {
    "as the {initiator} wished": "Wunsch: {initiator}",
    "reason: {reason}": "Grund: {reason}",
    "By the {initiator}": "Von: {initiator}",
    "Otherwise": "Ohne Angabe eines Grundes",
    "{reason}, wished by the {initiator}": "{reason}, Wunsch: {initiator}",
}
KINDS: Final = {
    "added": "hinzugekommen",
    "refined": "geändert",
    "moved": "verschoben",
    "dropped": "aufgegeben",
    "missed": "verfehlt",
    "reopened": "wieder offen",
    "measured": "gemessen",
    "concluded": "beurteilt",
    "approved": "zugestimmt",
    "activated": "in Kraft",
    "reviewed": "überprüft",
    "drafted": "entworfen",
    "signed": "unterschrieben",
    "assigned": "zugeteilt",
    "resumed": "fortgesetzt",
    "granted": "freigegeben",
    "withdrawn": "zurückgezogen",
}
GERMAN: Final[dict[str, str]] = {**PLAN, **ENGAGEMENT, **FIELDS, **WHY, **KINDS}
