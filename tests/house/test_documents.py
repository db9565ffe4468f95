"""What operators and contributors are told is complete: every setting, every command, every room."""

import re
from dataclasses import fields

from meetups.settings import PROJECT, Settings

NOT_OURS = {"db", "run", "shell", "routes"}  # Flask's and Flask-Migrate's own


def document(name):
    path = PROJECT / "docs" / name
    assert path.exists(), f"docs/{name} is not written yet"
    return path.read_text(encoding="utf-8")


def settings_table():
    """Name -> meaning, from the rows of the table of settings; a row may name several."""
    table = document("operators.md").split("## Settings")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| `")]
    return {name: meaning.strip() for names, _default, meaning in rows for name in re.findall(r"`([A-Z_]+)`", names)}


def test_the_operators_page_has_every_setting_with_a_meaning_and_no_others():
    table = settings_table()
    assert sorted(table) == sorted(each.name.upper() for each in fields(Settings))
    assert [name for name, meaning in table.items() if len(meaning.split()) < 3] == []


def test_the_defaults_in_the_operators_page_are_the_defaults():
    page = document("operators.md")
    numbers = {each.name.upper(): each.default for each in fields(Settings) if type(each.default) is int}
    assert [name for name, default in numbers.items() if f"| `{name}` | {default} |" not in page] == []


def commands(group, before=""):
    for name, command in sorted(group.commands.items()):
        if not before and name in NOT_OURS:
            continue
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def test_every_command_is_in_the_operators_page(app):
    page = document("operators.md")
    ours = list(commands(app.cli))
    assert {"work", "deliver-mail", "purge"} <= set(ours)
    assert [name for name in ours if f"`flask {name}" not in page] == []


def test_every_room_is_described_where_a_newcomer_looks():
    rooms = sorted(path.parent.name for path in (PROJECT / "meetups").glob("*/__init__.py"))
    prose = (PROJECT / "meetups" / "__init__.py").read_text()
    assert [room for room in rooms if f"\n{room} " not in prose] == []
    thin = [room for room in rooms if len((PROJECT / "meetups" / room / "__init__.py").read_text().split()) < 12]
    assert thin == []


def test_the_documents_name_the_targets_of_make_and_no_others():
    lines = (PROJECT / "Makefile").read_text().splitlines()
    targets = set(next(line for line in lines if line.startswith(".PHONY:")).split()[1:])
    told = set()
    for path in (PROJECT / "README.md", *(PROJECT / "docs").glob("*.md")):
        text = re.sub(r"```\w*\n(.*?)```", lambda block: f"`{block[1]}`", path.read_text(), flags=re.DOTALL)
        told |= set(re.findall(r"`[^`]*?\bmake ([a-z-]+)", text))
    assert told - targets == set()
    assert {"run", "test", "test-fast", "demo", "bench"} - told == set()
