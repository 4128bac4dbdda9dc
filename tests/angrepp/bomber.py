"""Files that are not what they say: made by hand, small as they lie, large when they are opened."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

MB = 1024**2


def pdf(**rot: object) -> bytes:
    """A PDF of one page, with something more in its root."""
    ut = io.BytesIO()
    with pikepdf.new() as dokument:
        dokument.add_blank_page()
        for namn, varde in rot.items():
            dokument.Root[f"/{namn}"] = dokument.make_indirect(varde)
        dokument.save(ut)
    return ut.getvalue()


def pdf_med_program() -> bytes:
    """It would run a script when it is opened."""
    return pdf(OpenAction=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def pdf_med_start() -> bytes:
    """It would start a program."""
    return pdf(OpenAction=Dictionary(S=Name.Launch, F=String("cmd.exe")))


def pdf_med_fil() -> bytes:
    """With another file inside."""
    ut = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as dokument:
        dokument.attachments["x.exe"] = b"MZ"
        dokument.save(ut)
    return ut.getvalue()


def pdf_som_svaller(*, inbaddad: bool = False, djup: int = 1) -> bytes:
    """A page whose drawing is 30 MB of spaces, `djup` times deflated; `inbaddad`: within an object stream's file."""
    packat = zlib.compress(b" " * (30 * MB), 1)
    for _ in range(djup - 1):
        packat = zlib.compress(packat, 9)
    ut = io.BytesIO()
    with pikepdf.new() as dokument:
        dokument.add_blank_page()
        strom = Stream(dokument, b"x")
        strom.write(packat, filter=Array([Name.FlateDecode] * djup))
        dokument.pages[0].Contents = dokument.make_indirect(strom)
        lage = pikepdf.ObjectStreamMode.generate if inbaddad else pikepdf.ObjectStreamMode.disable
        dokument.save(
            ut, object_stream_mode=lage, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
        )
    return ut.getvalue()


def pdf_med_las() -> bytes:
    """Encrypted for its owner, so that anybody may open it."""
    ut = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as dokument:
        dokument.save(ut, encryption=pikepdf.Encryption(owner="agare", user=""))
    return ut.getvalue()


def bild(bredd: int, hojd: int) -> bytes:
    """A PNG that says it is so large, in a few bytes."""

    def bit(slag: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + slag + data + struct.pack(">I", zlib.crc32(slag + data))

    ihdr = struct.pack(">IIBBBBB", bredd, hojd, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + bit(b"IHDR", ihdr) + bit(b"IDAT", zlib.compress(b"\0" * 1000)) + bit(b"IEND", b"")


def liten_bild() -> bytes:
    ut = io.BytesIO()
    Image.new("RGB", (2, 2)).save(ut, "PNG")
    return ut.getvalue()


def arkiv(**delar: bytes) -> bytes:
    """A zip; `__` in a name is a slash and `DOT` a dot."""
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as zip_:
        for namn, innehall in delar.items():
            zip_.writestr(namn.replace("__", "/").replace("DOT", "."), innehall)
    return ut.getvalue()


def arbetsbok(blad: str, rader: list[list[object]], celler: dict[str, object] | None = None) -> bytes:
    """A real workbook."""
    bok = openpyxl.Workbook()
    flik = bok.active
    flik.title = blad
    for rad in rader:
        flik.append(rad)
    for plats, varde in (celler or {}).items():
        flik[plats] = varde
    ut = io.BytesIO()
    bok.save(ut)
    return ut.getvalue()


def med_del(bok: bytes, namn: str, innehall: bytes) -> bytes:
    """The workbook with a part as it is not meant to be."""
    ut = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bok)) as gammal, zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as ny:
        for del_ in gammal.infolist():
            if del_.filename != namn:
                ny.writestr(del_.filename, gammal.read(del_))
        ny.writestr(namn, innehall)
    return ut.getvalue()


def som_ljuger(bok: bytes, namn: str, innehall: bytes, sagt: int) -> bytes:
    """The same, where the archive says that the part is `sagt` bytes, with the checksum of so many: a reader that
    believes it sees a small part, one that does not swells it all."""
    ut = io.BytesIO(med_del(bok, namn, innehall))
    sann, falsk = struct.pack("<I", len(innehall)), struct.pack("<I", sagt)
    crc, falsk_crc = struct.pack("<I", zlib.crc32(innehall)), struct.pack("<I", zlib.crc32(innehall[:sagt]))
    bytes_ = bytearray(ut.getvalue())
    antal = 0
    for signatur, plats in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        start = 0
        while (start := bytes_.find(signatur, start)) >= 0:
            if (
                bytes_[start + plats : start + plats + 4] == crc
                and bytes_[start + plats + 8 : start + plats + 12] == sann
            ):
                bytes_[start + plats : start + plats + 4] = falsk_crc
                bytes_[start + plats + 8 : start + plats + 12] = falsk
                antal += 1
            start += 4
    assert antal == 2
    return bytes(bytes_)
