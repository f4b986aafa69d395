"""What the pages of an agreement and of a change of the coach say, in German."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    "Coaching agreement": "Coaching-Vereinbarung",
    "The coaching is {stage}.": "Stand des Coachings: {stage}.",
    "Since {when} it is agreed anew on": "Seit {when} wird neu vereinbart:",
    ": the terms in force go on until every party has signed the new ones.": (
        ". Die geltenden Bedingungen bleiben, bis alle die neuen unterschrieben haben."
    ),
    "Take it back": "Zurücknehmen",
    "Leave the terms as they are": "Die Bedingungen lassen, wie sie sind",
    "The terms stay as they are.": "Die Bedingungen bleiben, wie sie sind.",
    "The plan": "Der Plan",
    "Version {number}": "Fassung {number}",
    ", since {when}": ", seit {when}",
    "Yet to sign:": "Es fehlt die Unterschrift von:",
    (
        "{sessions} sessions, one every {cadence_days} days. Called off without loss up to {cancellation_hours} hours before; ended with "
        "{termination_days} days of notice. Use of AI: {ai_use}."
    ): (
        "{sessions} Sitzungen, eine alle {cadence_days} Tage. Absage ohne Verlust bis {cancellation_hours} Stunden vorher; Kündigung mit "
        "{termination_days} Tagen Frist. Einsatz von KI: {ai_use}."
    ),
    "May reach others, if the client consents:": "Darf andere erreichen, wenn der Klient zustimmt:",
    "{about} to the {party}": "{about} an {party}",
    "Limits of confidentiality:": "Grenzen der Vertraulichkeit:",
    "Digest": "Prüfsumme",
    "Signatures of version {number}": "Unterschriften unter Fassung {number}",
    "Signed for": "Unterschrieben für",
    "By": "Von",
    "When": "Wann",
    "How": "Wie",
    "Nobody has signed.": "Niemand hat unterschrieben.",
    "No terms were put down yet.": "Es sind noch keine Bedingungen festgehalten.",
    "Alignment meetings": "Abstimmungsgespräche",
    "None was held.": "Es gab keines.",
    "Coached together": "Gemeinsam gecoacht",
    "With more than fifteen the hours do not count for a credential.": (
        "Bei mehr als fünfzehn zählen die Stunden nicht für eine Zertifizierung."
    ),
    "{client}, since {day}": "{client}, seit {day}",
    "until {day}": "bis {day}",
    "Conflicts of interest": "Interessenkonflikte",
    "Change of the coach": "Wechsel des Coachs",
    "Coached by {coach}.": "Coach: {coach}.",
    "No coach is assigned yet.": "Noch ist kein Coach zugeteilt.",
    (
        "A coach who leaves sees nothing of the engagement any more, and their booked sessions are called off. What was private to them "
        "stays private."
    ): (
        "Ein Coach, der geht, sieht vom Coaching nichts mehr, und die gebuchten Sitzungen werden abgesagt. Was nur für ihn war, bleibt es."
    ),
    "What the coach of today reads of before": "Was der jetzige Coach von früher liest",
    "That is for client and coach, and for who runs the program.": "Das ist für Klient und Coach, und für die Programmleitung.",
    "Everything that is not private to somebody else: nobody else coached before.": (
        "Alles, was nicht nur für jemand anderen ist: Niemand sonst hat zuvor gecoacht."
    ),
    "Dates, numbers, codes and the agreement; no words that were written before the change.": (
        "Daten, Zahlen, Codes und die Vereinbarung; keine Worte, die vor dem Wechsel geschrieben wurden."
    ),
    "Dates, numbers, codes, the agreement and the words of the plan; nothing that was written in sessions before the change.": (
        "Daten, Zahlen, Codes, die Vereinbarung und die Worte des Plans; nichts, was vor dem Wechsel in Sitzungen geschrieben wurde."
    ),
    "Dates, numbers, codes, the agreement, the words of the plan, and the shared notes of sessions, by the client’s consent.": (
        "Daten, Zahlen, Codes, die Vereinbarung, die Worte des Plans und die gemeinsamen Notizen der Sitzungen, mit Zustimmung des "
        "Klienten."
    ),
    "The client lets {coach} read the shared notes of earlier sessions.": (
        "Der Klient lässt {coach} die gemeinsamen Notizen früherer Sitzungen lesen."
    ),
    "the next coach": "den nächsten Coach",
    "Let the next coach read shared notes": "Den nächsten Coach die gemeinsamen Notizen lesen lassen",
    "Take that back": "Das zurücknehmen",
    "Give it to another coach": "An einen anderen Coach übergeben",
    "New coach": "Neuer Coach",
    "Hand over": "Übergeben",
    "No words of before": "Keine Worte von früher",
    "The words of the plan": "Die Worte des Plans",
    "The plan and shared notes (needs the client’s consent)": "Der Plan und die gemeinsamen Notizen (braucht die Zustimmung des Klienten)",
    "Why, in words": "Warum, in Worten",
    "Change the coach": "Den Coach wechseln",
    "Client and new coach read these words.": "Klient und neuer Coach lesen diese Worte.",
    "Nobody else is in the program’s pool: add a coach to it first.": (
        "Im Pool des Programms ist sonst niemand: Nehmen Sie zuerst einen Coach auf."
    ),
    "The coaching": "Das Coaching",
    "No terms were put down yet. The coach puts them down; then every party reads and signs them here.": (
        "Noch sind keine Bedingungen festgehalten. Der Coach hält sie fest; dann lesen und unterschreiben alle sie hier."
    ),
    "No terms were put down yet. First a coach is assigned, who puts them down; then every party reads and signs them here.": (
        "Noch sind keine Bedingungen festgehalten. Zuerst wird ein Coach zugeteilt, der sie festhält; dann lesen und unterschreiben alle "
        "sie hier."
    ),
    "I have read these terms and sign them": "Ich habe diese Bedingungen gelesen und unterschreibe sie",
    "Put these terms into force": "Diese Bedingungen in Kraft setzen",
    "Put down other terms": "Andere Bedingungen festhalten",
    "Put down the terms": "Die Bedingungen festhalten",
    "Nobody has signed yet: these terms replace those above, and everybody is asked to sign these instead.": (
        "Noch hat niemand unterschrieben: Diese Bedingungen ersetzen die oben, und alle werden gebeten, stattdessen diese zu "
        "unterschreiben."
    ),
    "One every … days": "Eine alle … Tage",
    "Called off without loss up to … hours before": "Absage ohne Verlust bis … Stunden vorher",
    "Days of notice": "Tage Kündigungsfrist",
    "Use of AI": "Einsatz von KI",
    "None": "Keiner",
    "Only as disclosed": "Nur wie offengelegt",
    "What is said stays between client and coach, unless": "Was gesagt wird, bleibt zwischen Klient und Coach, außer",
    "What may reach the sponsor at most. What does reach them, the client decides later, and can take back.": (
        "Was den Auftraggeber höchstens erreichen darf. Was ihn wirklich erreicht, entscheidet der Klient später und kann es zurücknehmen."
    ),
    "In this program the sponsor takes part in plans: they need to be able to read the objectives.": (
        "In diesem Programm wirkt der Auftraggeber an Plänen mit: Er muss die Ziele lesen können."
    ),
    "There are words in the terms above that you may not read: what you enter here stands in their place.": (
        "In den Bedingungen oben stehen Worte, die Sie nicht lesen dürfen: Was Sie hier eingeben, tritt an ihre Stelle."
    ),
    "What else is agreed": "Was sonst vereinbart ist",
    "Put these terms down instead": "Stattdessen diese Bedingungen festhalten",
    "Put these terms down": "Diese Bedingungen festhalten",
    "What is to be reached: the objectives, in words": "Was erreicht werden soll: die Ziele, in Worten",
    "How far each objective has come": "Wie weit jedes Ziel ist",
    "Whether objectives were reached": "Ob Ziele erreicht wurden",
    "The summary of evaluations": "Die Zusammenfassung der Beurteilungen",
    "Which sessions took place": "Welche Sitzungen stattfanden",
    "Waits for signatures": "Wartet auf Unterschriften",
    "Signed by all, not in force yet": "Von allen unterschrieben, noch nicht in Kraft",
    "Superseded": "Abgelöst",
    "Replaced before it was in force": "Ersetzt, bevor es in Kraft war",
    "a law demands it": "ein Gesetz verlangt es",
    "a court orders it": "ein Gericht ordnet es an",
    "somebody is in danger": "jemand in Gefahr ist",
}
