"""What stands on every page, on errors, on what a survey's link asks, and where people sign in, in German."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    "Board": "Übersicht",
    "Plans": "Pläne",
    "Coach load": "Auslastung",
    "Work": "Arbeit",
    "Proof": "Nachweis",
    "Sessions": "Sitzungen",
    "Evaluations": "Beurteilungen",
    "Hours": "Stunden",
    "Reports": "Berichte",
    "Ledger": "Änderungsbuch",
    "Audit": "Prüfung",
    "People": "Personen",
    "Emergencies": "Notfälle",
    "Keys": "Schlüssel",
    "Who saw what": "Wer was gesehen hat",
    "What you did is recorded, and shows here in a moment.": "Was Sie getan haben, ist festgehalten und steht gleich hier.",
    "Look again": "Noch einmal nachsehen",
    "Pages": "Seiten",
    "Quarter {quarter}, {year}": "{quarter}. Quartal {year}",
    "Look into your mails": "Sehen Sie in Ihren Nachrichten nach",
    (
        "If there is such an address in that organization, a mail is on its way to it. The link in it works for {minutes} minutes, in "
        "this browser, once."
    ): (
        "Wenn es diese Adresse in dieser Organisation gibt, ist eine Nachricht an sie unterwegs. Der Link darin gilt {minutes} Minuten, "
        "in diesem Browser, einmal."
    ),
    "Mails are not sent here, but kept:": "Nachrichten werden hier nicht versandt, sondern aufbewahrt:",
    "open the mailbox": "Postfach öffnen",
    "To one address goes one mail a minute, and five in an hour. When none comes, check the organization and the address, and": (
        "An eine Adresse geht eine Nachricht je Minute, und fünf je Stunde. Wenn keine kommt, prüfen Sie Organisation und Adresse, und"
    ),
    "ask again": "fragen Sie noch einmal",
    "Request id": "Nummer der Anfrage",
    "To the start": "Zum Anfang",
    "What this means": "Was das bedeutet",
    "Sign out": "Abmelden",
    "Sign in": "Anmelden",
    "Sign in to {organization}": "Bei {organization} anmelden",
    "You do not have that role now: choose one that you have.": "Diese Rolle haben Sie zurzeit nicht: Wählen Sie eine, die Sie haben.",
    "In which role?": "In welcher Rolle?",
    "The link works once. If it was not you who asked for it, close this page.": (
        "Der Link gilt einmal. Wenn Sie ihn nicht angefordert haben, schließen Sie diese Seite."
    ),
    "Open the link where you asked for it": "Öffnen Sie den Link dort, wo Sie ihn angefordert haben",
    (
        "This is not the browser in which you asked for this link, or its cookies were deleted. Open the mail there, or copy the link's "
        "address into it. The link still works."
    ): (
        "Dies ist nicht der Browser, in dem Sie diesen Link angefordert haben, oder seine Cookies wurden gelöscht. Öffnen Sie die "
        "Nachricht dort, oder kopieren Sie die Adresse des Links dorthin. Der Link gilt noch."
    ),
    "Ask for another link here": "Hier einen anderen Link anfordern",
    "This link has ended": "Dieser Link ist abgelaufen",
    "It was used, it is older than 15 minutes, or it was not copied whole.": (
        "Er wurde benutzt, er ist älter als 15 Minuten, oder er wurde nicht vollständig kopiert."
    ),
    "Ask for another link": "Einen anderen Link anfordern",
    "One question": "Eine Frage",
    "{organization} asks you. It takes a minute, and is open until {day}.": (
        "{organization} fragt Sie. Es dauert eine Minute und ist bis zum {day} möglich."
    ),
    "What becomes of it": "Was damit geschieht",
    "This can be sent once, and not be changed.": "Es lässt sich einmal senden und danach nicht ändern.",
    "Send the answer": "Antwort senden",
    "Thank you": "Vielen Dank",
    "Your answer was taken. It waits without your name, and without the time, until the survey is closed.": (
        "Ihre Antwort wurde angenommen. Sie wartet ohne Ihren Namen und ohne Uhrzeit, bis die Umfrage abgeschlossen ist."
    ),
    "You have answered already": "Sie haben schon geantwortet",
    "Each link is good for one answer, which cannot be changed.": "Jeder Link gilt für eine Antwort, die sich nicht ändern lässt.",
    "It is closed": "Es ist abgeschlossen",
    "Answers are not taken any more.": "Antworten werden nicht mehr angenommen.",
    "Not now": "Nicht jetzt",
    "At this moment nothing is answered here. Open the link once more in some days.": (
        "Im Augenblick wird hier nichts beantwortet. Öffnen Sie den Link in einigen Tagen noch einmal."
    ),
    "There is nothing here": "Hier ist nichts",
    "The link was not copied whole, or it was taken back. Open the one of the last mail.": (
        "Der Link wurde nicht vollständig kopiert, oder er wurde zurückgenommen. Öffnen Sie den aus der letzten Nachricht."
    ),
    "Links in mails lead to {place}, which is not where you are, and they work only where they were asked for: go there first.": (
        "Links in Nachrichten führen zu {place}, wo Sie nicht sind, und sie gelten nur dort, wo sie angefordert wurden: Gehen Sie zuerst "
        "dorthin."
    ),
    "You get a mail with a link in it, and need no password.": "Sie erhalten eine Nachricht mit einem Link und brauchen kein Passwort.",
    "Organization": "Organisation",
    "Its short name, such as {example}.": "Ihr Kurzname, wie etwa {example}.",
    "Mail address": "Mailadresse",
    "Mail me a link": "Link zusenden",
    "With an API key": "Mit einem API-Schlüssel",
    "Enter it once. This browser then stays signed in for {hours} hours, or until you sign out.": (
        "Geben Sie ihn einmal ein. Dieser Browser bleibt dann {hours} Stunden angemeldet, oder bis Sie sich abmelden."
    ),
    "API key": "API-Schlüssel",
    "The key itself is not kept: what stays is a sign-in to these pages, which ends by itself and can be ended under Keys.": (
        "Der Schlüssel selbst wird nicht aufbewahrt: Was bleibt, ist eine Anmeldung an diesen Seiten, die von selbst endet und unter "
        "Schlüssel beendet werden kann."
    ),
    "Where you are signed in": "Wo Sie angemeldet sind",
    "Each ends two hours after its last use, and twelve after it began. End what you do not know.": (
        "Jede endet zwei Stunden nach ihrem letzten Gebrauch und zwölf nach ihrem Beginn. Beenden Sie, was Sie nicht kennen."
    ),
    "Sign-ins": "Anmeldungen",
    "Began": "Begonnen",
    "Last used": "Zuletzt benutzt",
    "Ends": "Endet",
    "End it": "Beenden",
    ", this one": ", diese",
    "a mailed link": "einem zugesandten Link",
    "a key": "einem Schlüssel",
    "just now": "gerade eben",
    "Sign out above": "Oben abmelden",
    "End": "Beenden",
    "what began {when}": "was am {when} begann",
    "End all others": "Alle anderen beenden",
    "Your name, address, language and time zone": "Ihr Name, Ihre Adresse, Sprache und Zeitzone",
    "Act in another role": "In einer anderen Rolle handeln",
    "As": "Als",
    "Go on": "Weiter",
    "This browser goes on in that role alone, until this sign-in would have ended.": (
        "Nur dieser Browser handelt weiter in jener Rolle, bis diese Anmeldung geendet hätte."
    ),
    "Your keys": "Ihre Schlüssel",
    "Start": "Anfang",
    "Signed in": "Angemeldet",
    "The pages show coaching plans and their indicators, which your role does not see. What it does is there over HTTP.": (
        "Die Seiten zeigen Coaching-Pläne und ihre Kennzahlen, die Ihre Rolle nicht sieht. Was sie tut, geschieht über HTTP."
    ),
    "Documentation of the API": "Dokumentation der API",
    "This key is unknown, or it has ended. Check that all of it was copied.": (
        "Dieser Schlüssel ist unbekannt oder abgelaufen. Prüfen Sie, ob er vollständig kopiert wurde."
    ),
    "Choose one of the points.": "Wählen Sie einen der Punkte.",
    "How likely is it that you would recommend this coaching to a colleague?": (
        "Wie wahrscheinlich ist es, dass Sie dieses Coaching weiterempfehlen?"
    ),
    "How do you rate this coaching so far?": "Wie bewerten Sie dieses Coaching bisher?",
    "not at all likely": "gar nicht wahrscheinlich",
    "extremely likely": "äußerst wahrscheinlich",
    "one star": "ein Stern",
    "five stars": "fünf Sterne",
    "Surveys": "Umfragen",
    "Your words": "Ihre Worte",
}
