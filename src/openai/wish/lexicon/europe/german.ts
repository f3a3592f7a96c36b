import type { Words } from '../../lexicon.ts'

export const GERMAN: Words = {
  verb: 'first',
  tell: `benenne benennen zu_benennen verdichte verdichten kurze kurzen_sie komprimiere ordne_zu ordne du_ubersetzt du_fasst du_benennst vergib_namen rate gib_an zusammenfassen fasse fass fassen zusammenzufassen erklare erklar erklaren erlautere erlautern beschreibe beschreib beschreiben umformulieren paraphrasiere berechne berechnen rechne klassifiziere kategorisiere vergleiche erzahl erzahle erzahlen nenne nenn sag_mir sage_mir liste zahle_auf definiere lose korrigiere korrekturlesen empfiehl resumiere verrate_mir verrat_mir skizziere_kurz_den diskutiere unterhalte`,
  translate: 'du_ubersetzt ubersetze ubersetz ubersetzen ubertrage',
  reply:
    'antworte antwort antworten erwidere sag sage wiederhole gib_zuruck bestatige beantworte schreib_nur schreibe_nur melde',
  make: `analysiere will mochte wunsche verdichte kurze reduziere ordne fuge erstelle erstell erstellen generiere generieren erzeuge erzeugen gib gebe geben liefere liefern schlage schlag formuliere
    formulieren finde finden denk_dir bilde extrahiere extrahieren ermittle bestimme bestimmen erkenne prufe verbessere
    erweitere vervollstandige wandle bewerte uberlege mach mache machen brauche leite vergib vergebe benenne wahle entwickle
    ausgeben entwirf verfasse konvertiere reduziere destilliere`,
  write:
    'schreibe schreib schreiben verfasse verfassen dichte nenne nenn gib formuliere komponiere',
  work: `konvertiere konvertier rechne_um wandle wandel umrechnen umschreiben schreibe_um schreib_um formuliere_um kurze vereinfache sortiere sortier setze_fort korrigiere verbessere verbesser uberarbeite uberarbeiten erganze vervollstandige extrahiere extrahieren prufe bewerte analysiere vergleiche optimiere erweitere uberprufe bestimme erkenne ermittle entscheide beurteile`,
  title: `produktbeschreibung experte_fur_titel produktbeschreibung* titeln namen name einordnung erinnerung* fehler rechtschreibung grammatik titel uberschrift uberschriften zusammenfassung zusammenfassungen kurzfassung stichwort* schlagwort* schlusselwort*
    schlusselworter keyword* hashtag* tags thema themen folgefrage* anschlussfrage* frage fragen rueckfrage* ubersetzung
    ubersetzungen bildbeschreibung beschreibung beschreibungen bildunterschrift erklarung suchanfrage* suchbegriff* stimmung
    absicht kategorie kategorien betreff betreffzeile dateiname liste vorschlage stichpunkte kernpunkte kernaussage*
    chattitel gesprachstitel kurztitel protokoll ubersicht inhaltsangabe fazit definition synonym* prompt prompts bezeichnung
    gesprachsname gliederung ubergabe sprachcode fakten`,
  text: `selbstvorstellung lebenslauf vermieter_mail e_mail gedicht gedichte aufsatz essay email mail witz witze liedtext code funktion funktionen programm skript absatz artikel
    regex quellcode satz satze haiku ratsel grunde tipps schritte unterschied unterschiede bewerbung anschreiben slogan
    rede blogbeitrag unittest abfrage plan ratschlage ratschlag limerick reim commit_nachricht`,
  prose:
    'geschichte geschichten brief lied rezept rezepte namen spruch antwort bericht marchen menu text beispiele',
  talk: `fragen gesprach gesprache gesprachs gespraches unterhaltung unterhaltungen chat chats chatverlauf* gesprachsverlauf* dialog*
    nachricht nachrichten diskussion verlauf* text texte texts textes folgenden folgende folgender folgendes obigen oben
    obige inhalt artikel satz satze dokument nutzer* benutzer* assistent* eingabe anfrage thread austausch besprechung
    bisherige bisherigen absatz frage frag`,
  tongue: `deutsch deutsche deutschen englisch englische englischen franzosisch* spanisch* italienisch* portugiesisch* chinesisch* japanisch* koreanisch* russisch* arabisch* latein* polnisch* turkisch* niederlandisch*`,
  chat: 'gesprach* verlauf seitenleiste gesprach_oben nachrichtenverlauf gesprach gesprache gesprachs gespraches unterhaltung unterhaltungen chat chats chatverlauf* gesprachsverlauf* dialog* verlauf* diskussion thread austausch',
  writer: `ubersetzer* dolmetscher* titelgenerator* lektor* texter* zusammenfasser* korrektor* klassifikator protokollant*
    prompt_ingenieur redakteur* schlagwortgenerator* ubersetzungsdienst* ubersetzungsprogramm* stichwortgenerator*
    uberschriftengenerator* titelassistent* zusammenfassungsassistent* moderator`,
  form: `nur ausschliesslich ohne kein keine keinen keinerlei nicht nichts hochstens maximal worter worten wort zeichen satzzeichen
    anfuhrungszeichen erklarung erklarungen format sprache deutsch englisch kurz kurzen kurze kurzer knapp pragnant* genau
    weniger mehr zeile zeilen liste kommagetrennt komma einleitung zusatz* formatierung stichpunkten reinen einfach`,
  draw: `zeichne zeichnen zeichnest male mal malen malst skizziere skizzier illustriere gestalte gestalten visualisiere stelle_dar zeig
    zeige zeig_mir zeige_mir rendere fotografiere entwirf entwerfe koloriere designe abbilden zeichnung`,
  picture: `diagramme infografiken bild bilder bildes foto fotos fotografie zeichnung zeichnungen gemalde illustration illustrationen skizze logo logos icon icons
    symbol plakat plakate poster banner flyer hintergrundbild* portrat portrait avatar infografik* diagramm* comic comics cartoon
    meme sticker aufkleber vorschaubild karte postkarte einladung einladungskarte grusskarte landkarte landschaft szene collage
    wandbild muster grafik schild plakatwand buchcover cover albumcover titelbild titelseite titelblatt visitenkarte
    sprechblase* wortwolke aquarell olgemalde wappen maskottchen verpackung tshirt t_shirt tasse etikett folie mindmap
    storyboard geburtstagskarte speisekarte kinderbuch* leuchtreklame neonschild schriftzug aushang preisschild namensschild`,
  look: `rot rote roten blau blaue grun grune gelb schwarz weiss lila rosa stil hintergrund licht beleuchtung realistisch* fotorealistisch* aquarell farben farbe bunt hell dunkel pastell* neon minimalistisch* nahaufnahme sonnenuntergang gold goldene* leuchtend* schrift schriftart handschrift retro buchstaben vektor kinoreif vintage im_stil holz`,
  sight: 'sieht_aus aussehen aussieht aussahe sahe sehen_aus was_ware_wenn wie_ware sahen sieht',
  may: 'hilf_mir kannst kann konntest konnten konnen wurdest wurden mochtest magst ware darf',
  ask: `was wer wen wem wessen wo wohin woher wann warum wieso weshalb wie welche welcher welches welchen wieviel bist ist hast hat sind gibt wurdest funktionierst weisst`,
  you: 'deine aufgabe_ist bist handle_als agiere_als verhalte du dich dir dein deine deinen deiner sie ihr ihnen ich mich mir mein meine euch wir uns ihre',
  small: `testnachricht ignorieren freund freunde bestens wunderschon schon danke_fur hallo servus moin guten_morgen guten_tag guten_abend gute_nacht gruss_gott danke danke_schon dankeschon vielen_dank tschuss
    tschau auf_wiedersehen ja nein okay gut super toll klasse prima test teste testnachricht funktioniert verbindungstest
    verbindung morgen hey hallochen na grusse bitte alles_klar verstanden perfekt probe funktionstest bereit pruf danke_dir
    wunderbar genau hilfe`,
  plain: `ignorieren ignoriere wobei womit wofur wodurch maschine freund firma entwickelt entwickelte gemacht gebaut trainiert hilfe helfen hilfst mensch bitte liebe lieber text dafur damit leute beste besten gefallt sieht bestatigen der die das den dem des ein eine einen einem einer eines und oder aber wenn von zu zum zur in im an am auf aus bei mit nach fur
    uber unter als wie ist sind war waren sein bin bist hat haben habe hast kann kannst konnen konnte konntest wird werden wurde
    soll sollst sollte muss musst mussen darf mag mochte will nicht es er sie man dies dieser diese dieses diesen diesem jener hier
    da dort so auch noch nur schon sehr mal doch denn jetzt heute morgen gestern gerade bitte wort worter name namen modell
    modellname modells version heisst heisse heissen nennst sag sage sagen sprich sprechen sprichst antwort antworte antworten
    frage fragen etwas nichts alles ding zeit tag uhr datum sprache deutsch englisch mensch roboter ki bot assistent system
    server eins zwei drei vier funf sechs sieben acht neun zehn null plus minus mal geteilt durch gleich ergebnis zahl
    geht gehts funktioniert funktionieren arbeitest laufst online verstehst horst mich test dass daraus basierend
    aufgabe deine anhand kurz kurzen einzigen einziges genau kurze pragnanten passenden wahl aktuell verwendest benutzt s`,
}
