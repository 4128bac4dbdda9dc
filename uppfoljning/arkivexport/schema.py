"""The XSD of a package, made of the models: each field with its type, and what it is in Swedish."""

from typing import Any

from django.db import models
from django.db.models import Model
from lxml import etree

from uppfoljning.arkivexport.ordning import ARKIVERAS, NAMNRYMD, elementnamn
from uppfoljning.gallring.typer import Modellrad
from uppfoljning.personuppgifter.falt import falten, modellen, rubrik

_XS = "http://www.w3.org/2001/XMLSchema"
_TYPER: tuple[tuple[tuple[type["models.Field[Any, Any]"], ...], str], ...] = (
    ((models.DateTimeField,), "xs:dateTime"),
    ((models.DateField,), "xs:date"),
    ((models.DecimalField,), "xs:decimal"),
    ((models.IntegerField,), "xs:integer"),
    ((models.BooleanField,), "xs:boolean"),
)


def typ(falt: "models.Field[Any, Any]") -> str:
    """The XSD type of a field's text. A reference holds the other row's Systemidentifierare."""
    if falt.related_model is not None:
        return "xs:string"
    return next((namn for klasser, namn in _TYPER if isinstance(falt, klasser)), "xs:string")


def har_ord(falt: "models.Field[Any, Any]") -> bool:
    """Whether the text is a code or a reference, which the attribute Ord says in words."""
    return falt.related_model is not None or bool(falt.choices)


def om_faltet(falt: "models.Field[Any, Any]") -> str:
    """What is documented of a field: what it is, its help, and its codes."""
    delar = [rubrik(falt), str(falt.help_text)]
    if falt.name == "till" and typ(falt) == "xs:date":
        delar[0] = "dagen efter den sista dagen"
    if falt.related_model is not None:
        delar.append(f"hänvisar till {falt.related_model._meta.label}")
    if falt.choices:
        delar.append("koder: " + "; ".join(f"{kod} = {text}" for kod, text in falt.flatchoices if kod != ""))
    return ". ".join(filter(None, delar))


def akt_xsd() -> bytes:
    """The schema of akter/*.xml."""
    rot = _schema()
    akt = _sekvens(_element(rot, "Personakt", "Allt som systemet har om en person, utom läsloggen."))
    _arkivbildare(akt)
    for rad in ARKIVERAS:
        lista = _element(akt, f"{elementnamn(rad)}Lista", str(modellen(rad)._meta.verbose_name_plural), minst=0)
        _rad(_sekvens(lista), rad)
    _attribut(akt.getparent(), "Systemidentifierare", "Schemaversion")
    return _bytes(rot)


def innehall_xsd() -> bytes:
    """The schema of innehall.xml."""
    rot = _schema()
    leverans = _sekvens(_element(rot, "Leveransobjekt", "Vad paketet innehåller."))
    _arkivbildare(leverans)
    for namn, slag in (("Andamal", "xs:string"), ("Skapad", "xs:dateTime"), ("AntalAkter", "xs:integer")):
        etree.SubElement(leverans, f"{{{_XS}}}element", name=namn, type=slag)
    antal = _element(leverans, "Antal", "Rader av en modell, i alla akter tillsammans.", minst=0, flera=True)
    _attribut(etree.SubElement(antal, f"{{{_XS}}}complexType"), "Modell", "Rader")
    fil = _element(leverans, "Fil", "En fil i paketet.", minst=0, flera=True)
    typ_ = etree.SubElement(fil, f"{{{_XS}}}complexType")
    _attribut(typ_, "Sokvag", "Storlek", "ChecksummaMetod", "Checksumma")
    etree.SubElement(typ_, f"{{{_XS}}}attribute", name="Rader", type="xs:integer")
    _attribut(leverans.getparent(), "Systemnamn", "Schemaversion")
    return _bytes(rot)


def _rad(foralder: "etree._Element", rad: Modellrad) -> None:
    modell: type[Model] = modellen(rad)
    element = _element(foralder, elementnamn(rad), str(modell._meta.verbose_name), flera=True)
    sekvens = _sekvens(element)
    for falt in falten(modell):
        ett = _element(sekvens, falt.name, om_faltet(falt), minst=0 if falt.null else 1)
        _enkel(ett, typ(falt), med_ord=har_ord(falt))
    if rad.fil or rad.modell == "beslut.Beslutshandling":
        bilaga = _element(sekvens, "Bilaga", "Radens fil.", minst=0)
        _attribut(etree.SubElement(bilaga, f"{{{_XS}}}complexType"), "Lank", "Storlek", "ChecksummaMetod", "Checksumma")
    _attribut(sekvens.getparent(), "Systemidentifierare")


def _schema() -> "etree._Element":
    rot = etree.Element(f"{{{_XS}}}schema", nsmap={"xs": _XS, None: NAMNRYMD})
    rot.set("targetNamespace", NAMNRYMD)
    rot.set("elementFormDefault", "qualified")
    return rot


def _element(
    foralder: "etree._Element", namn: str, om: str, *, minst: int = 1, flera: bool = False
) -> "etree._Element":
    element = etree.SubElement(foralder, f"{{{_XS}}}element", name=namn)
    if foralder.tag != f"{{{_XS}}}schema":
        element.set("minOccurs", str(minst))
        element.set("maxOccurs", "unbounded" if flera else "1")
    notering = etree.SubElement(element, f"{{{_XS}}}annotation")
    etree.SubElement(notering, f"{{{_XS}}}documentation").text = om
    return element


def _sekvens(element: "etree._Element") -> "etree._Element":
    return etree.SubElement(etree.SubElement(element, f"{{{_XS}}}complexType"), f"{{{_XS}}}sequence")


def _enkel(element: "etree._Element", slag: str, *, med_ord: bool) -> None:
    if not med_ord:
        element.set("type", slag)
        return
    innehall = etree.SubElement(etree.SubElement(element, f"{{{_XS}}}complexType"), f"{{{_XS}}}simpleContent")
    utokning = etree.SubElement(innehall, f"{{{_XS}}}extension", base=slag)
    etree.SubElement(utokning, f"{{{_XS}}}attribute", name="Ord", type="xs:string")


def _attribut(typ_: "etree._Element", *namn: str) -> None:
    for ett in namn:
        etree.SubElement(typ_, f"{{{_XS}}}attribute", name=ett, type="xs:string", use="required")


def _arkivbildare(sekvens: "etree._Element") -> None:
    delar = _sekvens(_element(sekvens, "Arkivbildare", "Myndigheten vars arkiv akten hör till."))
    for namn in ("Namn", "Kommunkod"):
        etree.SubElement(delar, f"{{{_XS}}}element", name=namn, type="xs:string")


def _bytes(rot: "etree._Element") -> bytes:
    return bytes(etree.tostring(rot, xml_declaration=True, encoding="UTF-8", pretty_print=True))
