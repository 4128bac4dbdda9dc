"""Every address, who may open it, and what it shows of a person. One without a row here fails `test_tillgang`."""

from dataclasses import dataclass
from enum import Enum

from grund.behorighet import Ratt

OPPEN, INLOGGAD = "öppen för alla", "alla som är inloggade"


class Visar(Enum):
    """What a page shows of a person, which decides what it answers and whether the look is logged."""

    INGEN = "no person"
    NYCKEL = "a person known by a key: the same for whoever has the right, and logged"
    HANDLAGGARENS = "a person by name, to a handläggare: outside one's assignments one says why first"
    ALLAS = "a person by name, to whoever has the right: everybody's, but the protected to the named only"
    UTFORARENS = "a person by name, to a utförare: others' persons are not there"
    ENHETENS = "a list of an enhet, to a utförare: others' enheter are not there"


@dataclass(frozen=True)
class Adress:
    """`mall`: the address, with {person}, {verk} … for what the world has (tests/webb/varld.py). `vem`: who may."""

    mall: str
    vem: str | Ratt
    visar: Visar = Visar.INGEN
    post: bool = False  # only answers POST
    skriver: bool = False  # answers GET too, but writes at POST


ADRESSER: dict[str, Adress] = {
    "start": Adress("/", INLOGGAD),
    "halsa": Adress("/halsa/", OPPEN),
    "halsa_redo": Adress("/halsa/redo/", OPPEN),
    "matvarden": Adress("/matvarden/", OPPEN),
    "uppfoljning:driften": Adress("/driften/", Ratt.SKOTA_DRIFTEN),
    "uppfoljning:misslyckade": Adress("/driften/misslyckade/", Ratt.SKOTA_DRIFTEN),
    "uppfoljning:misslyckad": Adress("/driften/misslyckade/999999/", Ratt.SKOTA_DRIFTEN, skriver=True),
    "uppfoljning:langsamt": Adress("/driften/langsamt/", Ratt.SKOTA_DRIFTEN),
    "logga_in": Adress("/logga-in/", OPPEN),
    "logga_ut": Adress("/logga-ut/", OPPEN, post=True),
    "account_login": Adress("/logga-in/", OPPEN),
    "account_logout": Adress("/logga-ut/", OPPEN, post=True),
    "mfa_authenticate": Adress("/logga-in/steg-2/", OPPEN),
    "mfa_login_webauthn": Adress("/logga-in/nyckel/", OPPEN),
    "openid_connect_login": Adress("/logga-in/via/kommun/", OPPEN, post=True),
    "openid_connect_callback": Adress("/logga-in/via/kommun/svar/", OPPEN),
    "mfa_index": Adress("/konto/", INLOGGAD),
    "account_change_password": Adress("/konto/losenord/", INLOGGAD, skriver=True),
    "account_reauthenticate": Adress("/konto/bekrafta/", INLOGGAD),
    "mfa_reauthenticate": Adress("/konto/bekrafta/kod/", INLOGGAD),
    "mfa_reauthenticate_webauthn": Adress("/konto/bekrafta/nyckel/", INLOGGAD),
    "mfa_activate_totp": Adress("/konto/app/", INLOGGAD, skriver=True),
    "mfa_deactivate_totp": Adress("/konto/app/ta-bort/", INLOGGAD, skriver=True),
    "mfa_view_recovery_codes": Adress("/konto/reservkoder/", INLOGGAD),
    "mfa_generate_recovery_codes": Adress("/konto/reservkoder/nya/", INLOGGAD, skriver=True),
    "mfa_list_webauthn": Adress("/konto/nycklar/", INLOGGAD),
    "mfa_add_webauthn": Adress("/konto/nycklar/ny/", INLOGGAD, skriver=True),
    "mfa_edit_webauthn": Adress("/konto/nycklar/1/namn/", INLOGGAD, skriver=True),
    "mfa_remove_webauthn": Adress("/konto/nycklar/1/ta-bort/", INLOGGAD, skriver=True),
    "grund:anvandare": Adress("/anvandare/", Ratt.FORVALTA_ANVANDARE),
    "grund:ny_anvandare": Adress("/anvandare/ny/", Ratt.FORVALTA_ANVANDARE, skriver=True),
    "grund:en_anvandare": Adress("/anvandare/0/", Ratt.FORVALTA_ANVANDARE, skriver=True),
    "grund:losenord": Adress("/anvandare/0/losenord/", Ratt.FORVALTA_ANVANDARE, post=True),
    "grund:inloggning": Adress("/anvandare/0/inloggning/", Ratt.FORVALTA_ANVANDARE, post=True),
    "grund:skyddade": Adress("/anvandare/0/skyddade/", Ratt.FORVALTA_ANVANDARE, skriver=True),
    "utforare:anvandarens_enheter": Adress("/anvandare/0/enheter/", Ratt.FORVALTA_ANVANDARE, skriver=True),
    "utforare:avsluta_enhet": Adress("/anvandare/enheter/0/avsluta/", Ratt.FORVALTA_ANVANDARE, skriver=True),
    "grund:stang_av": Adress("/anvandare/0/stang-av/", Ratt.FORVALTA_ANVANDARE, post=True),
    "grund:oppna_igen": Adress("/anvandare/0/oppna/", Ratt.FORVALTA_ANVANDARE, post=True),
    "komponenter": Adress("/komponenter/", OPPEN),
    "beslut:beslut": Adress("/beslut/{beslut}/", Ratt.SE_UNDERLAG, Visar.NYCKEL),
    "beslut:niva": Adress("/nivabedomningar/{niva}/", Ratt.SE_UNDERLAG, Visar.NYCKEL),
    "beslut:personer": Adress("/personer/", Ratt.HANDLAGGA),
    "beslut:sok": Adress("/personer/sok/", Ratt.HANDLAGGA, post=True),
    "beslut:ny_person": Adress("/personer/ny/", Ratt.HANDLAGGA, skriver=True),
    "beslut:uppgifter": Adress("/personer/{person}/uppgifter/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "beslut:tilldela": Adress("/personer/{person}/tilldela/", Ratt.FORDELA, Visar.HANDLAGGARENS, post=True),
    "beslut:avsluta_tilldelning": Adress(
        "/personer/{person}/tilldelningar/{tilldelning}/avsluta/", Ratt.FORDELA, Visar.HANDLAGGARENS, post=True
    ),
    "beslut:ansokan": Adress("/personer/{person}/ansokan/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "beslut:arenden": Adress("/arenden/", Ratt.HANDLAGGA),
    "beslut:arende": Adress("/arenden/{arende}/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS),
    "beslut:utredning": Adress(
        "/arenden/{arende}/utredning/bakgrund/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True
    ),
    "beslut:kommunicering": Adress(
        "/arenden/{arende}/kommunicering/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True
    ),
    "beslut:avsluta_arende": Adress("/arenden/{arende}/avsluta/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "beslut:byt_handlaggare": Adress("/arenden/{arende}/handlaggare/", Ratt.FORDELA, Visar.HANDLAGGARENS, post=True),
    "beslut:forslag": Adress("/arenden/{arende}/forslag/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "beslut:provning": Adress("/arenden/{arende}/forslag/provning/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, post=True),
    "beslut:aterlamna": Adress("/arenden/{arende}/aterlamna/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, post=True),
    "beslut:underteckna": Adress("/arenden/{arende}/underteckna/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, post=True),
    "beslut:beslut_pdf": Adress("/arenden/{arende}/beslut.pdf", Ratt.HANDLAGGA, Visar.HANDLAGGARENS),
    "beslut:bevakning": Adress("/att-gora/beslut/uppfoljning/", Ratt.HANDLAGGA),
    "beslut:delgivning": Adress("/beslut/{beslut}/delgivning/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "beslut:uppfoljning": Adress("/beslut/{beslut}/uppfoljning/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "beslut:omprovning": Adress("/beslut/{beslut}/omprovning/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "beslut:nytt_overklagande": Adress(
        "/beslut/{beslut}/overklagande/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True
    ),
    "beslut:overklagande": Adress("/overklaganden/{overklagande}/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "beslut:delegation": Adress("/delegation/", Ratt.HANDLAGGA, skriver=True),
    "beslut:grundforslag": Adress("/delegation/grundforslag/", Ratt.SKOTA_DELEGATION, post=True),
    "beslut:avsluta_delegation": Adress("/delegation/{delegation}/avsluta/", Ratt.SKOTA_DELEGATION, post=True),
    "hjalp": Adress("/hjalp/", INLOGGAD),
    "hjalpavsnitt": Adress("/hjalp/controller/", INLOGGAD),
    "hjalpbild": Adress("/hjalp/bilder/korning.png", INLOGGAD),
    "tillganglighet": Adress("/tillganglighet/", OPPEN),
    "beslut:lasningar": Adress("/lasningar/", Ratt.SE_LASNINGAR),
    "beslut:personens_lasningar": Adress("/personer/{person}/lasningar/", Ratt.SE_LASNINGAR, Visar.NYCKEL),
    "beslut:loggkontroller": Adress("/loggkontroll/", Ratt.SE_LASNINGAR),
    "beslut:ny_loggkontroll": Adress("/loggkontroll/ny/", Ratt.KONTROLLERA_LASNINGAR, skriver=True),
    "beslut:loggkontroll": Adress("/loggkontroll/999999/", Ratt.SE_LASNINGAR, skriver=True),
    "beslut:avsluta_loggkontroll": Adress("/loggkontroll/999999/avsluta/", Ratt.KONTROLLERA_LASNINGAR, post=True),
    "beslut:loggprotokoll": Adress("/loggkontroll/999999/protokoll.pdf", Ratt.SE_LASNINGAR),
    "beslut:varfor": Adress("/personer/{person}/varfor/", Ratt.HANDLAGGA, post=True),
    "utforare:akt": Adress("/personer/{person}/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS),
    "utforare:av_beslut": Adress("/beslut/{beslut}/verkstalligheter/", Ratt.SE_UNDERLAG, Visar.NYCKEL),
    "utforare:utforande": Adress("/beslut/{beslut}/utforande/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS),
    "utforare:bestall": Adress("/beslut/{beslut}/bestall/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "utforare:erbjud": Adress("/beslut/{beslut}/erbjudande/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "utforare:orsak": Adress("/beslut/{beslut}/orsak/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "utforare:svar": Adress("/erbjudanden/{erbjudande}/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "utforare:bestallningar": Adress("/bestallningar/", Ratt.HANDLAGGA),
    "utforare:bestallning": Adress("/bestallningar/{bestallning}/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "utforare:avsluta": Adress("/verkstalligheter/{verk}/avsluta/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "utforare:arbetslista": Adress("/att-gora/ej-verkstallda/", Ratt.HANDLAGGA),
    "utforare:inkomna": Adress("/inkomna/", Ratt.RAPPORTERA),
    "utforare:inkommen": Adress("/inkomna/{bestallning}/", Ratt.RAPPORTERA, Visar.UTFORARENS, skriver=True),
    "utforare:enhetens_bestallningar": Adress("/inkomna/enhet/{enhet}/", Ratt.RAPPORTERA, Visar.ENHETENS),
    "utforare:brukare": Adress("/brukare/", Ratt.RAPPORTERA),
    "utforare:enhetens_brukare": Adress("/brukare/enhet/{enhet}/", Ratt.RAPPORTERA, Visar.ENHETENS),
    "utforare:brukaren": Adress("/brukare/{verk}/", Ratt.RAPPORTERA, Visar.UTFORARENS),
    "utforare:anmal_slut": Adress("/brukare/{verk}/slut/", Ratt.RAPPORTERA, Visar.UTFORARENS, skriver=True),
    "utforare:lista": Adress("/utforare/", Ratt.SE_AVTAL),
    "utforare:ny_utforare": Adress("/utforare/ny/", Ratt.SKOTA_AVTAL, skriver=True),
    "utforare:andra_utforare": Adress("/utforare/{utforare}/andra/", Ratt.SKOTA_AVTAL, skriver=True),
    "utforare:ny_enhet": Adress("/utforare/{utforare}/enheter/ny/", Ratt.SKOTA_AVTAL, skriver=True),
    "utforare:andra_enhet": Adress("/enheter/{enhet}/andra/", Ratt.SKOTA_AVTAL, skriver=True),
    "utforare:utforare": Adress("/utforare/{utforare}/", Ratt.SE_AVTAL),
    "utforare:avtal": Adress("/avtal/{avtal}/", Ratt.SE_AVTAL),
    "utforare:verkstallighet": Adress("/verkstalligheter/{verk}/", Ratt.SE_UNDERLAG, Visar.NYCKEL),
    "utforare:utfort": Adress("/verkstalligheter/{verk}/2026-05/", Ratt.SE_UNDERLAG, Visar.NYCKEL),
    "utforare:narvaro_start": Adress("/narvaro/", Ratt.RAPPORTERA),
    "utforare:narvaro": Adress("/narvaro/{enhet}/2026-05/", Ratt.RAPPORTERA, Visar.ENHETENS, skriver=True),
    "utforare:spara_narvaro": Adress("/narvaro/{enhet}/2026-05/spara/", Ratt.RAPPORTERA, post=True),
    "utforare:besok_start": Adress("/besok/", Ratt.RAPPORTERA),
    "utforare:besok": Adress("/besok/{enhet}/2026-05/", Ratt.RAPPORTERA, Visar.ENHETENS),
    "utforare:nytt_besok": Adress("/besok/{enhet}/nytt/", Ratt.RAPPORTERA, Visar.ENHETENS, skriver=True),
    "utforare:planera_besok": Adress("/besok/{enhet}/planera/", Ratt.RAPPORTERA, Visar.ENHETENS, skriver=True),
    "utforare:rapportera_besok": Adress(
        "/besok/{enhet}/rapportera/{besok}/", Ratt.RAPPORTERA, Visar.UTFORARENS, skriver=True
    ),
    "utforare:avboka_besok": Adress("/besok/{enhet}/avboka/{besok}/", Ratt.RAPPORTERA, Visar.UTFORARENS, skriver=True),
    "utforare:ta_tillbaka_besok": Adress(
        "/besok/{enhet}/ta-tillbaka/{besok}/", Ratt.RAPPORTERA, Visar.UTFORARENS, skriver=True
    ),
    "utforare:rapport": Adress("/rapport/{enhet}/2026-05/", Ratt.RAPPORTERA, Visar.ENHETENS),
    "utforare:signera": Adress("/rapport/{enhet}/2026-05/signera/", Ratt.RAPPORTERA, Visar.ENHETENS, post=True),
    "ersattning:utforarens": Adress("/underlag/", Ratt.RAPPORTERA),
    "ersattning:utforarens_manad": Adress("/underlag/2026-05/", Ratt.RAPPORTERA),
    "ersattning:utforarens_fil": Adress("/underlag/filer/{fil}/", Ratt.RAPPORTERA),
    "ersattning:utforarens_forklaring": Adress("/underlag/rader/{rad}/forklaring.pdf", Ratt.RAPPORTERA),
    "ersattning:utforarens_rader": Adress("/underlag/2026-05/{enhet}/", Ratt.RAPPORTERA),
    "ersattning:bonus": Adress("/arbetsbonus/", Ratt.RAPPORTERA),
    "ersattning:bonusansokningar": Adress("/arbetsbonus/{enhet}/", Ratt.RAPPORTERA, Visar.ENHETENS),
    "ersattning:ansok_om_bonus": Adress("/arbetsbonus/{enhet}/ny/", Ratt.RAPPORTERA, Visar.ENHETENS, skriver=True),
    "ersattning:bonusintyg": Adress("/arbetsbonus/intyg/{bonusansokan}/", Ratt.RAPPORTERA, Visar.UTFORARENS),
    "ersattning:komplettera_bonusansokan": Adress(
        "/arbetsbonus/ansokan/{bonusansokan}/", Ratt.RAPPORTERA, Visar.UTFORARENS, skriver=True
    ),
    "ersattning:kommunens_bonusansokningar": Adress("/bonusansokningar/", Ratt.SE_BONUS),
    "ersattning:bonusprovning": Adress("/bonusansokningar/{bonusansokan}/", Ratt.SE_BONUS, Visar.ALLAS, skriver=True),
    "ersattning:kommunens_bonusintyg": Adress("/bonusansokningar/{bonusansokan}/intyg/", Ratt.SE_BONUS),
    "ersattning:bonusstegets_intyg": Adress("/bonusansokningar/steg/{bonusansokan}/intyg/", Ratt.SE_BONUS),
    "ersattning:aterkrav": Adress("/aterkrav/", Ratt.SE_BONUS),
    "ersattning:aterkravsfall": Adress("/aterkrav/{rad}/", Ratt.SE_BONUS, skriver=True),
    "ersattning:anstallningens_slut": Adress("/anstallningar/{bonusansokan}/slut/", Ratt.PROVA_BONUS, skriver=True),
    "ersattning:bonusregler": Adress("/bonusregler/", Ratt.SE_BONUS),
    "ersattning:ny_bonusregel": Adress("/bonusregler/ny/", Ratt.SKOTA_AVTAL, skriver=True),
    "ersattning:ny_bonusregelversion": Adress(
        "/bonusregler/{bonusansokan}/ny-version/", Ratt.SKOTA_AVTAL, skriver=True
    ),
    "ersattning:avsluta_bonusregel": Adress("/bonusregler/{bonusansokan}/avsluta/", Ratt.SKOTA_AVTAL, skriver=True),
    "ersattning:bonusutfall": Adress("/bonusutfall/", Ratt.SE_BONUS),
    "ersattning:kvalitetspeng": Adress("/kvalitetspeng/", Ratt.SE_BONUS, skriver=True),
    "ersattning:korningar": Adress("/korningar/", Ratt.SE_ERSATTNING),
    "ersattning:starta": Adress("/korningar/starta/", Ratt.KORA_MANAD, post=True),
    "ersattning:korning": Adress("/korningar/2026-05/", Ratt.SE_ERSATTNING),
    "ersattning:framsteg": Adress("/korningar/2026-05/framsteg/", Ratt.SE_ERSATTNING),
    "ersattning:granska": Adress("/korningar/2026-05/granska/", Ratt.GRANSKA_MANAD, skriver=True),
    "ersattning:faststall": Adress("/korningar/2026-05/faststall/", Ratt.FASTSTALLA_MANAD, skriver=True),
    "ersattning:gor_filer": Adress("/korningar/2026-05/filer/", Ratt.GRANSKA_MANAD, post=True),
    "ersattning:csv": Adress("/korningar/2026-05/ersattning.csv", Ratt.SE_ERSATTNING),
    "ersattning:rader": Adress("/korningar/2026-05/rader/", Ratt.SE_ERSATTNING),
    "ersattning:avvikelser": Adress("/korningar/2026-05/avvikelser/", Ratt.SE_ERSATTNING, skriver=True),
    "ersattning:underlag": Adress("/korningar/2026-05/underlag/", Ratt.SE_ERSATTNING),
    "ersattning:paminn": Adress("/korningar/2026-05/underlag/{enhet}/paminn/", Ratt.GRANSKA_MANAD, post=True),
    "ersattning:utbetalning": Adress("/korningar/2026-05/utbetalning/", Ratt.SE_ERSATTNING),
    "ersattning:gor_utbetalningsunderlag": Adress(
        "/korningar/2026-05/utbetalning/underlag/", Ratt.BETALA_MANAD, post=True
    ),
    "ersattning:markera_utbetald": Adress("/korningar/2026-05/utbetalning/markera/", Ratt.BETALA_MANAD, post=True),
    "ersattning:konteringsmall": Adress("/konteringsmall/", Ratt.SE_ERSATTNING),
    "ersattning:ny_kontering": Adress("/konteringsmall/ny/", Ratt.SKOTA_KONTERING, skriver=True),
    "ersattning:kontering": Adress("/konteringsmall/{kontering}/", Ratt.SKOTA_KONTERING, skriver=True),
    "ersattning:ny_konteringsversion": Adress(
        "/konteringsmall/{kontering}/ny-version/", Ratt.SKOTA_KONTERING, skriver=True
    ),
    "ersattning:ta_bort_kontering": Adress("/konteringsmall/{kontering}/ta-bort/", Ratt.SKOTA_KONTERING, post=True),
    "ersattning:handelser": Adress("/korningar/2026-05/handelser/", Ratt.SE_ERSATTNING),
    "ersattning:fil": Adress("/filer/{fil}/", Ratt.SE_ERSATTNING),
    "ersattning:forklara": Adress("/rader/{rad}/", Ratt.SE_ERSATTNING),
    "ersattning:forklara_pdf": Adress("/rader/{rad}/forklaring.pdf", Ratt.SE_ERSATTNING),
    "ersattning:avvikelse": Adress("/avvikelser/{avvikelse}/", Ratt.SE_ERSATTNING, skriver=True),
    "beslut:niva_mina": Adress("/nivabedomningar/mina/", Ratt.HANDLAGGA),
    "beslut:niva_valj": Adress("/nivabedomningar/mina/valj/", Ratt.HANDLAGGA, post=True),
    "beslut:niva_ny": Adress("/personer/{person}/nivabedomning/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "beslut:nivaarende": Adress("/nivabedomningar/arende/{nivaarende}/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS),
    "beslut:nivaarende_fyll_i": Adress(
        "/nivabedomningar/arende/{nivaarende}/fyll-i/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True
    ),
    "beslut:niva_ta_over": Adress(
        "/nivabedomningar/arende/{nivaarende}/ta-over/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True
    ),
    "beslut:nivaarende_kasta": Adress(
        "/nivabedomningar/arende/{nivaarende}/kasta/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, post=True
    ),
    "beslut:instrumenten": Adress("/instrument/", Ratt.PROVA_NIVA),
    "beslut:instrument_nytt": Adress("/instrument/nytt/", Ratt.PROVA_NIVA, skriver=True),
    "beslut:instrument": Adress("/instrument/{instrument}/", Ratt.PROVA_NIVA),
    "beslut:instrument_andra": Adress("/instrument/{instrument}/andra/", Ratt.PROVA_NIVA, skriver=True),
    "beslut:instrument_ny_version": Adress("/instrument/{instrument}/ny-version/", Ratt.PROVA_NIVA, post=True),
    "beslut:instrument_ta_i_bruk": Adress("/instrument/{instrument}/ta-i-bruk/", Ratt.PROVA_NIVA, post=True),
    "beslut:instrument_ta_bort": Adress("/instrument/{instrument}/ta-bort/", Ratt.PROVA_NIVA, post=True),
    "utforare:anmal_uppehall": Adress("/brukare/{verk}/uppehall/", Ratt.RAPPORTERA, Visar.UTFORARENS, skriver=True),
    "utforare:registrera_uppehall": Adress(
        "/verkstalligheter/{verk}/uppehall/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True
    ),
    "utforare:ateruppta": Adress("/brukare/uppehall/{uppehall}/", Ratt.RAPPORTERA, Visar.UTFORARENS, skriver=True),
    "utforare:avsluta_uppehall": Adress(
        "/uppehall/{uppehall}/avsluta/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True
    ),
    "utforare:niva_enheter": Adress("/enheter/nivabedomningar/", Ratt.RAPPORTERA),
    "utforare:niva_enhet": Adress("/enheter/{enhet}/nivabedomningar/", Ratt.RAPPORTERA, Visar.ENHETENS),
    "utforare:niva_ny": Adress(
        "/verkstalligheter/{verk}/nivabedomning/", Ratt.RAPPORTERA, Visar.UTFORARENS, skriver=True
    ),
    "utforare:nivaarende": Adress("/enheter/nivabedomningar/{nivaarende}/", Ratt.RAPPORTERA, Visar.UTFORARENS),
    "utforare:nivaarende_fyll_i": Adress(
        "/enheter/nivabedomningar/{nivaarende}/fyll-i/", Ratt.RAPPORTERA, Visar.UTFORARENS, skriver=True
    ),
    "utforare:nivaarende_kasta": Adress(
        "/enheter/nivabedomningar/{nivaarende}/kasta/", Ratt.RAPPORTERA, Visar.UTFORARENS, post=True
    ),
    "utforare:niva_ta_over": Adress(
        "/enheter/nivabedomningar/{nivaarende}/ta-over/", Ratt.RAPPORTERA, Visar.UTFORARENS, skriver=True
    ),
    "utforare:niva_synpunkt": Adress(
        "/enheter/nivabedomningar/{nivaarende}/synpunkt/", Ratt.RAPPORTERA, Visar.UTFORARENS, post=True
    ),
    "ersattning:nivalista": Adress("/nivabedomningar/", Ratt.PROVA_NIVA),
    "ersattning:nivaprovning": Adress(
        "/nivabedomningar/prova/{nivaarende}/", Ratt.PROVA_NIVA, Visar.ALLAS, skriver=True
    ),
    "ersattning:niva_avsluta": Adress(
        "/nivabedomningar/prova/{nivaarende}/avsluta/", Ratt.PROVA_NIVA, Visar.ALLAS, skriver=True
    ),
    "ersattning:nivasvar": Adress(
        "/nivabedomningar/prova/{nivaarende}/svara/", Ratt.PROVA_NIVA, Visar.ALLAS, post=True
    ),
    "ersattning:justeringar": Adress("/justeringar/", Ratt.SE_JUSTERINGAR),
    "ersattning:ny_justering": Adress("/justeringar/ny/", Ratt.FORESLA_JUSTERING, skriver=True),
    "ersattning:justering": Adress("/justeringar/{justering}/", Ratt.SE_JUSTERINGAR, Visar.NYCKEL),
    "ersattning:godkann_justering": Adress(
        "/justeringar/{justering}/godkann/", Ratt.GODKANNA_JUSTERING, Visar.NYCKEL, post=True
    ),
    "ersattning:neka_justering": Adress(
        "/justeringar/{justering}/neka/", Ratt.GODKANNA_JUSTERING, Visar.NYCKEL, post=True
    ),
    "ersattning:aterkalla_justering": Adress(
        "/justeringar/{justering}/aterkalla/", Ratt.FORESLA_JUSTERING, Visar.NYCKEL, post=True
    ),
    "ersattning:ta_tillbaka_justering": Adress(
        "/justeringar/{justering}/ta-tillbaka/", Ratt.FORESLA_JUSTERING, Visar.NYCKEL, skriver=True
    ),
    "ersattning:justeringens_bilaga": Adress("/justeringar/{justering}/bilaga/", Ratt.SE_JUSTERINGAR, Visar.ALLAS),
    "ersattning:fakturor": Adress("/fakturor/", Ratt.SE_ERSATTNING),
    "ersattning:las_in_fakturor": Adress("/fakturor/las-in/", Ratt.GRANSKA_MANAD, skriver=True),
    "ersattning:fakturafiler": Adress("/fakturor/filer/", Ratt.SE_ERSATTNING),
    "ersattning:prova_fakturor": Adress("/fakturor/prova/", Ratt.GRANSKA_MANAD, post=True),
    "ersattning:faktura": Adress("/fakturor/{faktura}/", Ratt.SE_ERSATTNING, skriver=True),
    "ersattning:koppla_fakturarad": Adress("/fakturor/rader/{fakturarad}/koppla/", Ratt.GRANSKA_MANAD, post=True),
    "ersattning:lossa_fakturarad": Adress("/fakturor/rader/{fakturarad}/lossa/", Ratt.GRANSKA_MANAD, post=True),
    "ersattning:prislistor": Adress("/prislistor/", Ratt.SE_AVTAL),
    "ersattning:prislista": Adress("/prislistor/{prislista}/", Ratt.SE_AVTAL),
    "ersattning:ny_prislista": Adress("/prislistor/ny/", Ratt.SKOTA_AVTAL, skriver=True),
    "ersattning:nya_priser": Adress("/prislistor/{prislista}/nya-priser/", Ratt.SKOTA_AVTAL, skriver=True),
    "ersattning:pris": Adress("/priser/{pris}/", Ratt.SKOTA_AVTAL, skriver=True),
    "ersattning:nytt_avtal": Adress("/utforare/{utforare}/avtal/nytt/", Ratt.SKOTA_AVTAL, skriver=True),
    "ersattning:ny_avtalsversion": Adress("/avtal/{avtal}/ny-version/", Ratt.SKOTA_AVTAL, skriver=True),
    "ersattning:avsluta_avtal": Adress("/avtal/{avtal}/avsluta/", Ratt.SKOTA_AVTAL, skriver=True),
    "ersattning:regler": Adress("/regler/", Ratt.SE_AVTAL),
    "uppfoljning:fynd": Adress("/fynd/", Ratt.SE_UNDERLAG),
    "uppfoljning:fyndet": Adress("/fynd/{fynd}/", Ratt.SE_UNDERLAG, Visar.NYCKEL, skriver=True),
    "uppfoljning:kontrollregler": Adress("/fynd/regler/", Ratt.SE_UNDERLAG),
    "uppfoljning:mina_fynd": Adress("/mina-fynd/", Ratt.HANDLAGGA),
    "uppfoljning:mitt_fynd": Adress("/mina-fynd/{fynd}/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True),
    "uppfoljning:signal": Adress("/signaler/{signal}/", Ratt.SE_SIGNALER, Visar.NYCKEL, skriver=True),
    "uppfoljning:signalregler": Adress("/signaler/regler/", Ratt.SE_SIGNALER),
    "uppfoljning:grans": Adress("/granser/natt_besok/", Ratt.SKOTA_GRANSER, skriver=True),
    "uppfoljning:handelser": Adress("/handelser/", Ratt.SE_HANDELSER),
    "uppfoljning:slag": Adress("/handelser/datapaket/", Ratt.SE_HANDELSER),
    "uppfoljning:objekt": Adress("/handelser/beslut/{beslutsnyckel}/", Ratt.SE_HANDELSER, Visar.NYCKEL),
    "ersattning:prognoser": Adress("/prognos/", Ratt.SE_PROGNOS),
    "ersattning:ny_prognos": Adress("/prognos/ny/", Ratt.GORA_PROGNOS, skriver=True),
    "ersattning:prognosernas_traff": Adress("/prognos/traffsakerhet/", Ratt.SE_PROGNOS),
    "ersattning:budget": Adress("/prognos/budget/2026/", Ratt.SE_PROGNOS),
    "ersattning:ny_budget": Adress("/prognos/budget/2026/ny/", Ratt.GORA_PROGNOS, skriver=True),
    "ersattning:prognos": Adress("/prognos/{prognos}/", Ratt.SE_PROGNOS),
    "ersattning:prognosens_framsteg": Adress("/prognos/{prognos}/framsteg/", Ratt.SE_PROGNOS),
    "ersattning:avbryt_prognos": Adress("/prognos/{prognos}/avbryt/", Ratt.GORA_PROGNOS, post=True),
    "ersattning:rakna_prognos": Adress("/prognos/{prognos}/rakna/", Ratt.GORA_PROGNOS, post=True),
    "ersattning:prognosens_arbetsbok": Adress("/prognos/{prognos}/prognos.xlsx", Ratt.SE_PROGNOS),
    "ersattning:prognosens_insats": Adress("/prognos/{prognos}/insats/LSS-10/", Ratt.SE_ERSATTNING),
    "ersattning:prognosens_utforare": Adress("/prognos/{prognos}/insats/LSS-10/{utforare}/", Ratt.SE_ERSATTNING),
    "uppfoljning:prognosutlatande": Adress("/rapporter/prognos/{prognos}/", Ratt.GORA_TJANSTEUTLATANDE, skriver=True),
    "ersattning:simuleringar": Adress("/simulering/", Ratt.SE_SIMULERINGAR),
    "ersattning:ny_simulering": Adress("/simulering/ny/", Ratt.SIMULERA, skriver=True),
    "ersattning:jamfor_simuleringar": Adress("/simulering/jamfor/", Ratt.SE_SIMULERINGAR),
    "ersattning:simulering": Adress("/simulering/{simulering}/", Ratt.SE_SIMULERINGAR),
    "ersattning:simuleringens_framsteg": Adress("/simulering/{simulering}/framsteg/", Ratt.SE_SIMULERINGAR),
    "ersattning:simuleringens_utforande": Adress("/simulering/{simulering}/utforande/", Ratt.SE_SIMULERINGAR),
    "ersattning:simuleringens_arbetsbok": Adress("/simulering/{simulering}/simulering.xlsx", Ratt.SE_SIMULERINGAR),
    "ersattning:andra_simulering": Adress("/simulering/{simulering}/andra/", Ratt.SIMULERA, skriver=True),
    "ersattning:rakna_simulering": Adress("/simulering/{simulering}/rakna/", Ratt.SIMULERA, post=True),
    "ersattning:avbryt_simulering": Adress("/simulering/{simulering}/avbryt/", Ratt.SIMULERA, post=True),
    "ersattning:kopiera_simulering": Adress("/simulering/{simulering}/kopiera/", Ratt.SIMULERA, post=True),
    "ersattning:ta_bort_simulering": Adress("/simulering/{simulering}/ta-bort/", Ratt.SIMULERA, skriver=True),
    "ersattning:simuleringens_budget": Adress("/simulering/{simulering}/budget/", Ratt.SIMULERA, post=True),
    "ersattning:ny_simuleringsvariant": Adress("/simulering/{simulering}/variant/", Ratt.SIMULERA, skriver=True),
    "ersattning:simuleringsvariant": Adress("/simulering/{simulering}/variant/1/", Ratt.SIMULERA, skriver=True),
    "ersattning:ta_bort_variant": Adress("/simulering/{simulering}/variant/1/ta-bort/", Ratt.SIMULERA, post=True),
    "uppfoljning:simuleringsutlatande": Adress(
        "/rapporter/simulering/{simulering}/", Ratt.GORA_TJANSTEUTLATANDE, skriver=True
    ),
    "uppfoljning:bemanningsnycklar": Adress("/rapporter/behov-mot-bemanning/nycklar/", Ratt.SE_UNDERLAG),
    "uppfoljning:bemanningsnyckel": Adress(
        "/rapporter/behov-mot-bemanning/nycklar/{bemanningsnyckel}/", Ratt.SE_UNDERLAG
    ),
    "uppfoljning:ny_bemanningsnyckel": Adress(
        "/rapporter/behov-mot-bemanning/nycklar/ny/", Ratt.SKOTA_UPPFOLJNING, skriver=True
    ),
    "uppfoljning:avtalsenheter": Adress("/rapporter/avtalsuppfoljning/enheter/", Ratt.SE_UNDERLAG),
    "uppfoljning:avtalsenhet": Adress("/rapporter/avtalsuppfoljning/enheter/{enhet}/", Ratt.SE_UNDERLAG),
    "uppfoljning:enhetsfakta": Adress(
        "/rapporter/avtalsuppfoljning/enheter/{enhet}/uppgifter/", Ratt.SKOTA_UPPFOLJNING, skriver=True
    ),
    "uppfoljning:folj_upp": Adress(
        "/rapporter/avtalsuppfoljning/enheter/{enhet}/folj-upp/LSS-10/", Ratt.SKOTA_UPPFOLJNING, skriver=True
    ),
    "uppfoljning:ny_brist": Adress(
        "/rapporter/avtalsuppfoljning/enheter/{enhet}/brist/", Ratt.SKOTA_UPPFOLJNING, skriver=True
    ),
    "uppfoljning:avtalsuppfoljning": Adress(
        "/rapporter/avtalsuppfoljning/uppfoljningar/{avtalsuppfoljning}/", Ratt.SE_UNDERLAG
    ),
    "uppfoljning:brist": Adress("/rapporter/avtalsuppfoljning/brister/{brist}/", Ratt.SE_UNDERLAG),
    "uppfoljning:brist_tillagg": Adress(
        "/rapporter/avtalsuppfoljning/brister/{brist}/tillagg/", Ratt.SKOTA_UPPFOLJNING, skriver=True
    ),
    "uppfoljning:kravlistor": Adress("/rapporter/avtalsuppfoljning/kravlistor/", Ratt.SE_UNDERLAG),
    "uppfoljning:kravlista": Adress("/rapporter/avtalsuppfoljning/kravlistor/{kravlista}/", Ratt.SE_UNDERLAG),
    "uppfoljning:ny_kravlista": Adress(
        "/rapporter/avtalsuppfoljning/kravlistor/ny/", Ratt.SKOTA_UPPFOLJNING, skriver=True
    ),
    "uppfoljning:underrattelser": Adress("/rapporter/avtalsuppfoljning/underrattelser/", Ratt.SE_UNDERLAG),
    "uppfoljning:ny_underrattelse": Adress(
        "/rapporter/avtalsuppfoljning/underrattelser/ny/", Ratt.SKOTA_UPPFOLJNING, skriver=True
    ),
    "uppfoljning:rapport": Adress("/rapporter/ej-verkstallda/", Ratt.SE_RAPPORTER),
    "uppfoljning:rapportens_arbetsbok": Adress("/rapporter/ej-verkstallda/arbetsbok/", Ratt.SE_RAPPORTER),
    "uppfoljning:rapportutlatande": Adress(
        "/rapporter/ej-verkstallda/utlatande/", Ratt.GORA_TJANSTEUTLATANDE, skriver=True
    ),
    "uppfoljning:individrapport": Adress(
        "/rapporter/individrapport/{beslut}/2026-K1/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True
    ),
    "uppfoljning:nivaandringar": Adress("/rapporter/nivaandringar/", Ratt.SE_UNDERLAG),
    "uppfoljning:nivaandringarnas_arbetsbok": Adress("/rapporter/nivaandringar/nivaandringar.xlsx", Ratt.SE_UNDERLAG),
    "uppfoljning:nivaandring": Adress("/rapporter/nivaandringar/{niva}/", Ratt.SE_UNDERLAG, Visar.NYCKEL),
    "uppfoljning:nivaandringsutlatande": Adress(
        "/rapporter/nivaandringar/halvar/2025-2/", Ratt.SE_RAPPORTER, skriver=True
    ),
    "ersattning:individavtalen": Adress("/avtal/individavtal/", Ratt.SE_UNDERLAG),
    "ersattning:individavtalens_arbetsbok": Adress("/avtal/individavtal/individavtal.xlsx", Ratt.SE_UNDERLAG),
    "ersattning:individavtal": Adress(
        "/avtal/{individavtal}/individavtal/", Ratt.SE_UNDERLAG, Visar.NYCKEL, skriver=True
    ),
    "uppfoljning:individavtalsutlatande": Adress("/rapporter/individavtal/", Ratt.SE_RAPPORTER, skriver=True),
    "ersattning:nivadelar": Adress("/korningar/2026-05/nivaer/", Ratt.SE_ERSATTNING),
    "uppfoljning:leveranser": Adress("/rapporter/leveranser/alla/", Ratt.LAMNA_STATISTIK, skriver=True),
    "uppfoljning:leveranslayouter": Adress("/rapporter/leveranser/layouter/", Ratt.LAMNA_STATISTIK),
    "uppfoljning:grundlayouter": Adress("/rapporter/leveranser/layouter/grund/", Ratt.LAMNA_STATISTIK, post=True),
    "uppfoljning:leveranslayout": Adress(
        "/rapporter/leveranser/layouter/{layout}/", Ratt.LAMNA_STATISTIK, skriver=True
    ),
    "uppfoljning:ny_leveranslayout": Adress(
        "/rapporter/leveranser/layouter/{layout}/ny/", Ratt.LAMNA_STATISTIK, skriver=True
    ),
    "uppfoljning:leverans": Adress("/rapporter/leveranser/{leverans}/", Ratt.LAMNA_STATISTIK, skriver=True),
    "uppfoljning:kasta_leverans": Adress("/rapporter/leveranser/{leverans}/kasta/", Ratt.LAMNA_STATISTIK, post=True),
    "uppfoljning:leveransens_fil": Adress("/rapporter/leveranser/{leverans}/fil/", Ratt.LAMNA_STATISTIK),
    "uppfoljning:leveransens_protokoll": Adress("/rapporter/leveranser/{leverans}/protokoll/", Ratt.LAMNA_STATISTIK),
    "uppfoljning:rakna_om_rapport": Adress("/rapporter/ej-verkstallda/rakna-om/", Ratt.SE_RAPPORTER, post=True),
    "uppfoljning:rapportens_pdf": Adress("/rapporter/ej-verkstallda/pdf/", Ratt.SE_RAPPORTER),
    "uppfoljning:gallring": Adress("/gallring/", Ratt.SE_GALLRING, skriver=True),
    "uppfoljning:gallringstabell": Adress("/gallring/tabell/", Ratt.SE_GALLRING),
    "uppfoljning:gallringslista": Adress("/gallring/{gallringslista}/", Ratt.SE_GALLRING),
    "uppfoljning:besluta_gallring": Adress("/gallring/{gallringslista}/besluta/", Ratt.SE_GALLRING, post=True),
    "uppfoljning:avsla_gallring": Adress("/gallring/{gallringslista}/avsla/", Ratt.SE_GALLRING, post=True),
    "uppfoljning:gallringsprotokoll": Adress("/gallring/{gallringslista}/protokoll.pdf", Ratt.SE_GALLRING),
    "uppfoljning:gallringsstopp": Adress(
        "/gallring/stopp/{person}/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True
    ),
    "uppfoljning:hav_gallringsstopp": Adress(
        "/gallring/stopp/{gallringsstopp}/hav/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, post=True
    ),
    "uppfoljning:arssatser": Adress("/rapporter/ar/", Ratt.GORA_TJANSTEUTLATANDE, skriver=True),
    "uppfoljning:arssats": Adress("/rapporter/ar/{arssats}/", Ratt.GORA_TJANSTEUTLATANDE),
    "uppfoljning:gor_om_arssats": Adress("/rapporter/ar/{arssats}/gor-om/", Ratt.GORA_TJANSTEUTLATANDE, post=True),
    "uppfoljning:arsfil": Adress("/rapporter/ar/fil/{arsfil}/", Ratt.GORA_TJANSTEUTLATANDE),
    "uppfoljning:uppgifter": Adress("/rapporter/uppgifter/", Ratt.SE_UNDERLAG),
    "uppfoljning:uppgiftsfil": Adress("/rapporter/uppgifter/fil/{uppgiftsfil}/", Ratt.SE_UNDERLAG),
    "uppfoljning:uppgiftsslag": Adress("/rapporter/uppgifter/planerade-platser/", Ratt.SE_UNDERLAG, skriver=True),
    "uppfoljning:uppgiftsmall": Adress("/rapporter/uppgifter/planerade-platser/mall.csv", Ratt.SE_UNDERLAG),
    "uppfoljning:dokument": Adress("/dokument/", Ratt.SE_RAPPORTER),
    "uppfoljning:nytt_dokument": Adress("/dokument/ny/", Ratt.GORA_TJANSTEUTLATANDE, skriver=True),
    "uppfoljning:dokumentmallar": Adress("/dokument/mallar/", Ratt.SKOTA_DOKUMENTMALLAR),
    "uppfoljning:ny_dokumentmall": Adress("/dokument/mallar/ny/", Ratt.SKOTA_DOKUMENTMALLAR, skriver=True),
    "uppfoljning:dokumentmall": Adress("/dokument/mallar/{dokumentmall}/", Ratt.SKOTA_DOKUMENTMALLAR, skriver=True),
    "uppfoljning:dokumentmallens_logotyp": Adress(
        "/dokument/mallar/logotyp/{mallversion}.png", Ratt.SKOTA_DOKUMENTMALLAR
    ),
    "uppfoljning:infoga_i_dokument": Adress(
        "/dokument/infoga/ej-verkstallda/", Ratt.GORA_TJANSTEUTLATANDE, skriver=True
    ),
    "uppfoljning:ett_dokument": Adress("/dokument/{dokument}/", Ratt.SE_RAPPORTER),
    "uppfoljning:redigera_dokument": Adress("/dokument/{dokument}/redigera/", Ratt.GORA_TJANSTEUTLATANDE, skriver=True),
    "uppfoljning:dokumentets_pdf": Adress("/dokument/{dokument}/utkast.pdf", Ratt.SE_RAPPORTER),
    "uppfoljning:dokumentutgavans_pdf": Adress("/dokument/{dokument}/utgava-1.pdf", Ratt.SE_RAPPORTER),
    "uppfoljning:dokumentets_versioner": Adress("/dokument/{dokument}/versioner/", Ratt.GORA_TJANSTEUTLATANDE),
    "uppfoljning:dokumentets_siffror": Adress(
        "/dokument/{dokument}/siffror/1/", Ratt.GORA_TJANSTEUTLATANDE, skriver=True
    ),
    "uppfoljning:ny_dokumentbilaga": Adress("/dokument/{dokument}/bilagor/", Ratt.GORA_TJANSTEUTLATANDE, skriver=True),
    "uppfoljning:dokumentbilaga": Adress("/dokument/{dokument}/bilagor/{dokumentbilaga}.pdf", Ratt.SE_RAPPORTER),
    "uppfoljning:ta_bort_dokumentbilaga": Adress(
        "/dokument/{dokument}/bilagor/{dokumentbilaga}/ta-bort/", Ratt.GORA_TJANSTEUTLATANDE, post=True
    ),
    "uppfoljning:byt_dokumentmall": Adress("/dokument/{dokument}/mall/", Ratt.GORA_TJANSTEUTLATANDE, post=True),
    "uppfoljning:signera_dokument": Adress("/dokument/{dokument}/signera/", Ratt.GORA_TJANSTEUTLATANDE, post=True),
    "uppfoljning:kontrasignera_dokument": Adress(
        "/dokument/{dokument}/kontrasignera/", Ratt.KONTRASIGNERA_DOKUMENT, post=True
    ),
    "uppfoljning:aterlamna_dokument": Adress("/dokument/{dokument}/aterlamna/", Ratt.KONTRASIGNERA_DOKUMENT, post=True),
    "uppfoljning:revidera_dokument": Adress("/dokument/{dokument}/revidera/", Ratt.GORA_TJANSTEUTLATANDE, post=True),
    "uppfoljning:rapporter": Adress("/rapporter/", Ratt.SE_RAPPORTER),
    "uppfoljning:tjansteutlatande": Adress("/rapporter/tjansteutlatande/2026-05/", Ratt.SE_RAPPORTER, skriver=True),
    "uppfoljning:handlingsplaner": Adress("/rapporter/handlingsplan/planer/", Ratt.SKOTA_HANDLINGSPLAN),
    "uppfoljning:ny_handlingsplan": Adress(
        "/rapporter/handlingsplan/planer/ny/", Ratt.SKOTA_HANDLINGSPLAN, skriver=True
    ),
    "uppfoljning:handlingsplan": Adress("/rapporter/handlingsplan/planer/{handlingsplan}/", Ratt.SKOTA_HANDLINGSPLAN),
    "uppfoljning:ny_atgard": Adress(
        "/rapporter/handlingsplan/planer/{handlingsplan}/atgard/", Ratt.SKOTA_HANDLINGSPLAN, skriver=True
    ),
    "uppfoljning:redovisa_handlingsplan": Adress(
        "/rapporter/handlingsplan/planer/{handlingsplan}/redovisad/", Ratt.SKOTA_HANDLINGSPLAN, skriver=True
    ),
    "uppfoljning:atgard": Adress("/rapporter/handlingsplan/atgarder/{atgard}/", Ratt.SKOTA_HANDLINGSPLAN, skriver=True),
    "uppfoljning:nytt_registerutdrag": Adress(
        "/personer/{person}/registerutdrag/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, skriver=True
    ),
    "uppfoljning:registerutdrag": Adress("/registerutdrag/{registerutdrag}/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS),
    "uppfoljning:registerutdrag_pdf": Adress(
        "/registerutdrag/{registerutdrag}/pdf/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, post=True
    ),
    "uppfoljning:registerutdrag_data": Adress(
        "/registerutdrag/{registerutdrag}/data/", Ratt.HANDLAGGA, Visar.HANDLAGGARENS, post=True
    ),
}
