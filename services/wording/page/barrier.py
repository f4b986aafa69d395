"""What clients, coaches and sponsors are told in German when a rule of the coaching itself is in the way: by the message in English."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    "The end must lie after the start: choose a later end, or an earlier start.": (
        "Das Ende muss nach dem Anfang liegen: Wählen Sie ein späteres Ende oder einen früheren Anfang."
    ),
    "The program's sponsor takes part in plans: let `objective_titles` reach the sponsor in the information flows.": (
        "Der Auftraggeber wirkt an Plänen mit: Lassen Sie zu, dass ihn die Ziele in Worten erreichen."
    ),
    # agreement and coaching
    "Nothing is being agreed anew: open the recontracting first.": "Es wird nichts neu vereinbart: Beginnen Sie das zuerst.",
    "It cannot be taken back any more: new terms were put down, or none rule yet. Put terms down as they were, and let every party sign.": (
        "Das lässt sich nicht mehr zurücknehmen: Neue Bedingungen sind festgehalten, oder noch gelten keine. Halten Sie die bisherigen fest, "
        "und lassen Sie alle unterschreiben."
    ),
    "The agreement asks for more days of notice: choose the day that `facts` name, or a later one, or ask who runs the program.": (
        "Die Vereinbarung verlangt eine längere Frist: Wählen Sie den frühesten Tag, der möglich ist, oder einen späteren, oder fragen Sie "
        "die Programmleitung."
    ),
    "Notice was given already, with the last day that `facts` name: choose an earlier day that is allowed, or leave it so.": (
        "Das Coaching ist schon gekündigt: Wählen Sie einen früheren Tag, der möglich ist, oder lassen Sie es dabei."
    ),
    "Nobody has given notice: there is nothing to take back.": "Niemand hat gekündigt: Es gibt nichts zurückzunehmen.",
    "Notice was given, and the coaching ends before that: choose a day up to the last one, which `facts` name.": (
        "Das Coaching ist gekündigt und endet vorher: Wählen Sie einen Tag bis zum letzten."
    ),
    "The agreement is being agreed anew already, and nobody has signed the new terms: draft or revise those.": (
        "Es wird schon neu vereinbart, und niemand hat die neuen Bedingungen unterschrieben: Fassen Sie diese neu."
    ),
    "The agreement is being agreed anew: put the new terms into force first.": (
        "Es wird neu vereinbart: Setzen Sie zuerst die neuen Bedingungen in Kraft."
    ),
    "Nobody has recorded a final evaluation: schedule one of kind `final` and record it first.": (
        "Noch fehlt eine Beurteilung zum Abschluss: Setzen Sie eine an, und halten Sie sie zuerst fest."
    ),
    "The client has not consented that the sponsor sees this: they grant it, with `objective_titles` among its subjects.": (
        "Der Klient hat nicht zugestimmt, dass der Auftraggeber die Ziele in Worten sieht: Das erlaubt nur er selbst."
    ),
    "Sessions are booked: record what became of them, or cancel them, first.": (
        "Es sind Sitzungen gebucht: Halten Sie zuerst fest, was aus ihnen wurde, oder sagen Sie sie ab."
    ),
    "Not every party has signed the agreement: let those that `facts` names sign it first.": (
        "Noch haben nicht alle Seiten die Vereinbarung unterschrieben: Zuerst unterschreiben die übrigen."
    ),
    "There is no agreement yet: draft it first.": "Noch gibt es keine Vereinbarung: Halten Sie zuerst ihre Bedingungen fest.",
    "Objectives are still open: conclude each of them first.": "Ziele sind noch offen: Schließen Sie zuerst jedes ab.",
    "The engagement needs an agreement signed by every party first.": "Das Coaching braucht zuerst eine Vereinbarung, die alle unterschrieben haben.",
    "The agreement bears a signature: its terms change only by recontracting.": (
        "Die Vereinbarung ist schon unterschrieben: Ihre Bedingungen ändern sich nur noch, indem neu vereinbart wird."
    ),
    "Nobody has signed the agreement: revise its terms instead.": (
        "Noch hat niemand unterschrieben: Fassen Sie stattdessen die Bedingungen neu."
    ),
    "Nothing is agreed about the client without them: name `client` among the attendees.": (
        "Über den Klienten wird nichts ohne ihn abgestimmt: Er gehört zu denen, die dabei waren."
    ),
    "The engagement is not paused: there is nothing to resume.": "Das Coaching ist nicht pausiert.",
    "The coaching has begun: complete the engagement, or end it early.": (
        "Das Coaching hat begonnen: Schließen Sie es ab, oder beenden Sie es vorzeitig."
    ),
    "The engagement is active already: go on with it.": "Das Coaching hat schon begonnen.",
    "Nobody coaches this engagement yet: assign a coach first.": "Noch ist kein Coach zugeteilt.",
    # assessment
    "An assessment of that kind is open already: finish it first.": "Eine Bedarfsanalyse dieser Art läuft schon: Schließen Sie zuerst diese ab.",
    "No more raters can be nominated for this assessment: have one of those that wait declined, or go on with those who are asked.": (
        "Mehr Personen können nicht vorgeschlagen werden: Machen Sie mit denen weiter, die gefragt sind."
    ),
    "That need was identified already: go on with the one that is there.": "Dieser Bedarf wurde schon festgehalten.",
    "The results were not released yet: close the assessment, and release them first.": (
        "Die Ergebnisse sind noch nicht freigegeben: Schließen Sie die Bedarfsanalyse ab, und geben Sie sie zuerst frei."
    ),
    "Too few raters answered: nothing can be shown without telling who said what. Leave it open for more answers, or go without it.": (
        "Zu wenige haben geantwortet: Es ließe sich nichts zeigen, ohne zu verraten, wer was gesagt hat. Warten Sie auf mehr Antworten, oder "
        "verzichten Sie darauf."
    ),
    "The assessment is still answered: close it first.": "Die Bedarfsanalyse läuft noch: Schließen Sie sie zuerst ab.",
    "The results were released already: read them.": "Die Ergebnisse sind schon freigegeben.",
    "The instrument has no words of its own in that language: bring a statement for every item that is asked.": (
        "Der Fragebogen hat in dieser Sprache keine eigenen Worte: Geben Sie zu allem, wonach gefragt wird, eine Aussage an."
    ),
    # plan
    "The objective has no measure yet: give it one first.": "Das Ziel hat noch keine Messgröße: Geben Sie ihm zuerst eine.",
    "A plan without an objective cannot be proposed: define one first.": "Ein Plan ohne Ziel lässt sich nicht vorlegen: Legen Sie zuerst eines fest.",
    "A change of the same thing waits for an answer already: have that one accepted or declined first.": (
        "Eine Änderung derselben Sache wartet schon auf eine Antwort: Sie muss zuerst angenommen oder abgelehnt werden."
    ),
    "The strategy was dropped: adopt a new one.": "Die Strategie wurde aufgegeben: Wählen Sie eine neue.",
    "Not every party has approved this version of the plan: let those that `facts` names approve it first.": (
        "Noch haben nicht alle Seiten dieser Fassung des Plans zugestimmt: Zuerst stimmen die übrigen zu."
    ),
    "The milestone is reached or withdrawn: set a new one.": "Der Meilenstein ist erreicht oder zurückgenommen: Setzen Sie einen neuen.",
    "The action is due after the engagement's end: choose an earlier date.": (
        "Die Aufgabe wäre nach dem Ende des Coachings fällig: Wählen Sie einen früheren Tag."
    ),
    "The client has not approved this version of the plan: they approve it first.": (
        "Der Klient hat dieser Fassung des Plans noch nicht zugestimmt: Er stimmt zuerst zu."
    ),
    "The measured value does not meet the benchmark: give the value that does, or the reason why it counts.": (
        "Der gemessene Wert erreicht den Vergleichswert nicht: Geben Sie den an, der es tut, oder den Grund, warum es zählt."
    ),
    "What the change is about changed since it was proposed: propose it anew.": (
        "Worum es geht, hat sich seit dem Vorschlag geändert: Schlagen Sie die Änderung neu vor."
    ),
    "The plan is not proposed: propose it first.": "Der Plan ist nicht vorgelegt: Legen Sie ihn zuerst vor.",
    "The program demands a needs assessment before the plan becomes active: launch it, and release its results first.": (
        "Das Programm verlangt eine Bedarfsanalyse, bevor der Plan gilt: Beginnen Sie sie, und geben Sie zuerst ihre Ergebnisse frei."
    ),
    "The measurement lies before the baseline's date: choose that day or a later one, or correct the baseline first.": (
        "Die Messung liegt vor dem Tag des Ausgangswerts: Wählen Sie diesen oder einen späteren, oder berichtigen Sie den Ausgangswert."
    ),
    "An objective is not SMART yet: see what each code means, refine the objective, or override a code with a reason.": (
        "Ein Ziel ist noch nicht SMART: Was fehlt, steht am Ziel. Verfeinern Sie es, oder setzen Sie sich mit einer Begründung darüber hinweg."
    ),
    "The value is in another unit than the measure's: convert it, or refine the measure first.": (
        "Der Wert hat eine andere Einheit als die Messgröße: Rechnen Sie ihn um, oder ändern Sie zuerst die Messgröße."
    ),
    "The plan is active already: change it with propose-change.": "Der Plan gilt schon: Schlagen Sie eine Änderung vor.",
    "There are as many active objectives as the organization allows: conclude one first.": (
        "Mehr offene Ziele lässt die Organisation nicht zu: Schließen Sie zuerst eines ab."
    ),
    "Measurements exist in the old unit: propose a new measure instead of changing the unit.": (
        "Es gibt Messungen in der alten Einheit: Schlagen Sie eine neue Messgröße vor, statt die Einheit zu ändern."
    ),
    "That source reported a value for that moment already: correct that one, if it is wrong.": (
        "Für diesen Zeitpunkt gibt es aus dieser Quelle schon einen Wert: Berichtigen Sie ihn, wenn er falsch ist."
    ),
    "The entry was withdrawn already: there is nothing more to withdraw.": "Der Eintrag wurde schon zurückgenommen.",
    "The milestone is due after its objective: choose an earlier date, or move the objective first.": (
        "Der Meilenstein wäre nach seinem Ziel fällig: Wählen Sie einen früheren Tag, oder verschieben Sie zuerst das Ziel."
    ),
    "Measurements exist: correct the baseline with a correction, which keeps both values.": (
        "Es gibt schon Messungen: Berichtigen Sie den Ausgangswert; beide Werte bleiben bekannt."
    ),
    "The next review lies further off than the organization's cadence: choose an earlier date, or give a reason.": (
        "Die nächste Überprüfung liegt weiter weg, als die Organisation vorsieht: Wählen Sie einen früheren Tag, oder nennen Sie einen Grund."
    ),
    "The plan is agreed: propose the change, and the other side accepts it.": (
        "Der Plan ist vereinbart: Schlagen Sie die Änderung vor, und die andere Seite nimmt sie an."
    ),
    "The engagement has a plan already: change that one.": "Das Coaching hat schon einen Plan: Ändern Sie diesen.",
    "A scale has five different texts, one a level, and anchors that rise or fall with the measure.": (
        "Eine Skala hat fünf verschiedene Texte, einen je Stufe, und Werte, die mit der Messgröße steigen oder fallen."
    ),
    "The objective has an attainment scale: say which level was reached.": "Das Ziel hat eine Skala: Sagen Sie, welche Stufe erreicht wurde.",
    "The exercise was answered already, or withdrawn.": "Die Übung wurde schon beantwortet oder zurückgenommen.",
    "Answer each question in its place, with null for one that you leave out, and one of them at least.": (
        "Beantworten Sie wenigstens eine der Fragen; die übrigen können leer bleiben."
    ),
    # evaluation
    "That evaluation is scheduled already: record that one, or choose another kind or date.": (
        "Diese Beurteilung ist schon angesetzt: Halten Sie diese fest, oder wählen Sie eine andere Art oder einen anderen Tag."
    ),
    # session and hours
    "The session has not begun by then: move it first, if it was held earlier than it was booked.": (
        "Die Sitzung hat bis dahin nicht begonnen: Verschieben Sie sie zuerst, wenn sie früher als gebucht stattfand."
    ),
    "Those who were there rate a session: ask its coach, if it was told wrongly who came.": (
        "Eine Sitzung bewertet, wer dabei war: Fragen Sie den Coach, wenn falsch festgehalten ist, wer kam."
    ),
    "One person is coached in a session, unless the engagement is that of a group or a team.": (
        "In einer Sitzung wird eine Person gecoacht, außer in einer Gruppe oder einem Team."
    ),
    "Choose shared, or private_coach as the coach, or private_client as the client: nobody else can be let in.": (
        "Wählen Sie, ob es für beide ist oder nur für Sie selbst: Niemand sonst kann es lesen."
    ),
    "A session begins before the year 3000: check the date.": "Eine Sitzung beginnt vor dem Jahr 3000: Prüfen Sie den Tag.",
    "This session stands alone: leave `rest` out, which is for what follows in a series.": "Diese Sitzung gehört zu keiner Reihe.",
    "Name those who were coached in the engagement on that day: its client, and of a group its members.": (
        "Wählen Sie die, die an diesem Tag in diesem Coaching gecoacht wurden: den Klienten, in einer Gruppe deren Mitglieder."
    ),
    "There is no session in your log yet: complete one first.": "In Ihrem Nachweis steht noch keine Sitzung.",
    # report
    "The last day that counts lies ahead: choose today or an earlier one.": "Der letzte Tag, der zählt, kommt noch: Wählen Sie heute oder einen früheren.",
    "Ten reports that you asked for in the last day are not made yet: wait until one of them is.": (
        "Zehn Berichte, die Sie seit gestern angefordert haben, sind noch nicht fertig: Warten Sie, bis es einer ist."
    ),
}
