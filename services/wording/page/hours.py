"""What the page of a coach's hours says, in German."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    "Hours for {body}": "Stunden für {body}",
    "What counts up to {day}, by the rules {ruleset}. 45 minutes are {hours} hours.": (
        "Was bis zum {day} nach den Regeln {ruleset} zählt. 45 Minuten sind {hours} Stunden."
    ),
    "Supervision and training": "Supervision und Weiterbildung",
    "Supervision": "Supervision",
    "{minutes} minutes": "{minutes} Minuten",
    "Nothing is recorded yet. EMCC asks for both each year.": "Noch ist nichts eingetragen. EMCC verlangt beides jedes Jahr.",
    "What it was": "Was es war",
    "It is recorded.": "Es ist eingetragen.",
    "Rules": "Regeln",
    "By the rules of": "Nach den Regeln von",
    "The log is handed in. Its lines stay as they are: what changes later stands in it as an entry of its own.": (
        "Der Nachweis ist eingereicht. Seine Zeilen bleiben, wie sie sind: Was sich später ändert, steht darin als eigener Eintrag."
    ),
    "In short": "Kurz gesagt",
    "{hours} hours count": "{hours} Stunden zählen",
    ", in {sessions}: {paid} paid and {pro_bono} pro bono.": ", in {sessions}: {paid} bezahlt und {pro_bono} pro bono.",
    "{hours} hours do not count, and the log says why.": "{hours} Stunden zählen nicht; der Nachweis sagt, warum.",
    "Your credential: {level}, valid until {day}.": "Ihr Zertifikat: {level}, gültig bis {day}.",
    "Your credential: {level}.": "Ihr Zertifikat: {level}.",
    "Education began on {day}.": "Die Ausbildung begann am {day}.",
    "It is not recorded when your education began.": "Es ist nicht festgehalten, wann Ihre Ausbildung begann.",
    "It is not recorded when your education began, and until then nothing counts.": (
        "Es ist nicht festgehalten, wann Ihre Ausbildung begann; solange das fehlt, zählt nichts."
    ),
    "{engagements} under way, of {places} that you take ({share} %).": (
        "Zurzeit: {engagements}, bei {places} Plätzen, die Sie anbieten ({share} %)."
    ),
    "{engagements} under way.": "Zurzeit: {engagements}.",
    "Whether you and a client changed places in a session is not recorded here: of such a session only the half in which you coached counts.": (
        "Ob Sie und Ihr Gegenüber in einer Sitzung die Rollen getauscht haben, ist hier nicht festgehalten: Von einer solchen Sitzung "
        "zählt nur die Hälfte, in der Sie gecoacht haben."
    ),
    "How far towards {level}": "Wie weit auf dem Weg zu {level}",
    "Required": "Gefordert",
    "So far": "Bisher",
    "Of clients who may be listed": "Davon mit Klienten, die genannt werden dürfen",
    "(figure not verified: ask {body})": "(Zahl nicht geprüft: fragen Sie bei {body} nach)",
    "The log": "Der Nachweis",
    "A client who is not listed": "Jemand, der nicht genannt wird",
    "without their consent; their hours count": "ohne Zustimmung; die Stunden zählen",
    "group of up to {people}": "Gruppe von bis zu {people}",
    "{first} to {last}:": "{first} bis {last}:",
    "{first} to today, and going on:": "{first} bis heute, noch nicht zu Ende:",
    "{paid} h paid, {pro_bono} h pro bono.": "{paid} Std. bezahlt, {pro_bono} Std. pro bono.",
    "{hours} h": "{hours} Std.",
    "Payment": "Bezahlung",
    "Counts": "Zählt",
    "{minutes} on {day}": "{minutes} am {day}",
    "paid": "bezahlt",
    "pro bono": "pro bono",
    "no: {why}": "nein: {why}",
    "No session was held yet.": "Noch keine Sitzung wurde gehalten.",
    "Keep it, and hand it in": "Aufbewahren und einreichen",
    "The log as CSV": "Der Nachweis als CSV",
    ", as far as position {position}.": ", bis Position {position}.",
    "Handed in up to {day}, as of position {position}; digest": "Eingereicht bis {day}, Stand Position {position}; Prüfsumme",
    "Once it is handed in, the time of these sessions changes by a counter-entry alone.": (
        "Ist er eingereicht, ändert sich die Dauer dieser Sitzungen nur noch durch einen Gegeneintrag."
    ),
    "Hand in this log": "Diesen Nachweis einreichen",
    "Hours of coaching": "Stunden Coaching",
    "Paid hours": "Bezahlte Stunden",
    "People coached": "Gecoachte Personen",
    "Recent hours (ICF: 18 months)": "Stunden der letzten Zeit (ICF: 18 Monate)",
    "Years since the first session": "Jahre seit der ersten Sitzung",
    "Ratings by clients, 12 months": "Bewertungen durch Klienten, 12 Monate",
    "Own development, each year": "Eigene Weiterbildung, je Jahr",
    "Supervision, each year": "Supervision, je Jahr",
    "before education began": "vor Beginn der Ausbildung",
    "it is not recorded when education began": "der Beginn der Ausbildung ist nicht festgehalten",
    "more than 15 people": "mehr als 15 Personen",
    "foundation": "Foundation",
    "practitioner": "Practitioner",
    "senior practitioner": "Senior Practitioner",
    "master practitioner": "Master Practitioner",
}
