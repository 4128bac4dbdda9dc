"""Codes of the price lists as people read them."""

# How words of the codes are spelt in Swedish: systems that write the codes often avoid å, ä and ö.
_ORD = {
    "kvall": "kväll",
    "kvallar": "kvällar",
    "kvallstid": "kvällstid",
    "natter": "nätter",
    "lordag": "lördag",
    "lordagar": "lördagar",
    "sondag": "söndag",
    "sondagar": "söndagar",
    "mandag": "måndag",
    "rod": "röd",
    "roda": "röda",
    "ovrig": "övrig",
    "ovriga": "övriga",
    "ob": "OB",
}


def tidsband_i_ord(kod: str) -> str:
    """`kväll` for `kvall`, `natt vardag` for `natt_vardag`; a code that is a name already stands for itself."""
    return " ".join(_ORD.get(ett.lower(), ett) for ett in kod.replace("_", " ").split())
