# What a program, and whoever reads along, is told when something is refused.

# Titles, one per type of problem.
error-unauthenticated = Belum masuk
error-forbidden = Tidak diizinkan
error-not-found = Tidak ditemukan
error-invalid = Isian tidak sah
error-malformed = Permintaan tidak terbaca
error-too-large = Permintaan terlalu besar
error-unsupported-media = Jenis isi tidak dikenal
error-too-many-requests = Terlalu sering
error-stale = Sudah diubah orang lain
error-conflict = Bertentangan
error-wrong-state = Statusnya tidak memungkinkan
error-quota-exhausted = Kuota habis
error-already-taken = Sudah diambil
error-unavailable = Sedang tidak tersedia
error-internal = Kesalahan di server
error-idempotency-mismatch = Kunci dipakai untuk permintaan lain

# Details.
error-unauthenticated-detail = Sertakan token yang berlaku: Authorization: Bearer …
error-sign-in-detail = Nama pengguna atau kata sandi salah.
error-forbidden-detail = Peran Anda tidak boleh melakukan ini.
error-must-change-password-detail = Kata sandi Anda harus diganti dulu: POST /api/v1/auth/password.
error-not-found-detail = Yang diminta tidak ada.
error-invalid-detail = { $count ->
   *[other] Ada { $count } isian yang harus diperbaiki.
}
error-not-json-detail = Isi permintaan bukan JSON yang utuh (baris { $line }, kolom { $column }).
error-cut-short-detail = Isi permintaan tidak sampai seluruhnya.
error-method-detail = Alamat ini tidak mengenal cara { $method }.
error-too-large-detail = Isi permintaan paling besar { $limit } bita.
error-unsupported-media-detail = Isi permintaan harus JSON: Content-Type: application/json.
error-not-multipart-detail = Permintaan harus berupa multipart/form-data dengan isian kind dan file.
error-too-many-requests-detail = Terlalu banyak percobaan gagal. Coba lagi { $seconds } detik lagi.
error-stale-detail = Data ini sudah diubah orang lain sejak Anda membacanya. Baca lagi, lalu ulangi.
error-under-way-detail = Permintaan dengan kunci yang sama sedang dikerjakan. Coba lagi sebentar lagi.
error-shown-once-detail = Ini sudah dikerjakan; yang diberikannya hanya diperlihatkan sekali. Ulangi dengan kunci baru.
error-unavailable-detail = Basis data sedang tidak terjangkau. Coba lagi sebentar lagi.
error-no-storage-detail = Berkas sedang tidak bisa disimpan atau dibaca. Coba lagi sebentar lagi.
error-timeout-detail = Permintaan ini terlalu lama dikerjakan dan dihentikan. Coba lagi.
error-internal-detail = Ada yang rusak di server. Sebutkan nomor permintaan { $request } kepada pengelolanya.
error-idempotency-mismatch-detail = Idempotency-Key ini sudah dipakai untuk permintaan yang berbeda.

# Rules that say no.
refusal-quota-exhausted = Kuota tanggal { $date } sudah habis. Tanggal terdekat yang masih ada: { $next }.
refusal-quota-exhausted-none = Kuota tanggal { $date } sudah habis, dan tidak ada tanggal kosong dalam 60 hari sesudahnya.
refusal-own-quota-full = Kuota { $name } untuk { $date } sudah penuh ({ $used } dari { $quota }).
refusal-wrong-state = Tidak bisa, karena tiket ini sekarang { $now }.
refusal-already-taken = Tiket ini sudah diambil { $by }.
refusal-excluded = { $name } sudah pernah diganti pada tiket ini dan tidak bisa mendapatkannya lagi.
refusal-not-available = { $name } sedang tidak aktif atau tidak terjangkau lewat Telegram.
refusal-last-admin = Admin aktif yang terakhir tidak bisa dinonaktifkan atau dipindah perannya.
refusal-has-live-jobs = { $name } masih memegang pekerjaan. Selesaikan atau alihkan dulu.
refusal-has-live-tickets = Pelanggan ini masih punya tiket yang belum ditutup atau dibatalkan.
refusal-alert-decided = Sudah diputuskan { $by } pukul { $at }.
refusal-alert-over = Tidak perlu diputuskan lagi sejak pukul { $at }.
refusal-not-now = Keadaannya sekarang tidak memungkinkan itu.
refusal-setting-fixed = { $key } ditetapkan oleh environment server, jadi tidak bisa diubah di sini.
refusal-no-telegram = Telegram belum diatur di server ini, jadi tidak ada yang bisa ditautkan.
refusal-telegram-silent = Telegram belum menyebut nama botnya. Coba lagi sebentar lagi.
refusal-file-too-large = Berkasnya terlalu besar; paling besar 20 MB.
refusal-file-unknown = Berkas jenis ini tidak diterima: kirim PDF, JPG, PNG, atau WebP.
refusal-file-not-a-photo = Di sini perlu foto, bukan dokumen: kirim JPG, PNG, atau WebP.

