"""What the page of a program says, in German."""

from __future__ import annotations

from typing import Final

TERMS: Final = {
    "1 coaching of this program needs help": "1 Coaching dieses Programms braucht Hilfe",
    "{number} coachings of this program need help": "{number} Coachings dieses Programms brauchen Hilfe",
    ", for {firm}": ", für {firm}",
    "a client organization": "eine Kundenorganisation",
    "Terms": "Bedingungen",
    "Seats": "Plätze",
    "{taken} of {seats} taken": "{taken} von {seats} vergeben",
    "Sessions for each": "Sitzungen für jeden Platz",
    "Before a plan is active": "Bevor ein Plan in Kraft tritt",
    "self-assessment": "Selbsteinschätzung",
    "no assessment": "keine Bedarfsanalyse",
    "Evaluated": "Beurteilt",
    "nothing promised": "nichts zugesagt",
    "at the {anchor}": "{anchor}",
    "{days} after the {anchor}": "{anchor}, {days} danach",
    "{days} before the {anchor}": "{anchor}, {days} davor",
    "middle": "zur Hälfte",
    "Sponsors": "Auftraggeber",
    "approve every plan": "stimmen jedem Plan zu",
    "accept every change of a plan": "nehmen jede Änderung eines Plans an",
    "Wanted of it": "Was es bringen soll",
    "defined": "festgelegt",
}
PARTICIPANTS: Final = {
    "Participants": "Teilnehmende",
    "Participant": "Wer teilnimmt",
    "Cohort": "Jahrgang",
    "All": "Alle",
    ", withdrawn {day}": ", zurückgetreten {day}",
    "Propose the coaching": "Das Coaching vorschlagen",
    "Nobody is in this cohort.": "In diesem Jahrgang ist niemand.",
    "Nobody has a seat: the program is not open yet.": "Niemand hat einen Platz: Das Programm ist noch nicht eröffnet.",
    "Nobody has a seat yet: enrol the first participant below.": "Noch hat niemand einen Platz: Nehmen Sie unten die erste Person auf.",
    "Nobody has a seat.": "Niemand hat einen Platz.",
    "More participants": "Weitere Teilnehmende",
    "Propose a coaching": "Ein Coaching vorschlagen",
    "Who is coached": "Wer gecoacht wird",
    "Alone": "Einzeln",
    "In a group": "In einer Gruppe",
    "As a team": "Als Team",
    "Unpaid (pro bono)": "Unbezahlt (pro bono)",
    "Propose": "Vorschlagen",
    "A sponsor signs the agreement and sees what the client lets them see, and nothing else.": (
        "Ein Auftraggeber unterschreibt die Vereinbarung und sieht, was der Klient ihn sehen lässt, und nichts anderes."
    ),
    "Withdraw a participant": "Jemanden aus dem Programm nehmen",
    "Who gives their seat back": "Wer den Platz zurückgibt",
    "Before any coaching": "Vor jedem Coaching",
    "After coaching": "Nach einem Coaching",
    "Give the seat back": "Den Platz zurückgeben",
    "Who has a coaching that is not over is not offered here: end that first. They can be enrolled again.": (
        "Wessen Coaching noch nicht zu Ende ist, steht hier nicht zur Wahl: Beenden Sie es zuerst. Eine neue Aufnahme ist möglich."
    ),
    "Enrol a participant": "Jemanden aufnehmen",
    "Cohort, such as autumn-2026": "Jahrgang, zum Beispiel Herbst 2026",
    "Department": "Abteilung",
    "Location": "Standort",
    "Enrol": "Aufnehmen",
    "Everybody with the role client is enrolled. An administrator adds people, and grants them the role client, under People.": (
        "Alle mit der Rolle Klient sind aufgenommen. Die Administration fügt unter „Personen“ weitere hinzu und gibt ihnen die Rolle Klient."
    ),
    "Every seat is taken: revise the capacity to enrol more.": (
        "Alle Plätze sind vergeben: Ändern Sie die Zahl der Plätze, um weitere aufzunehmen."
    ),
}
COACHES: Final = {
    "Coaches": "Coaches",
    "Coaches of the pool": "Coaches des Programms",
    "Coachings of this program": "Coachings dieses Programms",
    "Change the limit": "Die Grenze ändern",
    "Take out": "Herausnehmen",
    "{number} of at most {most}": "{number} von höchstens {most}",
    "full": "voll",
    "Coachings at a time, at most": "Coachings zugleich, höchstens",
    "Take out of the pool": "Aus dem Programm nehmen",
    "Nobody coaches in this program yet.": "In diesem Programm coacht noch niemand.",
    "Nobody coaches in this program yet: add the first coach below.": (
        "In diesem Programm coacht noch niemand: Fügen Sie unten den ersten Coach hinzu."
    ),
    "Add a coach": "Einen Coach hinzufügen",
    "Add to the pool": "Hinzufügen",
    "Everybody with the role coach is in the pool already. An administrator adds people, and grants them the role coach, under People.": (
        "Alle mit der Rolle Coach sind schon dabei. Die Administration fügt unter „Personen“ weitere hinzu und gibt ihnen die Rolle Coach."
    ),
    "Nobody with the role coach is here. An administrator adds people, and grants them the role coach, under People.": (
        "Es gibt niemanden mit der Rolle Coach. Die Administration fügt unter „Personen“ jemanden hinzu und gibt die Rolle Coach."
    ),
}
COURSE: Final = {
    "Open the program": "Das Programm eröffnen",
    "From then on participants can be enrolled. Its terms can still be revised.": (
        "Von da an können Teilnehmende aufgenommen werden. Die Bedingungen lassen sich weiter ändern."
    ),
    "Open it": "Eröffnen",
    "Close the program": "Das Programm schließen",
    "None of its coachings is under way. From then on nobody is enrolled or coached in it.": (
        "Keines seiner Coachings läuft. Danach wird niemand mehr darin aufgenommen oder gecoacht."
    ),
    "Close it": "Schließen",
    "The program is defined. Now add the coaches who work in it, then open it.": (
        "Das Programm ist festgelegt. Fügen Sie nun die Coaches hinzu, die darin arbeiten, und eröffnen Sie es dann."
    ),
    "The coach is in the pool.": "Der Coach gehört zum Programm.",
    "The coach takes so many coachings of this program from now on.": "Der Coach nimmt von jetzt an so viele Coachings dieses Programms.",
    "The coach is not in the pool any more.": "Der Coach gehört nicht mehr zum Programm.",
    "The program is open: participants can be enrolled.": "Das Programm ist eröffnet: Teilnehmende können aufgenommen werden.",
    "The participant has a seat. Now propose their coaching.": "Der Platz ist vergeben. Schlagen Sie nun das Coaching vor.",
    "The seat is given back.": "Der Platz ist zurückgegeben.",
    "The program is closed.": "Das Programm ist geschlossen.",
}
GERMAN: Final[dict[str, str]] = {**TERMS, **PARTICIPANTS, **COACHES, **COURSE}
