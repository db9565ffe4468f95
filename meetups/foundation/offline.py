"""`/sw.js`: the one service worker of the site, static/js/sw.js with the addresses of today's files filled in.

Each room that works without a network has a row in the table in that file and registers the worker for its own scope
only; no other page is touched by it. A change of that file, of a file it names or of any template is a new version.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from flask import Flask, Response

from meetups.foundation import doors
from meetups.foundation.assets import FOLDER
from meetups.foundation.pages import without_cookies

SOURCE = FOLDER / "js" / "sw.js"
_ASSET = re.compile(r'asset\("([^"]+)"\)')


def worker_script(source: str, address: Callable[[str], str], templates: Path) -> str:
    """The script with `asset("name")` replaced by the file's address and VERSION by a hash of all it depends on."""
    script = _ASSET.sub(lambda found: f'"{address(found[1])}"', source)
    seen = hashlib.sha256(script.encode())
    for path in sorted(templates.rglob("*.html")):
        seen.update(path.read_bytes())
    return script.replace('"VERSION"', f'"{seen.hexdigest()[:12]}"')


def init_offline(app: Flask) -> None:
    """Registers `/sw.js`. Needs the template global `asset`."""
    kept: list[str] = []

    @app.get("/sw.js", endpoint="service_worker")
    @doors.everyone
    def service_worker() -> Response:
        if not kept or app.debug:
            text = SOURCE.read_text(encoding="utf-8")
            kept[:] = [worker_script(text, app.jinja_env.globals["asset"], Path(app.root_path, app.template_folder))]  # type: ignore[arg-type]
        without_cookies()
        return Response(kept[0], mimetype="text/javascript", headers={"Cache-Control": "no-cache"})
