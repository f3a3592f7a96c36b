import type { Words } from '../../lexicon.ts'

export const POLISH: Words = {
  verb: 'first',
  tell: `stresc podsumuj podsumowac wyjasnij wytłumacz wytlumacz opisz oblicz sklasyfikuj porownaj opowiedz wymien zdefiniuj popraw powiedz_mi rozwiaz polec poradz nazwij skroc sparafrazuj zgadnij`,
  translate: 'przetłumacz przetlumacz tłumacz tlumacz przełoz przeloz tłumaczysz',
  reply: 'odpowiedz odpowiadaj powiedz powtorz zwroc potwierdz napisz_tylko odpisz',
  make: `przeanalizuj chce wygeneruj stworz utworz podaj daj zaproponuj wymysl wyodrebnij znajdz okresl zidentyfikuj przygotuj zrob sformułuj sformuluj ulepsz
    uzupełnij ocen wybierz nadaj potrzebuje napisz`,
  write: `napisz ułoz uloz podaj zaproponuj wymien daj`,
  work: `przelicz zamien przekształc przepisz skroc uprosc posortuj uporzadkuj kontynuuj dokoncz uzupełnij popraw ulepsz wyodrebnij wypisz sprawdz ocen przeanalizuj porownaj okresl rozpoznaj zdecyduj`,
  title: `tytuł* tytul* nagłowek podsumowani* streszczeni* słowa_kluczowe słow_kluczowych hasztag* hashtag* tagi temat tematy pytani* tłumaczeni*
    opis podpis wyjasnieni* zapytani* kategori* lista liste sugesti* definicj* synonim* prompt wnios* fakt* nazwe nazwa notatk*`,
  text: 'wiersz wiersze esej email mail zart kod funkcje funkcja program skrypt akapit artykuł zagadk* powody porady kroki roznic* zdanie limeryk',
  prose: 'historie opowiadanie list piosenke przepis imiona raport',
  talk: `rozmow* czat czatu dialog* dyskusj* wiadomos* histori* tekst* nastepujac* powyzsz* ponizsz* tresc zdanie zdania dokument* uzytkownik*
    asystent* akapit* pytani*`,
  tongue:
    'angielsk* polsk* niemieck* francusk* hiszpansk* włosk* chinsk* japonsk* rosyjsk* arabsk*',
  chat: 'rozmow* czat czatu dialog* dyskusj* histori*',
  writer:
    'tłumaczem tłumacz generatorem_tytułow generator_tytułow redaktorem korektorem copywriterem',
  form: `tylko wyłacznie bez nie nic maksymalnie słow słowa słowem znakow interpunkcji cudzysłow* wyjasnien format* jezyk* krotk* zwiezł* mniej wiecej
    wiersz przecinek przecinkami`,
  draw: 'narysuj rysuj namaluj maluj zilustruj naszkicuj zaprojektuj pokaz zwizualizuj przedstaw wyobraz sfotografuj narysowac namalowac',
  picture: `obraz* zdjeci* fotografi* rysunek rysunk* ilustracj* szkic* logo ikon* plakat* baner* ulotk* tapet* portret* awatar* infografik* diagram*
    komiks* mem naklejk* kartk* zaproszeni* krajobraz* kolaz* mural* wzor okładk* szyld* akwarel* opakowani* kubek dymek`,
  look: 'czerwon* niebiesk* zielon* czarn* biał* styl* swiatł* oswietlen* realistyczn* kolor* ciemn* pastel* neon* minimalist* zblizeni* zachod złot* liter* czcionk* retro vintage drewn*',
  sight: 'wyglada wygladał* wygladac co_jesli',
  may: 'pomoz mozesz moze moglbys mogłbys mogłabys czy_mozesz chcesz',
  ask: 'co kto kogo gdzie kiedy dlaczego jak jaka jaki jakie ile czy czym kim ktory ktora',
  you: 'ty ciebie tobie twoj twoja twoje wy ja mnie mi moj moja moje my nas jestes',
  small: `czesc hej dzien_dobry dobry_wieczor dobranoc dzieki dziekuje pa do_widzenia tak nie dobrze swietnie super testowa testowanie proba
    połaczenie prosze witaj działa pomocy siema`,
  plain: `i lub a ale jesli w na po z ze od do dla o przez jak to ten ta te tej ty jest sa był była byc bede moge mozna nie tez juz jeszcze bardzo
    tylko tu tam teraz dzis dzisiaj jutro wczoraj on ona ono oni jego jej słowo słowa imie nazwa model wersja nazywasz nazywa mow mowisz
    odpowiedz pytanie rzecz nic wszystko czas dzien godzina data jezyk człowiek robot asystent system jeden dwa trzy cztery piec szesc siedem
    osiem dziewiec dziesiec plus minus razy rowna masz sie działasz słyszysz rozumiesz stolica polski dwoch zdaniach nasza ktora nudzi jestem mam`,
}
