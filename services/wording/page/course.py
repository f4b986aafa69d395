"""What is said where a coaching's needs are asked for, and where it rests or ends, in German."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    "Launch a needs assessment: {instrument}": "Eine Bedarfsanalyse beginnen: {instrument}",
    "Who answers": "Wer antwortet",
    "The client alone": "Der Klient allein",
    "The client and others": "Der Klient und andere",
    "What is asked about": "Wonach gefragt wird",
    "Opens on": "Beginnt am",
    "Closes on, two weeks later unless you say when": "Endet am, ohne Angabe zwei Wochen später",
    "It is asked in {language}, as the questionnaire is written.": "Gefragt wird auf {language}, wie der Fragebogen geschrieben ist.",
    "Launch it": "Beginnen",
    "Rest or end": "Ruhen lassen oder beenden",
    "Let it rest": "Ruhen lassen",
    "Until, as far as it is foreseen": "Bis, soweit absehbar",
    "What is due becomes later by as long as it rests": "Was fällig ist, wird um die Dauer der Pause später fällig",
    "It rests from today on: nobody is reminded of anything until it goes on.": (
        "Es ruht von heute an: Niemand wird an etwas erinnert, bis es weitergeht."
    ),
    "Complete it": "Abschließen",
    "How the client keeps what was reached": "Wie der Klient bewahrt, was erreicht wurde",
    "Complete the coaching": "Das Coaching abschließen",
    "Before that its objectives are concluded, its final evaluation is recorded, and no session is booked any more.": (
        "Zuvor sind seine Ziele abgeschlossen, ist seine abschließende Auswertung festgehalten und keine Sitzung mehr gebucht."
    ),
    "End it early": "Vorzeitig beenden",
    "End the coaching": "Das Coaching beenden",
    "Last day": "Letzter Tag",
    "Ends early": "Endet vorzeitig",
    "with {day}": "mit dem {day}",
    "The agreement asks for notice: it ends on {day} at the earliest. Sessions after the last day are called off.": (
        "Die Vereinbarung verlangt eine Frist: Es endet frühestens am {day}. Sitzungen nach dem letzten Tag werden abgesagt."
    ),
    "Take the notice back": "Die Kündigung zurücknehmen",
    "Let the coaching go on": "Das Coaching weitergehen lassen",
    "Sessions that were called off have to be booked anew.": "Abgesagte Sitzungen müssen neu gebucht werden.",
    "Noted. On which day it ends stands above.": "Vermerkt. An welchem Tag es endet, steht oben.",
    "The notice is taken back: the coaching goes on.": "Die Kündigung ist zurückgenommen: Das Coaching geht weiter.",
    "That cannot be undone. What was let see ends with it, and the coach still reads it for 30 days.": (
        "Das lässt sich nicht rückgängig machen. Was andere sehen durften, endet damit, und der Coach liest es noch 30 Tage lang."
    ),
    "Cancel it": "Absagen",
    "Cancel the coaching": "Das Coaching absagen",
    "It has not begun, and will not. That cannot be undone.": (
        "Es hat nicht begonnen und wird nicht beginnen. Das lässt sich nicht rückgängig machen."
    ),
    "The coaching rests.": "Das Coaching ruht.",
    "The coaching is completed.": "Das Coaching ist abgeschlossen.",
    "The coaching is cancelled.": "Das Coaching ist abgesagt.",
}
