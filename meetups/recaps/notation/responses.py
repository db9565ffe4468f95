"""One idea as a line tells it: side, form, what is mentioned, who said it."""

from __future__ import annotations

import re

from meetups.recaps.notation.lines import leading_kind, leading_stance
from meetups.recaps.notation.marks import FORM_OF
from meetups.recaps.notation.names import leading_name, trailing_name
from meetups.recaps.notation.resources import mentioned, usual_form
from meetups.recaps.notation.written import WrittenResponse, addresses_in
from meetups.recaps.terms import Form, ResourceType, Stance

_INNER_TIP = re.compile(r"(?<=[.!?”\"])\s+\(?(?:early[- ]|el )?literacy tip:\s*(?=\S)", re.I)


def read_response(words: str, side: Stance | None, *, quick: bool, plain: bool) -> WrittenResponse:
    """The idea in these words. `side` is the side of the debate we are on, unless the line names one itself;
    `quick` and `plain` say how names are written (see `names`)."""
    stance, words = leading_stance(words)
    kind, words = leading_kind(words)
    said_by = None
    if kind is None:
        said_by, words = leading_name(words, plain=plain)
    if kind is None and said_by:
        kind, words = leading_kind(words)
    tip = None
    inner = _INNER_TIP.search(words)
    if inner:
        words, tip = words[: inner.start()], words[inner.end() :]
    if not said_by:
        said_by, words = trailing_name(words, quick=quick)
    response = WrittenResponse(words, stance=stance or side, said_by=said_by, literacy_tip=tip)
    response.form = usual_form(words, response.stance)
    if isinstance(kind, Form):
        response.form = kind
    elif isinstance(kind, ResourceType):
        response.form = FORM_OF.get(kind, Form.TIP)
        response.resources = [mentioned(kind, words)]
    response.links = addresses_in(words)
    return response
