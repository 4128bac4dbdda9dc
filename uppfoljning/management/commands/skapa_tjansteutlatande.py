"""`manage.py skapa_tjansteutlatande 2026-05 --dnr … --handlaggare … --datum … --ut FIL`: the nämnd's document."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from grund import klocka
from grund.atomart import skriv_atomart
from grund.hinder import Hindrad
from grund.kommando import Kommando, anvandare
from uppfoljning.actions import notera_tjansteutlatande
from uppfoljning.forms import Utlatandeform
from uppfoljning.tjansteutlatande import dokument
from uppfoljning.tjansteutlatande.queries import hamta_underlag
from uppfoljning.tjansteutlatande.sammansattning import satt_samman
from uppfoljning.tjansteutlatande.siffror import rakna


def datum(text: str) -> date:
    """An argument of the form ÅÅÅÅ-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as fel:
        msg = f"”{text}” är inget datum. Skriv som 2026-06-03."
        raise argparse.ArgumentTypeError(msg) from fel


class Command(Kommando):
    help = "Gör ett tjänsteutlåtande till nämnden om en beräknad månad, som PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        self.lagg_till_manad(parser)
        parser.add_argument("--dnr", required=True, metavar="DNR", help="diarienummer, som ”SN 2026/0148”")
        parser.add_argument("--handlaggare", required=True, metavar="NAMN", help="handläggarens namn")
        parser.add_argument("--titel", default="controller", help="handläggarens titel (controller)")
        parser.add_argument("--epost", default="", help="handläggarens e-post")
        parser.add_argument("--undertecknare", required=True, metavar="NAMN", help="den som skriver under")
        parser.add_argument("--undertecknare-titel", default="socialdirektör", help="dess titel (socialdirektör)")
        parser.add_argument("--datum", required=True, type=datum, metavar="ÅÅÅÅ-MM-DD", help="dagen det skrivs under")
        parser.add_argument("--sammantrade", required=True, type=datum, metavar="ÅÅÅÅ-MM-DD", help="nämndens dag")
        parser.add_argument(
            "--skickas-till", action="append", default=[], metavar="VEM", help="får beslutet; kan anges flera gånger"
        )
        parser.add_argument("--av", type=anvandare, metavar="ANVÄNDARE", help="vem som gör det")
        parser.add_argument("--ut", required=True, type=Path, metavar="FIL", help="PDF-filen som skrivs")

    def handle(self, *args: Any, **options: Any) -> None:
        siffror = rakna(hamta_underlag(options["manad"]))
        korningar = tuple(siffror.korningar.values())
        form = Utlatandeform(_falt(options), korningar=korningar, idag=klocka.idag())
        if not form.is_valid():
            raise Hindrad([f"{form.fields[falt].label}: {fel}" for falt, alla in form.errors.items() for fel in alla])
        utlatande = satt_samman(siffror, form.huvud())
        try:
            with skriv_atomart(options["ut"]) as ut:
                pdf = dokument.gor(utlatande)
                ut.write(pdf)
        except OSError as fel:
            msg = f"Det går inte att skriva {options['ut']}: {fel.strerror}."
            raise CommandError(msg) from fel
        notera_tjansteutlatande(utlatande=utlatande, korningar=korningar, pdf=pdf, av=options["av"])
        preliminart = " Månaden är inte fastställd, så underlaget är preliminärt." if utlatande.preliminart else ""
        self.stdout.write(f"{options['ut']} är gjord.{preliminart}")


def _falt(options: dict[str, Any]) -> dict[str, Any]:
    """The arguments as the page's form has them: what is refused there is refused here, in the same words."""
    return {
        "diarienummer": options["dnr"],
        "handlaggare": options["handlaggare"],
        "handlaggare_titel": options["titel"],
        "epost": options["epost"],
        "undertecknare": options["undertecknare"],
        "undertecknare_titel": options["undertecknare_titel"],
        "datum": options["datum"],
        "sammantrade": options["sammantrade"],
        "skickas_till": "\n".join(options["skickas_till"]),
    }
