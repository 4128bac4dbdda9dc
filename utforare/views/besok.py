"""Visits of an enhet: what is planned, what was carried out, what was cancelled."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from beslut.tillgang import ArSkyddad, anteckna, far_se, namn
from grund import klocka
from grund.behorighet import Ratt
from grund.hinder import Hindrad
from grund.text import VECKODAGAR, svensk_ordning
from grund.tid import Manad, lokal_dag
from grund.tillgang import inloggad, kraver
from utforare import besoksblad, bomtidssvar, rapportering
from utforare.actions import besok as actions
from utforare.actions.besok import Bekrafta, Vem, som_text
from utforare.besoksregler import Tid
from utforare.forms.besok import Avbokform, Nyttform, Planform, Tillbakaform, Utfortform
from utforare.models import Besok, Enhet, PlaneratBesok, Verkstallighet
from utforare.tillgang import enheter, hamta_enhet, hamta_verkstallighet


@kraver(Ratt.RAPPORTERA)
def start(request: HttpRequest) -> HttpResponse:
    """The enheter that report visits; straight to the list when there is only one."""
    vem, manad = inloggad(request), Manad.av(klocka.idag())
    alla = list(enheter(vem, klocka.idag()))
    lagen = [ett for ena in (manad, manad.plus(-1)) for ett in rapportering.lage(ena, enheter=alla)]
    med = {ett.enhet.pk for ett in lagen if ett.har_besok}
    if len(med) == 1:
        return redirect("utforare:besok", med.pop(), manad)
    return render(request, "utforare/besok_start.html", {"lagen": [ett for ett in lagen if ett.har_besok]})


@kraver(Ratt.RAPPORTERA)
def lista(request: HttpRequest, pk: int, manad: Manad) -> HttpResponse:
    """A week of visits, or the whole month."""
    enhet, vem, idag = hamta_enhet(request, pk), inloggad(request), klocka.idag()
    veckor = besoksblad.veckor(manad)
    vecka, dag = _valt(request, veckor, manad)
    dagar = besoksblad.hamta(vem, enhet, manad, idag, visas=lambda en: en == dag if dag else en in veckor[vecka])
    anteckna(request, *(rad.person_id for dag in dagar for rad in dag.rader if not rad.skyddad), sida="enhetens besök")
    kontext = {
        "enhet": enhet,
        "manad": manad,
        "fore": manad.plus(-1),
        "efter": manad.plus(1),
        "veckor": list(veckor),
        "vecka": vecka,
        "veckans": [(en, VECKODAGAR[en.weekday()][:3]) for en in veckor[vecka]],
        "dag": dag,
        "dagar": dagar,
        "lage": rapportering.enhetens_lage(enhet, manad, idag),
    }
    return render(request, "utforare/besok.html", kontext)


def _valt(request: HttpRequest, veckor: dict[int, list[date]], manad: Manad) -> tuple[int, date | None]:
    """The week and the day to show: those asked for, else today's. No day = the whole week."""
    narmast = min(max(klocka.idag(), manad.fran), manad.sista)
    text = request.GET.get("vecka", "")
    if text.isdecimal() and len(text) < 3 and int(text) in veckor:
        return int(text), None
    try:
        dag = date.fromisoformat(request.GET.get("dag", ""))
    except ValueError:
        dag = narmast
    dag = dag if manad.fran <= dag <= manad.sista else narmast
    return dag.isocalendar().week, dag


class _Mal(NamedTuple):
    """The visit at an address: planned, registered or both."""

    verk: Verkstallighet
    plan: PlaneratBesok | None
    besok: Besok | None
    nyckel: str

    @property
    def planerat(self) -> Tid | None:
        if self.besok and (tid := actions.planerat(self.besok)):
            return tid
        return Tid(self.plan.start, self.plan.slut) if self.plan else None

    @property
    def tid(self) -> Tid:
        """When it was, or was to be."""
        tid = (actions.utford(self.besok) if self.besok else None) or self.planerat
        assert tid is not None  # noqa: S101  a visit is carried out or planned (database constraint)
        return tid

    @property
    def manad(self) -> Manad:
        return Manad.av(lokal_dag(self.tid.start))


