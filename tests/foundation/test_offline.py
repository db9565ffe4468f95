"""The service worker's script: today's addresses in it, a new version whenever something it keeps changes."""

from __future__ import annotations

import re
from pathlib import Path

from meetups.foundation.offline import worker_script


def test_the_script_is_served_from_the_root_and_asked_for_anew_each_time(client):
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in answer.headers
    assert 'asset("' not in answer.text
    assert re.search(r'const version = "[0-9a-f]{12}"', answer.text)


def test_everything_it_fetches_beforehand_is_there(client):
    keep = re.search(r"keep: \[(.*?)\]", client.get("/sw.js").text, re.DOTALL)
    paths = re.findall(r'"(/[^"]+)"', keep[1])
    assert len(paths) > 5
    assert {path: client.get(path).status_code for path in paths if path.startswith("/static/")} == {
        path: 200 for path in paths if path.startswith("/static/")
    }


def test_a_changed_file_or_template_is_a_new_version(tmp_path: Path):
    page = tmp_path / "page.html"
    page.write_text("one")
    source = 'keep(asset("a.css")); v = "VERSION"'
    first = worker_script(source, lambda name: f"/static/1/{name}", tmp_path)
    assert first.startswith('keep("/static/1/a.css"); v = "')
    assert worker_script(source, lambda name: f"/static/2/{name}", tmp_path)[-13:] != first[-13:]
    page.write_text("two")
    assert worker_script(source, lambda name: f"/static/1/{name}", tmp_path) != first
