import type { Words } from '../../lexicon.ts'

export const ITALIAN: Words = {
  verb: 'first',
  tell: `nominare dare_un_nome dai_un_nome condensa comprimi accorcia riassumi riassuma riassumere riassumimi sintetizza spiega spiegami spiegare descrivi descriva descrivere riformula parafrasa calcola calcolare classifica confronta raccontami racconta dimmi elenca elencami definisci correggi ricapitola parlami risolvi consigliami consiglia insegnami`,
  translate: 'traduci traduca tradurre traducimi',
  reply:
    'rispondi risponda rispondere ripeti ripeta di_solo restituisci conferma dii scrivi_solo scrivi_soltanto',
  make: `analizza voglio vorrei condensa accorcia leggi genera generi generare crea creare crei dai dammi fornisci fornisca proponi suggerisci suggerisca estrai estrarre trova trovami
    determina identifica migliora completa converti valuta produci elabora fai fammi fare assegna scegli inventa serve redigi
    formula restituisci verifica dare`,
  write: `scrivi scriva scrivere scrivimi redigi componi proponi suggerisci cita dammi`,
  work: `converti convertire riscrivi riscrivere accorcia semplifica ordina continua completa correggi migliora estrai estrarre verifica controlla valuta analizza confronta ottimizza amplia rileva identifica determina decidi`,
  title: `nome fatti ortografia grammatica titolo titoli intestazione riassunto riassunti sintesi parola_chiave parole_chiave hashtag* etichetta etichette tag tags tema temi
    argomento argomenti oggetto domanda domande domande_di_approfondimento traduzione traduzioni descrizione descrizioni didascalia
    didascalie spiegazione query ricerca sentimento intenzione categoria categorie elenco lista suggerimenti punti_chiave verbale
    definizione sinonim* prompt conclusione fatti riepilogo nome_breve nome_per_questa termini_chiave`,
  text: `poesia poesie haiku saggio email mail barzelletta barzellette testo_di_canzone codice funzione funzioni programma script paragrafo
    articolo espressione_regolare frase frasi indovinello ragioni consigli passaggi differenza differenze discorso
    lettera_di_presentazione slogan query_sql algoritmo test_unitario tema_scolastico filastrocca`,
  prose:
    'storia storie lettera canzone ricetta ricette nomi favola risposta rapporto messaggio testo esempi',
  talk: `domande conversazione conversazioni chat dialogo discussione scambio messaggio messaggi testo testi seguente seguenti precedente sopra
    sotto cronologia contenuto articolo frase frasi documento utente assistente riunione paragrafo input parlato domanda`,
  tongue: `italiano inglese tedesco francese spagnolo portoghese cinese giapponese coreano russo arabo latino`,
  chat: 'barra_laterale scambio cronologia conversazione conversazioni chat dialogo discussione scambio cronologia',
  writer: `traduttore traduttrice interprete redattore correttore generatore_di_titoli riassuntore classificatore copywriter
    segretario prompt_engineer moderatore motore_di_traduzione estrattore_di_parole`,
  form: `solo soltanto unicamente nient_altro niente senza non nessun nessuna massimo parole parola caratteri punteggiatura virgolette
    spiegazione spiegazioni formato lingua italiano inglese corto breve conciso concisa meno piu esattamente semplice riga righe
    virgole separate introduzione esclusivamente`,
  draw: `disegna disegnami disegnare dipingi dipingere illustra illustrare schizza rappresenta mostra mostrami visualizza progetta progettami
    immagina fotografa colora ritrai raffigura disegno`,
  picture: `immagine immagini foto fotografia disegno disegni dipinto dipinti quadro illustrazione illustrazioni schizzo logo loghi icona icone
    locandina locandine manifesto poster banner striscione volantino sfondo ritratto avatar infografica* diagramma schema fumetto
    vignetta meme adesivo adesivi sticker miniatura biglietto cartolina invito mappa paesaggio scena collage murale motivo copertina
    cartello insegna balloon nuvoletta acquerello confezione tazza maglietta mascotte nuvola_di_parole plastico diapositiva
    storyboard biglietto_da_visita etichetta_del_vino targa graffito`,
  look: `rosso rossa blu verde giallo nero bianco rosa viola stile luce illuminazione realistic* fotorealistic* acquerello olio colori colore scuro chiaro pastello neon minimalista primo_piano tramonto dorat* luminos* carattere lettere retro vintage vettoriale cinematografic* ombra ombre legno`,
  sight: 'sembra sembrerebbe aspetto assomiglia che_aspetto e_se',
  may: 'aiutami puoi puo potresti potrebbe vuoi e_possibile',
  ask: `che chi quale quali quando dove perche come quanto quanta quanti quante cosa e sei hai c_e sai parli cos`,
  you: 'sei agisci agisci_come tu te ti tuo tua tuoi lei voi vi io mi me mio mia noi ci',
  small: `messaggio_di_prova ignora amico amica bello bellissimo ciao salve buongiorno buonasera buonanotte buon_pomeriggio grazie grazie_mille arrivederci si no va_bene okay bene molto_bene
    perfetto ottimo eccellente fantastico prova test provo saluti connessione verifica per_favore funziona benvenuto ehi capito
    ricevuto pronto prego come_va aiuto`,
  plain: `messaggio ignora ignorare macchina persona amico creato fatto addestrato azienda aiutarmi aiuto aiutare il lo la i gli le l un uno una di del dello della dei delle d a al alla ai alle e o ma se in nel nella su sul per con senza come
    e sono era essere sei ho hai ha avere posso puoi puo potere voglio vuoi vado va devi deve non ne piu molto anche solo gia qui li
    ora adesso oggi domani ieri che chi quale quando dove quanto quanti si questo questa questi queste quello cio parola parole nome
    nomi modello versione chiami chiama dire dici parlare parli parla risposta risposte rispondi domanda domande cosa qualcosa
    niente tutto tutti tempo giorno ora data lingua italiano inglese umano robot ia assistente sistema server uno due tre quattro
    cinque sei sette otto nove dieci zero piu meno per diviso uguale fa somma risultato numero funziona funzioni senti capisci
    test compito base breve sola unica usi altro altra annoio`,
}
