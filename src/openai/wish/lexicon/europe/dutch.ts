import type { Words } from '../../lexicon.ts'

export const DUTCH: Words = {
  verb: 'first',
  tell: `vat vat_samen samenvatten beschrijf leg_uit uitleggen vertel vertel_me bereken classificeer vergelijk noem definieer corrigeer herschrijf los_op benoem som_op raad comprimeer adviseer`,
  translate: 'vertaal vertalen vertaalt je_vertaalt',
  reply: 'antwoord antwoorden zeg herhaal bevestig reageer',
  make: `analyseer wil maak maken genereer genereren geef geven stel bedenk verzin produceer haal extraheer bepaal kies zoek verbeter vul formuleer lever
    wijs controleer creeer`,
  write: 'schrijf schrijven geef stel_op noem formuleer',
  work: `converteer zet_om herschrijf verkort vereenvoudig sorteer vervolg voltooi corrigeer verbeter extraheer haal_uit controleer beoordeel analyseer vergelijk reken_om bepaal herken`,
  title: `titel titels kop samenvatting trefwoord* sleutelwoord* kernwoorden hashtag* tags onderwerp onderwerpen vraag vragen vervolgvragen
    vertaling omschrijving beschrijving bijschrift uitleg zoekopdracht sentiment intentie categorie lijst suggesties notulen
    definitie synoniem* prompt conclusie feiten kernpunten naam`,
  text: 'gedicht gedichten opstel essay email mail mop grap code functie programma script alinea artikel raadsel redenen tips stappen verschil zin limerick',
  prose: 'verhaal brief liedje recept namen boodschap',
  talk: `gesprek gesprekken chat dialoog discussie bericht berichten geschiedenis tekst volgende vorige hierboven hieronder inhoud artikel zin
    zinnen document gebruiker assistent alinea vraag`,
  tongue: 'engels engelse nederlands duits frans spaans italiaans chinees japans russisch arabisch',
  chat: 'gesprek gesprekken chat chatgeschiedenis dialoog discussie geschiedenis zijbalk',
  writer:
    'vertaler tolk redacteur titelgenerator samenvatter tekstschrijver corrector classificeerder',
  form: `alleen slechts zonder geen niet niets maximaal hoogstens woorden woord tekens leestekens aanhalingstekens uitleg formaat taal nederlands
    engels kort korte bondig precies minder meer regel komma`,
  draw: 'teken tekenen schilder schilderen illustreer schets ontwerp visualiseer toon laat_zien laat_me_zien verbeeld fotografeer',
  picture: `afbeelding afbeeldingen plaatje foto fotos tekening schilderij illustratie schets logo icoon pictogram affiche poster spandoek flyer
    achtergrond portret avatar infographic diagram strip stripverhaal cartoon sticker kaart ansichtkaart uitnodiging landschap
    collage muurschildering patroon omslag bord aquarel verpakking mok tekstballon titelpagina woordwolk`,
  look: 'rood blauw groen geel zwart wit stijl licht belichting realistisch* kleuren kleur donker pastel neon minimalistisch close_up zonsondergang gouden letters lettertype retro vintage hout',
  sight: 'eruitzien eruit_zien ziet_eruit uitzien lijkt stel_dat',
  may: 'help_me kun kan kunt zou wil mag kunnen',
  ask: 'wat wie waar wanneer waarom hoe welke welk hoeveel ben heb is',
  you: 'jij je jou jouw u uw ik me mij mijn wij ons',
  small: `hallo hoi hey goedemorgen goedemiddag goedenavond goedenacht dag dank bedankt dank_je dank_je_wel dankjewel doei ja nee oke prima mooi
    perfect super test testen proef groeten verbinding welkom alsjeblieft werkt hulp`,
  plain: `de het een en of maar als van voor met zonder in op aan bij naar uit over onder is zijn was ben bent heb hebt heeft hebben kan kun kunnen
    wil zal moet mag niet geen dit dat deze die hier daar er zo ook nog al nu vandaag gisteren morgen woord woorden naam model versie heet zeg
    zeggen spreek praat antwoord vraag iets niets alles tijd dag uur taal mens robot assistent systeem een twee drie vier vijf zes zeven acht
    negen tien plus min keer gedeeld gelijk gaat doet werk werkt versta hoor doen maken gemaakt hoofdstad jullie om te ons twee per`,
}
