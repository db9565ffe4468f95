"""The blueprint that the pages of people hang on."""

from flask import Blueprint

people = Blueprint("people", __name__)
