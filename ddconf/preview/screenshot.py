"""A picture of a page, taken by a browser of the Chromium family that is installed on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from ddconf.errors import DdconfError, Diagnostic

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
    "--run-all-compositor-stages-before-draw",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""The page is a file of ours that runs no script and fetches nothing, so it needs no sandbox of its own."""
_WIDTH, _HEIGHT = 1336, 900
_TALLEST = 16_000
_SECONDS = 60
_MEASURE = "<script>document.title=document.documentElement.scrollHeight</script>"


def find_browser() -> str | None:
    """The browser that DDCONF_BROWSER names, or one that is on the path."""
    named = os.environ.get("DDCONF_BROWSER")
    return named or next((found for name in _BROWSERS if (found := shutil.which(name))), None)


def screenshot(page: str, file: Path, *, width: int = _WIDTH, height: int | None = None) -> None:
    """Write the whole page as a PNG, or its first `height` pixels; raises DdconfError without a browser."""
    browser = find_browser()
    if browser is None:
        hint = "install chromium, or set DDCONF_BROWSER to a browser of its family, or write .html"
        raise DdconfError(Diagnostic("no browser takes the picture", hint=hint))
    with tempfile.TemporaryDirectory(prefix="ddconf-") as folder:
        path = Path(folder, "page.html")
        if height is None:
            height = _height(browser, page, path, width)
        path.write_text(page, encoding="utf-8")
        picture = Path(folder, "page.png")
        _run(
            browser,
            f"--window-size={width},{height}",
            f"--screenshot={picture}",
            path.as_uri(),
            folder=folder,
        )
        if not picture.is_file():
            raise DdconfError(f"{browser} took no picture")
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, file)


def _height(browser: str, page: str, path: Path, width: int) -> int:
    """How tall the page is at a width: told by a copy of it that may run one script."""
    measured = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page, count=1)
    path.write_text(measured.replace("</body>", f"{_MEASURE}</body>"), encoding="utf-8")
    size = f"--window-size={width},{_HEIGHT}"
    answer = _run(browser, size, "--dump-dom", path.as_uri(), folder=str(path.parent))
    found = re.search(r"<title>(\d+)</title>", answer)
    return min(int(found[1]), _TALLEST) if found else _HEIGHT


def _run(browser: str, *arguments: str, folder: str) -> str:
    command = [browser, *_FLAGS, f"--user-data-dir={folder}/profile", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DdconfError(f"{browser} took no picture: {error}") from None
    return done.stdout
