import type { Words } from '../../../src/openai/wish/lexicon.ts'

/** Without the marks of tones, as all words here. */
export const VIETNAMESE: Words = {
  verb: 'first',
  tell: `tom_tat giai_thich mo_ta tinh phan_loai so_sanh ke_cho ke_toi liet_ke dinh_nghia sua_loi goi_y cho_toi_biet rut_gon đat_ten dat_ten giup_toi giup ke_ten`,
  translate: `dich dich_sang phien_dich`,
  reply: `tra_loi noi lap_lai xac_nhan đap đap_lai phan_hoi`,
  make: `giai phan_tich muon tao tao_ra đua_ra đua cho đe_xuat trich_xuat tim xac_đinh lam chon viet hoan_thanh đat`,
  write: `ke viet soan sang_tac đe_xuat cho`,
  work: `chuyen_đoi đoi viet_lai rut_gon sap_xep tiep_tuc hoan_thanh sua cai_thien trich_xuat kiem_tra đanh_gia phan_tich so_sanh toi_uu xac_đinh nhan_dien`,
  title: `tieu_đe ban_tom_tat tom_tat tu_khoa the chu_đe cau_hoi ban_dich mo_ta chu_thich truy_van danh_sach đinh_nghia ten hashtag ket_luan prompt`,
  text: `chuyen_cuoi cau_chuyen_cuoi loi_ich uu_điem phuong_trinh bai_tho tho bai_van bai_luan email ham đoan_van bai_viet cau_đo ly_do ma_nguon doan_ma truyen_cuoi mat_khau bai_phat_bieu bai_tap`,
  prose: `cau_chuyen la_thu bai_hat cong_thuc bao_cao`,
  talk: `cuoc_tro_chuyen cuoc_hoi_thoai hoi_thoai tin_nhan van_ban đoan_van cau sau_đay tren noi_dung nguoi_dung tro_ly cau_hoi`,
  tongue: `tieng_anh tieng_viet tieng_phap tieng_đuc tieng_nhat tieng_trung tieng_han`,
  chat: `cuoc_tro_chuyen cuoc_hoi_thoai hoi_thoai đoan_chat lich_su`,
  writer: `phien_dich_vien bien_tap_vien nguoi_phien_dich trinh_tao_tieu_đe`,
  form: `chi khong toi_đa tu ky_tu dau_cau ngoac_kep giai_thich đinh_dang ngon_ngu ngan ngan_gon dong dau_phay cau`,
  draw: `ve thiet_ke minh_hoa phac_thao hinh_dung cho_toi_xem chup son to_mau`,
  picture: `hinh_anh anh buc_anh buc_tranh tranh bieu_tuong ap_phich hinh_nen chan_dung bieu_đo so_đo truyen_tranh thiep bia_sach bien_hieu tam_thiep nhan_dan`,
  sight: `trong_nhu_the_nao trong_ra_sao neu_nhu giong`,
  may: `giup_toi co_the ban_co_the`,
  ask: `gi ai đau khi_nao tai_sao vi_sao the_nao nhu_the_nao bao_nhieu nao la_ai la_gi`,
  you: `ban toi cua_ban cua_toi may_tinh_ban`,
  small: `xin_chao chao chao_ban cam_on tam_biet vang co khong tot tuyet thu kiem_tra ket_noi buoi_sang chao_buoi_sang chao_buoi_toi on lam_on khoe tuyet_voi nhieu tiep_tuc dung_lai chuc_ngu_ngon hen_gap_lai hieu`,
  plain: `la cua va hoac nhung neu o tren trong voi mot hai ba bon nam sau bay tam chin muoi cong tru nhan chia bang nay đo đay kia ten mo_hinh phien_ban cau_hoi biet nghe lam duoc đang đa se hom_nay ngay_mai bay_gio may_gio ngay thu_may nguoi robot tro_ly he_thong rat cung thoi đi cho nhu tin_nhan thu_đo thu_do nuoc phap viet the noi_ve hoi_ve biet_ve`,
}
