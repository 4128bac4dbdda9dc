"""A process that runs commands one after the other, told on its standard input: starting Django takes a second each."""

import io
import json
import sys

import django


def _utfor(databas: str, namn: str, *argument: str) -> str:
    from django.core.management import call_command  # noqa: PLC0415  after django.setup
    from django.db import connection  # noqa: PLC0415

    from ersattning import tasks  # noqa: PLC0415
    from ersattning.filer import actions as filer  # noqa: PLC0415
    from ersattning.models import Korning  # noqa: PLC0415
    from grund.tasks import kontrollera_loggen  # noqa: PLC0415
    from tests.kedja import direkt  # noqa: PLC0415

    connection.settings_dict["NAME"] = databas
    ut = io.StringIO()
    try:
        match namn:
            case "kor_direkt":
                direkt.kor(*argument)
            case "faststall_direkt":
                direkt.faststall(*argument)
            case "skicka_delar":
                tasks.skicka_delar(Korning.objects.get(manad=f"{argument[0]}-01"))
            case "kontrollera_loggen_nu":
                kontrollera_loggen()
            case "gor_arbetsbok":
                filer.skapa_filer(korning=Korning.objects.get(manad=f"{argument[0]}-01"), utforare=None)
            case _:
                call_command(namn, *argument, stdout=ut)
    finally:
        connection.close()
    return ut.getvalue()


def main() -> None:
    svaren, sys.stdout = sys.stdout, sys.stderr  # what is logged is no answer
    django.setup()
    for rad in sys.stdin:
        try:
            svar = True, _utfor(*json.loads(rad))
        except BaseException as fel:  # noqa: BLE001  told to the one who asked
            svar = False, f"{type(fel).__name__}: {fel}"
        svaren.write(json.dumps(svar) + "\n")
        svaren.flush()


if __name__ == "__main__":
    main()
