"""A month's report of an enhet: what is missing, what it comes to, who has signed it, what was changed late."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from beslut.tillgang import anteckna, far_se
from grund import klocka
from grund.behorighet import Ratt
from grund.hinder import Hindrad
from grund.text import antal_ord
from grund.tid import Manad
from grund.tillgang import inloggad, kraver
from utforare import rapportering
from utforare.actions import signering as signering_actions
from utforare.actions.signering import hinder_for_signering
from utforare.forms.besok import Signeringsform
from utforare.tillgang import hamta_enhet, namn_vid


@kraver(Ratt.RAPPORTERA)
def rapport(request: HttpRequest, pk: int, manad: Manad) -> HttpResponse:
    """What the month holds and lacks, and the button that signs it."""
    enhet, vem, idag = hamta_enhet(request, pk), inloggad(request), klocka.idag()
    lage, innehall = rapportering.enhetens_lage(enhet, manad, idag), rapportering.innehall(enhet, manad)
    namn = namn_vid(vem, enhet, idag)
    saknas = [(namn(ett.rad.verk.beslut.person), ett.dagar) for ett in lage.saknas]
    utan_orsak = rapportering.saknar_orsak(enhet, manad)
    personer = [ett.rad.verk.beslut.person for ett in lage.saknas]
    personer += [rad.verkstallighet.beslut.person for rad in utan_orsak]
    anteckna(request, *(person.pk for person in personer if far_se(vem, person)), sida="månadens rapport")
    kontext = {
        "enhet": enhet,
        "manad": manad,
        "lage": lage,
        "innehall": innehall,
        "saknas": saknas,
        "utan_orsak": [(namn(rad.verkstallighet.beslut.person), rad.datum) for rad in utan_orsak],
        "hinder": hinder_for_signering(lage, idag),
        "andrat_sedan": lage.signering and lage.signering.avtryck != innehall.avtryck,
        "sena": rapportering.sena_andringar(manad, enhet=enhet),
        "form": Signeringsform(initial={"avtryck": innehall.avtryck}, saknade=_saknade(lage)),
        "fore": manad.plus(-1),
        "efter": manad.plus(1) if manad < Manad.av(idag) else None,
    }
    return render(request, "utforare/rapport.html", kontext)


def _saknade(lage: rapportering.Enhetslage) -> str:
    return antal_ord(lage.saknade, "dag", "dagar") if lage.saknade else ""


@kraver(Ratt.RAPPORTERA)
@require_POST
def signera(request: HttpRequest, pk: int, manad: Manad) -> HttpResponse:
    """Sign the month as it was shown."""
    enhet = hamta_enhet(request, pk)
    try:
        signering_actions.signera(
            enhet=enhet,
            manad=manad,
            avtryck=request.POST.get("avtryck", ""),
            tomma_ar_ratt="tomma_ar_ratt" in request.POST,
            av=inloggad(request),
            idag=klocka.idag(),
            nu=klocka.nu(),
        )
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            messages.error(request, orsak)
    else:
        messages.success(request, "Månaden är signerad. Ändringar härefter görs med skäl och syns som sena ändringar.")
    return redirect("utforare:rapport", enhet.pk, manad)
