"""What the ledger of a plan and the emergencies of a coaching say, in German."""

from __future__ import annotations

from typing import Final

LEDGER: Final = {
    "Every change of what was agreed in this plan, the newest first: from what to what, by whom, on whose wish and why. Times are those of {zone}.": (
        "Jede Änderung dessen, was in diesem Plan vereinbart war, die neueste zuerst: von was zu was, durch wen, auf wessen Wunsch und "
        "warum. Die Zeiten sind die der Zone {zone}."
    ),
    "Every change of what was agreed, the newest first: from what to what, by whom, on whose wish and why. Times are those of {zone}.": (
        "Jede Änderung dessen, was vereinbart war, die neueste zuerst: von was zu was, durch wen, auf wessen Wunsch und warum. Die Zeiten "
        "sind die der Zone {zone}."
    ),
    "Only:": "Nur:",
    "Show all": "Alle zeigen",
    "As a spreadsheet (CSV)": "Als Tabelle (CSV)",
    "Filters": "Filter",
    "Stands out": "Fällt auf",
    "All changes": "Alle Änderungen",
    "All kinds": "Alle Arten",
    "Reason": "Grund",
    "All reasons": "Alle Gründe",
    "Everybody's": "Von allen",
    "Recorded by": "Aufgezeichnet von",
    "Everybody": "Alle",
    "Happened from": "Geschehen ab",
    "Happened up to the end of": "Geschehen bis zum Ende des",
    "the date that was agreed first, against the one in force": "der zuerst vereinbarte Termin und der gültige",
    "never moved": "nie verschoben",
    "The plan is behind, and was not thought over for {days}.": "Der Plan liegt zurück und wurde nicht überdacht, schon {days} lang.",
    "The plan was thought over {times} in the last 30 days.": "Der Plan wurde in den letzten 30 Tagen {times} überdacht.",
    "Pace then {pace} (1 is on pace)": "Tempo damals {pace} (1 ist im Plan)",
    "since {when}": "seit {when}",
    "wished by the {initiator},": "Wunsch: {initiator},",
    "plan of": "Plan:",
    ", as it stood at position {position}": ", wie er an Position {position} stand",
    "the plan then": "der Plan damals",
    ", at position {position}": ", an Position {position}",
    "No change matches. Leave a filter open to see more.": "Keine Änderung passt. Lassen Sie einen Filter offen, um mehr zu sehen.",
    "Nothing of what was agreed was changed yet.": "Noch wurde nichts Vereinbartes geändert.",
    "Earlier changes": "Frühere Änderungen",
}
EMERGENCY: Final = {
    "In an emergency a program manager may read the words of this plan for four hours, where a second person approves it. Client and coach are told at once, each reading is noted, and nothing else is opened: no session, no coach's note, no report.": (
        "In einem Notfall darf eine Programmleitung die Worte dieses Plans vier Stunden lang lesen, wenn eine zweite Person zustimmt. "
        "Klient und Coach erfahren es sofort, jedes Lesen wird vermerkt, und nichts anderes wird geöffnet: keine Sitzung, keine Notiz "
        "des Coachs, kein Bericht."
    ),
    "Emergency {number}": "Notfall {number}",
    "Approve: open the words": "Zustimmen: die Worte öffnen",
    "End it now": "Sofort beenden",
    "Nobody asked.": "Niemand hat darum gebeten.",
    "Ask to read the words of the plan": "Darum bitten, die Worte des Plans zu lesen",
    "Danger to somebody": "Gefahr für jemanden",
    "What the law demands": "Was das Gesetz verlangt",
    "The order of a court": "Anordnung eines Gerichts",
    "Client and coach read these words, and so does whoever is to approve it.": (
        "Klient und Coach lesen diese Worte, und auch, wer zustimmen soll."
    ),
    "Asked for. Give the address of this page to a second person: an administrator, or another program manager.": (
        "Darum ist gebeten. Geben Sie die Adresse dieser Seite einer zweiten Person: einer Administratorin, einem Administrator oder einer "
        "anderen Programmleitung."
    ),
    "Approved: the words of the plan are open to who asked, and client and coach are told.": (
        "Zugestimmt: Die Worte des Plans sind für die Person offen, die darum gebeten hat, und Klient und Coach erfahren es."
    ),
    "Declined: nothing is opened.": "Abgelehnt: Nichts wird geöffnet.",
    "Ended: the words of the plan are withheld again.": "Beendet: Die Worte des Plans werden wieder zurückgehalten.",
}
GERMAN: Final[dict[str, str]] = {**LEDGER, **EMERGENCY}
