"""What indicators are called in German, what they are made of, and why an engagement needs help."""

from __future__ import annotations

from typing import Final

TITLES: Final = {
    "SMART at first writing": "SMART beim ersten Schreiben",
    "Days until SMART": "Tage, bis es SMART war",
    "Baseline known": "Ausgangswert bekannt",
    "Attainment index (GAS)": "Index der Zielerreichung (GAS)",
    "Attainment change": "Veränderung der Zielerreichung",
    "Progress of objectives": "Fortschritt der Ziele",
    "Milestones on time": "Meilensteine rechtzeitig",
    "Milestones on their first date": "Meilensteine zum ersten Termin",
    "Schedule drift": "Verzug",
    "Adjustments per milestone": "Änderungen je Meilenstein",
    "Plans thought over again": "Pläne überdacht",
    "Actions kept in time": "Aufgaben rechtzeitig erledigt",
    "Actions done": "Erledigte Aufgaben",
    "Changes by the client": "Änderungen durch den Klienten",
    "Approved by the client": "Vom Klienten gebilligt",
    "Reviews within the cadence": "Überprüfungen im vereinbarten Abstand",
    "Evaluations in time": "Beurteilungen rechtzeitig",
    "Engagement": "Engagement",
    "Sessions that took place": "Sitzungen, die stattfanden",
    "Days between sessions": "Tage zwischen Sitzungen",
    "Days without a next session": "Tage ohne weitere Sitzung",
    "Days to the first session": "Tage bis zur ersten Sitzung",
    "Days to a plan": "Tage bis zum Plan",
    "Engagements completed": "Abgeschlossene Coachings",
    "Sponsors may see results": "Auftraggeber dürfen Ergebnisse sehen",
    "Session rating (SRS)": "Bewertung der Sitzungen (SRS)",
    "Low session ratings (SRS)": "Niedrige Bewertungen der Sitzungen (SRS)",
    "Alliance (WAI-SR)": "Zusammenarbeit (WAI-SR)",
    "Alliance: goals": "Zusammenarbeit: Ziele",
    "Alliance: tasks": "Zusammenarbeit: Aufgaben",
    "Alliance: bond": "Zusammenarbeit: Beziehung",
    "Alliance: change since the first": "Zusammenarbeit: Veränderung seit der ersten Messung",
    "Would recommend (NPS)": "Weiterempfehlung (NPS)",
    "Seen otherwise since": "Seitdem anders gesehen",
    "Self and others apart": "Abstand von Selbstbild und Fremdbild",
    "Raters who answered": "Feedbackgebende, die geantwortet haben",
    "Would recommend, by survey (NPS)": "Weiterempfehlung laut Umfrage (NPS)",
    "Stars, by survey": "Sterne laut Umfrage",
    "Surveys that were answered": "Beantwortete Umfragen",
    "Rigid": "Starr",
    "Restless": "Unruhig",
}
MADE_OF: Final = {
    "{below} so far": "bisher {below}",
    "Mean of {below}": "Mittel über {below}",
    "Changed {times} in {below}": "{below}, darin {times} geändert",
    "Due dates changed {times}, over {below}": "{below}, Termine {times} geändert",
    "{later} in all, over {below}": "zusammen {later}, über {below}",
    "For less against: {top}, of {below}": "{below}, Befürworter abzüglich Kritiker: {top}",
    "{top} done in {below}": "{below}, darin {top} erledigt",
    "{top} of {below} answered": "{below}, davon {top} mit Antwort",
    "{top} of {below} at 36 points or fewer": "{below}, davon {top} mit höchstens 36 Punkten",
    "{top} of {below} by the client": "{below}, davon {top} durch den Klienten",
    "{top} of {below} completed": "{below}, davon {top} abgeschlossen",
    "{top} of {below} in time": "{below}, davon {top} rechtzeitig",
    "{top} of {below} kept in time": "{below}, davon {top} rechtzeitig erledigt",
    "{top} of {below} made or approved by the client": "{below}, davon {top} vom Klienten gemacht oder gebilligt",
    "{top} of {below} passed at once": "{below}, davon {top} auf Anhieb SMART",
    "{top} of {below} reached by the first date": "{below}, davon {top} zum ersten Termin erreicht",
    "{top} of {below} reached in time": "{below}, davon {top} rechtzeitig erreicht",
    "{top} of {below} took place": "{below}, davon {top} gehalten",
    "{top} of {below} with a baseline": "{below}, davon {top} mit Ausgangswert",
    "{top} of {below} with a consent": "{below}, davon {top} mit Zustimmung",
    "{top} of {below} within the cadence": "{below}, davon {top} im vereinbarten Abstand",
}
COUNTED: Final = {
    "actions due": "fällige Aufgaben",
    "active day": "aktiver Tag",
    "active days": "aktive Tage",
    "active objective": "aktives Ziel",
    "active objectives": "aktive Ziele",
    "answer": "Antwort",
    "answers": "Antworten",
    "changes": "Änderungen",
    "engagement that ended": "beendetes Coaching",
    "engagements that ended": "beendete Coachings",
    "evaluations due": "fällige Beurteilungen",
    "interval": "Zeitraum",
    "intervals": "Zeiträume",
    "measured objective": "gemessenes Ziel",
    "measured objectives": "gemessene Ziele",
    "milestones": "Meilensteine",
    "milestones due": "fällige Meilensteine",
    "people asked": "Befragte",
    "person asked": "Befragter",
    "plans": "Pläne",
    "raters": "Feedbackgebende",
    "rating": "Bewertung",
    "ratings": "Bewertungen",
    "sponsored engagement": "Coaching mit Auftraggeber",
    "sponsored engagements": "Coachings mit Auftraggeber",
}
HELP: Final = {
    "{objectives} not measured for {days}; the limit is {limit}.": "{objectives}: {days} lang nicht gemessen; Grenze: {limit}.",
    "1 milestone is {days} overdue.": "1 Meilenstein ist überfällig ({days}).",
    "{number} milestones are overdue, the oldest by {days}.": "{number} Meilensteine sind überfällig (der älteste: {days}).",
    "The review of the plan is {days} overdue.": "Die Überprüfung des Plans ist überfällig ({days}).",
    "1 objective moves at {pace} of the pace that the due date asks for; help is due below {limit}.": (
        "1 Ziel kommt mit {pace} des Tempos voran, das der Termin verlangt; unter {limit} ist Hilfe nötig."
    ),
    "{number} objectives move at {pace} of the pace that the due date asks for; help is due below {limit}.": (
        "{number} Ziele kommen mit {pace} des Tempos voran, das der Termin verlangt; unter {limit} ist Hilfe nötig."
    ),
    "The plan is behind and was not changed for {days}; the limit is {limit}.": (
        "Der Plan liegt zurück und blieb {days} lang unverändert; Grenze: {limit}."
    ),
    "The plan was changed {number} times in 30 days; the limit is {limit}.": (
        "Der Plan wurde in 30 Tagen {number} Mal geändert; Grenze: {limit}."
    ),
    "An approval by the client has been due for {days}; the limit is {limit}.": (
        "Eine Zustimmung des Klienten steht {days} lang aus; Grenze: {limit}."
    ),
    "{number} approvals by the client have been due for {days}; the limit is {limit}.": (
        "{number} Zustimmungen des Klienten stehen {days} lang aus; Grenze: {limit}."
    ),
    "An evaluation is {days} overdue.": "Eine Beurteilung ist überfällig ({days}).",
    "{number} evaluations are overdue, the oldest by {days}.": "{number} Beurteilungen sind überfällig (die älteste: {days}).",
    "The last session was {days} ago, and no next one is booked; the limit is {limit}.": (
        "Die letzte Sitzung liegt {days} zurück, und keine weitere ist gebucht; Grenze: {limit}."
    ),
    "The coach does not hold the role any more: give the engagement over to another.": (
        "Der Coach hat die Rolle nicht mehr: Übergeben Sie das Coaching einem anderen."
    ),
}
GERMAN: Final[dict[str, str]] = {**TITLES, **MADE_OF, **COUNTED, **HELP}
