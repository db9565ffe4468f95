"""Fields shared by forms: cleaned text, tolerant dates and times, choices from enums, refusals beside a field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time
from enum import Enum
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import Field, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import Choice, SelectChoice
from wtforms.validators import Length, Optional, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from meetups.foundation import clock
from meetups.foundation.markup import LINK_LIKE, clean, clean_line
from meetups.foundation.refusals import Refusal

NOT_OFFERED = "Choose from the answers offered."


class Form(FlaskForm):
    """The house's form: says which sentence belongs to which field. Takes form fields only, no JSON and no files."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            if formdata is not _Auto:
                return formdata
            return request.form if request.method == "POST" else None

    def take(self, refusal: Refusal) -> None:
        """Show a refusal beside its field, or at the top of the form, with everything typed kept."""
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(refusal.sentence)
        else:
            field.errors = [*field.errors, refusal.sentence]


def line(label: str, *, most: int = 200, needed: str = "", **more: Any) -> StringField:
    """One line of text: control characters dropped, white space folded, at most `most` characters.

    `needed` is the sentence shown when it is left empty; without it the field may be empty.
    """
    return StringField(label, validators=_bounds(most, needed), filters=[_line_or_nothing], **more)


def called(label: str, *, needed: str, **more: Any) -> StringField:
    """What a person is called: one short line that cannot carry a link into somebody else's letter."""
    checks = [*_bounds(80, needed), _no_link]
    return StringField(label, validators=checks, filters=[_line_or_nothing], **more)


def _no_link(form: Any, field: Field) -> None:
    if field.data and LINK_LIKE.search(field.data):
        raise ValidationError("Others see this: just a name, please, no links and no addresses.")


def prose(label: str, *, most: int = 10_000, needed: str = "", **more: Any) -> TextAreaField:
    """Several lines of text, Markdown welcome, at most `most` characters."""
    return TextAreaField(label, validators=_bounds(most, needed), filters=[_prose_or_nothing], **more)


def address(label: str, *, needed: str, **more: Any) -> StringField:
    """An e-mail address, checked by its form only (nobody is asked over the network), in lower case."""
    too_long = Length(max=254, message="That is too long for an e-mail address.")
    checks = [Filled(needed), too_long, _looks_like_an_address]
    return StringField(label, validators=checks, filters=[lambda typed: clean_line(typed or "").lower()], **more)


def _looks_like_an_address(form: Any, field: Field) -> None:
    try:
        found = validate_email(field.data, check_deliverability=False, allow_smtputf8=False, test_environment=True)
        field.data = (found.ascii_email or field.data).lower()  # one mailbox, one spelling: limits and seats count it
    except EmailNotValidError as wrong:
        sentence = "That does not look like an e-mail address. One looks like name@library.example."
        raise ValidationError(sentence) from wrong


def _bounds(most: int, needed: str) -> list[Callable[..., None]]:
    longest = f"That is too long: {most:,} characters at most."
    return [*([Filled(needed)] if needed else []), Length(max=most, message=longest)]


class Filled:
    """Something has to stand here; says which sentence is shown otherwise."""

    field_flags = {"required": True}

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, form: Any, field: Field) -> None:
        if field.data is None or (isinstance(field.data, str) and not field.data.strip()):
            if getattr(field, "process_errors", None):
                raise StopValidation()  # the field has already said what is wrong with it
            raise StopValidation(self.sentence)


def _line_or_nothing(text: str | None) -> str:
    return clean_line(text or "")


def _prose_or_nothing(text: str | None) -> str:
    return clean(text or "").strip()


class DayField(StringField):
    """A calendar day. The browser's picker or anything people type; keeps what was typed when it is no day."""

    data: date | None
    typed: str = ""

    def process_data(self, value: date | None) -> None:
        self.data = value
        self.typed = value.isoformat() if value else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data, self.typed = None, clean_line(valuelist[0])[:60] if valuelist else ""
        if self.typed:
            try:
                self.data = clock.typed_date(self.typed)
            except clock.NotADate as wrong:
                raise ValueError(wrong.sentence) from wrong

    def _value(self) -> str:
        return self.data.isoformat() if self.data else self.typed


