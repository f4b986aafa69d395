"""What follows a form that was done: the way back to a page, which waits for what was done by what its address says."""

from __future__ import annotations

from litestar.response import Redirect

from services.pages.page import HEADERS
from services.pages.sign_in import SEE_OTHER


def lead(path: str, done: str = "yes") -> Redirect:
    """To a page of ours. `done` says what the form was for; many pages have a sentence for it."""
    return Redirect(f"{path}{'&' if '?' in path else '?'}done={done}", status_code=SEE_OTHER, headers=HEADERS)