def _hamta(request: HttpRequest, pk: int, nyckel: str, sida: str) -> tuple[Enhet, _Mal]:
    """The visit of one of the user's own enheter, logged; any other is not there."""
    enhet = hamta_enhet(request, pk)
    plan = PlaneratBesok.objects.filter(nyckel=nyckel, verkstallighet__enhet=enhet).first()
    besok = Besok.objects.filter(nyckel=nyckel, verkstallighet__enhet=enhet).first()
    ett = besok or plan
    if ett is None:
        msg = "Besöket finns inte bland dina."
        raise Http404(msg)
    return enhet, _Mal(hamta_verkstallighet(request, ett.verkstallighet_id, sida=sida), plan, besok, nyckel)


@kraver(Ratt.RAPPORTERA)
def nytt(request: HttpRequest, pk: int) -> HttpResponse:
    """A visit that was carried out without being planned."""
    enhet = hamta_enhet(request, pk)
    verk = _valbara(request, enhet)

    def gor(form: Nyttform, vem: Vem) -> None:
        ett = form.valt(verk)
        _far(request, ett)
        actions.registrera_utfort(
            verk=ett, tid=form.tid, planerat=None, vem=vem, bekraftat=bool(form.cleaned_data.get("bekraftat"))
        )

    grund: dict[str, Any] = {"val": [(ett.pk, namn(inloggad(request), ett.beslut.person)) for ett in verk]}
    grund |= {"kraver_skal": _ar_sen(request, enhet)}
    return _formular(
        request,
        enhet,
        None,
        _Sida("Registrera ett besök", "Registrera", "Besöket är registrerat."),
        Nyttform,
        gor,
        {},
        grund,
    )


@kraver(Ratt.RAPPORTERA)
def planera(request: HttpRequest, pk: int) -> HttpResponse:
    """Put in visits that are to be made."""
    enhet = hamta_enhet(request, pk)
    verk = _valbara(request, enhet)

    def gor(form: Planform, vem: Vem) -> None:
        ett = form.valt(verk)
        _far(request, ett)
        actions.planera(verk=ett, tid=form.tid, till_och_med=form.cleaned_data["till_och_med"], vem=vem)

    grund = {"val": [(ett.pk, namn(inloggad(request), ett.beslut.person)) for ett in verk]}
    return _formular(
        request, enhet, None, _Sida("Planera besök", "Lägg in", "Besöken är inlagda."), Planform, gor, {}, grund
    )


def _valbara(request: HttpRequest, enhet: Enhet) -> list[Verkstallighet]:
    """Those whose visits the user may register, in Swedish order, this month or last."""
    vem, idag = inloggad(request), klocka.idag()
    verk = {
        ett.verk.pk: ett.verk
        for manad in (Manad.av(idag), Manad.av(idag).plus(-1))
        for ett in besoksblad.med_besok(vem, enhet, manad, idag)
        if far_se(vem, ett.verk.beslut.person)
    }
    return sorted(verk.values(), key=lambda ett: svensk_ordning(namn(vem, ett.beslut.person)))


def _ar_sen(request: HttpRequest, enhet: Enhet) -> bool:
    """Whether the day that is sent lies in a month that is signed or locked."""
    try:
        manad = Manad.av(Manad.dag_i_kalendern(request.POST.get("dag", "")))
    except ValueError:
        return False
    return bool(rapportering.kraver_skal(enhet, [manad], klocka.idag()))


def _far(request: HttpRequest, verk: Verkstallighet) -> None:
    if not far_se(inloggad(request), verk.beslut.person):
        raise ArSkyddad
    anteckna(request, verk.beslut.person_id, sida="besök")


@kraver(Ratt.RAPPORTERA)
def rapportera(request: HttpRequest, pk: int, nyckel: str) -> HttpResponse:
    """Say that a planned visit was carried out, or change when."""
    enhet, mal = _hamta(request, pk, nyckel, "besök")

    def gor(form: Utfortform, vem: Vem) -> None:
        actions.registrera_utfort(
            verk=mal.verk,
            tid=form.tid,
            planerat=mal.planerat,
            vem=vem,
            nyckel=nyckel,
            sag=request.POST.get("sag", ""),
            bekraftat=bool(form.cleaned_data.get("bekraftat")),
        )

    sida = _Sida("Rapportera besöket", "Spara som utfört", "Besöket är registrerat som utfört.")
    return _formular(request, enhet, mal, sida, Utfortform, gor, Utfortform.av(mal.tid), _skal(mal))


