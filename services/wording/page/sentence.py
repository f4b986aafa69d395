"""What happened to a plan, in German: the templates of `projections/sentence.py` by their English, in the past tense of a record.

A name, or a role with its article, stands where it needs no case: as the subject, or after a colon.
"""

from __future__ import annotations

from typing import Final

WHO: Final = {
    "the client": "der Klient",
    "the coach": "der Coach",
    "the sponsor": "der Auftraggeber",
    "the manager": "die Führungskraft",
    "the program manager": "die Programmleitung",
    "the admin": "die Administration",
    "the auditor": "die Revision",
    "the integration": "die Schnittstelle",
    "the rater": "die befragte Person",
    "the worker": "das System",
    "the operator": "der Betrieb",
    "somebody": "jemand",
}
HOW: Final = {
    "1 day later": "1 Tag später",
    "{days} days later": "{days} Tage später",
    "1 day earlier": "1 Tag früher",
    "{days} days earlier": "{days} Tage früher",
    "{time} UTC on {day}": "{day}, {time} Uhr UTC",
    "“{words}”": "„{words}“",
    "[withheld]": "[nicht gezeigt]",
    "[erased]": "[gelöscht]",
    "[unknown]": "[unbekannt]",
    "the change {change}": "die Änderung, {change}",
}
CODES: Final = {
    "client progress": "Fortschrittsbericht",
    "program report": "Programmbericht",
    "plan ledger": "Änderungsbuch eines Plans",
    "program ledger": "Änderungsbuch eines Programms",
    "organization ledger": "Änderungsbuch der Organisation",
    "pdf": "PDF",
    "json": "JSON",
    "csv": "CSV",
    "email": "E-Mail",
    "refused": "vom Mailserver abgewiesen",
    "gave up": "nach mehreren Versuchen",
    "stale": "zu spät",
    "settled": "schon erledigt",
    "imported": "nachgetragen",
    "unreachable": "ohne Adresse",
    "unwanted": "nicht gewünscht",
    "suspended": "die Organisation ruht",
    "agreement unsigned": "Vereinbarung zu unterschreiben",
    "alignment due": "Abstimmungsgespräch fällig",
    "engagement overdue": "Coaching über sein Ende hinaus offen",
    "action due": "Aufgabe fällig",
    "milestone due": "Meilenstein fällig",
    "review due": "Überprüfung des Plans fällig",
    "evaluation due": "Beurteilung fällig",
    "self assessment due": "Selbsteinschätzung fällig",
    "objective unmeasured": "Ziel lange nicht gemessen",
    "baseline missing": "Ausgangswert fehlt",
    "consent expiring": "Zustimmung endet",
    "objective drifting": "Ziel kommt vom Kurs ab",
    "small win": "kleiner Erfolg",
    "session ahead": "Sitzung steht bevor",
    "session missing": "keine weitere Sitzung gebucht",
    "session unrated": "Sitzung zu bewerten",
    "rating low": "niedrige Bewertung",
    "credential expiring": "Zertifikat läuft ab",
    "erasure due": "Löschung fällig",
    "private client": "nur für den Klienten",
    "private coach": "nur für den Coach",
    "shared": "gemeinsam",
    "organization": "Organisation",
    "undecided": "unentschieden",
}
"""Codes that only sentences say."""
PLAN: Final = {
    "began the plan": "begann den Plan",
    "defined the objective {terms.title}{terms.due_on:, due }{lint.blocking:; not SMART yet: }": (
        "legte das Ziel {terms.title} fest{terms.due_on:, fällig am }{lint.blocking:; noch nicht SMART: }"
    ),
    "changed the objective {objective_id}: {refinement}": "änderte das Ziel {objective_id}: {refinement}",
    "weighed the objective {objective_id} anew: {to}, before {from_}": "gewichtete das Ziel {objective_id} neu: {to}, zuvor {from_}",
    "recorded the baseline of {objective_id}: {baseline.value} on {baseline.at}{from_:, before }": (
        "hielt den Ausgangswert von {objective_id} fest: {baseline.value} am {baseline.at}{from_:, zuvor }"
    ),
    "described five levels of attainment for {objective_id}, scale {version}": (
        "beschrieb fünf Stufen der Zielerreichung für {objective_id}, Fassung {version} der Skala"
    ),
    "noted that the client {stance}, about the {about}: {text}": "hielt fest, was der Klient sagt ({about}): {stance}, {text}",
    "judged the objective {objective_id}: {outcome}{level:, level }{measured_value:, measured }": (
        "beurteilte das Ziel {objective_id}: {outcome}{level:, Stufe }{measured_value:, gemessen }"
    ),
    "commented on the {about}: {text}": "schrieb einen Kommentar ({about}): {text}",
    "offered the {kind} {title}{due_on:, due }": "bot eine Übung an ({kind}): {title}{due_on:, fällig am }",
    "answered {exercise_id}": "beantwortete {exercise_id}",
    "withdrew the offer of {exercise_id}": "zog das Angebot zurück: {exercise_id}",
    "adopted the strategy {terms.title} ({terms.kind}) for {terms.objective_ids}": (
        "wählte die Strategie {terms.title} ({terms.kind}) für {terms.objective_ids}"
    ),
    "revised the strategy {strategy_id}, now {terms.title} ({terms.kind})": (
        "überarbeitete die Strategie {strategy_id}, jetzt {terms.title} ({terms.kind})"
    ),
    "dropped the strategy {strategy_id}": "gab die Strategie {strategy_id} auf",
    "recorded a commitment of {owner}, due {due_on}: {text}": "hielt eine Zusage fest, fällig am {due_on}: {text} (zugesagt hat: {owner})",
    "completed {action_id} on {completed_on}": "erledigte am {completed_on}: {action_id}",
    "moved {action_id} from {from_} to {to}, as the {initiated_by} wished": (
        "verschob {action_id} vom {from_} auf den {to} (Wunsch: {initiated_by})"
    ),
    "dropped {action_id}, due {due_on}, as the {initiated_by} wished": (
        "gab eine Aufgabe auf, fällig am {due_on}: {action_id} (Wunsch: {initiated_by})"
    ),
    "set the milestone {title} of {objective_id} for {due_on}{benchmark.value:, at }": (
        "setzte den Meilenstein {title} zu {objective_id} für den {due_on}{benchmark.value:, bei }"
    ),
    "moved the milestone {milestone_id} from {from_} to {to} ({shift_days:days}), as the {initiated_by} wished": (
        "verschob den Meilenstein {milestone_id} vom {from_} auf den {to} ({shift_days:days}; Wunsch: {initiated_by})"
    ),
    "reached the milestone {milestone_id} on {on}{measured_value:, measured }": (
        "erreichte den Meilenstein {milestone_id} am {on}{measured_value:, gemessen }"
    ),
    "noted that the milestone {milestone_id} was missed: it was due {due_on}": (
        "hielt fest, dass der Meilenstein {milestone_id} verfehlt wurde: Er war am {due_on} fällig"
    ),
    "withdrew the milestone {milestone_id}, due {due_on}, as the {initiated_by} wished": (
        "zog den Meilenstein {milestone_id} zurück, fällig am {due_on} (Wunsch: {initiated_by})"
    ),
    "proposed version {plan_version} of the plan": "schlug Fassung {plan_version} des Plans vor",
    "approved version {plan_version} of the plan for the {party} side": "stimmte Fassung {plan_version} des Plans zu (Seite: {party})",
    "activated version {plan_version} of the plan": "setzte Fassung {plan_version} des Plans in Kraft",
    "moved what was due on {paused_on} or later by {days:days}, for the pause": (
        "verschob wegen der Pause, was ab dem {paused_on} fällig war ({days:days})"
    ),
    "measured {value} for {objective_id} on {on}": "maß am {on} für {objective_id}: {value}",
    "corrected a value of {objective_id} from {from_} to {to}": "berichtigte einen Wert von {objective_id}: {to} statt {from_}",
    "acknowledged a win: {what}": "würdigte einen Erfolg: {what}",
    "reviewed the plan (review {review_no}), next on {next_review_on}": (
        "überprüfte den Plan (Überprüfung {review_no}); die nächste: {next_review_on}"
    ),
    "proposed {change}": "schlug vor, {change}",
    "accepted for the {party} side {change_id}{plan_version:, which makes version }": (
        "nahm an (Seite: {party}): {change_id}{plan_version:; daraus wird Fassung }"
    ),
    "declined for the {party} side {change_id}": "lehnte ab (Seite: {party}): {change_id}",
    "withdrew a report ({entry}) about {item_id}": "zog einen Eintrag zurück ({entry}): {item_id}",
}
CHANGED: Final = {
    "{role:every }{person_id:?}": "{role:alle mit der Rolle }{person_id:?}",
    "it is called {to}": "es heißt jetzt {to}",
    "its reason is {to}": "sein Grund ist {to}",
    "its area from {from_} to {to}": "Bereich {to} statt {from_}",
    "what it serves": "wofür es dient",
    "its target from {from_} to {to}": "Zielwert {to} statt {from_}",
    "its due date from {from_} to {to}": "Termin {to} statt {from_}",
    "the client's confidence from {from_} to {to}": "Zuversicht des Klienten {to} statt {from_}",
    "its measure is described as {to.name}": "die Messgröße ist beschrieben als {to.name}",
    "it has a new measure, {to.name}, with target {target}": "es hat eine neue Messgröße, {to.name}, mit Zielwert {target}",
    "to add the objective {terms.title}{terms.due_on:, due }": "das Ziel {terms.title} aufzunehmen{terms.due_on:, fällig am }",
    "to change the objective {objective_id}: {refinement}": "das Ziel {objective_id} zu ändern: {refinement}",
    "to weigh the objective {objective_id} anew: {to}, not {from_}": "das Ziel {objective_id} neu zu gewichten: {to} statt {from_}",
    "to describe the levels of attainment of {objective_id} anew": "die Stufen der Zielerreichung von {objective_id} neu zu beschreiben",
    "to adopt the strategy {terms.title} ({terms.kind})": "die Strategie {terms.title} ({terms.kind}) zu wählen",
    "to revise the strategy {strategy_id}, as {terms.title} ({terms.kind})": (
        "die Strategie {strategy_id} zu überarbeiten, als {terms.title} ({terms.kind})"
    ),
    "to drop the strategy {strategy_id}": "die Strategie {strategy_id} aufzugeben",
}
GERMAN: Final[dict[str, str]] = {**WHO, **HOW, **CODES, **PLAN, **CHANGED}
