"""What the pages of needs assessments say, in German."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    "Other": "Andere",
    "Assessment": "Bedarfsanalyse",
    "Assessments": "Bedarfsanalysen",
    "all raters": "alle Feedbackgebenden",
    "peers": "Kolleginnen und Kollegen",
    "direct reports": "Mitarbeitende",
    "others": "andere",
    "Needs assessment of {client}": "Bedarfsanalyse von {client}",
    "Open until {day}.": "Offen bis {day}.",
    "Answered; there is nothing of raters.": "Beantwortet; von Feedbackgebenden gibt es nichts.",
    "Closed; nothing is shown yet.": "Abgeschlossen; noch wird nichts gezeigt.",
    "The results are shown to client and coach.": "Die Ergebnisse werden Klient und Coach gezeigt.",
    "The results were gone through on {day}.": "Die Ergebnisse wurden am {day} besprochen.",
    "At least {answered} of {asked} raters have answered so far.": "Mindestens {answered} von {asked} Feedbackgebenden haben bisher geantwortet.",
    "How many of {asked} raters have answered is told from {least} on, and not that all have.": (
        "Wie viele von {asked} Feedbackgebenden geantwortet haben, wird ab {least} gesagt, und nicht, dass es alle sind."
    ),
    "Fewer than {least} of {asked} raters answered.": "Weniger als {least} von {asked} Feedbackgebenden haben geantwortet.",
    "{answered} of {asked} raters answered.": "{answered} von {asked} Feedbackgebenden haben geantwortet.",
    "The client has answered.": "Der Klient hat geantwortet.",
    "The client has not answered yet.": "Der Klient hat noch nicht geantwortet.",
    "The client did not answer.": "Der Klient hat nicht geantwortet.",
    "How the client sees it, and how others do": "Wie der Klient es sieht, und wie andere",
    "From {lowest} ({least}) to {highest} ({most}).": "Von {lowest} ({least}) bis {highest} ({most}).",
    "the client,": "der Klient,",
    "all raters. The same numbers stand in the table below.": "alle Feedbackgebenden. Dieselben Zahlen stehen in der Tabelle darunter.",
    "the client {value}": "der Klient {value}",
    "the client did not say": "der Klient sagte nichts",
    "all raters {value}": "alle Feedbackgebenden {value}",
    "raters not shown": "Feedbackgebende nicht gezeigt",
    "Means by competency and group": "Mittelwerte nach Kompetenz und Gruppe",
    "Competency": "Kompetenz",
    "Gap": "Abstand",
    "Class": "Einordnung",
    "{label}, statement by statement": "{label}, Aussage für Aussage",
    "Statement": "Aussage",
    "A dash: nobody answered it, or so few that it would tell who said what.": (
        "Ein Strich: Niemand hat es beantwortet, oder so wenige, dass es verriete, wer was gesagt hat."
    ),
    "What is not shown, and why": "Was nicht gezeigt wird, und warum",
    "fewer than {least} answered, so that they only count among all": (
        "weniger als {least} haben geantwortet, darum zählen sie nur unter allen"
    ),
    "what fewer than {least} said could be computed from it and the rest": (
        "was weniger als {least} gesagt haben, ließe sich daraus und aus dem Rest errechnen"
    ),
    "In their words": "In ihren Worten",
    "in no order": "ohne Reihenfolge",
    "What the client answered": "Was der Klient antwortete",
    "does not apply": "trifft nicht zu",
    "Needs and strengths": "Bedarf und Stärken",
    "Needs and strengths that were found": "Bedarf und Stärken, die gefunden wurden",
    "has not said": "hat nichts gesagt",
    "does not agree": "stimmt nicht zu",
    "None was named yet.": "Noch wurde nichts benannt.",
    "Name a need or a strength": "Einen Bedarf oder eine Stärke benennen",
    "Where it shows": "Woran es sich zeigt",
    "in the client's answers": "in den Antworten des Klienten",
    "in the raters' answers": "in den Antworten der Feedbackgebenden",
    "in an interview": "in einem Gespräch",
    "in an observation": "in einer Beobachtung",
    "in a document": "in einem Dokument",
    "Note it": "Festhalten",
    "Raters": "Feedbackgebende",
    "who has answered is told to nobody": "wer geantwortet hat, erfährt niemand",
    "Group": "Gruppe",
    "Asked": "Gefragt",
    "Decide": "Entscheiden",
    "waits for the coach": "wartet auf den Coach",
    "no": "nein",
    "Approve": "Zustimmen",
    "Change the group": "Gruppe ändern",
    "Decline": "Ablehnen",
    "Nobody was proposed yet.": "Noch wurde niemand vorgeschlagen.",
    "{group}: {asked} asked, how many answered would tell who": (
        "{group}: {asked} gefragt; wie viele geantwortet haben, würde verraten, wer"
    ),
    "{group}: {asked} asked, {answered} answered": "{group}: {asked} gefragt, {answered} haben geantwortet",
    "fewer than {least}, so that they only count among all": "weniger als {least}, darum zählen sie nur unter allen",
    "what few said could be computed, so that they only count among all": (
        "was wenige gesagt haben, ließe sich errechnen, darum zählen sie nur unter allen"
    ),
    "Name": "Name",
    "Address": "Adresse",
    "Propose a rater": "Feedbackgebende vorschlagen",
    "Close it earlier": "Früher abschließen",
    "Why, while a group is too small": "Warum, solange eine Gruppe zu klein ist",
    "Close": "Abschließen",
    "Show the results to client and coach": "Die Ergebnisse Klient und Coach zeigen",
    "Go through the results": "Die Ergebnisse besprechen",
    "Gone through on": "Besprochen am",
    "Note that we did": "Als besprochen vermerken",
    "What the client, and the people around them, see of how they work: before the plan, and again later.": (
        "Was der Klient und die Menschen um ihn von der Arbeitsweise sehen: vor dem Plan, und später noch einmal."
    ),
    "Needs assessments, the newest at the top": "Bedarfsanalysen, die neueste zuerst",
    "Stands": "Stand",
    "the client and raters": "der Klient und Feedbackgebende",
    "{opens_on} to {closes_on}": "{opens_on} bis {closes_on}",
    "Waits for your answers": "Wartet auf Ihre Antworten",
    "Waits for you: a rater is proposed": "Wartet auf Sie: Feedbackgebende sind vorgeschlagen",
    "Waits for you: show the results": "Wartet auf Sie: die Ergebnisse zeigen",
    "Waits for you: go through the results": "Wartet auf Sie: die Ergebnisse besprechen",
    "No needs assessment was launched yet.": "Noch wurde keine Bedarfsanalyse begonnen.",
    "Your answers were taken.": "Ihre Antworten wurden angenommen.",
    "The rater is proposed.": "Die Person ist vorgeschlagen.",
    "It is decided about the rater.": "Über die Person ist entschieden.",
    "The assessment is closed.": "Die Bedarfsanalyse ist abgeschlossen.",
    "It is noted that the results were gone through.": "Es ist vermerkt, dass die Ergebnisse besprochen wurden.",
    "Questionnaires": "Fragebögen",
    "What needs assessments are launched with: the product’s own, and those that your firm brings and may use.": (
        "Womit Bedarfsanalysen begonnen werden: der Fragebogen des Produkts, und die, die Ihre Firma mitbringt und verwenden darf."
    ),
    "Its short name, of small letters, digits and _": "Kurzname aus Kleinbuchstaben, Ziffern und _",
    "Its language": "Sprache",
    "Whose text it is, and by what licence you may use it": "Wessen Text es ist, und mit welcher Lizenz Sie ihn verwenden",
    "Number of the lowest answer": "Zahl der niedrigsten Antwort",
    "Its answers from the lowest to the highest, one a line": "Die Antworten von der niedrigsten zur höchsten, eine je Zeile",
    "What it asks": "Was gefragt wird",
    "Each competency begins with a line of its short name, a colon and what it is called. Below it stands a line for each statement: "
    "as the client reads it about themselves, a bar, and as others read it about the client.": (
        "Jede Kompetenz beginnt mit einer Zeile aus ihrem Kurznamen, einem Doppelpunkt und ihrem Namen. Darunter steht eine Zeile für jede "
        "Aussage: wie der Klient sie über sich liest, ein senkrechter Strich, und wie andere sie über den Klienten lesen."
    ),
    "courage: Courage": "mut: Mut",
    "I say what I think. | Says what they think.": "Ich sage, was ich denke. | Sagt, was sie oder er denkt.",
    "Keep it as the next version": "Als nächste Fassung behalten",
    "Add it": "Hinzufügen",
    "Retired": "Außer Gebrauch",
    "In use": "In Gebrauch",
    "Answers:": "Antworten:",
    "Bring it back as a new version": "Als neue Fassung zurückholen",
    "A new version": "Eine neue Fassung",
    "Launch nothing with it any more": "Nicht mehr damit beginnen",
    "the product’s own": "der des Produkts",
    "Add a questionnaire of your own": "Einen eigenen Fragebogen hinzufügen",
    "The questionnaire is kept. Assessments are launched with it as it stands now.": (
        "Der Fragebogen ist aufgenommen. Bedarfsanalysen beginnen mit ihm, wie er jetzt ist."
    ),
    "Nothing is launched with it any more. What was launched goes on.": "Damit wird nichts mehr begonnen. Was begonnen ist, geht weiter.",
    "The firm’s questionnaires": "Die Fragebögen der Firma",
    "It is noted. An objective of the plan can be linked to it.": "Es ist festgehalten. Ein Ziel des Plans kann darauf verweisen.",
}
