"""What happened around a plan, in German: to the coaching and its agreement, in assessments, sessions and evaluations, and in what was sent."""

from __future__ import annotations

from typing import Final

ENGAGEMENT: Final = {
    "proposed to coach {client_id}": "schlug ein Coaching vor für: {client_id}",
    "assigned {coach_id} as coach, chosen by the {chosen_by}": "legte den Coach fest: {coach_id} (gewählt hat: {chosen_by})",
    "gave the coaching over from {from_coach_id} to {coach_id} on {effective_on}, handing over: {handover_scope}": (
        "gab das Coaching zum {effective_on} in andere Hände; bisher: {from_coach_id}, nun: {coach_id}; Umfang der Übergabe: {handover_scope}"
    ),
    "allowed that the next coach reads the shared notes of earlier sessions{coach_id:, if it is }": (
        "erlaubte dem nächsten Coach, die gemeinsamen Notizen früherer Sitzungen zu lesen{coach_id:; nur für: }"
    ),
    "no longer allows that another coach reads the shared notes of earlier sessions": (
        "erlaubt nicht mehr, dass ein anderer Coach die gemeinsamen Notizen früherer Sitzungen liest"
    ),
    "noted that the client talked with {coach_id} on {held_on}; to be coached by them: {choice}": (
        "hielt ein Kennenlerngespräch des Klienten am {held_on} fest, mit: {coach_id}; für dieses Coaching gewählt: {choice}"
    ),
    "declared a conflict of interest of {coach_id} ({kind})": "zeigte einen Interessenkonflikt an ({kind}): {coach_id}",
    "took back a conflict of interest of {coach_id} ({kind})": "nahm einen Interessenkonflikt zurück ({kind}): {coach_id}",
    "held an alignment meeting ({kind}) on {held_on}, with {attendees}{agreed_points:; agreed: }": (
        "hielt am {held_on} ein Abstimmungsgespräch ab ({kind}); dabei waren: {attendees}{agreed_points:; vereinbart: }"
    ),
    "added {client_id} to the group on {joined_on}, which are {head_count}": (
        "nahm zum {joined_on} in die Gruppe auf: {client_id} (jetzt {head_count} Personen)"
    ),
    "took {client_id} out of the group on {left_on}, who are {head_count} now": (
        "nahm zum {left_on} aus der Gruppe: {client_id} (jetzt {head_count} Personen)"
    ),
    "drafted version {agreement_version} of the agreement: {sessions} sessions, one every {cadence_days} days": (
        "entwarf Fassung {agreement_version} der Vereinbarung: {sessions} Sitzungen, im Abstand von {cadence_days} Tagen"
    ),
    "revised the terms, version {agreement_version}: {sessions} sessions, one every {cadence_days} days": (
        "überarbeitete die Bedingungen, Fassung {agreement_version}: {sessions} Sitzungen, im Abstand von {cadence_days} Tagen"
    ),
    "signed version {agreement_version} of the agreement for the {party} side": (
        "unterschrieb Fassung {agreement_version} der Vereinbarung (Seite: {party})"
    ),
    "asked to agree anew on version {agreement_version} of the agreement: {changes}": (
        "bat darum, sich auf Fassung {agreement_version} der Vereinbarung neu zu einigen: {changes}"
    ),
    "took back that version {agreement_version} of the agreement is agreed anew": (
        "nahm zurück, dass man sich auf Fassung {agreement_version} der Vereinbarung neu einigt"
    ),
    "put version {agreement_version} of the agreement into force, instead of version {supersedes}{narrowed:; the sponsor no longer sees: }": (
        "setzte Fassung {agreement_version} der Vereinbarung in Kraft, anstelle von Fassung {supersedes}"
        "{narrowed:; der Auftraggeber sieht nicht mehr: }"
    ),
    "began the coaching on {starts_on}, planned until {planned_end}": "begann das Coaching am {starts_on}, geplant bis {planned_end}",
    "paused the coaching from {paused_on} on{until:, foreseen until }": (
        "unterbrach das Coaching ab dem {paused_on}{until:, voraussichtlich bis }"
    ),
    "resumed the coaching on {resumed_on}, planned until {planned_end}": (
        "nahm das Coaching am {resumed_on} wieder auf, geplant bis {planned_end}"
    ),
    "completed the coaching on {closed_on}, after {sessions_held} sessions{sustainment_plan:; what follows: }": (
        "schloss das Coaching am {closed_on} ab; gehaltene Sitzungen: {sessions_held}{sustainment_plan:; wie es weitergeht: }"
    ),
    "ended the coaching early, on {closed_on}, after {sessions_held} sessions": (
        "beendete das Coaching vorzeitig am {closed_on}; gehaltene Sitzungen: {sessions_held}"
    ),
    "gave notice: the coaching ends with {ends_on}": "kündigte das Coaching: Es endet mit dem {ends_on}",
    "took the notice back: the coaching does not end with {ends_on}": (
        "nahm die Kündigung zurück: Das Coaching endet nicht mit dem {ends_on}"
    ),
    "gave the engagement up on {closed_on}, before the coaching began": "sagte das Coaching am {closed_on} ab, bevor es begann",
    "allowed {recipient} to see: {subjects}{until:, until }": "gab zur Einsicht frei: {subjects}; für: {recipient}{until:, bis }",
    "no longer allows {recipient} to see: {subjects}": "gibt nicht mehr zur Einsicht frei: {subjects}; für: {recipient}",
    "asked to read the words of the plan in an emergency ({reason_code})": (
        "bat darum, in einem Notfall die Worte des Plans lesen zu dürfen ({reason_code})"
    ),
    "let {asker_id} read the words of the plan in an emergency ({reason_code}), until {open_until:minute}": (
        "erlaubte in einem Notfall, die Worte des Plans zu lesen ({reason_code}), bis {open_until:minute}; wem: {asker_id}"
    ),
    "declined that {asker_id} reads the words of the plan in an emergency": (
        "lehnte ab, dass in einem Notfall die Worte des Plans gelesen werden; gebeten hatte: {asker_id}"
    ),
    "ended that {asker_id} reads the words of the plan in an emergency": (
        "beendete, dass in einem Notfall die Worte des Plans gelesen werden; gelesen hat sie: {asker_id}"
    ),
}
ASSESSMENT: Final = {
    "asked for a needs assessment ({kind}) from {opens_on} to {closes_on}": (
        "begann eine Bedarfsanalyse ({kind}), offen vom {opens_on} bis zum {closes_on}"
    ),
    "proposed a rater ({group})": "schlug jemanden vor, der Feedback geben soll ({group})",
    "decided on a rater ({group}){approved:; approved: }": (
        "entschied über jemanden, der Feedback geben soll ({group}){approved:; angenommen: }"
    ),
    "answered the self-assessment": "beantwortete die Selbsteinschätzung",
    "took in the answers of a rater": "nahm die Antworten einer befragten Person entgegen",
    "closed the assessment on {closed_on}": "schloss die Bedarfsanalyse am {closed_on}",
    "released the results of the assessment ({ruleset}, {suppression})": (
        "gab die Ergebnisse der Bedarfsanalyse frei ({ruleset}, {suppression})"
    ),
    "went through the results of the assessment on {held_on}": "besprach am {held_on} die Ergebnisse der Bedarfsanalyse",
    "found a need: {competency} ({need_class})": "erkannte einen Bedarf: {competency} ({need_class})",
}
EVALUATION: Final = {
    "scheduled the {kind} evaluation for {due_on}": "setzte eine Beurteilung ({kind}) für den {due_on} an",
    "evaluated version {plan_version} of the plan: effectiveness {effectiveness} of 5{summary:, }": (
        "beurteilte Fassung {plan_version} des Plans: Wirksamkeit {effectiveness} von 5{summary:, }"
    ),
    "corrected their evaluation: {correction}": "berichtigte die eigene Beurteilung: {correction}",
    "took note of the evaluation": "nahm die Beurteilung zur Kenntnis",
    "moved the evaluation by {days:days}, for the pause, to {due_on}": (
        "verschob die Beurteilung wegen der Pause auf den {due_on} ({days:days})"
    ),
    "of version {to} of the plan, not {from_}": "sie gilt Fassung {to} des Plans, nicht {from_}",
    "effectiveness {to} of 5, not {from_}": "Wirksamkeit {to} von 5, nicht {from_}",
    "the objective {objective_id} is rated {to}, not {from_}": "das Ziel {objective_id} ist mit {to} bewertet, nicht mit {from_}",
    "level {level} is rated {to}, not {from_}": "Ebene {level} ist mit {to} bewertet, nicht mit {from_}",
    "the worth of {objective_id} is {to}, not {from_}": "der Nutzen von {objective_id} beträgt {to}, nicht {from_}",
    "{value} {currency} ({attribution} % by the coaching, {confidence} % sure)": (
        "{value} {currency} ({attribution} % durch das Coaching, zu {confidence} % sicher)"
    ),
    "it says {to}": "in der Zusammenfassung steht jetzt {to}",
}
SESSION: Final = {
    "booked session {session_no} with {coach_id}: {starts_at}, {minutes} minutes": (
        "buchte Sitzung {session_no}: {starts_at}, {minutes} Minuten (Coach: {coach_id})"
    ),
    "moved the session from {from_} to {to}, as the {initiated_by} wished": (
        "verschob die Sitzung vom {from_} auf den {to} (Wunsch: {initiated_by})"
    ),
    "called off the session of {starts_at}, as the {initiated_by} wished; too late to be free: {late_cancel}": (
        "sagte die Sitzung vom {starts_at} ab (Wunsch: {initiated_by}); zu spät, um kostenlos zu sein: {late_cancel}"
    ),
    "agreed what the session is about: {focus}": "vereinbarte, worum es in der Sitzung geht: {focus}",
    "captured an insight ({visibility}): {text}": "hielt eine Einsicht fest ({visibility}): {text}",
    "reviewed the commitment {action_id}: {outcome}{learning:, }": "besprach die Zusage {action_id}: {outcome}{learning:, }",
    "held the session: {minutes} minutes": "hielt die Sitzung: {minutes} Minuten",
    "noted that the {absent} did not come to the session": "hielt fest, wer nicht zur Sitzung kam: {absent}",
    "wrote version {note_version} of a note ({visibility}): {text}": "schrieb Fassung {note_version} einer Notiz ({visibility}): {text}",
    "wrote version {reflection_version} of a reflection ({visibility}): {text}": (
        "schrieb Fassung {reflection_version} einer Betrachtung ({visibility}): {text}"
    ),
    "rated the session ({instrument}){comment:: }": "bewertete die Sitzung ({instrument}){comment:: }",
    "corrected the time of the session from {from_} to {to} minutes": "berichtigte die Dauer der Sitzung: {to} Minuten statt {from_}",
    "corrected the time of the session from {from_} to {to} minutes beside a log that was handed in": (
        "berichtigte die Dauer der Sitzung neben einem Nachweis, der schon abgegeben war: {to} Minuten statt {from_}"
    ),
}
TOLD: Final = {
    "reminded {key.recipient_id} by {channel}: {key.rule}": "schickte eine Erinnerung ({channel}): {key.rule}; an: {key.recipient_id}",
    "left out a reminder of {key.recipient_id}: {key.rule} ({why})": "ließ eine Erinnerung aus ({why}): {key.rule}; an: {key.recipient_id}",
    "could not remind {key.recipient_id} by {channel}: {key.rule} ({why})": (
        "konnte eine Erinnerung nicht zustellen ({channel}, {why}): {key.rule}; an: {key.recipient_id}"
    ),
    "asked for a report ({template}, {format}) up to {as_of}, for {recipients}": (
        "bat um einen Bericht ({template}, {format}) bis {as_of}; für: {recipients}"
    ),
    "made the report ({template}) that was asked for": "erstellte den Bericht, um den gebeten wurde ({template})",
    "shared the report with {recipients}": "gab den Bericht frei für: {recipients}",
    "threw away the file of the report, whose time was over": "löschte die Datei des Berichts, deren Frist vorbei war",
}
GERMAN: Final[dict[str, str]] = {**ENGAGEMENT, **ASSESSMENT, **EVALUATION, **SESSION, **TOLD}
