"""How what is stored is locked: in the age format, to public keys, so that who makes backups cannot read them.

A file locked by us is opened by the tool `age` too, when nothing of this system is left:
`age --decrypt -i nyckel.txt bas.tar.gz.age | tar -xz`.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

import pyrage

from sakerhetskopia.fel import Kopiefel

ANDELSE = ".age"


class Skrivbar(Protocol):
    def write(self, data: bytes, /) -> object: ...
    def flush(self) -> object: ...


class Las:
    """Locks to `mottagare`; without any it stores as it is."""

    def __init__(self, mottagare: Sequence[pyrage.x25519.Recipient] = ()) -> None:
        self._mottagare = list(mottagare)

    @property
    def andelse(self) -> str:
        return ANDELSE if self._mottagare else ""

    @property
    def namn(self) -> list[str]:
        """The public keys, which a manifest tells."""
        return [str(en) for en in self._mottagare]

    def skriv(self, kalla: BinaryIO, ut: Skrivbar) -> None:
        """All of `kalla` to `ut`. OSError when it cannot be written."""
        vakt = _Felminne(ut)
        if not self._mottagare:
            while bit := kalla.read(1 << 20):
                vakt.write(bit)
            return
        try:
            pyrage.encrypt_io(kalla, vakt, self._mottagare)
        except pyrage.EncryptError:
            if vakt.fel:  # pyrage keeps its text only
                raise vakt.fel from None
            raise


class _Felminne:
    """Remembers what went wrong under the library that writes through it."""

    def __init__(self, ut: Skrivbar) -> None:
        self._ut = ut
        self.fel: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            self._ut.write(data)
        except OSError as fel:
            self.fel = fel
            raise
        return len(data)

    def flush(self) -> None:
        self._ut.flush()


class Nyckel:
    """Opens what is locked. Without identities it can read only what never was."""

    def __init__(self, identiteter: Sequence[pyrage.x25519.Identity] = ()) -> None:
        self._identiteter = list(identiteter)

    def __bool__(self) -> bool:
        return bool(self._identiteter)

    @contextmanager
    def oppna(self, fil: Path) -> Iterator[BinaryIO]:
        """What `fil` holds, opened as it is read. Kopiefel when the key is wrong or the file is not what it was."""
        if fil.suffix != ANDELSE:
            with fil.open("rb") as rak:
                yield rak
            return
        if not self._identiteter:
            raise Kopiefel(f"{fil.name} är krypterad. Ange nyckeln: --nyckel <fil>.")
        with _Oppning(fil, self._identiteter) as oppnad:
            yield oppnad


class _Oppning:
    """A pipe with what a thread unlocks into it."""

    def __init__(self, fil: Path, identiteter: Sequence[pyrage.x25519.Identity]) -> None:
        self._fil, self._identiteter = fil, list(identiteter)
        self._fel: Exception | None = None

    def __enter__(self) -> BinaryIO:
        las, self._skriv = os.pipe()
        self._ut = os.fdopen(las, "rb")
        self._trad = threading.Thread(target=self._las_upp, daemon=True)
        self._trad.start()
        return self._ut

    def _las_upp(self) -> None:
        try:
            with self._fil.open("rb") as kalla, os.fdopen(self._skriv, "wb") as ut:
                pyrage.decrypt_io(kalla, ut, self._identiteter)
        except (pyrage.DecryptError, OSError) as fel:
            self._fel = fel

    def __exit__(self, typ: type[BaseException] | None, fel: BaseException | None, _: object) -> None:
        self._ut.close()  # whoever stopped reading lets the thread stop writing
        self._trad.join()
        if self._fel is not None and not (isinstance(self._fel, BrokenPipeError) or _brast_ror(self._fel)):
            raise Kopiefel(_varfor(self._fil, self._fel)) from (fel or self._fel)


def _brast_ror(fel: Exception) -> bool:
    return "Broken pipe" in str(fel)


def _varfor(fil: Path, fel: Exception) -> str:
    if "No matching keys" in str(fel):
        return f"Nyckeln är fel: {fil.name} är krypterad till en annan. Ange den nyckel som kopian gjordes till."
    return f"{fil.name} går inte att läsa: den är skadad eller avkortad ({fel})."


def las_ur(fil: Path | None, *, okrypterad: bool) -> Las:
    """The lock of a file of public keys (`age1…`, one a line). Nothing is stored in the open unless it is said."""
    if fil is None:
        if okrypterad:
            return Las()
        raise Kopiefel(
            "Kopian innehåller personuppgifter och ska krypteras. Ange en fil med publika nycklar: --mottagare <fil>"
            " (gör ett par med: nyckel <fil>). Ska den ändå ligga öppen, säg det: --okrypterad."
        )
    try:
        rader = _rader(fil)
        if mottagare := [pyrage.x25519.Recipient.from_str(rad) for rad in rader]:
            return Las(mottagare)
    except pyrage.RecipientError:
        pass
    raise Kopiefel(f"{fil} innehåller ingen publik nyckel. En sådan börjar med age1.")


def nyckel_ur(fil: Path | None) -> Nyckel:
    """The keys of a file (`AGE-SECRET-KEY-…`, one a line)."""
    if fil is None:
        return Nyckel()
    try:
        if identiteter := [pyrage.x25519.Identity.from_str(rad) for rad in _rader(fil)]:
            return Nyckel(identiteter)
    except pyrage.IdentityError:
        pass
    raise Kopiefel(f"{fil} innehåller ingen nyckel. En sådan börjar med AGE-SECRET-KEY-.")


def skapa_par(fil: Path) -> str:
    """A new key in `fil`, which nobody else may read, and its public one beside it (.pub), which is given back."""
    identitet = pyrage.x25519.Identity.generate()
    publik = str(identitet.to_public())
    try:
        nummer = os.open(fil, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Kopiefel(f"{fil} finns redan och skrivs inte över: det som är låst till den vore förlorat.") from None
    with os.fdopen(nummer, "w") as ut:
        ut.write(f"# publik nyckel: {publik}\n{identitet}\n")
    fil.with_name(f"{fil.name}.pub").write_text(f"{publik}\n")
    return publik


def _rader(fil: Path) -> list[str]:
    try:
        rader = [rad.strip() for rad in fil.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as fel:
        raise Kopiefel(f"Nyckelfilen {fil} går inte att läsa: {getattr(fel, 'strerror', None) or fel}.") from fel
    return [rad for rad in rader if rad and not rad.startswith("#")]
