"""Progress on a terminal, on stderr; silent elsewhere."""

from types import TracebackType
from typing import Never, Self

from tqdm import tqdm


class Framsteg:
    """What the import is at, and how many rows it has read."""

    def __init__(self) -> None:
        self._stapel: tqdm[Never] = tqdm(unit=" rader", unit_scale=True, disable=None, leave=False, dynamic_ncols=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, typ: type[BaseException] | None, fel: BaseException | None, spar: TracebackType | None) -> None:
        self._stapel.close()

    def gor(self, vad: str) -> None:
        self._stapel.set_description(vad)

    def rader(self, antal: int) -> None:
        self._stapel.update(antal)
