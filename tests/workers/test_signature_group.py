"""Who of a group is asked to sign: each who is coached and has not, and nobody who has left."""

from __future__ import annotations

from tests.domain.spec import CLIENT, COACH, STRANGER, folded
from tests.domain.test_group import TO_SIGN, all_signed
from tests.domain.test_member import REMOVED
from workers.signature.asking import wanting

DRAFTED_AT = len(TO_SIGN)


def test_each_of_a_group_is_asked_who_has_not_signed() -> None:
    assert wanting(folded("engagement", list(TO_SIGN)), "client", DRAFTED_AT) == (CLIENT, STRANGER)
    half = folded("engagement", list(all_signed(TO_SIGN, CLIENT)))
    assert (wanting(half, "client", DRAFTED_AT), wanting(half, "coach", DRAFTED_AT)) == ((STRANGER,), (COACH,))
    assert wanting(half, "client", DRAFTED_AT - 1) == ()
    assert wanting(folded("engagement", [*all_signed(TO_SIGN, CLIENT), REMOVED]), "client", DRAFTED_AT) == ()
