"""Pages of the site that are files outside docs/, and links that lead there; used by `make site`.

The README is the home page. Links to other files of the repository become plain text, since the site has no
copy of them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent
STORIES = "tests/journeys/stories"
SEARCH_SHIM = "https://unpkg.com/iframe-worker/shim"
"""Lets the search run in pages opened as files; Material's offline plugin asks the network for it."""
_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^]]*)\]\((?P<target>[^)\s]+)\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the home page, the changelog and the stories."""
    added = {"index.md": ROOT / "README.md", "changelog.md": ROOT / "CHANGELOG.md"}
    added |= {f"stories/{story.name}": story for story in (ROOT / STORIES).glob("*.md")}
    for address, source in added.items():
        files.append(File.generated(config, address, content=source.read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Lead links to where the site has what they mean."""
    address = page.file.src_uri
    folder = Path(address).parent
    own = {"index.md": ROOT, "changelog.md": ROOT}.get(address, ROOT / "docs" / folder)
    if folder.name == "stories":
        own = ROOT / STORIES
    depth = "../" * len(folder.parts)

    def led(link: re.Match[str]) -> str:
        target, _, anchor = link["target"].partition("#")
        if not target or ":" in target:
            return link[0]
        place = site_address((own / target).resolve())
        if place is None:
            return link[0] if link["image"] else link["text"]
        return f"{link['image']}[{link['text']}]({depth}{place}{'#' if anchor else ''}{anchor})"

    return _LINK.sub(led, markdown)


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """Take the search's script from the site itself."""
    return output.replace(SEARCH_SHIM, "../" * page.url.count("/") + "javascripts/iframe-worker.js")


def on_post_template(output: str, template_name: str, **_: Any) -> str:
    """Leave out the page for unknown addresses, which only a server shows."""
    return "" if template_name == "404.html" else output


def site_address(file: Path) -> str | None:
    """Where the site has a file of the repository; None where it has not."""
    if file == ROOT / "README.md":
        return "index.md"
    if file == ROOT / "CHANGELOG.md":
        return "changelog.md"
    if file.is_relative_to(ROOT / STORIES):
        return f"stories/{file.name}" if file.is_file() else None
    if file.is_relative_to(ROOT / "docs") and file.is_file() and file.suffix != ".py":
        return file.relative_to(ROOT / "docs").as_posix()
    return None
