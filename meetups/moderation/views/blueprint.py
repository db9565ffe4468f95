"""The blueprint that the pages of moderation hang on."""

from flask import Blueprint

moderation = Blueprint("moderation", __name__)
