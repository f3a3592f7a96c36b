import type { Words } from '../../lexicon.ts'

export const INDONESIAN: Words = {
  verb: 'first',
  tell: `ringkas rangkum jelaskan deskripsikan hitung klasifikasikan bandingkan ceritakan sebutkan definisikan perbaiki beri_tahu beri_nama namai rekomendasikan persingkat tebak`,
  translate: 'terjemahkan alihbahasakan',
  reply: 'jawab balas katakan ulangi konfirmasi kembalikan tanggapi',
  make: 'analisis ingin mau buat buatlah buatkan hasilkan berikan beri usulkan sarankan ekstrak temukan tentukan susun pilih lengkapi cari',
  write: `tulis tuliskan karang susun berikan beri`,
  work: `konversi ubah tulis_ulang persingkat sederhanakan urutkan lanjutkan lengkapi perbaiki tingkatkan ekstrak periksa nilai analisis bandingkan tentukan identifikasi deteksi`,
  title:
    'judul ringkasan rangkuman kata_kunci tagar tag topik pertanyaan terjemahan deskripsi keterangan penjelasan kueri kategori daftar saran definisi sinonim prompt kesimpulan nama fakta poin_penting',
  text: 'puisi esai email surel lelucon kode fungsi program skrip paragraf artikel teka_teki alasan tips langkah perbedaan kalimat pantun',
  prose: 'cerita surat lagu resep laporan',
  talk: 'percakapan obrolan dialog diskusi pesan riwayat teks berikut sebelumnya di_atas di_bawah isi kalimat dokumen pengguna asisten paragraf pertanyaan',
  tongue: 'inggris indonesia jerman prancis spanyol jepang cina mandarin korea arab melayu jawa',
  chat: 'percakapan obrolan dialog diskusi riwayat chat',
  writer: 'penerjemah editor pembuat_judul perangkum korektor',
  form: 'hanya saja tanpa tidak jangan maksimal kata karakter tanda_baca tanda_kutip penjelasan format bahasa singkat pendek baris koma',
  draw: 'gambar gambarkan gambarlah lukis lukiskan ilustrasikan sketsa desain rancang tunjukkan perlihatkan visualisasikan bayangkan warnai potret',
  picture:
    'gambar foto lukisan ilustrasi sketsa logo ikon poster spanduk selebaran wallpaper potret avatar infografis diagram komik meme stiker kartu undangan pemandangan kolase mural pola sampul papan cat_air kemasan balon_kata',
  look: 'merah biru hijau kuning hitam putih gaya cahaya pencahayaan realistis warna gelap terang pastel neon minimalis senja emas huruf fonta retro vintage kayu',
  sight: 'terlihat seperti_apa_rupa kelihatan mirip bagaimana_jika',
  may: 'bantu_saya bisakah bisa dapatkah maukah bolehkah',
  ask: 'apa siapa di_mana dimana kapan mengapa kenapa bagaimana berapa mana yang_mana apakah siapakah',
  you: 'kamu anda kau saya aku ku mu kami kita',
  small: `halo hai selamat_pagi selamat_siang selamat_sore selamat_malam terima_kasih makasih sampai_jumpa ya tidak oke baik bagus keren sempurna tes uji coba koneksi tolong kabar apa_kabar berfungsi bantuan banyak`,
  plain: `yang dan atau tapi jika di ke dari untuk dengan tanpa pada adalah ini itu sini sana saya kamu anda satu dua tiga empat lima enam tujuh delapan
    sembilan sepuluh tambah kurang kali bagi sama_dengan kata nama model versi jawab jawaban pertanyaan bicara bahasa waktu hari jam tanggal
    manusia robot asisten sistem sekarang hari_ini besok kemarin sudah belum juga sangat hanya saja bisa dapat ada tidak ibu_kota ibukota
    adalah hanyalah sebuah pesan kabar siapa apa`,
}
