"""What the pages of evaluations say, in German."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    "cannot say": "kann ich nicht sagen",
    "Evaluation": "Beurteilung",
    "{kind} evaluation, due {day}": "{kind}: Beurteilung, fällig {day}",
    "Of the coaching of {client}, by {evaluators}.": "Zum Coaching von {client}, durch: {evaluators}.",
    "What was judged is not for you: the client can allow it.": "Was beurteilt wurde, ist nicht für Sie: Der Klient kann es erlauben.",
    "By the {evaluator}": "Von: {evaluator}",
    "corrected": "berichtigt",
    "Effectiveness": "Wirksamkeit",
    "{effectiveness} of 5": "{effectiveness} von 5",
    "Of the plan": "Zum Plan",
    "version {number}": "Fassung {number}",
    "{rating} of 5": "{rating} von 5",
    "Worth of {objective}": "Wert von {objective}",
    "{attribution} % of it put down to the coaching, {confidence} % sure": (
        "{attribution} % davon dem Coaching zugeschrieben, zu {confidence} % sicher"
    ),
    "In words": "In Worten",
    "Nobody has judged yet.": "Noch niemand hat geurteilt.",
    "Take note": "Zur Kenntnis nehmen",
    "I have read it": "Ich habe es gelesen",
    "The client has read what is judged here.": "Der Klient hat gelesen, was hier beurteilt ist.",
    "Your judgement": "Ihr Urteil",
    "Of version {number} of the plan. 1 is least, 5 is most. It can be corrected later, and both values stay known.": (
        "Zu Fassung {number} des Plans. 1 ist am wenigsten, 5 am meisten. Es lässt sich später berichtigen, und beide Werte bleiben "
        "bekannt."
    ),
    "How effective was the coaching so far?": "Wie wirksam war das Coaching bisher?",
    "How far was it furthered?": "Wie weit wurde es gefördert?",
    "What was the change worth?": "Was war die Veränderung wert?",
    "Worth so far": "Wert bisher",
    "Currency": "Währung",
    "Put down to the coaching, in %": "Dem Coaching zugeschrieben, in %",
    "How sure you are, in %": "Wie sicher Sie sind, in %",
    "In your words": "In Ihren Worten",
    "Record": "Festhalten",
    "When it is judged how the coaching goes, by whom.": "Wann beurteilt wird, wie das Coaching verläuft, und durch wen.",
    "Evaluations, the one that is due first at the top": "Beurteilungen, die nächste fällige zuerst",
    "Due": "Fällig",
    "Of": "Zu",
    "Judged": "Beurteilt",
    "Waits for you": "Wartet auf Sie",
    "{recorded} of {evaluators}": "{recorded} von {evaluators}",
    "No evaluation is planned.": "Es ist keine Beurteilung geplant.",
    "choose": "wählen",
    "Correct your judgement": "Ihr Urteil berichtigen",
    "One thing at a time, with the reason. What you said before stays known beside it.": (
        "Eines nach dem anderen, mit dem Grund. Was Sie vorher gesagt haben, bleibt daneben bekannt."
    ),
    "A rating": "Eine Bewertung",
    "Which": "Welche",
    "now {rating}": "jetzt {rating}",
    "not rated": "nicht bewertet",
    "To": "Auf",
    "What a change was worth": "Was eine Veränderung wert war",
    "not valued": "nicht bewertet",
    "What shows it": "Woran man es sieht",
    "Worth; leave it open to take it back": "Wert; leer lassen, um ihn zurückzunehmen",
    "Did the client like it?": "Hat es dem Klienten gefallen?",
    "Was something learned?": "Wurde etwas gelernt?",
    "Does the client act otherwise?": "Handelt der Klient anders?",
    "Did it change results?": "Hat es Ergebnisse verändert?",
    "Your evaluation is recorded.": "Ihre Beurteilung ist festgehalten.",
    "It is noted that you have read it.": "Es ist vermerkt, dass Sie es gelesen haben.",
    "It is corrected. Both values stay known.": "Es ist berichtigt. Beide Werte bleiben bekannt.",
    "The worth is corrected. Both values stay known.": "Der Wert ist berichtigt. Beide Werte bleiben bekannt.",
    "Your words are replaced.": "Ihre Worte sind ersetzt.",
}
