"""What every part of a person's story is written with."""

from dataclasses import dataclass
from random import Random

from demokommun.filer import Paketskrivare
from demokommun.ram import Ram


@dataclass(frozen=True, slots=True)
class Penna:
    """Where rows go, in which frame of time, and the source of chance of just this part."""

    ut: Paketskrivare
    ram: Ram
    slump: Random
