from demokommun.filer import Paketskrivare
from demokommun.folk import Kommun


def skriv_fall(ut: Paketskrivare, kommun: Kommun) -> None:
    return
