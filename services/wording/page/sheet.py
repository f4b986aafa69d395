"""What reports say as PDF, in German."""

from __future__ import annotations

from typing import Final

FRAME: Final = {
    "As of {day} · template {template}": "Stand {day} · Vorlage {template}",
    "As of {day}, from position {position} of the log · template {template}": (
        "Stand {day}, aus Position {position} der Aufzeichnung · Vorlage {template}"
    ),
    "{period} ({begin} to {end})": "{period} ({begin} bis {end})",
    "(erased)": "(gelöscht)",
    "(withheld)": "(nicht gezeigt)",
    "What is left out": "Was weggelassen ist",
    "▯ stands for a character that this file's fonts do not hold. The report as JSON or CSV has every character.": (
        "▯ steht für ein Zeichen, das die Schriften dieser Datei nicht enthalten. Der Bericht als JSON oder CSV hat jedes Zeichen."
    ),
}
CLIENT: Final = {
    "A client": "Ein Klient",
    "{stage}, from {begin} to {end}": "{stage}, von {begin} bis {end}",
    "{score}, {change} from the start; 50 is as expected ({objectives}, scale version {versions}; an index, not a norm)": (
        "{score}, {change} gegenüber dem Beginn; 50 ist wie erwartet ({objectives}, Fassung der Skala {versions}; ein Index, keine Norm)"
    ),
    "There is no objective to show.": "Es gibt kein Ziel zu zeigen.",
    "(no title)": "(ohne Titel)",
    "Outcome": "Ergebnis",
    "No data": "Keine Daten",
    "How far each objective has come; the line is its target, 100 %.": "Wie weit jedes Ziel gekommen ist; die Linie ist sein Zielwert, 100 %.",
    "% of the way from baseline to target": "% des Wegs vom Ausgangswert zum Zielwert",
    "Ring: baseline. Discs: what was measured. Orange: target and due date. Grey: the last day that counts, {day}.": (
        "Ring: Ausgangswert. Scheiben: was gemessen wurde. Orange: Zielwert und Termin. Grau: der letzte Tag, der zählt, {day}."
    ),
    "No chart: single measurements are not for a sponsor.": "Kein Diagramm: Einzelne Messungen sind nicht für den Auftraggeber.",
    "No chart: nothing was measured up to {day}.": "Kein Diagramm: Bis zum {day} wurde nichts gemessen.",
    "No chart: it was measured only once, and its baseline is not known.": (
        "Kein Diagramm: Es wurde nur einmal gemessen, und der Ausgangswert ist nicht bekannt."
    ),
    "No milestone was set.": "Kein Meilenstein wurde gesetzt.",
    "Ring: first date. Disc: date now. Square: reached. Grey line: {day}.": (
        "Ring: erster Termin. Scheibe: jetziger Termin. Quadrat: erreicht. Graue Linie: {day}."
    ),
    "No.": "Nr.",
    "First date": "Erster Termin",
    "Date now": "Jetziger Termin",
    "Moved": "Verschoben",
    "Reached {day}": "Erreicht {day}",
    "Not judged yet.": "Noch nicht beurteilt.",
    "{mark} of 5": "{mark} von 5",
}
PROGRAM: Final = {
    "{begin} to {end}": "{begin} bis {end}",
    "Runs": "Laufzeit",
    "Enrolled clients": "Teilnehmende Klienten",
    "Engagements": "Coachings",
    "Smallest group shown": "Kleinste gezeigte Gruppe",
    "Engagements that need help": "Coachings, die Hilfe brauchen",
    "Engagements that need help on {day}": "Coachings, die am {day} Hilfe brauchen",
    "None on {day}.": "Keines am {day}.",
    "Milestones due in each month, and of these reached in time.": "Fällige Meilensteine in jedem Monat, und davon rechtzeitig erreichte.",
    "Indicator": "Kennzahl",
    "Indicators": "Kennzahlen",
    "Made of": "Woraus",
    "Suppressed": "Nicht gezeigt",
    "95 % interval {low} to {high} %": "Intervall (95 %) {low} bis {high} %",
    "Value and 95 % interval; n is how many things were counted.": "Wert und Intervall (95 %); n ist, wie viel gezählt wurde.",
}
LEDGER: Final = {
    "Change ledger": "Änderungsbuch",
    "Changes": "Änderungen",
    "Everything agreed": "Alles Vereinbarte",
    "the newest {number}; a shorter period tells the earlier": "die neuesten {number}; ein kürzerer Zeitraum zeigt die früheren",
    "Times": "Zeiten",
    "those of {zone}": "in der Zone {zone}",
    "Original date": "Erster Termin",
    "Date in force": "Gültiger Termin",
    "Drift": "Verzug",
    "never": "nie",
    "{days} d": "{days} T.",
    "Changes, the newest first": "Änderungen, die neuesten zuerst",
    "Nothing of what was agreed was changed in this time.": "In dieser Zeit wurde nichts Vereinbartes geändert.",
    "Happened": "Geschehen",
    "Changed": "Geändert",
    "the same day": "am selben Tag",
    "no. {number}": "Nr. {number}",
    "plan of {client}": "Plan: {client}",
    "Target lowered after a result": "Zielwert nach einem Ergebnis gesenkt",
    "Measure replaced after a result": "Messgröße nach einem Ergebnis ersetzt",
    "Moved when it was due": "Verschoben, als es fällig war",
    "Approved after the change": "Erst nach der Änderung zugestimmt",
    "Dated back": "Zurückdatiert",
    "Agreed with oneself": "Mit sich selbst vereinbart",
    "SMART gate overridden": "SMART-Prüfung übergangen",
    "Waited long": "Lange gewartet",
}
KINDS: Final = {
    "action moved": "Aufgabe verschoben",
    "conflict declared": "Interessenkonflikt angezeigt",
    "conflict resolved": "Interessenkonflikt aufgelöst",
    "due moved": "Termin verschoben",
    "measure replaced": "Messgröße ersetzt",
    "milestone moved": "Meilenstein verschoben",
    "objective added": "Ziel hinzugekommen",
    "scale defined": "Skala festgelegt",
    "target changed": "Zielwert geändert",
    "target lowered": "Zielwert gesenkt",
    "target raised": "Zielwert erhöht",
    "terms revised": "Bedingungen überarbeitet",
}
LEFT_OUT: Final = {
    "{section}: not every reader may see what people wrote.": "{section}: Nicht alle Leser dürfen sehen, was Menschen geschrieben haben.",
    "{section}: not for a sponsor, whatever the consent.": "{section}: nicht für einen Auftraggeber, wozu auch immer zugestimmt ist.",
    "{section}: {reason}.": "{section}: {reason}.",
    "titles and due dates of objectives": "Titel und Termine der Ziele",
    "progress of objectives": "Fortschritt der Ziele",
    "attainment of objectives": "Erreichung der Ziele",
    "evaluations": "Beurteilungen",
    "indicators of one engagement": "Kennzahlen eines einzelnen Coachings",
    "wins": "Erfolge",
    "single engagements": "einzelne Coachings",
    "counts of single months": "Zahlen einzelner Monate",
    "how often each reason occurs": "wie oft jeder Grund vorkommt",
    "how many clients are enrolled": "wie viele Klienten teilnehmen",
    "names of people": "Namen von Personen",
    "titles of objectives": "Titel der Ziele",
    "names of measures": "Namen der Messgrößen",
    "reasons in words": "Gründe in Worten",
    "words of before the coach of today came": "Worte aus der Zeit vor dem heutigen Coach",
    "would tell of single people, or of too few": "würde von Einzelnen oder von zu wenigen erzählen",
    "would tell what another number hides": "würde verraten, was eine andere Zahl verbirgt",
    "would tell what has changed for too few people": "würde verraten, was sich für zu wenige geändert hat",
    "not for the role of every reader": "nicht für die Rolle jedes Lesers",
    "the client's consent does not let every reader see it": "der Klient hat nicht zugestimmt, dass jeder Leser es sieht",
}
GERMAN: Final[dict[str, str]] = {**FRAME, **CLIENT, **PROGRAM, **LEDGER, **KINDS, **LEFT_OUT}