@kraver(Ratt.RAPPORTERA)
def avboka(request: HttpRequest, pk: int, nyckel: str) -> HttpResponse:
    """Say that a planned visit was not carried out. What that pays is said afterwards, by the calculation's rule."""
    enhet, mal = _hamta(request, pk, nyckel, "avbokat besök")
    if mal.planerat is None:
        msg = "Bara ett planerat besök kan avbokas."
        raise Http404(msg)
    planerat = mal.planerat

    def gor(form: Avbokform, vem: Vem) -> None:
        data = form.cleaned_data
        actions.registrera_avbokat(
            verk=mal.verk,
            planerat=planerat,
            avbokad=form.avbokad,
            avbokad_av=data["avbokad_av"],
            orsak=data["orsak"],
            vem=vem,
            nyckel=nyckel,
            sag=request.POST.get("sag", ""),
        )
        avtal = besoksblad.avtal_for(mal.verk, lokal_dag(planerat.start))
        svar = bomtidssvar.svar(avtal, planerat.start, form.avbokad, data["avbokad_av"])
        messages.info(request, svar.text)

    sida = _Sida("Besöket blev inte av", "Spara avbokningen", "Avbokningen är sparad.")
    return _formular(request, enhet, mal, sida, Avbokform, gor, {}, _skal(mal))


@kraver(Ratt.RAPPORTERA)
def ta_tillbaka(request: HttpRequest, pk: int, nyckel: str) -> HttpResponse:
    """Take back what was registered, or a plan that is not reported."""
    enhet, mal = _hamta(request, pk, nyckel, "besök")

    def gor(form: Tillbakaform, vem: Vem) -> None:  # noqa: ARG001  the form only asks why
        if mal.besok:
            actions.ta_tillbaka(besok=mal.besok, sag=request.POST.get("sag", ""), vem=vem)
        elif mal.plan:
            actions.ta_bort_plan(plan=mal.plan, vem=vem)

    sida = _Sida("Ta tillbaka besöket", "Ta tillbaka", "Besöket är tillbakataget.")
    if mal.besok is None:
        sida = _Sida("Ta bort det planerade besöket", "Ta bort", "Det planerade besöket är borttaget.")
    return _formular(request, enhet, mal, sida, Tillbakaform, gor, {}, _skal(mal) if mal.besok else {})


def _skal(mal: _Mal) -> dict[str, Any]:
    return {"kraver_skal": bool(rapportering.kraver_skal(mal.verk.enhet, [mal.manad], klocka.idag()))}


class _Sida(NamedTuple):
    rubrik: str
    knapp: str
    klart: str


def _formular(
    request: HttpRequest,
    enhet: Enhet,
    mal: _Mal | None,
    sida: _Sida,
    sort: Callable[..., Any],
    gor: Callable[[Any, Vem], None],
    initial: dict[str, Any],
    grund: dict[str, Any],
) -> HttpResponse:
    """The form, or what it refuses beside its fields; after it is done, the list of the visit's week."""
    form = sort(request.POST or None, initial=initial, **grund)
    if request.method == "POST" and form.is_valid():
        vem = Vem(inloggad(request), klocka.nu(), form.cleaned_data.get("skal", ""))
        try:
            gor(form, vem)
        except Bekrafta as fraga:
            form = sort(request.POST, initial=initial, fraga=True, **grund)
            form.is_valid()
            form.add_error(None, " ".join([*fraga.orsaker, "Stämmer det, kryssa för det nedan."]))
        except Hindrad as hinder:
            for orsak in hinder.orsaker:
                form.add_error(None, orsak)
        else:
            messages.success(request, sida.klart)
            return _till_listan(enhet, form, mal)
    kontext = {
        "enhet": enhet,
        "mal": mal,
        "person": namn(inloggad(request), mal.verk.beslut.person) if mal else "",
        "sida": sida,
        "form": form,
        "sag": som_text(mal.besok) if mal else "",
        "manad": mal.manad if mal else Manad.av(klocka.idag()),
    }
    return render(request, "utforare/besok_form.html", kontext)


def _till_listan(enhet: Enhet, form: Form, mal: _Mal | None) -> HttpResponse:
    tid = getattr(form, "tid", None) or (mal.tid if mal else None)
    dag = lokal_dag(tid.start) if tid else klocka.idag()
    svar = redirect("utforare:besok", enhet.pk, Manad.av(dag))
    svar["Location"] += f"?dag={dag.isoformat()}"
    return svar