class ClockField(StringField):
    """A clock time on the wall of the place."""

    data: time | None
    typed: str = ""

    def process_data(self, value: time | None) -> None:
        self.data = value
        self.typed = value.strftime("%H:%M") if value else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data, self.typed = None, clean_line(valuelist[0])[:60] if valuelist else ""
        if self.typed:
            try:
                self.data = clock.typed_time(self.typed)
            except clock.NotATime as wrong:
                raise ValueError(wrong.sentence) from wrong

    def _value(self) -> str:
        return self.data.strftime("%H:%M") if self.data else self.typed


class CountField(IntegerField):
    """A whole number within bounds; an empty field is None, nonsense gets a sentence."""

    def __init__(self, label: str, *, least: int = 0, most: int = 100_000, **more: Any) -> None:
        self.least, self.most = least, most
        super().__init__(label, validators=[Optional()], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = clean_line(valuelist[0]) if valuelist else ""
        if not typed:
            return
        sentence = f"A whole number from {self.least:,} to {self.most:,}, please."
        if not (typed.isascii() and typed.lstrip("+").isdigit() and len(typed) < 12):
            raise ValueError(sentence)
        if not self.least <= int(typed) <= self.most:
            raise ValueError(sentence)
        self.data = int(typed)


class EnumMixin:
    """Choices that are the members of an enum, shown by their `label`; `data` is a member or None."""

    kind: type[Enum]

    def _member(self, value: Any) -> Any:
        if value is None or value == "" or isinstance(value, self.kind):
            return value or None
        return self.kind(value)


def _pairs(kind: type[Enum], blank: str | None, leave_out: Iterable[Enum]) -> list[SelectChoice]:
    first = [SelectChoice("", blank)] if blank is not None else []
    members = [member for member in kind if member not in set(leave_out)]
    return first + [SelectChoice(member.value, member.label) for member in members]  # type: ignore[attr-defined]


class ChoiceField(EnumMixin, RadioField):
    """One member of an enum by radio buttons; `blank` adds a first choice that means "not stated" (None)."""

    def __init__(
        self, label: str, kind: type[Enum], *, blank: str | None = None, needed: str = "",
        leave_out: Iterable[Enum] = (), **more: Any,
    ) -> None:
        self.kind = kind
        checks = [Filled(needed)] if needed else []
        super().__init__(
            label, choices=_pairs(kind, blank, leave_out), coerce=self._member, validators=checks,
            invalid_value_message=NOT_OFFERED, **more,
        )  # fmt: skip

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and self.data.value not in [choice.value for choice in self.choices or ()]:
            raise ValidationError(NOT_OFFERED)

    def iter_choices(self) -> Any:
        standing = self.data.value if self.data else ""
        for choice in self.choices or ():
            yield Choice(choice.value, choice.label, choice.value == standing, {})


class PickField(ChoiceField, SelectField):
    """The same as a drop-down list."""

    widget = SelectField.widget


class TicksField(EnumMixin, SelectMultipleField):
    """Any number of members of an enum, by check boxes; `data` is a list of members."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, kind: type[Enum], **more: Any) -> None:
        self.kind = kind
        choices = _pairs(kind, None, ())
        super().__init__(label, choices=choices, coerce=self._member, invalid_value_message=NOT_OFFERED, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([typed for typed in valuelist if typed])  # an empty one ticks nothing

    def pre_validate(self, form: Any) -> None:
        return None  # coerce has refused what is no member

    def iter_choices(self) -> Any:
        chosen = {member.value for member in self.data or ()}
        for choice in self.choices or ():
            yield Choice(choice.value, choice.label, choice.value in chosen, {})


__all__ = [
    "ChoiceField", "ClockField", "CountField", "DayField", "Filled", "Form", "PickField", "TicksField",
    "address", "called", "line", "prose",
]
