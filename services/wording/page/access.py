"""What pages say of the past, of what changed, and of who saw what, in German."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    "Who saw what about me": "Wer was über mich gesehen hat",
    "Who saw what about {client}": "Wer was über {client} gesehen hat",
    (
        "Everyone outside of the coaching who was shown something, up to the end of {until} ({zone}), the latest first. Client and coach "
        "see what is theirs; that is not noted."
    ): (
        "Alle außerhalb des Coachings, denen etwas gezeigt wurde, bis zum Ende des {until} ({zone}), das Neueste zuerst. Klient und "
        "Coach sehen, was ihres ist; das wird nicht vermerkt."
    ),
    "Day": "Tag",
    "Up to the end of": "Bis zum Ende des",
    "Show": "Anzeigen",
    "What could be seen on {until}": "Was am {until} zu sehen war",
    "whether anybody looked or not": "ob jemand hinsah oder nicht",
    "What each role could see of {engagements}": "Was jede Rolle von {engagements} sehen konnte",
    "an engagement": "einem Coaching",
    "engagement {number}": "Coaching {number}",
    "Who": "Wer",
    "What": "Was",
    "Nothing but that there is a coaching engagement": "Nichts, außer dass es ein Coaching gibt",
    "Nothing of a coaching engagement was recorded by the end of that day, so there was nothing of one to see.": (
        "Bis zum Ende dieses Tages war von einem Coaching nichts aufgezeichnet, also gab es davon nichts zu sehen."
    ),
    "What was shown": "Was gezeigt wurde",
    "asked for: {asked}": "gefragt war: {asked}",
    ", opened in an emergency": ", in einem Notfall geöffnet",
    "Nobody outside of the coaching was shown anything up to that day.": (
        "Bis zu diesem Tag wurde niemandem außerhalb des Coachings etwas gezeigt."
    ),
    "Earlier": "Früheres",
    "before the plan was begun": "bevor der Plan begonnen wurde",
    "position {position}": "Position {position}",
    ", digest": ", Prüfsumme",
    "What changed": "Was sich geändert hat",
    "Coaching plan": "Coaching-Plan",
    "Since you last looked: from {begin} to {end}, {zone}.": "Seit Sie zuletzt nachgesehen haben: von {begin} bis {end}, {zone}.",
    "From {begin} to {end}, {zone}.": "Von {begin} bis {end}, {zone}.",
    "Two moments": "Zwei Zeitpunkte",
    "From the end of": "Vom Ende des",
    "to the end of": "bis zum Ende des",
    "as": "als",
    "Compare": "Vergleichen",
    "Nothing of this plan was recorded by the end of {on}: its record begins on {begins}, and what is older was written down later.": (
        "Bis zum Ende des {on} war von diesem Plan nichts aufgezeichnet: Die Aufzeichnung beginnt am {begins}, und was älter ist, wurde "
        "später festgehalten."
    ),
    "Compare what had happened by then": "Vergleichen, was bis dahin geschehen war",
    "Other moments": "Andere Zeitpunkte",
    "Since you last looked": "Seit Sie zuletzt nachgesehen haben",
    "Since the last approval": "Seit der letzten Zustimmung",
    "Since the beginning": "Seit dem Beginn",
    "Why:": "Warum:",
    ", the last of {event_count} events": ", das letzte von {event_count} Ereignissen",
    "Nothing changed since you last looked.": "Seit Sie zuletzt nachgesehen haben, hat sich nichts geändert.",
    "Nothing changed between these two moments.": "Zwischen diesen beiden Zeitpunkten hat sich nichts geändert.",
    "I have read this": "Ich habe das gelesen",
    "“Since you last looked” then begins here. Nobody else sees that.": (
        "„Seit Sie zuletzt nachgesehen haben“ beginnt dann hier. Sonst sieht das niemand."
    ),
    "Not recorded yet": "Noch nicht aufgezeichnet",
    "Not begun yet": "Noch nicht begonnen",
    "Nothing of this plan was recorded by then: what is older was written down later.": (
        "Bis dahin war von diesem Plan nichts aufgezeichnet: Was älter ist, wurde später festgehalten."
    ),
    "See what had happened by then": "Ansehen, was bis dahin geschehen war",
    "There was no plan at this moment. Choose a later one.": "Zu diesem Zeitpunkt gab es keinen Plan. Wählen Sie einen späteren.",
    "As of": "Stand",
    ", position {position}": ", Position {position}",
    "As of {at}": "Stand {at}",
    "what was known then": "was damals bekannt war",
    "what had happened by then, by all that is known today": "was bis dahin geschehen war, nach allem, was heute bekannt ist",
    "what was known then to have happened by then": "was damals als geschehen bekannt war",
    "Nobody saw or signed exactly this, so it has no digest.": (
        "Genau dies hat niemand gesehen oder unterschrieben, darum hat es keine Prüfsumme."
    ),
    "Back to today": "Zurück zu heute",
    "95 percent interval from {low} to {high} percent": "95-Prozent-Intervall von {low} bis {high} Prozent",
    "erased": "gelöscht",
    "withheld": "nicht gezeigt",
    "nobody yet": "noch niemand",
    "person {end}": "Person {end}",
    "Waits for a second person": "Wartet auf eine zweite Person",
    "Nobody answered": "Niemand hat geantwortet",
    "Declined": "Abgelehnt",
    "Open now": "Jetzt offen",
    "Was open": "War offen",
    "{asker_id} asked on {asked_at}; reason:": "{asker_id} fragte am {asked_at}; Grund:",
    "approved by {answered_by}, open from {answered_at} to {open_until}": (
        "zugestimmt hat {answered_by}, offen von {answered_at} bis {open_until}"
    ),
    ", ended by {ended_by}": ", beendet von {ended_by}",
    "; an administrator can end it at once": "; die Administration kann es sofort beenden",
    "declined by {answered_by} on {answered_at}": "abgelehnt von {answered_by} am {answered_at}",
    "waits until {when}": "wartet bis {when}",
    "in which the words of the plan were asked for": "in denen nach den Worten des Plans gefragt wurde",
    "The plan on another day": "Der Plan an einem anderen Tag",
    "The plan on": "Der Plan am",
    "More about this plan": "Mehr zu diesem Plan",
    "What changed since then": "Was sich seitdem geändert hat",
    "What changed since you last looked": "Was sich geändert hat, seit Sie zuletzt nachgesehen haben",
    "Ledger of this plan": "Änderungsbuch dieses Plans",
    "Audit this plan": "Diesen Plan prüfen",
    "Ask for a report": "Einen Bericht anfordern",
    "Days on which something was agreed or moved": "Tage, an denen etwas vereinbart oder verschoben wurde",
    "{days} on which something was agreed or moved": "{days} mit etwas, das vereinbart oder verschoben wurde",
    "What was known then": "Was damals bekannt war",
    "What had happened by then": "Was bis dahin geschehen war",
    "What was known then to have happened": "Was damals als geschehen bekannt war",
}
