"""The refusal: something may not be done now, and these are the reasons."""

from collections.abc import Sequence


class Hindrad(Exception):  # noqa: N818  it is a refusal with reasons, not a fault
    """Raised by an action that may not be carried out; `orsaker` are Swedish sentences for people."""

    def __init__(self, orsaker: Sequence[str]) -> None:
        super().__init__(" ".join(orsaker))
        self.orsaker = list(orsaker)
