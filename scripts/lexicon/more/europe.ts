import { wordsOf } from './words-of.ts'

/** Swedish, Danish and Norwegian. */
export const SCANDINAVIAN = wordsOf({
  tell: 'sammanfatta opsummer oppsummer forklara forklar beratta fortael fortell rakna_ut berakna udregn regn_ut',
  translate: 'oversatt oversaet oversett',
  reply: 'svara svar saga sag si upprepa gentag gjenta returnera returner bekrafta',
  make: 'skapa gor ge foresla generera hitta_pa lag lav giv gi foresla foresla opret generer find_pa finn_pa',
  write: 'skriv ge giv gi lag lav foresla foresla',
  title:
    'titel tittel titeln titlen rubrik overskrift sammanfattning sammendrag resume nyckelord nogleord nokkelord amne emne fragor sporgsmal sporsmal oversattning oversaettelse oversettelse',
  text: 'dikt digt e_post mejl mail kod kode skamt vits recept opskrift oppskrift',
  talk: 'text tekst texten teksten meddelande meddelandet besked beskeden melding meldingen samtal konversation konversationen samtalen samtalet samtale chatt chatten chat',
  tongue:
    'engelska engelsk svenska svensk danska dansk norska norsk tyska tysk franska fransk spanska spansk',
  chat: 'konversation konversationen samtal samtalet samtale samtalen chatt chatten',
  draw: 'rita mala tegn tegne illustrera',
  picture: 'bild billede bilde affisch plakat logotyp foto teckning tegning',
  may: 'kan kunde',
  ask: 'vad vem var nar varfor hur vilken vilket hvad hva hvem hvor hvornar hvorfor hvordan hvilken hvilket er ar',
  you: 'du dig deg din ditt jag jeg mig meg mitt min',
  small:
    'hej hei hejsan hallo god_morgon godmorgon godmorgen god_morgen god_kvall god_kveld god_aften god_natt godnat tack tak takk tack_sa_mycket tak_skal_du_have takk_for_hjelpen hej_da ha_det farvel ja nej nei bra fint perfekt test fungerar',
  plain:
    'det den ett et och og att at i pa till til av af med for som heter hedder mar har det_gar gar star klockan klokken mycket meget hjalpa hjaelpe hjelpe skal sa namn navn modell huvudstaden hovedstaden',
})

/** Czech and Slovak. */
export const CZECH = wordsOf({
  tell: 'shrn zhrn vysvetli vysvetlete popis vypravej spocitej',
  translate: 'preloz prelozte prekladej',
  reply: 'odpovez odpovedz odpovidej rekni povedz zopakuj vrat vrat_jen',
  make: 'vytvor vytvorte dej daj navrhni vygeneruj vymysli udelej',
  write: 'napis napiste dej daj navrhni rekni',
  title: 'nazev nazov titulek nadpis shrnuti zhrnutie klicova_slova tema otazky preklad',
  text: 'basen email e_mail vtip kod recept',
  talk: 'text textu zpravu spravu zprava konverzace konverzaci konverzaciu rozhovor rozhovoru chat chatu uzivatele',
  chat: 'konverzace konverzaci konverzacie rozhovor rozhovoru chat chatu',
  draw: 'nakresli namaluj nakreslite',
  picture: 'obrazek obraz obrazok plakat logo fotografie kresba',
  may: 'muzes mozes muzete mohl',
  ask: 'co kdo kto kde kdy kedy proc preco jak ako jaka jaky jake aka aky ake ktery kolik kolko jsi si je',
  you: 'ty te ti tvuj tvoje ja me mi muj moje mne',
  small:
    'ahoj cau dobry_den dobre_rano dobry_vecer dobrou_noc dekuji diky dakujem vdaka na_shledanou ano ne nie dobre skvele super prosim test',
  plain:
    'se s v na do z a hlavni_mesto hlavne_mesto mas pomoct pomoci pomoct hodin jmenujes kratky nas tuto teto',
})

