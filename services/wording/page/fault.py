"""What clients, coaches and sponsors are told in German of one field, or of what they asked for: by the sentence in English."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    # of any field
    "This field is required.": "Dieses Feld muss ausgefüllt sein.",
    "This field is given twice.": "Dieses Feld wurde zweimal geschickt.",
    "A whole number.": "Eine ganze Zahl.",
    "At least {number}.": "Mindestens {number}.",
    "At most {number}.": "Höchstens {number}.",
    "At most {number} characters.": "Höchstens {number} Zeichen.",
    "At least {number} of them.": "Mindestens {number} davon.",
    "At most {number} of them.": "Höchstens {number} davon.",
    "Expected one line that is not blank, without control characters.": "Eine Zeile, die nicht leer ist, ohne Steuerzeichen.",
    "Expected text without control characters.": "Text ohne Steuerzeichen.",
    "Expected a short name of one line, in any script, of at most 64 characters, without control characters.": (
        "Ein kurzer Name in einer Zeile, mit höchstens 64 Zeichen, ohne Steuerzeichen."
    ),
    "Expected an address such as ada@example.org.": "Eine Adresse wie ada@example.org.",
    "Expected a decimal number, such as 12.5.": "Eine Zahl, etwa 12.5.",
    "Expected a day, such as 2027-03-31.": "Ein Tag, etwa 2027-03-31.",
    "Expected an id (a UUID).": "Wählen Sie etwas aus der Liste.",
    "Say why, in at least ten characters.": "Sagen Sie, warum, mit mindestens zehn Zeichen.",
    # of an assessment
    "A self-assessment is answered by the client, and by nobody else.": "Eine Selbsteinschätzung beantwortet der Klient, sonst niemand.",
    "Nothing of it applies: give at least one item a point, or send no answer.": (
        "Nichts davon trifft zu: Geben Sie wenigstens einer Aussage einen Punkt, oder schicken Sie keine Antwort."
    ),
    "The self-assessment is answered, and so closed already.": "Die Selbsteinschätzung ist beantwortet und damit schon abgeschlossen.",
    "An assessment closes on the day it opens or later, and not in the past.": (
        "Eine Bedarfsanalyse schließt an ihrem ersten Tag oder später, und nicht in der Vergangenheit."
    ),
    "The instrument does not ask for that.": "Danach fragt der Fragebogen nicht.",
    "The organization's policy sets a higher floor.": "Die Organisation verlangt eine größere kleinste Gruppe.",
    "The sponsor answers as the client's manager, or among others: not as a peer or a report.": (
        "Der Auftraggeber antwortet als Führungskraft des Klienten oder unter anderen, nicht als Kollege oder Mitarbeiter."
    ),
    "Results are gone through after the assessment has closed, and not in the future.": (
        "Ergebnisse werden besprochen, nachdem die Bedarfsanalyse abgeschlossen ist, und nicht in der Zukunft."
    ),
    "Nothing was answered yet that could show this.": "Noch wurde nichts beantwortet, das dies zeigen könnte.",
    "No rater answered that.": "Danach hat niemand geantwortet.",
    "These results were not handed over to you: the client can allow it.": (
        "Diese Ergebnisse wurden Ihnen nicht übergeben: Der Klient kann es erlauben."
    ),
    # of a plan
    "No version waits for your approval now: read the plan when the coach has proposed one, and approve that.": (
        "Keine Fassung wartet jetzt auf Ihre Zustimmung: Lesen Sie den Plan, wenn der Coach eine vorgelegt hat."
    ),
    "The plan was changed after it was proposed: propose it again, then approve that version.": (
        "Der Plan wurde geändert, nachdem er vorgelegt war: Legen Sie ihn noch einmal vor; dann gilt die Zustimmung dieser Fassung."
    ),
    "The next review is on a day after this one.": "Die nächste Überprüfung ist an einem späteren Tag als diese.",
    "Only the client answers an exercise.": "Eine Übung beantwortet nur der Klient.",
    "Exercises are offered, and taken back, by the coach.": "Übungen bietet der Coach an, und er nimmt sie zurück.",
    "The measure is yes or no: 1 or 0.": "Gemessen wird mit ja oder nein: 1 oder 0.",
    "The value lies outside of the measure's scale.": "Der Wert liegt außerhalb der Skala, auf der gemessen wird.",
    "Milestones of the objective are due after that date: move them first.": (
        "Meilensteine des Ziels sind später fällig: Verschieben Sie zuerst diese."
    ),
    "An objective is judged by the client and the coach.": "Über ein Ziel urteilen der Klient und der Coach.",
    "The objective has no attainment scale to be judged on.": "Das Ziel hat keine Skala, auf der es beurteilt werden könnte.",
    "The objective was left out of the plan that was agreed: propose it anew.": (
        "Das Ziel gehört nicht zum vereinbarten Plan: Schlagen Sie es neu vor."
    ),
    "A scale describes each of the levels -2, -1, 0, 1 and 2 once.": "Eine Skala beschreibt jede der Stufen -2, -1, 0, 1 und 2 einmal.",
    "Each level needs a text of its own.": "Jede Stufe braucht einen eigenen Text.",
    "A baseline cannot be taken on a day that lies ahead.": "Ein Ausgangswert kann nicht an einem Tag erhoben sein, der noch kommt.",
    "The baseline was agreed with the plan: correct it with a correction, which keeps both values.": (
        "Der Ausgangswert wurde mit dem Plan vereinbart: Berichtigen Sie ihn; beide Werte bleiben bekannt."
    ),
    "Only the client says what the client thinks, or the coach who quotes them.": (
        "Was der Klient meint, sagt nur der Klient selbst oder der Coach, der ihn zitiert."
    ),
    "You have agreed to this change already.": "Sie haben dieser Änderung schon zugestimmt.",
    "This change does not need your word.": "Diese Änderung braucht Ihre Zustimmung nicht.",
    "As a member of a group you promise what you do yourself: name yourself as its owner.": (
        "Als Mitglied einer Gruppe sagen Sie zu, was Sie selbst tun: Wählen Sie sich selbst."
    ),
    "In a group each completes what they promised themselves.": "In einer Gruppe erledigt jeder, was er selbst zugesagt hat.",
    "The lower end must not lie above the higher one.": "Das untere Ende darf nicht über dem oberen liegen.",
    # of a session
    "Only who wrote it can write it anew.": "Nur wer es geschrieben hat, kann es neu schreiben.",
    "The session was booked afterwards: say when it began.": "Die Sitzung wurde nachträglich gebucht: Sagen Sie, wann sie begann.",
    "Only the coach can book a session that took place before.": "Nur der Coach kann eine Sitzung buchen, die schon stattgefunden hat.",
    "A series is booked ahead: book each session that took place by itself.": (
        "Eine Reihe wird im Voraus gebucht: Buchen Sie jede Sitzung, die stattgefunden hat, für sich."
    ),
    "Nothing says how often you meet: name a week, two weeks or a month.": (
        "Nirgends steht, wie oft Sie sich treffen: Wählen Sie eine Woche, zwei Wochen oder einen Monat."
    ),
    "Only the coach can say that it was the coach's wish.": "Dass es der Wunsch des Coachs war, kann nur der Coach sagen.",
    # of a coaching
    "What is to be agreed anew was not put down yet: draft the new terms first.": (
        "Was neu vereinbart werden soll, ist noch nicht festgehalten: Halten Sie zuerst die neuen Bedingungen fest."
    ),
    "Draft the new terms first.": "Halten Sie zuerst die neuen Bedingungen fest.",
    "You joined after these terms were put down: sign them as soon as they rule, or have them put down anew.": (
        "Sie kamen dazu, nachdem diese Bedingungen festgehalten waren: Unterschreiben Sie sie, sobald sie gelten, oder lassen Sie sie "
        "neu festhalten."
    ),
    "Consent is the client's own: nobody else can grant or withdraw it.": (
        "Zustimmen kann nur der Klient selbst: Niemand sonst kann es für ihn tun oder zurücknehmen."
    ),
    "Its coaching has not begun: cancel the engagement.": "Das Coaching hat noch nicht begonnen: Sagen Sie es ab.",
    "The end that is foreseen for a pause must lie after today.": "Das vorgesehene Ende einer Pause muss nach heute liegen.",
    "The last day of a consent must not lie in the past.": "Der letzte Tag einer Zustimmung darf nicht vergangen sein.",
    "Sign the agreement first: it says what can reach the sponsor.": (
        "Unterschreiben Sie zuerst die Vereinbarung: Sie sagt, was den Auftraggeber erreichen kann."
    ),
    # of an evaluation, of hours
    "Only those whom the evaluation names as evaluators can record it.": "Nur wer für diese Beurteilung vorgesehen ist, kann sie festhalten.",
    "There is nothing to judge before the plan was activated.": "Bevor der Plan gilt, gibt es nichts zu beurteilen.",
    "A judgement is corrected by the one whose it is.": "Ein Urteil berichtigt, wer es abgegeben hat.",
    "An evaluation is acknowledged by the client, and by nobody else.": "Eine Beurteilung nimmt der Klient zur Kenntnis, sonst niemand.",
    "That day is still to come: record it once it has been.": "Dieser Tag kommt noch: Halten Sie es fest, wenn er da war.",
    "Education begins first, then the credential is issued, then it expires.": (
        "Zuerst beginnt die Ausbildung, dann wird der Titel verliehen, dann läuft er ab."
    ),
}
