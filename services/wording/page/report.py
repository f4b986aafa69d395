"""What the page of reports says, in German."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    "Reports that you may know of, newest first.": "Berichte, von denen Sie wissen dürfen, die neuesten zuerst.",
    "There is no report here that you may know of.": "Hier gibt es keinen Bericht, von dem Sie wissen dürfen.",
    "The report was asked for. It is made in the background.": "Der Bericht ist angefordert. Er wird im Hintergrund erstellt.",
    "Look again in a moment": "In einem Augenblick noch einmal nachsehen",
    "About": "Worüber",
    "Period": "Zeitraum",
    "For": "Für",
    "Ask": "Anfordern",
    "A report holds what all of its readers may see. One for the sponsor, too, therefore leaves out what is not for the sponsor.": (
        "Ein Bericht enthält, was alle seine Leser sehen dürfen. Einer, der auch für den Auftraggeber ist, lässt deshalb weg, was nicht "
        "für den Auftraggeber ist."
    ),
    "Asked for": "Angefordert",
    "File": "Datei",
    "as of {day}": "Stand {day}",
    "{things} left out": "{things} weggelassen",
    "of {subject}, {period}": "über {subject}, {period}",
    ", not for you": ", nicht für Sie",
    "Older reports": "Ältere Berichte",
    "PDF, to read": "PDF, zum Lesen",
    "JSON, for programs": "JSON, für Programme",
    "CSV, for spreadsheets": "CSV, für Tabellen",
    "Progress report": "Fortschrittsbericht",
    "Program report": "Programmbericht",
    "Ledger of the plan": "Änderungsbuch des Plans",
    "Ledger of the program": "Änderungsbuch des Programms",
    "Ledger of everything": "Änderungsbuch der Organisation",
    "Me": "mich",
    "Me and the sponsor": "mich und den Auftraggeber",
    "Program: {name}": "Programm: {name}",
    "Progress of {name}": "Fortschritt: {name}",
    "Ledger of the program {name}": "Änderungsbuch des Programms: {name}",
    "Ledger of the plan of {name}": "Änderungsbuch des Plans: {name}",
    "Being made": "Wird erstellt",
    "Usually within two minutes. Look again in a moment.": "Meist innerhalb von zwei Minuten. Sehen Sie in einem Augenblick noch einmal nach.",
    "Made": "Erstellt",
    "Not made": "Nicht erstellt",
    "Ask for it again. If that fails, too, tell who runs Throughline.": (
        "Fordern Sie ihn noch einmal an. Gelingt auch das nicht, sagen Sie es denen, die Throughline betreiben."
    ),
    "File gone": "Datei gelöscht",
    "Its time is over. Ask for it again.": "Ihre Frist ist vorbei. Fordern Sie ihn noch einmal an.",
    "to date": "bis heute",
}
