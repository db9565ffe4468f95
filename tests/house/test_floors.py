"""The import contracts of pyproject.toml hold, and they name every room there is."""

import subprocess
import sys
import tomllib
from pathlib import Path

from meetups.settings import PROJECT

NOT_ROOMS = {"demo", "foundation"}


def test_imports_run_downward_only():
    lint = Path(sys.executable).parent / "lint-imports"
    answer = subprocess.run([lint, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout[-3000:]
    assert "4 kept, 0 broken" in answer.stdout


def test_the_contract_about_rooms_names_every_room():
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    named = next(each["containers"] for each in contracts if each["name"].startswith("Inside a room"))
    rooms = {path.parent.name for path in (PROJECT / "meetups").glob("*/__init__.py")} - NOT_ROOMS
    assert sorted(named) == sorted(f"meetups.{room}" for room in rooms)
