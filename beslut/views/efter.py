"""After a decision: how the party got it, follow-ups, and the beginning of an omprövning."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from beslut import arenden, omprovning, tillgang
from beslut.actions.arenden import hinder_for_omprovning, oppna_arende
from beslut.actions.efter import delge, folj_upp, hinder_for_uppfoljning
from beslut.akt import beslutsvy
from beslut.forms.arenden import Omprovningsform
from beslut.forms.efter import Delgivningsform, Uppfoljningsform
from beslut.koder import Arendeslag, Delgivningssatt, Sokande, Uppfoljningsresultat, Uppfoljningssatt
from beslut.models import Beslut
from beslut.regler import Insats
from beslut.views.gemensamt import formularsida, hamta_beslut, lyckas
from beslut.visning import beslut_i_ord
from grund import klocka
from grund.behorighet import Ratt
from grund.tid import lagg_till_manader
from grund.tillgang import inloggad, kraver


def smulor(request: HttpRequest, beslut: Beslut, har: str) -> list[tuple[str, str]]:
    """Where a page of the decision lies."""
    namn = tillgang.namn(inloggad(request), beslut.person)
    akt = reverse("utforare:akt", args=[beslut.person_id])
    return [("Personer", reverse("beslut:personer")), (namn, akt), (har, "")]


@kraver(Ratt.HANDLAGGA)
def delgivning(request: HttpRequest, pk: int) -> HttpResponse:
    """Note when and how the party got the decision."""
    beslut = hamta_beslut(request, pk, sida="delgivning")
    tidigare = getattr(beslut, "delgivning", None)
    start = {"dag": tidigare.dag, "satt": tidigare.satt} if tidigare else {"dag": klocka.idag()}
    form = Delgivningsform(request.POST or None, initial=start)

    def gor() -> None:
        varden = form.cleaned_data | {"satt": Delgivningssatt(form.cleaned_data["satt"])}
        delge(beslut=beslut, av=inloggad(request), idag=klocka.idag(), **varden)

    if form.is_bound and form.is_valid() and lyckas(form, gor):
        messages.success(request, "Delgivningen är antecknad.")
        forslag = getattr(beslut, "forslag", None)
        return redirect("beslut:arende", forslag.arende_id) if forslag else redirect("utforare:akt", beslut.person_id)
    return formularsida(
        request,
        form,
        rubrik="Delgivning",
        ingress=f"{beslut_i_ord(beslut)}, {beslut.nyckel}.",
        knapp="Spara",
        avbryt=reverse("utforare:akt", args=[beslut.person_id]),
        smulor=smulor(request, beslut, "Delgivning"),
        hjalp=[("Varför dagen spelar roll", ["Personen kan överklaga i tre veckor från den dag hen fick beslutet."])],
    )


@kraver(Ratt.HANDLAGGA)
def uppfoljning(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow the decision up. It changes nothing but the day of the next one."""
    beslut = hamta_beslut(request, pk, sida="uppföljning")
    if hinder := hinder_for_uppfoljning(beslut):
        messages.error(request, " ".join(hinder))
        return redirect("utforare:akt", beslut.person_id)
    start = {"dag": klocka.idag(), "nasta": lagg_till_manader(klocka.idag(), 12)}
    form = Uppfoljningsform(request.POST or None, initial=start)

    def gor() -> None:
        varden = form.cleaned_data
        koder = {"satt": Uppfoljningssatt(varden["satt"]), "resultat": Uppfoljningsresultat(varden["resultat"])}
        folj_upp(beslut=beslut, av=inloggad(request), idag=klocka.idag(), **varden | koder)

    if form.is_bound and form.is_valid() and lyckas(form, gor):
        messages.success(request, "Uppföljningen är sparad. Beslutet är detsamma.")
        vidare = (
            "utforare:akt" if form.cleaned_data["resultat"] == Uppfoljningsresultat.FORTSATT else "beslut:omprovning"
        )
        return redirect(vidare, beslut.person_id if vidare == "utforare:akt" else beslut.pk)
    return formularsida(
        request,
        form,
        rubrik="Följ upp beslutet",
        ingress=f"{beslut_i_ord(beslut)}, {beslut.nyckel}.",
        knapp="Spara uppföljningen",
        avbryt=reverse("utforare:akt", args=[beslut.person_id]),
        smulor=smulor(request, beslut, "Uppföljning"),
        hjalp=[("Uppföljning är inte omprövning", _SKILLNAD)],
    )


_SKILLNAD = (
    "En uppföljning säger hur stödet fungerar och när du ska titta nästa gång. Den ändrar aldrig beslutet.",
    "Behöver beslutet ändras börjar du en omprövning efteråt.",
)


@kraver(Ratt.HANDLAGGA)
def omprova(request: HttpRequest, pk: int) -> HttpResponse:
    """What is possible with the decision (FL 37 §), and the beginning of an ärende for it."""
    beslut = hamta_beslut(request, pk, sida="omprövning")
    form, nya = Omprovningsform(request.POST or None), []

    def gor() -> None:
        nya.append(
            oppna_arende(
                person=beslut.person,
                insats=Insats(beslut.insats),
                slag=Arendeslag.OMPROVNING,
                sokande=Sokande.SJALV,
                inkom=klocka.idag(),
                text=form.cleaned_data["text"],
                av=inloggad(request),
                nu=klocka.nu(),
                omprovar=beslut,
            )
        )

    if form.is_bound and form.is_valid() and lyckas(form, gor):
        messages.success(request, f"Ärende {nya[0].nummer} är öppnat.")
        return redirect("beslut:arende", nya[0].pk)
    forbehall = arenden.forbehall_i(beslut)
    kontext = {
        "form": form,
        "beslut": beslut,
        "rubrik": beslut_i_ord(beslut),
        "fakta": beslutsvy(beslut, klocka.idag()).fakta,
        "hinder": hinder_for_omprovning(beslut),
        "mojligheter": omprovning.mojligheter(arenden.innehall(beslut), forbehall=forbehall, idag=klocka.idag()),
        "smulor": smulor(request, beslut, "Omprövning"),
    }
    return render(request, "beslut/omprovning.html", kontext)