export const FINNISH = wordsOf({
  tell: 'tiivista kerro selita laske',
  translate: 'kaanna',
  reply: 'vastaa sano toista palauta',
  make: 'luo anna keksi ehdota tee',
  write: 'kirjoita anna ehdota',
  title: 'otsikko otsikon yhteenveto avainsanat aihe kaannos kysymykset',
  text: 'runo sahkoposti vitsi koodi resepti',
  talk: 'teksti tekstin viesti viestin keskustelu keskustelun keskustelulle',
  chat: 'keskustelu keskustelun keskustelulle chatin',
  draw: 'piirra maalaa',
  picture: 'kuva kuvan juliste logo piirros valokuva',
  may: 'voitko voisitko',
  ask: 'mika mita kuka missa milloin miksi miten kuinka montako',
  you: 'sina sinun mina minun minua olet',
  small:
    'hei moi terve hyvaa_huomenta hyvaa_paivaa hyvaa_iltaa hyvaa_yota kiitos kiitos_paljon nakemiin kylla joo okei hyva hienoa testi',
  plain: 'kuuluu on ja auttaa kello nimesi nimi paakaupunki paljon paljonko',
})

export const ROMANIAN = wordsOf({
  tell: 'rezuma explica spune_mi povesteste calculeaza',
  translate: 'tradu traduce traduceti',
  reply: 'raspunde spune repeta returneaza',
  make: 'creeaza da genereaza propune sugereaza fa',
  write: 'scrie da propune',
  title: 'titlu titlul rezumat rezumatul cuvinte_cheie subiect traducerea intrebari',
  text: 'poezie email gluma cod reteta',
  talk: 'text textul mesaj mesajul conversatie conversatia conversatiei discutie',
  chat: 'conversatie conversatia conversatiei discutie discutia',
  draw: 'deseneaza picteaza',
  picture: 'imagine imaginea afis logo desen poza fotografie',
  may: 'poti puteti',
  ask: 'ce cine unde cand cum care este esti',
  you: 'tu tine tau eu mine mi meu ma',
  small:
    'buna salut buna_ziua buna_dimineata buna_seara noapte_buna multumesc mersi la_revedere da nu bine super perfect test',
  plain: 'mai faci si in de la ajuta ajuti cheama ora capitala e',
})

export const HUNGARIAN = wordsOf({
  tell: 'foglald_ossze magyarazd_el meselj mondd_el',
  translate: 'forditsd fordits forditsa',
  reply: 'valaszolj mondd ismeteld add_vissza',
  make: 'adj keszits hozz_letre generalj javasolj',
  write: 'irj adj javasolj',
  title:
    'cim cimet osszefoglalo osszefoglalot kulcsszavak kulcsszavakat tema forditas forditast kerdest',
  text: 'verset vers emailt viccet kodot receptet',
  talk: 'szoveget szoveg uzenetet uzenet beszelgetes beszelgetest beszelgetesnek',
  chat: 'beszelgetes beszelgetest beszelgetesnek csevegesnek',
  draw: 'rajzolj fess',
  picture: 'kepet kep plakatot logot rajzot',
  may: 'tudsz tudnal',
  ask: 'mi ki hol mikor miert hogyan hogy melyik mennyi hany',
  you: 'te neked en nekem vagy vagyok',
  small:
    'szia hello jo_reggelt jo_napot jo_estet jo_ejszakat koszonom koszonom_szepen koszi viszlat igen nem rendben szuper teszt',
  plain: 'a az segiteni neved ora van fovarosa es',
})

export const GREEK = wordsOf({
  tell: 'συνοψισε εξηγησε πες_μου υπολογισε',
  translate: 'μεταφρασε',
  reply: 'απαντησε πες επαναλαβε επιστρεψε',
  make: 'δωσε δημιουργησε προτεινε φτιαξε γραψε',
  write: 'γραψε δωσε προτεινε',
  title: 'τιτλο τιτλος περιληψη λεξεις_κλειδια θεμα μεταφραση ερωτησεις',
  text: 'ποιημα email ανεκδοτο κωδικα συνταγη',
  talk: 'κειμενο μηνυμα συνομιλια συνομιλιας συζητηση',
  chat: 'συνομιλια συνομιλιας συζητηση συζητησης',
  draw: 'ζωγραφισε σχεδιασε',
  picture: 'εικονα αφισα λογοτυπο σχεδιο φωτογραφια',
  may: 'μπορεις μπορειτε',
  ask: 'τι ποιος ποια ποιο που ποτε γιατι πως ποσο ποσα',
  you: 'εσυ σου εγω μου με εισαι',
  small: 'γεια γεια_σου καλημερα καλησπερα καληνυχτα ευχαριστω αντιο ναι οχι ενταξει τελεια τεστ',
  plain: 'ο η το στα στη στο για να κανεις βοηθησεις ωρα πρωτευουσα της ειναι εναν',
})
