"""What the members of De Waterhoen said in the past year. Names in capitals are members drawn from the group.

An episode is (days ago, hour, lines); a line is "who: text", and "who@2: text" quotes the line
two before it.
"""

# ruff: noqa: E501
# fmt: off
CHAT = {
    "ploeg-dinsdagavond": [
        (352, 20, ["joost: Welkom in de chat van de dinsdagploeg. Korte dingen hier, grotere onderwerpen onder Gesprekken.", "anneke: Fijn. Dan kan de oude appgroep dicht?", "joost: Over een week sluit ik hem.", "A: 👍"]),
        (331, 19, ["A: Vanavond windkracht 6, gaan we?", "joost: Nee, we doen ergometer. 19.30 uur binnen.", "B: Ik neem muziek mee", "A: Dan kom ik juist niet 😄"]),
        (300, 21, ["thijs: Roeidol van de Reiger zit los, ik heb hem vastgezet met tape. Niet in roeien tot ik een bout heb.", "joost: Dank je. Dan nemen we de Aalscholver."]),
        (262, 18, ["B: Sta in de file bij Gouda, begin maar zonder mij", "joost: We wachten tot kwart over"]),
        (218, 22, ["anneke: Wat een avond. Spiegelglad.", "A: En die ijsvogel bij de brug!", "bestuur: Ik heb er een foto van, zet ik straks bij de foto's.", "B: ❤️"]),
        (170, 17, ["joost: Morgen om 7.00 uur extra training voor wie wil.", "C: Zeven uur 's ochtends?", "joost: De zon is dan al twee uur op.", "C: Ik ook, maar niet vrijwillig"]),
        (121, 20, ["A: Wie heeft een sleutel van het hok?", "B: Ligt bij Thijs", "thijs: Klopt, tot half negen thuis."]),
        (63, 19, ["joost: Vanaf volgende week is het donker. Denk aan verlichting: wit voor, wit achter.", "anneke: Ik heb nog een setje over."]),
        (20, 21, ["bestuur: De vloer van het botenhuis wordt geschuurd. Een hele zaterdag dus niet roeien, de datum volgt.", "joost: Dinsdag gaat gewoon door?", "bestuur: Ja, dinsdag kan."]),
        (6, 18, ["A: Ik kan volgende week niet, wie neemt mijn plek?", "C: Ik!", "joost: Genoteerd."]),
        (1, 20, ["joost: Mooie training vanavond. De haal wordt langer.", "B: Mijn rug ook", "anneke: Volgende keer eerst rekken, zei de fysiotherapeut."]),
        (0, 1, ["thijs: Er ligt weer een setje lampen op de werkbank, vol opgeladen.", "joost: Wie neemt de lampen mee?", "bestuur: Ik heb er twee.", "A: Ik haal de andere twee straks op.", "joost: wie neemt de lampen mee terug om op te laden?"]),
    ],
    "zomertocht-friesland": [
        (300, 20, ["marloes: Het wordt Friesland! 12 t/m 15 juni. Zet het in je agenda.", "A: Eindelijk weer zeilen kijken vanaf de roeibank", "B: Gaan we over de Fluessen?", "marloes: Dat is het plan, als het weer meewerkt."]),
        (240, 19, ["anneke: Ik bak weer appeltaart voor de eerste dag.", "C: Dan zijn er twee nodig", "anneke: Drie. Ik ken jullie."]),
        (160, 20, ["marloes: Boerderij Balk heeft nog 20 bedden, camping De Fluessen 80 plekken. De poll staat open.", "D: Gestemd."]),
        (60, 18, ["joost: De bootwagen is gekeurd tot april.", "marloes: Top, dan vragen we in maart opnieuw aan.", "thijs: Doe ik, ik moet toch langs."]),
        (9, 20, ["marloes: De bedragen voor het potje staan klaar. € 42,50 per persoon, betalen kan tot vrijdag.", "A: Betaald.", "B: Kan het ook in twee keer?", "marloes@1: Ja, stuur me even een bericht, dan regelen we dat."]),
        (2, 21, ["C: Hoe laat is donderdag de voorbespreking?", "marloes: Acht uur, in het clubhuis."]),
        (0, 2, ["D: Ik kan rijden vanaf de parkeerplaats in Gouda, plek voor drie.", "A: Ik rij graag mee.", "marloes: Noteer jezelf in het gesprek over vervoer, dan raak ik het niet kwijt.", "anneke: foto van de sluis volgt, hij is weer open."]),
    ],
    "jeugdroeien-ouders": [
        (320, 16, ["emine: Goedemorgen ouders, de training van zaterdag begint een half uur later vanwege de mist.", "A: Dank, scheelt een wekker.", "B: 🙏"]),
        (250, 12, ["C: Mijn zoon is zijn zwemvest kwijt, blauw met gele band. Gezien?", "emine: Ligt in de kist bij de deur.", "C: Gevonden, dank je"]),
        (190, 15, ["emine: Wie kan zaterdag een auto rijden naar Delft? We zoeken vier plekken.", "A: Ik, plek voor drie.", "anneke: Ik kan er een.", "emine: Dan zijn we rond. Wat fijn."]),
        (98, 17, ["B: Is er zaterdag training in de herfstvakantie?", "emine: Nee, dan zijn we dicht. Zaterdag daarna weer gewoon."]),
        (33, 19, ["D: Hoe koud is te koud voor de jeugd?", "emine: Onder de 4 graden blijven ze binnen.", "A@1: En met handschoenen?", "emine: Ook dan."]),
        (1, 16, ["emine: Sint komt zaterdag met de boot. Schoenen mee!", "C: De buren willen ook weten hoe laat", "emine: Half elf aan de steiger.", "anneke: ik rij zaterdag, plek voor drie"]),
    ],
    "materiaalcommissie": [
        (340, 10, ["thijs: Inventaris is klaar: 14 boten, 11 vaarwaardig.", "A: Welke drie niet?", "thijs: De Fuut, de Meerkoet en de oude C4."]),
        (200, 13, ["B: Epoxy is bijna op.", "thijs: Besteld, komt donderdag."]),
        (75, 11, ["thijs: Steigerplank bij de kraan is zacht. Ik heb hem afgezet met lint.", "A: Ik heb nog hardhout liggen", "thijs: Zaterdag tien uur?", "A: Ik ben er."]),
        (12, 14, ["anneke: De Reiger maakt een tikkend geluid bij het uitpikken.", "thijs@1: Dat is de dol van stuurboord 2. Kijk ik naar.", "thijs: Gemaakt, was een ringetje van 30 cent."]),
        (3, 9, ["thijs: Zaterdag schuren we de vloer. Wie heeft er oordoppen over?", "B: Een heel potje."]),
    ],
    "wedstrijdroeien": [
        (310, 20, ["hanna: Inschrijving voor de Head sluit vrijdag. Ik heb nu twee achten en een vier.", "A: Doe mij maar op slag.", "B: Dat zegt hij elk jaar"]),
        (235, 21, ["hanna: 14e van de 38. Trots op jullie.", "C: Mijn benen niet", "A: Volgend jaar top tien."]),
        (130, 7, ["B: Tijden van vanochtend: 8.12, 8.05, 8.09.", "hanna: Stabiel. Goed zo.", "C: De derde was tegenwind, telt dubbel."]),
        (44, 19, ["hanna: Wintertraining begint maandag, schema staat bij de bestanden.", "A: Twee keer ergo in een week?", "hanna: Drie keer, bladzijde twee."]),
        (1, 21, ["hanna: Wie start er zondag in de skiff? Ik heb nog één plek.", "B: Ik!", "A: Te laat…"]),
    ],
    "barcommissie": [
        (280, 16, ["lotte: Bestelling voor volgende week: iemand nog wensen?", "A: Gemberbier.", "B: En meer van die nootjes"]),
        (150, 23, ["lotte: Kas klopt tot op de cent. Dat is een primeur.", "A: 🎉"]),
        (40, 17, ["B: De spoelmachine lekt.", "lotte: Monteur komt dinsdag. Tot dan met de hand."]),
        (2, 15, ["lotte: Zaterdag is er geen bardienst, het botenhuis is dicht.", "A: Dan schuif ik een week op."]),
    ],
    "clubblad": [
        (270, 11, ["pieter: Kopij voor het lentenummer graag voor de 15e.", "A: Ik schrijf over de ijsvogels.", "B: Ik over de nieuwe riemen."]),
        (110, 20, ["pieter: Wie heeft er een foto in hoge resolutie van de clubdag?", "A: Ik zet er vier klaar."]),
        (8, 12, ["pieter: Het winternummer gaat maandag naar de drukker. Laatste blik?", "B: Op pagina 6 staat ‘riemen’ twee keer.", "pieter: Scherp. Aangepast."]),
    ],
    "toerroeien": [
        (290, 10, ["anneke: Zondag rondje plassen, vertrek 10.00 uur, 22 km.", "A: Ik ga mee.", "B: Ik ook, neem ik koek mee."]),
        (180, 14, ["C: Let op: de sluis bij Reeuwijk is dicht tot vrijdag.", "anneke: Dank, dan varen we de andere kant op."]),
        (80, 17, ["A: 31 km vandaag, mijn handen weten het.", "anneke: Blaren zijn vereelte dromen.", "B: Die gaat in het clubblad"]),
        (4, 11, ["anneke: Winterronde volgende week zondag, snert na afloop.", "C: Ook zonder worst?", "anneke: Twee pannen, een zonder."]),
    ],
    "bestuur": [
        (210, 21, ["bestuur: Stukken voor maandag staan klaar.", "penningmeester: De begroting volgt morgen, ik wacht op één offerte.", "beheer: Prima."]),
        (15, 20, ["penningmeester: De kascommissie was tevreden.", "bestuur: Mooi, dank voor het werk.", "hanna: Dan kan het punt van de agenda af."]),
    ],
    "klankbordgroep": [
        (140, 20, ["beheer: Ik zet het voorstel voor de nieuwe indeling vanavond in Gesprekken.", "A: Komt er ook een tekening bij?", "beheer: Ja."]),
        (11, 19, ["B: De proef met de stille avond beviel goed.", "A: Vond ik ook, dat mag blijven."]),
    ],
    "nieuwe-leden": [
        (220, 19, ["A: Hoi, ik ben nieuw! Moet ik eigen schoenen mee in de boot?", "beheer: Welkom. Sokken is genoeg, in de boot zitten schoenen vast.", "A: Dat zijn vreemde schoenen", "B: Je went eraan"]),
        (90, 20, ["C: Wanneer is het volgende instructieblok?", "beheer: Het begint over twee weken, inschrijven via de agenda."]),
        (5, 20, ["B: Ik heb vandaag voor het eerst niet in het water gelegen.", "A: 🎉", "beheer: Dat vieren we zaterdag."]),
    ],
    "afdeling-zuidplas": [
        (260, 18, ["hanna: Het hek aan de Zuidplas heeft een nieuwe code. Vraag hem aan mij, niet hier.", "A: Slim."]),
        (115, 9, ["B: Blauwalg in de plas, borden staan er.", "hanna: Dan roeien we deze week vanaf het clubhuis.", "C: Kan de bootwagen mee?", "hanna: Ja, vertrek 8.30 uur."]),
        (7, 19, ["A: Is er nog plek in het potje voor een nieuwe buitenboordmotor?", "hanna: Ik maak er een gesprek van, dan kan iedereen meedenken."]),
    ],
}

