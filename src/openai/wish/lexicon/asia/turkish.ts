import type { Words } from '../../lexicon.ts'

export const TURKISH: Words = {
  verb: 'last',
  tell: `ozetle* ozetle ozetleyin acıkla acıklayın acikla anlat anlatın hesapla sınıflandır karsılastır listele tanımla duzelt cozumle soyle oner adlandır kısalt tahmin_et`,
  translate: 'cevir cevirin tercume_et tercume',
  reply: 'cevapla yanıtla cevap_ver yanıt_ver de soyle tekrarla onayla dondur',
  make: `analiz_et istiyorum olustur olusturun uret ver verin oner onerin bul cıkar belirle hazırla yap sun tamamla sec koy degerlendir iyilestir yarat`,
  write: `yaz yazın kaleme_al olustur ver`,
  work: `donustur yeniden_yaz kısalt basitlestir sırala devam_et tamamla duzelt iyilestir gelistir cıkar kontrol_et degerlendir analiz_et karsılastır belirle algıla`,
  title: `baslık baslıgı baslik ozet ozeti anahtar_kelime* hashtag* etiket* konu konusu soru sorular soruları ceviri acıklama acıklaması altyazı sorgu
    niyet kategori liste oneri* tanım es_anlamlı prompt sonuc isim adı ad`,
  text: 'siir makale deneme eposta e_posta saka fıkra kod fonksiyon program script paragraf bilmece neden adım fark cumle',
  prose: `hikaye mektup sarkı tarif isimler rapor masal tarif*`,
  talk: `sohbet* konusma* diyalog* tartısma* mesaj* gecmis* metin metni asagıdaki yukarıdaki icerik cumle* belge kullanıcı* asistan* paragraf soru`,
  tongue:
    'ingilizce* turkce* almanca* fransızca* ispanyolca* italyanca* cince* japonca* rusca* arapca*',
  chat: 'sohbet* konusma* diyalog* tartısma* gecmis*',
  writer: 'cevirmen* tercuman* editor* baslık_uretici* ozetleyici* duzeltmen*',
  form: `sadece yalnızca olmadan hicbir degil en_fazla kelime* karakter* noktalama tırnak* acıklama* format* dil dilinde kısa oz az fazla satır
    virgul* kullanma isareti diye`,
  draw: 'ciz cizin cizer cizebilir boya resmet tasarla goster gosterin hayal_et gorsellestir resmini_yap',
  picture: `resim resmi gorsel gorseli fotograf* cizim* tablo illustrasyon* eskiz* logo* ikon* afis* poster* brosur* portre* avatar* infografik* diyagram*
    karikatur* cıkartma* kart kartı davetiye* manzara* kolaj* duvar_kagıdı desen* kapak kapagı tabela* suluboya* ambalaj* balon*`,
  look: 'kırmızı mavi yesil sarı siyah beyaz stil* tarz* ısık* gercekci* renk* koyu acık pastel neon minimalist gun_batımı altın harf* yazı_tipi retro vintage ahsap',
  sight: 'gorunur gorunuyor gorunurdu benzer olsaydı',
  may: 'yardım_et misin mısın musun mı_sın edebilir cizebilir yapabilir',
  ask: `ne nedir kim kimdir kimsin nerede neresi neresidir ne_zaman neden nasıl nasılsın hangi kac mi mı mu neden nesin misiniz neler`,
  you: 'sen seni sana senin siz sizin ben beni bana benim biz adın nasılsın kimsin misin',
  small: `merhaba selam gunaydın iyi_gunler iyi_aksamlar iyi_geceler tesekkur* sagol hoscakal evet hayır tamam guzel harika mukemmel test deneme
    testi baglantı lutfen hos_geldin nasılsın calısıyor yardım ederim canım sıkılıyor`,
  plain: `ve veya ama eger bir bu su o icin ile de da den dan mi ne cok az daha en simdi bugun yarın dun kelime isim ad model surum cevap yanıt soru
    sey hersey zaman gun saat tarih dil insan robot asistan sistem iki uc dort bes altı yedi sekiz dokuz on artı eksi carpı bolu esit
    sen seni sana adın diye ver misin var yok calısıyor anlıyor duyuyor baskenti turkiye nin nın neresidir iki cumle cumleyle bu_bir yapabilirsin`,
}
