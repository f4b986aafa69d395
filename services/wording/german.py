"""The messages in German, with the same ids and the same places to fill in. People are addressed as Sie."""

from __future__ import annotations

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "page.skip": "Zum Inhalt springen",
    "page.sign_out": "Abmelden",
    "mail.hello": "Guten Tag {name},",
    "mail.hello_you": "Guten Tag,",
    "mail.open": "Throughline öffnen",
    "mail.quoted": "„{words}“",
    "digest.title": "Erinnerungen",
    "digest.one": "1 Erinnerung",
    "digest.many": "{count} Erinnerungen",
    "digest.coaching_of": "Coaching von {client}",
    "digest.open_plan": "Den Plan öffnen",
    "digest.open_assessment": "Die Selbsteinschätzung beantworten",
    "digest.why": "Sie erhalten diese Nachricht, weil Sie am Coaching von {organization} beteiligt sind.",
    "reminder.agreement_unsigned": "Die Coaching-Vereinbarung wartet auf Ihre Unterschrift.",
    "reminder.alignment_due": "Ein Abstimmungsgespräch von Klient, Coach und Auftraggeber ist am {day} fällig.",
    "reminder.alignment_due.past": "Ein Abstimmungsgespräch von Klient, Coach und Auftraggeber war am {day} fällig.",
    "reminder.engagement_overdue": (
        "Ein Coaching sollte am {day} enden und ist noch offen: Lassen Sie es abschließen oder vorzeitig beenden."
    ),
    "reminder.action_due": "Eine Ihrer Aufgaben ist am {day} fällig.",
    "reminder.action_due.past": "Eine Ihrer Aufgaben war am {day} fällig.",
    "reminder.milestone_due": "Ein Meilenstein ist am {day} fällig.",
    "reminder.milestone_due.past": "Ein Meilenstein war am {day} fällig.",
    "reminder.review_due": "Die Überprüfung des Plans ist am {day} fällig.",
    "reminder.review_due.past": "Die Überprüfung des Plans war am {day} fällig.",
    "reminder.evaluation_due": "Ihre Beurteilung des Coachings ist am {day} fällig.",
    "reminder.evaluation_due.past": "Ihre Beurteilung des Coachings war am {day} fällig.",
    "reminder.self_assessment_due": "Ihre Selbsteinschätzung ist seit dem {day} offen und wartet auf Ihre Antworten.",
    "reminder.objective_unmeasured": "Zu einem Ziel gibt es seit dem {day} keinen neuen Wert.",
    "reminder.baseline_missing": "Einem Ziel fehlt seit dem {day} der Ausgangswert: Halten Sie fest, wo Sie beginnen.",
    "reminder.consent_expiring": (
        "Was Sie andere von Ihrem Coaching sehen lassen, endet nach dem {day}. Soll es weitergehen, erlauben Sie es erneut."
    ),
    "reminder.objective_drifting": (
        "Ein Ziel kommt vom Kurs ab: Es wurde erneut verschoben, oder die Zuversicht ist gesunken. Eine Überprüfung würde helfen."
    ),
    "reminder.small_win": "Gut gemacht! Das verdient Anerkennung.",
    "reminder.session_ahead": "Eine Coaching-Sitzung beginnt am {day} um {time} Uhr ({zone}).",
    "reminder.session_missing": "Es ist keine weitere Coaching-Sitzung gebucht. Finden Sie gemeinsam einen Termin.",
    "reminder.session_unrated": "Sie hatten am {day} eine Coaching-Sitzung. Wie war sie für Sie?",
    "reminder.rating_low": (
        "Die Bewertung einer Sitzung sollte besprochen werden: Sehen Sie sie an, und sprechen Sie über Ihre Zusammenarbeit."
    ),
    "reminder.credential_expiring": (
        "Ihre Akkreditierung ({body}) läuft am {day} ab. Wenn sie erneuert ist, lassen Sie das neue Datum eintragen."
    ),
    "reminder.supervision_due": "Am {day} ist Ihre letzte Supervision ein Quartal her: Lassen Sie die nächste eintragen.",
    "reminder.erasure_due": (
        "Eine Löschung, die verlangt wurde, muss bis {day} geschehen und wartet noch: Sehen Sie nach, was sie aufhält."
    ),
    "act.action_due": "Als erledigt melden",
    "act.objective_unmeasured": "Den heutigen Wert festhalten",
    "act.session_unrated": "Die Sitzung bewerten",
    "act.title": "Aus Ihrer Nachricht",
    "act.done.action_due": "Als erledigt gemeldet",
    "act.done.objective_unmeasured": "Der Wert ist festgehalten",
    "act.done.session_unrated": "Vielen Dank für Ihre Bewertung",
    "act.done": "Es wurde unter Ihrem Namen und mit dem jetzigen Zeitpunkt festgehalten. Sie können diese Seite schließen.",
    "act.which": "Um welche es geht, steht in der Nachricht. Die Worte dazu sieht nur, wer sich anmeldet.",
    "act.button.action_due": "Ja, sie ist erledigt",
    "act.button.objective_unmeasured": "Den Wert festhalten",
    "act.button.session_unrated": "Die Bewertung senden",
    "act.value": "Wert",
    "act.value.yes": "Ja",
    "act.value.no": "Nein",
    "act.stars": "Von 1, gar nicht gut, bis 5, sehr gut",
    "act.wrong.action_due": "Das wurde nicht angenommen: Öffnen Sie den Link der Nachricht noch einmal.",
    "act.wrong.objective_unmeasured": "Geben Sie eine Zahl wie {example} ein, die auf der Skala der Messgröße liegt.",
    "act.wrong.session_unrated": "Wählen Sie eine der fünf Möglichkeiten.",
    "act.once": "Das geht einmal, und nur für Sie: Geben Sie die Nachricht nicht weiter.",
    "act.sign_in": "Anmelden",
    "act.settled": "Es ist nichts mehr zu tun",
    "act.settled.why": "Es wurde inzwischen erledigt, einer anderen Person übergeben oder abgeschlossen.",
    "act.expired": "Dieser Link ist abgelaufen",
    "act.expired.why": "Er galt {days} Tage. Melden Sie sich an, um fortzufahren.",
    "act.over": "Das ist vorbei",
    "act.over.why": "Das Coaching ruht oder ist beendet, oder der Plan ist gerade nicht aktiv: Es wird nichts festgehalten.",
    "act.resting": "Nicht jetzt",
    "act.resting.why": "Im Augenblick wird hier nichts festgehalten. Öffnen Sie den Link in einigen Tagen noch einmal.",
    "act.unpermitted": "Das ist nicht mehr Ihre Aufgabe",
    "act.unpermitted.why": "Sie haben die Rolle dafür zurzeit nicht. Fragen Sie eine Administratorin oder einen Administrator Ihrer Organisation.",
    "act.unknown": "Hier ist nichts",
    "act.unknown.why": "Der Link wurde nicht vollständig kopiert, oder er ist keiner von uns. Öffnen Sie ihn aus der Nachricht.",
    "sign_in.title": "Ihr Link zur Anmeldung",
    "sign_in.what": "dieser Link meldet Sie bei {organization} an, einmal, bis {until}:",
    "sign_in.until": "{time} Uhr ({zone})",
    "sign_in.button": "Anmelden",
    "sign_in.where": "Öffnen Sie ihn in dem Browser, in dem Sie ihn angefordert haben.",
    "sign_in.copy": "Wenn die Schaltfläche nichts bewirkt, kopieren Sie dies dorthin:",
    "sign_in.not_you": "Sie waren das nicht? Dann tun Sie nichts: Ohne diese Nachricht kommt niemand hinein.",
    "notice.title.booked": "Eine Sitzung wurde gebucht",
    "notice.title.series": "Eine Reihe von Sitzungen wurde gebucht",
    "notice.title.moved": "Eine Sitzung hat eine andere Zeit",
    "notice.title.cancelled": "Eine Sitzung wurde abgesagt",
    "notice.title.plan": "Ein Plan wartet auf Ihre Antwort",
    "notice.title.change": "Eine Änderung des Plans wartet auf Ihre Antwort",
    "notice.title.evaluation": "Eine Bewertung wartet auf Sie",
    "notice.booked": "{author} hat eine Sitzung mit Ihnen gebucht: {begins}.",
    "notice.series": "{author} hat eine Reihe von Sitzungen mit Ihnen gebucht. Die erste ist am {begins}.",
    "notice.moved": "{author} hat Ihre Sitzung vom {former} verlegt. Sie ist jetzt am {begins}.",
    "notice.cancelled": "{author} hat Ihre Sitzung vom {begins} abgesagt. Gehörte sie zu einer Reihe, sehen Sie nach, welche anderen bleiben.",
    "notice.plan": "{author} hat den Coaching-Plan vorgeschlagen. Er gilt, sobald Sie beide ihn angenommen haben.",
    "notice.change": "{author} hat eine Änderung des Coaching-Plans vorgeschlagen. Sie gilt, sobald Sie zustimmen, und nicht vorher.",
    "notice.evaluation": "{author} hat eine Bewertung des Coachings festgehalten. Lesen Sie sie, und vermerken Sie, dass Sie das getan haben.",
    "notice.see.booked": "Zur Sitzung",
    "notice.see.series": "Zu den Sitzungen",
    "notice.see.moved": "Zur Sitzung",
    "notice.see.cancelled": "Zur Sitzung",
    "notice.see.plan": "Den Plan lesen und annehmen",
    "notice.see.change": "Den Vorschlag lesen und beantworten",
    "notice.see.evaluation": "Die Bewertung lesen",
    "notice.time": "{day}, {time} Uhr ({zone})",
    "signature.title": "Eine Vereinbarung wartet auf Ihre Unterschrift",
    "signature.client": "{author} hat die Bedingungen Ihres Coachings festgehalten. Sie warten auf Ihre Unterschrift.",
    "signature.coach": "{author} hat die Bedingungen des Coachings von {client} festgehalten. Sie warten auf Ihre Unterschrift.",
    "signature.sponsor": "{author} hat die Bedingungen des Coachings von {client} festgehalten, das Sie fördern. Sie warten auf Ihre Unterschrift.",
    "signature.first": "Nichts ist vereinbart, bevor alle Seiten unterschrieben haben.",
    "signature.anew": "Die geltenden Bedingungen gelten weiter, bis alle Seiten die neuen unterschrieben haben.",
    "signature.joining": "Sie gehören jetzt zu einer Gruppe. Was sie teilt, lesen Sie, sobald Sie unterschrieben haben.",
    "signature.see": "Lesen und unterschreiben Sie hier:",
    "signature.button": "Bedingungen lesen und unterschreiben",
    "signature.wrong": "Stimmt etwas nicht? Unterschreiben Sie nicht, und sagen Sie es {author}: Solange niemand unterschrieben hat, können die Bedingungen neu gefasst werden.",
    "signature.unsure": "Stimmt etwas nicht? Unterschreiben Sie nicht, und sagen Sie es {author}.",
    "emergency.title": "Jemand erhielt Zugang in einem Notfall",
    "emergency.client": "{asker} darf die Worte Ihres Coaching-Plans lesen, von {since} bis {until}.",
    "emergency.coach": "{asker} darf die Worte des Coaching-Plans von {client} lesen, von {since} bis {until}.",
    "emergency.why": "Der angegebene Grund: {why}. {approver} hat zugestimmt.",
    "emergency.why.danger": "Gefahr für jemanden (Code danger)",
    "emergency.why.law": "das Gesetz verlangt es (Code law)",
    "emergency.why.court_order": "die Anordnung eines Gerichts (Code court_order)",
    "emergency.limits": (
        "Sonst darf sie niemand lesen, es kann dadurch nichts geändert werden, und die eigenen Notizen eines Coachs gehören nicht "
        "dazu. Jedes Lesen des Plans wird vermerkt."
    ),
    "emergency.see.client": "Wer was gelesen hat, und den Grund in vollem Wortlaut, sehen Sie hier:",
    "emergency.see.coach": "Der Grund in vollem Wortlaut und das Ende stehen im Verlauf des Plans:",
    "emergency.button.client": "Ansehen, wer was gelesen hat und warum",
    "emergency.object": (
        "Sie widersprechen? Wenden Sie sich an die Administration von {organization}, die den Zugang sofort beenden kann."
    ),
    "emergency.object.to": (
        "Sie widersprechen? Wenden Sie sich an die Administration von {organization}, die den Zugang sofort beenden kann:"
    ),
    "mail.gone": "jemand, der nicht mehr da ist",
    "mail.instant": "{instant} ({zone})",
    "rater.title": "Ihre Rückmeldung ist gefragt",
    "rater.again.title": "Zur Erinnerung: Ihre Rückmeldung ist gefragt",
    "rater.asks": "{organization} fragt, wie Sie {client} bei der Arbeit erleben. Die Antwort dauert einige Minuten.",
    "rater.again": "Sie wurden gefragt, wie Sie {client} bei der Arbeit erleben, und es fehlen noch Antworten.",
    "rater.until": "Sie können bis zum {until} antworten:",
    "rater.button": "Rückmeldung geben",
    "rater.promised": "Was damit geschieht:",
    "rater.yours": "Der Link ist nur für Sie: Geben Sie ihn nicht weiter.",
    "rater.page": "Rückmeldung",
    "rater.page.title": "Rückmeldung zu {client}",
    "rater.page.asks": (
        "{organization} fragt Sie, wie Sie die Arbeitsweise von {client} erleben. Es dauert einige Minuten und ist bis zum {until} möglich."
    ),
    "rater.page.promised": "Was damit geschieht",
    "rater.page.cannot": "kann ich nicht sagen",
    "rater.page.words": "In Ihren Worten, wenn Sie möchten",
    "rater.page.once": (
        "Schreiben Sie nichts, woran Sie oder andere zu erkennen sind. Es lässt sich einmal senden und danach nicht ändern."
    ),
    "rater.page.send": "Antworten senden",
    "rater.page.missing": "Wählen Sie bei jeder Aussage etwas aus, auch wo Sie nichts sagen können: Was noch fehlt, ist unten markiert.",
    "rater.page.left_out": "noch nicht beantwortet",
    "rater.page.none": "Beantworten Sie mindestens eine Aussage mit einem Punkt der Skala.",
    "own.title": "Ihre Selbsteinschätzung",
    "own.asks": "Wie sehen Sie sich bei der Arbeit? Sie können bis zum {until} antworten; nur Sie und Ihr Coach sehen Ihre Antworten.",
    "own.not_applicable": "trifft auf mich nicht zu",
    "own.once": "Das lässt sich einmal senden und danach nicht mehr ändern.",
    "own.answered": "Sie haben diese Selbsteinschätzung beantwortet.",
    "own.later": "Diese Selbsteinschätzung können Sie ab dem {from_day} beantworten.",
    "own.closed": "Diese Bedarfsanalyse ist abgeschlossen. Antworten werden nicht mehr angenommen.",
    "own.resting": "Im Augenblick wird hier nichts beantwortet, weil das Coaching nicht aktiv ist.",
    "own.back": "Zur Bedarfsanalyse",
    "rater.page.wrong": (
        "Etwas in diesem Formular wurde nicht so gelesen, wie es hier stand. Öffnen Sie den Link der Nachricht noch einmal."
    ),
    "rater.question.keep": "Was sollte so bleiben?",
    "rater.question.change": "Was sollte anders werden?",
    "rater.taken": "Vielen Dank",
    "rater.taken.why": "Ihre Antworten wurden angenommen. Sie warten ohne Ihren Namen und ohne Uhrzeit, bis alle geantwortet haben.",
    "rater.answered": "Sie haben schon geantwortet",
    "rater.answered.why": "Jeder Link gilt für eine Antwort, die sich nicht ändern lässt.",
    "rater.closed": "Es ist abgeschlossen",
    "rater.closed.why": "Antworten werden nicht mehr angenommen.",
    "rater.resting": "Nicht jetzt",
    "rater.resting.why": "Im Augenblick wird hier nichts beantwortet. Öffnen Sie den Link in einigen Tagen noch einmal.",
    "rater.unknown": "Hier ist nichts",
    "rater.unknown.why": (
        "Der Link wurde nicht vollständig kopiert, oder er wurde zurückgenommen. Öffnen Sie den aus der letzten Nachricht."
    ),
    "anonymity@1.1": (
        "Niemand sieht, was Sie allein geantwortet haben: Antworten von Kolleginnen und Kollegen, Mitarbeitenden und anderen "
        "werden erst ab {floor} Personen gezeigt, als Durchschnitt, und Ihre Worte nur unter denen von mindestens {floor} "
        "Personen, in anderer Reihenfolge."
    ),
    "anonymity@1.2": "Wenn Sie die Führungskraft sind, werden Ihre Antworten als die der Führungskraft gezeigt.",
    "anonymity@1.3": (
        "Bis alles abgeschlossen ist, sieht niemand ein Ergebnis. Danach werden dieser Link und jede Spur davon gelöscht, wer was "
        "wann geantwortet hat."
    ),
    "survey.title": "Eine Frage zum Coaching",
    "survey.again.title": "Zur Erinnerung: eine Frage zum Coaching",
    "survey.asks": "{organization} stellt Ihnen eine Frage zum Coaching. Die Antwort dauert eine Minute.",
    "survey.again": "Ihnen wurde eine Frage zum Coaching gestellt, und es fehlen noch Antworten.",
    "survey.button": "Antworten",
    "address.title": "Eine andere Adresse",
    "address.confirm": "Nachrichten an diese Adresse?",
    "address.confirm.what": (
        "Nachrichten von {organization} und die Links zur Anmeldung gehen dann an diese Adresse, und nicht mehr an die bisherige. "
        "Bestätigen Sie nur, was Sie selbst gewünscht haben."
    ),
    "address.confirm.button": "Ja, ab jetzt",
    "address.confirm.done": "Die neue Adresse gilt",
    "address.confirm.done.what": "Nachrichten von {organization} und die Links zur Anmeldung gehen ab jetzt dorthin.",
    "address.stop": "Bei Ihrer Adresse bleiben?",
    "address.stop.what": "Die andere Adresse wird vergessen, und Nachrichten von {organization} gehen an dieselbe wie bisher.",
    "address.stop.button": "Dabei bleiben",
    "address.stop.done": "Ihre Adresse bleibt, wie sie ist",
    "address.stop.done.what": "Wenn Sie keine andere gewünscht haben, wenden Sie sich an die Administration von {organization}: Jemand hat sie für Sie genannt.",
    "address.early": "Noch nicht",
    "address.early.why": "Die Adresse lässt sich ab {opens} bestätigen. Bis dahin kann es an der bisherigen Adresse verhindert werden. Öffnen Sie den Link dann noch einmal.",
    "address.taken": "Diese Adresse ist vergeben",
    "address.taken.why": "Jemand anderes hat sie inzwischen. Nennen Sie eine andere, oder sprechen Sie mit der Administration.",
    "address.resting": "Nicht jetzt",
    "address.resting.why": "Im Augenblick wird hier nichts geändert. Öffnen Sie den Link in einigen Tagen noch einmal.",
    "address.unknown": "Hier wartet nichts",
    "address.unknown.why": "Der Link wurde nicht vollständig kopiert, er wurde benutzt oder verhindert, oder seine Zeit ist um.",
    "moving.old.title": "Für Sie wurde eine andere Adresse genannt",
    "moving.old.what": (
        "jemand hat bei {organization} eine andere Adresse für Sie genannt. Ab {opens} kann sie an die Stelle dieser hier treten, "
        "sobald sie dort bestätigt wird. Bis dahin ändert sich nichts."
    ),
    "moving.old.you": "Wenn Sie das waren, ist hier nichts zu tun.",
    "moving.old.not_you": "Das wollten Sie nicht? Verhindern Sie es mit diesem Link, und wenden Sie sich an die Administration:",
    "moving.old.button": "Bei dieser Adresse bleiben",
    "moving.new.title": "Bitte bestätigen Sie diese Adresse",
    "moving.new.what": (
        "Diese Adresse wurde bei {organization} für jemanden genannt, der von dort Nachrichten erhält. Wenn Sie das sind, bestätigen Sie "
        "sie mit diesem Link, ab {opens} und innerhalb von {days} Tagen:"
    ),
    "moving.new.button": "Adresse bestätigen",
    "moving.new.not_you": "Sie wissen nicht, worum es geht? Dann löschen Sie diese Nachricht: Ohne Sie geschieht nichts.",
    "moved.title": "Ihre Adresse wurde geändert",
    "moved.what": "Nachrichten von {organization} gehen ab jetzt an eine andere Adresse von Ihnen, auch die Links zur Anmeldung. Diese hier erhält keine mehr.",
    "moved.not_you": "Das wollten Sie nicht? Wenden Sie sich sofort an die Administration von {organization}.",
    "anonymity_survey@1.1": "Niemand sieht, was Sie allein geantwortet haben: nur das Ergebnis von mindestens {floor} Personen.",
    "anonymity_survey@1.2": "Bis die Umfrage abgeschlossen ist, sieht niemand ein Ergebnis. Danach werden dieser Link und jede Spur davon gelöscht, wer wann geantwortet hat.",
}
