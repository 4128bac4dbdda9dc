"""The text that lies in a package, for whoever opens it in fifty years."""

LAS_MIG = r"""AKTER FRÅN INSATSKOLLEN

Vad det här är
  Personers akter ur ett system för stöd enligt LSS och socialtjänstlagen: ansökan, utredning, beslut, nivåbedömningar,
  beställningar, verkställighet, närvaro, besök och vad kommunen har betalat. Akterna har känsliga personuppgifter och
  omfattas av sekretess (26 kap. offentlighets- och sekretesslagen).

Vad som finns i mappen
  innehall.xml            vad paketet har: varje fil med storlek, SHA-256 och antal rader, och rader av varje sort
  kontrollsummor.sha256   samma kontrollsummor, för kommandot: sha256sum -c kontrollsummor.sha256
  akter/                  en XML-fil för varje person, med allt i akten
  register/               samma rader som CSV, en fil för varje sort, alla personer tillsammans
  filer/                  beslut som PDF och inlämnade handlingar, en mapp för varje akt, precis som de var
  schema/akt.xsd          hur akternas XML är byggd, med en beskrivning av varje fält
  schema/innehall.xsd     hur innehall.xml är byggd
  schema/falt.csv         samma beskrivning av fälten som en tabell

Hur det är skrivet
  Teckenkodning           UTF-8 i alla textfiler
  Datum                   ÅÅÅÅ-MM-DD
  Tidpunkter              ISO 8601 i UTC (slutar på Z); svensk tid är en eller två timmar senare
  Tal                     punkt som decimaltecken, inget tusentalstecken
  Ja och nej              true och false
  Inget värde             i XML saknas elementet; i CSV står \N. Tomt element och tom cell är en tom text
  CSV                     semikolon mellan fälten, citattecken enligt RFC 4180; en text som börjar med \ har ett \ till
  Kalkylprogram           läs in CSV-filerna som text: cellerna är som de skrevs, och en som börjar med = blir annars
                          en formel
  Fältet till             dagen efter den sista dagen; saknas det gäller raden tills vidare
  Ord                     attributet Ord säger i ord vad en kod eller hänvisning betyder, som den skrevs vid exporten
  Hänvisningar            texten är den andra radens Systemidentifierare
  Listor och sammansatta  skrivs som JSON
  Tecken                  ett tecken som XML inte tillåter är ersatt med U+FFFD

Namn på element (Arkivbildare, Leveransobjekt, Systemidentifierare, Bilaga, Lank, Checksumma) är hämtade från
Riksarkivets FGS Ärendehantering där samma sak finns. Paketet är inte ett FGS-paket: ska det levereras som ett sådant
måste det läggas i en paketstruktur och ärendena mappas om av e-arkivet.

Det som inte är med är läsloggen (vem som har öppnat akten) och tekniska nummer utan betydelse utanför systemet.
"""
