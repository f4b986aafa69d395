"""The people of the story, and what they call things."""

from __future__ import annotations

from typing import Final

from workers.demo.keys import STORY
from workers.demo.teller import Member

FIRM: Final = ("Northlight Coaching", STORY, "Europe/Berlin")
"""Name, short name and time zone."""

ADMIN: Final = Member("Ines Okafor", "ines@northlight.example", "admin")
DIRECTOR: Final = Member("Dana Whitfield", "dana@northlight.example", "program_manager")
COACH: Final = Member("Amir Haddad", "amir@northlight.example", "coach")
OTHER_COACH: Final = Member("Maren Vogel", "maren@northlight.example", "coach")
CLIENT: Final = Member("Lena Brandt", "lena@corvane.example", "client")
OTHER_CLIENT: Final = Member("Mateo Rossi", "mateo@corvane.example", "client")
SPONSOR: Final = Member("Tomasz Zielinski", "tomasz@corvane.example", "sponsor")
AUDITOR: Final = Member("Ruth Abara", "ruth@northlight.example", "auditor")

EVERYBODY: Final = (DIRECTOR, COACH, OTHER_COACH, CLIENT, OTHER_CLIENT, SPONSOR, AUDITOR)
"""Whom the admin enters."""

GROUP: Final = (
    Member("Aisha Bello", "aisha@corvane.example", "client"),
    Member("Jonas Weber", "jonas@corvane.example", "client"),
    Member("Nadia Rahmani", "nadia@corvane.example", "client"),
    Member("Emil Novák", "emil@corvane.example", "client"),
)
"""Who is coached together. The first acts for the group where one has to."""
