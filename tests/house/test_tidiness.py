"""No long files, no junk drawers, one place that commits, one door to the map service, nothing of this machine."""

import ast
import re
import subprocess

from meetups.settings import PROJECT

LONGEST = 400
JUNK = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager", "service", "handler", "tools", "lib"}
# Written so that they do not find themselves.
HOSTS = re.compile(r"pythonh[o]sted\.org|p[y]pi\.org/simple|npm[j]s\.org|index-[u]rl|file[:]///")
PLACES = re.compile(r"(?<![\w.])/(r[o]ot|w[o]rk|home/\w+|Users/\w+|tmp/\w)/")


def python_files(*folders):
    found = [path for folder in folders for path in sorted((PROJECT / folder).rglob("*.py"))]
    assert len(found) > 10 * len(folders)
    return found


def committed_texts():
    names = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True).stdout
    for name in names.decode().split("\0"):
        path = PROJECT / name
        if name and path.is_file():
            try:
                yield name, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def test_no_file_is_longer_than_400_lines():
    long = {path.name: len(path.read_text().splitlines()) for path in python_files("meetups", "tests")}
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_no_module_is_a_junk_drawer():
    files = python_files("meetups", "tests")
    assert [str(path) for path in files if JUNK & {path.stem, path.parent.name}] == []


def calls(path, name):
    """Line numbers where a method of that name is called."""
    return [node.lineno for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name]


def test_one_place_commits():
    found = {str(path.relative_to(PROJECT)): calls(path, "commit") for path in python_files("meetups")}
    assert {name: len(lines) for name, lines in found.items() if lines} == {"meetups/foundation/database.py": 1}


def test_one_door_to_the_map_service():
    said = re.compile(r"^\s*(?:from|import) geopy", re.MULTILINE)
    found = {str(path.relative_to(PROJECT)) for path in python_files("meetups") if said.search(path.read_text())}
    assert {name.rpartition("/")[0] for name in found} == {"meetups/foundation/geocoding"}


def test_no_committed_file_names_a_registry_or_a_path_of_somebodys_machine():
    texts = list(committed_texts())
    assert len(texts) > 50
    assert [name for name, text in texts if HOSTS.search(text) or PLACES.search(text)] == []
