"""What the pages of coachings say, in German."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    "Coachings": "Coachings",
    "Programs": "Programme",
    "How far each has come and what is next in it. What waits for you comes first, then the newest.": (
        "Wie weit jedes ist und was darin als Nächstes kommt. Was auf Sie wartet, steht zuerst, dann das Neueste."
    ),
    "No coaching stands there.": "Kein Coaching steht dort.",
    "There is no coaching that you have to do with yet. When you are part of one, it is here.": (
        "Noch gibt es kein Coaching, mit dem Sie zu tun haben. Sobald Sie an einem teilnehmen, steht es hier."
    ),
    "There is no coaching yet: enrol a participant in a program, and propose it there.": (
        "Noch gibt es kein Coaching: Nehmen Sie jemanden in ein Programm auf, und schlagen Sie es dort vor."
    ),
    "Narrow": "Eingrenzen",
    "Program": "Programm",
    "All programs": "Alle Programme",
    "Every state": "Jeder Stand",
    "What is next": "Was als Nächstes kommt",
    "outside of any": "ohne Programm",
    "nothing": "nichts",
    "You:": "Sie:",
    "Assign a coach": "Einen Coach zuteilen",
    "Put down the terms of the agreement": "Die Bedingungen der Vereinbarung festhalten",
    "Read and sign the agreement": "Die Vereinbarung lesen und unterschreiben",
    "Put the new terms into force": "Die neuen Bedingungen in Kraft setzen",
    "Let the coaching go on, when it is time": "Das Coaching fortsetzen, wenn es so weit ist",
    "Begin the coaching: say from when to when": "Das Coaching beginnen: sagen, von wann bis wann",
    "Open the plan": "Den Plan eröffnen",
    "Launch the needs assessment that the program asks for": "Die Bedarfsanalyse beginnen, die das Programm verlangt",
    "Answer the self-assessment": "Die Selbsteinschätzung beantworten",
    "Close the needs assessment, once enough have answered": "Die Bedarfsanalyse abschließen, sobald genug geantwortet haben",
    "Say what is to be reached: define objectives": "Sagen, was erreicht werden soll: Ziele festlegen",
    "Propose the plan, once its objectives are complete": "Den Plan vorschlagen, sobald seine Ziele vollständig sind",
    "Read and approve the plan": "Den Plan lesen und ihm zustimmen",
    "Bring the approved plan into force": "Den Plan in Kraft setzen, dem zugestimmt wurde",
    "Accept or decline the change of the plan": "Die Änderung des Plans annehmen oder ablehnen",
}
