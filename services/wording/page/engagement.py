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
    "Unpaid": "Unbezahlt",
    "{client} and {number} more": "{client} und {number} weitere",
    "To be signed by who joined": "Neue müssen noch unterschreiben",
    "as everybody in the group lets them": "soweit alle in der Gruppe es erlauben",
    "They see what everybody in the group lets them see.": "Sichtbar ist, was alle in der Gruppe erlauben.",
    "acts for the group": "handelt für die Gruppe",
    "since {day}": "seit {day}",
    "has yet to sign": "muss noch unterschreiben",
    "Each signs, consents and rates for themselves, and reads what the group shares and nobody else’s own words.": (
        "Alle unterschreiben, stimmen zu und bewerten für sich selbst, und lesen, was die Gruppe teilt, und von niemandem sonst die eigenen Worte."
    ),
    "Add somebody": "Jemanden aufnehmen",
    "Add": "Aufnehmen",
    "Everybody who has a seat in the program is in the group already.": "Alle, die einen Platz im Programm haben, gehören schon zur Gruppe.",
    "Nobody else holds the role of a client.": "Sonst hat niemand die Rolle eines Klienten.",
    "Somebody leaves": "Jemand verlässt die Gruppe",
    "Take them out": "Aus der Gruppe nehmen",
    "They read nothing of the group from that moment on; what they wrote stays theirs.": (
        "Von diesem Augenblick an liest diese Person nichts mehr von der Gruppe; was sie geschrieben hat, bleibt ihres."
    ),
    "They belong to the group. What it shares they read once they have signed its terms.": (
        "Die Person gehört jetzt zur Gruppe. Was diese teilt, liest sie, sobald sie die Bedingungen unterschrieben hat."
    ),
    "They belong to the group no more, and read nothing of it from now on.": (
        "Die Person gehört nicht mehr zur Gruppe und liest von nun an nichts mehr von ihr."
    ),
    "Nothing: the coaching is over since {day}.": "Nichts: Das Coaching ist seit {day} vorbei.",
    "Nothing waits. The coaching goes on: meet, measure, review": "Nichts wartet. Das Coaching geht weiter: treffen, messen, überprüfen,",
    "Nothing waits for you.": "Auf Sie wartet nichts.",
    "Chosen by": "Gewählt von",
    "the organization": "die Organisation",
    "Assign": "Zuteilen",
    "Nobody is in the program’s pool.": "Im Pool des Programms ist niemand.",
    "First add a coach to it": "Nehmen Sie zuerst einen Coach auf",
    "First day": "Erster Tag",
    "Planned end": "Geplantes Ende",
    "Begin the coaching": "Das Coaching beginnen",
    "Begin with": "Beginnen mit",
    "An empty plan": "Ein leerer Plan",
    "Written in": "Geschrieben auf",
    "the organization’s language": "in der Sprache der Organisation",
    "English": "Englisch",
    "German": "Deutsch",
    "Why": "Warum",
    "In words, at least ten characters": "In Worten, mindestens zehn Zeichen",
    "Let it go on": "Fortsetzen",
    "How far it has come": "Wie weit es ist",
    "Agreement": "Vereinbarung",
    "New terms wait": "Neue Bedingungen warten",
    "To be signed": "Zu unterschreiben",
    "Signed by all": "Von allen unterschrieben",
    "yet to sign:": "es fehlt die Unterschrift von:",
    "No terms yet": "Noch keine Bedingungen",
    "Needs assessment": "Bedarfsanalyse",
    "Self-assessment": "Selbsteinschätzung",
    "Feedback of others": "Feedback von anderen",
    "; the program asks for": "; das Programm verlangt",
    "a self-assessment": "eine Selbsteinschätzung",
    "feedback of others": "Feedback von anderen",
    "Plan": "Plan",
    "none yet": "noch keiner",
    "{held} held": "{held} abgehalten",
    "of {number}": "von {number}",
    ", the next one {when}": ", die nächste {when}",
    "none booked": "keine gebucht",
    "All sessions": "Alle Sitzungen",
    "What the sponsor sees": "Was der Auftraggeber sieht",
    "Let by": "Erlaubt von",
    "Today everybody lets them see:": "Heute lassen alle ihn sehen:",
    "Today they see nothing beside the agreement: not everybody lets them see the same.": (
        "Heute sieht er außer der Vereinbarung nichts: Nicht alle lassen ihn dasselbe sehen."
    ),
    "as the client lets them": "wie der Klient es erlaubt",
    "What the client lets the sponsor see": "Was der Klient den Auftraggeber sehen lässt",
    "Until": "Bis",
    "Take back": "Zurücknehmen",
    "for {person}": "für {person}",
    "it is taken back": "es zurückgenommen wird",
    "Nothing but the agreement itself": "Nichts außer der Vereinbarung selbst",
    ": sign the agreement, then you can let them see more": ": Unterschreiben Sie die Vereinbarung, dann können Sie mehr erlauben",
    "Let the sponsor see more": "Den Auftraggeber mehr sehen lassen",
    "Last day, if there is to be one": "Letzter Tag, wenn es einen geben soll",
    "Let them see it": "Das sehen lassen",
    "Only you decide this. You can take it back at any time, and at once.": (
        "Das entscheiden nur Sie. Sie können es jederzeit und sofort zurücknehmen."
    ),
    "They see all that the agreement allows.": "Er sieht alles, was die Vereinbarung erlaubt.",
    "The agreement lets nothing reach the sponsor. For that it has to be agreed anew.": (
        "Nach der Vereinbarung erreicht den Auftraggeber nichts. Dafür muss neu vereinbart werden."
    ),
    "The coaching is proposed. Now assign its coach.": "Das Coaching ist vorgeschlagen. Teilen Sie nun den Coach zu.",
    "The coach is assigned.": "Der Coach ist zugeteilt.",
    "The coaching has begun.": "Das Coaching hat begonnen.",
    "The coaching goes on.": "Das Coaching geht weiter.",
    "Noted: the sponsor sees that from now on.": "Vermerkt: Der Auftraggeber sieht das ab jetzt.",
    "Noted: the sponsor sees that no more, at once.": "Vermerkt: Der Auftraggeber sieht das ab sofort nicht mehr.",
    "The terms are put down. Who has to sign them is told by mail.": (
        "Die Bedingungen sind festgehalten. Wer unterschreiben muss, erfährt es per Mail."
    ),
    "You have signed these terms.": "Sie haben diese Bedingungen unterschrieben.",
    "The new terms are in force.": "Die neuen Bedingungen sind in Kraft.",
}