THREADS = {
    "zomertocht-friesland": [
        (210, "Route: wie kent de sluizen?", ["joost: Ik heb een eerste route getekend: Sloten, Balk, over de Fluessen en terug via Heeg.\n\nPunten waar ik over twijfel:\n- de sluis bij Stavoren (wachttijd?)\n- oversteek bij wind uit het westen", "A: Bij Stavoren wachtten wij vorig jaar ruim een uur. Ik zou hem overslaan.", "B: Met west 4 of meer zou ik langs de oever blijven, dat scheelt golven.", "joost@2: Goed, dan laten we Stavoren eruit.", "marloes: De bedragen in het potje rekenen op drie nachten, dat blijft zo kloppen."]),
        (45, "Wat neem je mee? Paklijst", ["anneke: Vorig jaar vergaten acht mensen een slaapmat. Daarom een lijst:\n\n- slaapmat en slaapzak\n- droge tas\n- bord, beker, bestek\n- pet en zonnebrand\n- lamp", "A: Oordoppen. Voor de tent van Kees.", "C: Ik hoor dat wel hè", "B: Een handdoek die snel droogt."]),
        (3, "Wie kan er een bootwagen trekken?", ["joost: We hebben twee auto’s met trekhaak nodig, en liefst iemand met rijbewijs BE. Vertrek is vrijdag om 17.00 uur bij het botenhuis.", "thijs: Ik heb BE en een trekhaak. Eentje geregeld.", "A: Ik kan met een trekhaak, maar heb geen BE. Mag dat met de kleine wagen?", "joost@1: Ja, de kleine is 650 kilo, dat mag.", "D: Anders vraag ik mijn zus, die rijdt vrachtwagen.", "joost: Laten we dat achter de hand houden. Dank!"]),
    ],
    "ploeg-dinsdagavond": [
        (170, "Indeling voor het najaar", ["joost: Ik stel voor om vaste boten te houden tot de kerst. Wie liever wisselt, zegt het hier.", "A: Vast vind ik fijn.", "B: Ik wissel liever een keer per maand.", "joost: Dan doen we de laatste dinsdag van de maand een wisselavond."]),
        (25, "Lampen en hesjes: wat is verplicht?", ["anneke: Ik las dat het rondschijnend licht voor roeiboten is veranderd. Weet iemand het precies?", "thijs: Een wit rondom schijnend licht is genoeg onder de 7 meter, langer moet meer. Ik zoek het na.", "thijs: Nagezocht: voor ons blijft het wit voor en wit achter. Hesjes zijn niet verplicht, wel verstandig.", "joost: Dan nemen we ze gewoon mee."]),
    ],
    "jeugdroeien-ouders": [
        (150, "Rijschema wedstrijden voorjaar", ["emine: Er zijn vijf wedstrijden. Als elk gezin er één rijdt, komen we precies uit. Schrijf hieronder je datum.", "A: 11 april.", "anneke: 25 april.", "B: 9 mei, plek voor vier.", "C: Ik kan alleen de laatste."]),
        (14, "Zwemproef voor de nieuwe kinderen", ["emine: Over drie weken is de zwemproef in het bad van Moordrecht. Kleren die nat mogen, handdoek, en een ouder die blijft.", "D: Moeten kinderen met diploma B ook?", "emine@1: Ja, het gaat om zwemmen met kleren aan."]),
    ],
    "materiaalcommissie": [
        (120, "Nieuwe riemen: hout of carbon?", ["thijs: We kunnen zes riemen vervangen. Carbon is € 310 per stuk, hout € 240. Wat heeft jullie voorkeur, en waarom?", "A: Carbon voor de wedstrijdboten, hout voor de rest.", "B: Hout kunnen we zelf repareren.", "penningmeester: De begroting is € 1.700, dus een mix past.", "thijs: Besluit: vier hout, twee carbon."]),
        (18, "Schade melden: zo doen we het", ["thijs: Zie je schade, meld het hier met:\n1. naam van de boot\n2. plek\n3. wanneer gezien\n\nDan plan ik de reparatie en zet ik de boot zo nodig uit de vaart.", "anneke: Fijn dat het nu op één plek staat."]),
    ],
    "wedstrijdroeien": [
        (190, "Terugblik op de Head", ["hanna: Wat ging goed, wat nemen we mee naar volgend jaar?", "A: De start was scherp. In de tweede bocht lieten we lopen.", "B: Ik wil graag een keer met stuurvrouw trainen op bochten.", "hanna: Plannen we in maart."]),
        (30, "Wintertraining: wie doet wat?", ["hanna: Drie avonden, twee begeleiders per avond. Wie neemt er een?", "A: Maandag.", "C: Woensdag, om de week."]),
    ],
    "barcommissie": [(60, "Rooster tot kerst", ["lotte: Het rooster staat in de agenda. Ruilen mag, meld het hier.", "A: Ik ruil mijn zondag met wie wil.", "B: Doe ik."])],
    "clubblad": [(50, "Thema van het winternummer", ["pieter: Ik denk aan ‘verhalen bij de kachel’. Ideeën?", "A: Interview met het oudste lid.", "B: Recepten uit de kantine.", "pieter: Allebei ja. Twee pagina’s elk."])],
    "toerroeien": [(100, "Tochten voor volgend jaar", ["anneke: Laten we er zes plannen. Ik verzamel wensen tot de jaarwisseling.", "A: De Biesbosch!", "B: Een weekend de Vecht.", "C: Liever dichtbij, met kinderen."])],
    "bestuur": [(35, "Agenda algemene ledenvergadering", ["bestuur: Concept: 1 opening, 2 jaarverslag, 3 cijfers, 4 kascommissie, 5 contributie, 6 rondvraag.", "penningmeester: Bij 3 graag een kwartier.", "beheer: Ik zet de stukken drie weken vooraf klaar."])],
    "klankbordgroep": [(70, "Proef: een stille avond zonder motorboten", ["beheer: Op woensdag varen er geen volgboten. Hoe bevalt dat?", "A: Heerlijk rustig.", "B: Voor beginners mis ik de begeleiding wel.", "beheer: Dan houden we volgboten voor beginners op donderdag."])],
    "nieuwe-leden": [(160, "Vragen die iedereen heeft", ["beheer: Hier verzamel ik antwoorden.\n\n- Kleding: laagjes, niets loszittends\n- Omkleden: kan in het clubhuis\n- Te laat? Bel je stuurman", "A: Mag je een introducé meenemen?", "beheer: Een keer per seizoen, meld het even."])],
    "afdeling-zuidplas": [(28, "Buitenboordmotor: repareren of vervangen?", ["hanna: De reparatie kost € 380, een gebruikte is € 900. Wat vinden jullie?", "A: Repareren, hij is pas acht jaar oud.", "B: Vervangen, we staan elk jaar weer in de werkplaats.", "hanna: Ik vraag nog één offerte en maak er dan een poll van."])],
}
# fmt: on
