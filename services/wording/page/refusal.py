"""What clients, coaches and sponsors are told in German when something of theirs is refused: by the title and the message in English."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    "The answers were submitted already, once and for all: there is nothing more to do.": (
        "Die Antworten wurden schon abgegeben, ein für alle Mal: Es ist nichts mehr zu tun."
    ),
    "Already submitted": "Schon abgegeben",
    "Items that are asked are not answered: give each a point on the scale, or null where it does not apply.": (
        "Einige Aussagen sind nicht beantwortet: Geben Sie jeder einen Punkt der Skala, oder sagen Sie, dass sie nicht zutrifft."
    ),
    "Answer incomplete": "Antworten fehlen",
    (
        "An answer lies outside of the instrument's scale, or is about nothing that it asks: give each item that is asked a point of the "
        "scale."
    ): "Eine Antwort liegt außerhalb der Skala, oder es ist nach ihr nicht gefragt: Geben Sie jeder Aussage einen Punkt der Skala.",
    "Answer out of scale": "Antwort außerhalb der Skala",
    "Attribution and confidence are estimates in per cent: give each from 0 to 100.": (
        "Anteil und Zuversicht sind Schätzungen in Prozent: Geben Sie jede von 0 bis 100 an."
    ),
    "Estimate out of range": "Schätzung außerhalb des Bereichs",
    "The program does not give an engagement that much: stay within its days and its sessions, or have its terms revised.": (
        "So viel sieht das Programm für ein Coaching nicht vor: Bleiben Sie bei seinen Tagen und Sitzungen, oder lassen Sie es ändern."
    ),
    "Beyond program terms": "Mehr, als das Programm vorsieht",
    "The assessment is closed, and takes nothing more: launch another one, if it is to be asked again.": (
        "Die Bedarfsanalyse ist abgeschlossen und nimmt nichts mehr an."
    ),
    "Assessment closed": "Abgeschlossen",
    "The assessment is not open today: answer from its `opens_on` to its `closes_on`, or launch another one.": (
        "Die Bedarfsanalyse ist heute nicht offen: Antworten Sie zwischen ihrem ersten und ihrem letzten Tag."
    ),
    "Assessment not open": "Nicht offen",
    "A rater has answered already: who is asked, and in which group, stays as it is.": (
        "Es wurde schon geantwortet: Wer gefragt wird, und in welcher Gruppe, bleibt, wie es ist."
    ),
    "Assessment started": "Schon begonnen",
    "That person is nominated already, and nobody answers twice. Whoever decides on it can put them into another group.": (
        "Diese Person ist schon vorgeschlagen, und niemand antwortet zweimal. Wer darüber entscheidet, kann sie einer anderen Gruppe "
        "zuordnen."
    ),
    "Rater in two groups": "Schon vorgeschlagen",
    "Client and coach are no raters: the client answers about themselves, and the coach keeps out of it.": (
        "Klient und Coach geben kein Feedback: Der Klient antwortet über sich selbst, und der Coach hält sich heraus."
    ),
    "Rater not eligible": "Geht nicht",
    "That party has signed this version already: the others sign it now.": (
        "Für diese Seite ist diese Fassung schon unterschrieben: Jetzt unterschreiben die anderen."
    ),
    "Already signed": "Schon unterschrieben",
    "The engagement is over: nothing of it changes any more. Propose a new one, if the coaching goes on.": (
        "Das Coaching ist vorbei: Daran ändert sich nichts mehr."
    ),
    "Engagement ended": "Coaching beendet",
    "The engagement is not active: activate it if it has not begun, or resume it if it is paused. What has ended stays as it is.": (
        "Das Coaching ist nicht aktiv: Es hat noch nicht begonnen, ist pausiert oder beendet."
    ),
    "Engagement not active": "Coaching nicht aktiv",
    "The agreement does not foresee that this reaches the sponsor: consent stays within the information flows that were signed.": (
        "Die Vereinbarung sieht nicht vor, dass dies den Auftraggeber erreicht: Zustimmen können Sie nur innerhalb dessen, was "
        "unterschrieben wurde."
    ),
    "Flow not agreed": "Nicht vereinbart",
    "Only a party to this engagement can do this: its client, its coach or, where there is one, its sponsor.": (
        "Das können nur Beteiligte dieses Coachings: Klient, Coach oder, wo es einen gibt, der Auftraggeber."
    ),
    "Not a party": "Nicht beteiligt",
    "The agreement is not the one that was read: read it again, and sign the digest that it has now.": (
        "Das ist nicht die Vereinbarung, die gelesen wurde: Lesen Sie sie noch einmal, und unterschreiben Sie die jetzige."
    ),
    "Stale agreement": "Vereinbarung geändert",
    "The evaluation was recorded already: correct it with correct-evaluation, which keeps both values.": (
        "Die Beurteilung wurde schon festgehalten: Berichtigen Sie sie; beide Werte bleiben bekannt."
    ),
    "Already recorded": "Schon festgehalten",
    "Nobody has judged yet: there is nothing to take note of before somebody has.": (
        "Noch hat niemand geurteilt: Es gibt nichts zur Kenntnis zu nehmen."
    ),
    "Nothing recorded": "Nichts festgehalten",
    "The organization is suspended: what there is can be read, nothing can be changed. Ask whoever runs this installation.": (
        "Die Organisation ruht: Was da ist, kann gelesen, aber nichts geändert werden. Fragen Sie, wer dieses System betreibt."
    ),
    "Organization suspended": "Organisation ruht",
    "The action is done or was dropped: commit to a new one.": "Die Aufgabe ist erledigt oder wurde aufgegeben: Sagen Sie eine neue zu.",
    "Action closed": "Aufgabe abgeschlossen",
    "That party has approved this version already: the others approve it now.": (
        "Für diese Seite wurde dieser Fassung schon zugestimmt: Jetzt stimmen die anderen zu."
    ),
    "Already approved": "Schon zugestimmt",
    "The action was completed already: withdraw that report first, if it was a mistake.": (
        "Die Aufgabe wurde schon als erledigt gemeldet: Nehmen Sie diese Meldung zuerst zurück, wenn sie ein Irrtum war."
    ),
    "Already completed": "Schon erledigt",
    "The change was accepted or declined already: propose a new one.": (
        "Die Änderung wurde schon angenommen oder abgelehnt: Schlagen Sie eine neue vor."
    ),
    "Change decided": "Schon entschieden",
    "The date lies in the past: choose today or a later one.": "Das Datum liegt in der Vergangenheit: Wählen Sie heute oder ein späteres.",
    "Due in past": "Datum vorbei",
    "The objective is concluded: define a new one, if it goes on.": (
        "Das Ziel ist abgeschlossen: Legen Sie ein neues fest, wenn es weitergeht."
    ),
    "Objective closed": "Ziel abgeschlossen",
    "The plan is not active: let every party approve it, and activate it first.": (
        "Der Plan ist nicht aktiv: Erst stimmen ihm alle zu, dann wird er aktiviert."
    ),
    "Plan not active": "Plan nicht aktiv",
    "The plan is not the one that was read: read it again, and approve the digest that it has now.": (
        "Das ist nicht der Plan, der gelesen wurde: Lesen Sie ihn noch einmal, und stimmen Sie dem jetzigen zu."
    ),
    "Stale plan": "Plan geändert",
    "The session was rated by this instrument already: rate it by another.": (
        "Die Sitzung wurde damit schon bewertet: Bewerten Sie sie mit einem anderen Bogen."
    ),
    "Already rated": "Schon bewertet",
    "The coach has another session at that time: choose another.": (
        "Der Coach hat zu dieser Zeit eine andere Sitzung: Wählen Sie eine andere Zeit."
    ),
    "Coach unavailable": "Coach nicht verfügbar",
    "A session takes 480 minutes at most: record what goes beyond as another one.": (
        "Eine Sitzung dauert höchstens 480 Minuten: Halten Sie, was darüber hinausgeht, als eine andere fest."
    ),
    "Minutes out of range": "Dauer außerhalb",
    "Only a session that took place can be rated, and its time corrected: complete it first.": (
        "Nur eine Sitzung, die stattfand, lässt sich bewerten, und ihre Dauer berichtigen."
    ),
    "Not attended": "Fand nicht statt",
    "Rate every item of the instrument, and no other, by a whole number on its scale.": (
        "Bewerten Sie jede Frage des Bogens, und keine andere, mit einer ganzen Zahl seiner Skala."
    ),
    "Rating out of scale": "Bewertung außerhalb der Skala",
    "All sessions of the agreement are held or booked: cancel one that lies ahead, or agree on more.": (
        "Alle Sitzungen der Vereinbarung sind abgehalten oder gebucht: Sagen Sie eine künftige ab, oder vereinbaren Sie mehr."
    ),
    "Session allocation exhausted": "Alle Sitzungen vergeben",
    "The session has begun by now: complete it, or record who did not come.": (
        "Die Sitzung hat schon begonnen: Schließen Sie sie ab, oder vermerken Sie, wer nicht kam."
    ),
    "Session begun": "Sitzung begonnen",
    "The session was completed, missed or called off: book another one.": (
        "Die Sitzung fand statt, fiel aus oder wurde abgesagt: Buchen Sie eine andere."
    ),
    "Session closed": "Sitzung abgeschlossen",
    "A session is booked ahead: choose a time that is still to come. If it took place and was never booked, say why in `reason`.": (
        "Eine Sitzung wird im Voraus gebucht: Wählen Sie eine Zeit, die noch kommt. "
        "Hat sie stattgefunden und war nie gebucht, geben Sie den Grund an."
    ),
    "Locale unknown": "Sprache unbekannt",
    "The locale is not a language tag: give a language, and a region where it matters, such as de or de-AT (BCP 47).": (
        "Das ist kein Sprachkürzel: Nennen Sie eine Sprache und, wo es darauf ankommt, eine Region, etwa de oder de-AT (BCP 47)."
    ),
    "Starts in past": "Zeit vorbei",
    "Sessions begin on five minutes of the clock: 9:00 or 9:05, and not 9:03.": (
        "Sitzungen beginnen auf fünf Minuten genau: 9:00 oder 9:05, und nicht 9:03."
    ),
    "Time uneven": "Zeit ungerade",
    "Nothing here has that id: read what the command was sent to for its ids, and check that it was not meant for another one.": (
        "Hier hat nichts diese Kennung: Laden Sie die Seite neu, und versuchen Sie es noch einmal."
    ),
    "Item unknown": "Unbekannt",
    "There is nothing here under that id, or nothing that you may know of.": (
        "Unter dieser Kennung gibt es hier nichts, oder nichts, von dem Sie wissen dürfen."
    ),
    "Not found": "Nicht gefunden",
    "Your role does not allow this. Ask someone whose role does, or an administrator for another role.": (
        "Ihre Rolle erlaubt das nicht. Bitten Sie jemanden, dessen Rolle es erlaubt, oder die Administration um eine andere Rolle."
    ),
    "In a group its first client and the coach do this for everybody. As a member you sign, consent, rate sessions, write reflections, "
    "measure progress, promise and complete what is yours, and say what you think of the plan: ask one of those two for the rest.": (
        "In einer Gruppe tun dies der erste Klient und der Coach für alle. Als Mitglied unterschreiben Sie, willigen ein, bewerten "
        "Sitzungen, schreiben Reflexionen, messen den Fortschritt, sagen zu und erledigen, was Ihres ist, und sagen, was Sie vom Plan "
        "halten: Bitten Sie für alles andere einen der beiden."
    ),
    "You have not signed the terms that rule in this group: read and sign them first.": (
        "Sie haben die geltende Vereinbarung dieser Gruppe noch nicht unterschrieben: Lesen und unterschreiben Sie sie zuerst."
    ),
    "Not permitted": "Nicht erlaubt",
    "The time of what is reported must not lie ahead, nor before the thing it is about was made.": (
        "Der Zeitpunkt darf nicht in der Zukunft liegen, und nicht vor dem, worum es geht."
    ),
    "Occurred at out of range": "Zeitpunkt außerhalb",
    "Say why: give a reason code of the organization's list, or a reason of at least ten characters.": (
        "Sagen Sie, warum: Wählen Sie einen Grund aus der Liste der Organisation, oder schreiben Sie mindestens zehn Zeichen."
    ),
    "Reason required": "Begründung nötig",
    "This was erased for good: only the proof that it existed is left, and nothing brings it back.": (
        "Dies wurde endgültig gelöscht: Nur der Nachweis, dass es existierte, ist geblieben."
    ),
    "Stream erased": "Endgültig gelöscht",
    "The person was erased: nothing new can be recorded about them. Name another person.": (
        "Die Person wurde gelöscht: Über sie lässt sich nichts Neues festhalten."
    ),
    "Subject erased": "Person gelöscht",
    "Someone else changed this meanwhile: read what it is now, then send the command again with that value.": (
        "Jemand anderes hat dies inzwischen geändert: Lesen Sie, wie es jetzt ist, und senden Sie es dann noch einmal."
    ),
    "You changed this since: read what it is now, then send the command again with that value.": (
        "Sie haben dies seither selbst geändert: Lesen Sie, wie es jetzt ist, und senden Sie es dann noch einmal."
    ),
    "Version conflict": "Inzwischen geändert",
    "This was not taken as it was entered. What is wrong stands beside its field.": (
        "Dies wurde nicht so angenommen, wie es eingegeben wurde. Was nicht stimmt, steht neben dem Feld."
    ),
}
