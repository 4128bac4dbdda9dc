"""FKUI's style sheets and fonts among the static files: only those that the pages use, out of node_modules."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

SNITT = ("Regular", "Medium", "SemiBold", "Bold")
# Address under /static/ : place under node_modules/@fkui.
FILER = {
    "fkui/theme-light.css": "theme-default/dist/theme-light.css",
    "fkui/fkui.css": "design/lib/fkui.min.css",
    **{f"fkui/typsnitt/Inter-{snitt}.woff2": f"font-default/fonts/Inter-{snitt}.woff2" for snitt in SNITT},
}


class FkuiFinder(BaseFinder):
    """Finds `FILER` where npm put them, so that nothing of FKUI is copied into the project."""

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        plats = [str(_fkui() / FILER[path])] if path in FILER else []
        return plats if find_all else next(iter(plats), [])

    def check(self, **_: Any) -> list[CheckMessage]:
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:  # noqa: ARG002 – nothing here to ignore
        return [(adress, _Fil(_fkui() / plats)) for adress, plats in FILER.items()]


class _Fil(FileSystemStorage):
    """One file as a storage of its own: collectstatic asks it for its address and gets the file of another name."""

    def __init__(self, plats: Path) -> None:
        super().__init__(location=str(plats.parent))
        self.plats = plats

    def path(self, name: str) -> str:  # noqa: ARG002
        return str(self.plats)


def _fkui() -> Path:
    return Path(settings.BASE_DIR) / "node_modules" / "@fkui"
