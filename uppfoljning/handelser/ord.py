"""What kinds of things and of doings are called. A new one in skriv_handelse must have its word here (a test)."""

SLAG = {
    "anvandare": "Användare",
    "arende": "Ärende",
    "avtal": "Avtal",
    "avvikelse": "Avvikelse",
    "beslut": "Beslut",
    "bestallning": "Beställning",
    "datapaket": "Datapaket",
    "delegation": "Delegation",
    "delegationsordning": "Delegationsordning",
    "enhet": "Enhet",
    "instrument": "Bedömningsinstrument",
    "korning": "Körning",
    "loggkontroll": "Loggkontroll",
    "narvaro": "Närvaro",
    "nivaarende": "Nivåbedömning under arbete",
    "nivabedomning": "Nivåbedömning",
    "person": "Person",
    "prislista": "Prislista",
    "tjansteutlatande": "Tjänsteutlåtande",
    "underlag": "Underlag för en månad",
    "utforare": "Utförare",
    "verkstallighet": "Verkställighet",
}

HANDLING = {
    "acceptera_bestallning": "Tackade ja till beställning",
    "andra_namn": "Ändrade namn",
    "andra_person": "Ändrade personuppgifter",
    "andra_pris": "Ändrade pris",
    "andra_roller": "Ändrade roller",
    "anmal_slut": "Anmälde slut",
    "ansok_om_bonus": "Ansökte om arbetsbonus",
    "aterkalla_bestallning": "Återkallade beställning",
    "aterlamna_forslag": "Lämnade tillbaka förslag",
    "aterskicka_nivabedomning": "Skickade tillbaka nivåbedömning",
    "avboj_bestallning": "Tackade nej till beställning",
    "avsluta_arende": "Avslutade ärende",
    "avsluta_avtal": "Avslutade avtal",
    "avsluta_delegation": "Avslutade delegation",
    "avsluta_loggkontroll": "Avslutade loggkontroll",
    "avsluta_tilldelning": "Avslutade tilldelning",
    "avsluta_verkstallighet": "Avslutade verkställighet",
    "avvisa_slut": "Avvisade slut",
    "bedom_avvikelser": "Bedömde avvikelser",
    "bedom_lasningar": "Bedömde läsningar",
    "bekrafta_slut": "Bekräftade slut",
    "berakna_manad": "Beräknade månad",
    "berakning_misslyckades": "Beräkning misslyckades",
    "beslut_enligt_dom": "Beslutade enligt dom",
    "bestall": "Beställde",
    "borja_bestallning": "Började utföra",
    "borja_verkstallighet": "Började verkställighet",
    "byt_handlaggare": "Bytte handläggare",
    "byt_losenord": "Bytte lösenord",
    "delge_beslut": "Delgav beslut",
    "dra_loggkontroll": "Drog loggkontroll",
    "erbjud": "Erbjöd plats",
    "faststall_manad": "Fastställde månad",
    "fil_misslyckades": "Filer misslyckades",
    "folj_upp": "Följde upp",
    "foresla_beslut": "Föreslog beslut",
    "ge_engangslosenord": "Gav engångslösenord",
    "gor_tjansteutlatande": "Gjorde tjänsteutlåtande",
    "granska_manad": "Granskade månad",
    "kommunicera": "Kommunicerade",
    "lagg_in_grundforslag": "Lade in grundförslag",
    "lagg_till_delegation": "Lade till delegation",
    "lagg_till_person": "Lade till person",
    "las_in": "Läste in datapaket",
    "omprova_overklagat": "Omprövade överklagat beslut",
    "oppna_arende": "Öppnade ärende",
    "oppna_igen": "Öppnade konto igen",
    "overlamna_overklagande": "Överlämnade överklagande",
    "paminn_om_rapportering": "Påminde om rapportering",
    "planera_besok": "Planerade besök",
    "rattidsprova": "Rättidsprövade",
    "registrera_avtal": "Registrerade avtal",
    "registrera_dom": "Registrerade dom",
    "registrera_narvaro": "Registrerade närvaro",
    "registrera_overklagande": "Registrerade överklagande",
    "registrera_priser": "Registrerade priser",
    "satt_enheter": "Gav enheter",
    "satt_uppfoljning": "Satte uppföljning",
    "signera_manad": "Signerade månad",
    "skapa_anvandare": "Lade upp användare",
    "skapa_fil": "Gjorde fil",
    "skapa_prislista": "Lade upp prislista",
    "skriv_orsak": "Skrev orsak",
    "skriv_utredning": "Skrev utredning",
    "spara_enhet": "Sparade enhet",
    "spara_forslag": "Sparade förslag",
    "spara_utforare": "Sparade utförare",
    "stang_av": "Stängde av konto",
    "starta_korning": "Startade beräkning",
    "svara_erbjudande": "Svarade på erbjudande",
    "svara_pa_synpunkt": "Svarade på synpunkt",
    "ta_bort_inloggningssatt": "Tog bort inloggningssätt",
    "ta_bort_planerat_besok": "Tog bort planerat besök",
    "tilldela": "Gav ärenden",
    "underteckna_beslut": "Undertecknade beslut",
}

FILER = {
    "anstallningar": "anställningar",
    "bonusregler": "bonusregler",
    "besok": "besök",
    "narvaro": "närvaro",
    "nivabedomningar": "nivåbedömningar",
    "utforare": "utförare",
    "verkstalligheter": "verkställigheter",
}


def slag_i_ord(slag: str) -> str:
    """`Körning`; a kind without a word is shown as it is stored."""
    return SLAG.get(slag, slag)


def handling_i_ord(handling: str) -> str:
    """`Fastställde månad`; a doing without a word is shown as it is stored."""
    return HANDLING.get(handling, handling)


def fil_i_ord(fil: str) -> str:
    """`närvaro`, as the files of the import are called."""
    return FILER.get(fil, fil)
