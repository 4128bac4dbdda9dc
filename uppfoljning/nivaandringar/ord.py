"""What the figures mean, in the same words on the page, in the workbook and in the nämnd's document."""

ANTAGANDEN = (
    (
        "En nivåändring är en godkänd nivåbedömning som gav en annan nivå än den som gällde före. Kostnaden är"
        " skillnaden mellan de två nivåerna, för samma dagar och till samma priser. Prisändringar ingår aldrig."
    ),
    (
        "Helår är tolv månader från den dag nivån gäller, räknat med samma regler som månadernas ersättning. Månader"
        " som har varit räknas på det som är registrerat, månader framåt på det som är beställt och hur det har"
        " använts."
    ),
    "Betalt hittills är vad fastställda månader faktiskt har betalat mer eller mindre, med rättelser.",
    (
        "Följer flera ändringar på varandra jämförs var och en med nivån närmast före. Summan är då skillnaden mot den"
        " första nivån."
    ),
)