# What is wrong with a field.
fault-required = Wajib diisi.
fault-too-short = Terlalu pendek.
fault-too-long = Terlalu panjang.
fault-bad-username = Hanya huruf, angka, titik, garis bawah, dan tanda hubung.
fault-bad-phone = Bukan nomor telepon; contoh: 0812-3456-7890.
fault-landline = Nomor telepon rumah; nomor HP diawali 08.
fault-bad-date = Bukan tanggal; contoh: 2026-11-30.
fault-bad-time = Bukan jam; contoh: 13:00.
fault-bad-number = Bukan angka.
fault-bad-value = Nilai ini tidak dikenal.
fault-out-of-range = Di luar batas yang diperbolehkan.
fault-incomplete = Lintang dan bujur harus diisi bersama.
fault-past = Tanggalnya sudah lewat.
fault-too-far = Tanggalnya terlalu jauh.
fault-taken = Sudah dipakai.
fault-unknown = Isian ini tidak dikenal.
fault-not-found = Tidak ada yang bernomor itu.
fault-inactive = Sudah tidak dipakai.
fault-wrong-password = Kata sandi sekarang salah.
fault-same-password = Kata sandi baru sama dengan yang lama.
fault-unreadable = Ada huruf yang tidak terbaca.
fault-cut-short = Berkasnya tidak utuh. Kirim ulang.
fault-two-in-one = Berkas ini berisi berkas lain di dalamnya. Simpan ulang, lalu kirim.
fault-too-many-pixels = Gambarnya terlalu besar; paling banyak 50 juta piksel.
fault-too-small = Gambarnya terlalu kecil untuk memperlihatkan apa pun.
fault-undecodable = Berkasnya rusak dan tidak bisa dibuka.
fault-no-columns = Kolom nama dan alamat tidak ada. Baris pertama harus berisi nama kolom.
fault-too-many-rows = Barisnya terlalu banyak; paling banyak 5.000. Bagi menjadi beberapa berkas.
fault-not-utf8 = Hurufnya tidak terbaca. Simpan ulang sebagai "CSV UTF-8".
fault-bad-code = Dua sampai delapan huruf kapital atau angka, seperti TGP.
fault-bad-hours = Bukan rentang jam; contoh: 08:00-17:00. Kosongkan bila tidak ada.
fault-bad-address = Bukan alamat web; contoh: https://tanggap.example.com.
fault-bad-tiles = Bukan alamat ubin peta: diawali https:// dan menyebut zoom, kolom, dan baris, seperti contoh di config.toml.
fault-bad-qris = Bukan teks kode QRIS merchant Indonesia.
fault-qris-checksum = Ada huruf QRIS yang kurang atau salah; salin ulang seluruh teksnya.
fault-qris-not-static = QRIS ini untuk satu transaksi saja; pakai QRIS statis milik perusahaan.
refusal-invoice-state = Itu tidak bisa, karena invoice ini sekarang { $now }.
refusal-nothing-to-charge = Total invoice harus di atas nol. Isi harganya, atau tutup tiket tanpa tagihan.
refusal-nobody-may-approve = Tidak ada sales aktif yang boleh menyetujui diskon { $share }%. Turunkan diskonnya, atau naikkan batas seseorang.
refusal-above-limit = Batas diskon Anda { $limit }%.
refusal-has-payments = Invoice ini sudah ada pembayarannya. Batalkan pembayaran itu lebih dulu.
refusal-has-invoice = Tiket ini punya invoice yang sudah disetujui. Batalkan invoice itu lebih dulu, atau catat pembayarannya.
refusal-paid-before = Pembayaran ini tampaknya sudah tercatat. Bila memang lain, beri nomor referensi sendiri.
refusal-overpaid = Sisa yang harus dibayar hanya { $left }.
invoice-state-draft = masih draf
invoice-state-submitted = menunggu sales
invoice-state-approved = sudah disetujui
invoice-state-sent = sudah terkirim
invoice-state-paid = sudah lunas
invoice-state-void = sudah dibatalkan
