# Halaman untuk pelanggan, Bahasa Indonesia.

rate-title = Bagaimana layanan kami?
rate-language = English
rate-ticket = Tiket
rate-service = Layanan
rate-date = Tanggal
rate-who = Teknisi
rate-technician = Bagaimana kerja teknisi { $x }?
rate-office = Bagaimana pelayanan { $x }?
rate-stars = { $n } dari 5 bintang
rate-worst = Sangat kurang
rate-best = Sangat puas
rate-comment = Catatan (boleh kosong)
rate-send = Kirim nilai
rate-thanks = Terima kasih. Nilai Anda sudah kami terima.
rate-changeable = Nilai masih bisa diubah sampai { $x }.
rate-closed = Penilaian sudah ditutup
rate-closed-text = Nilai tidak bisa diberikan atau diubah lagi. Bila ada yang perlu disampaikan, balas pesan kami di WhatsApp.
rate-stars-wrong = Pilih 1 sampai 5 bintang.
rate-comment-wrong = Catatan tidak bisa disimpan. Paling banyak 500 huruf.
rate-unreadable = Kiriman tidak terbaca. Silakan coba lagi.
rate-unknown = Tautan ini tidak berlaku
rate-unknown-text = Mungkin tautannya terpotong. Buka lagi dari pesan kami di WhatsApp.
rate-slow = Terlalu banyak percobaan
rate-slow-text = Tunggu sebentar, lalu buka lagi tautan dari pesan kami.
rate-later = Sedang ada gangguan
rate-later-text = Penilaian belum bisa dibuka. Silakan coba lagi beberapa menit lagi.

## Halaman invoice

invoice-title = Invoice
invoice-languages = Bahasa
invoice-from = Invoice dari { $x }
invoice-digits = 4 angka terakhir nomor HP Anda
invoice-digits-why = Agar hanya Anda yang melihat isinya. Pakai nomor yang terdaftar pada kami.
invoice-digits-wrong = Angkanya belum cocok. Periksa lagi nomor HP yang terdaftar pada kami.
invoice-digits-wait = Terlalu banyak percobaan. Coba lagi dalam { $n } menit.
invoice-open = Buka invoice
invoice-is-open = Belum dibayar
invoice-is-part = Dibayar sebagian
invoice-is-overdue = Lewat jatuh tempo
invoice-is-paid = Lunas
invoice-left = Sisa yang perlu dibayar
invoice-due = Jatuh tempo
invoice-to = Kepada
invoice-for = Untuk
invoice-issued = Tanggal
invoice-details = Rincian
invoice-what = Uraian
invoice-amount = Jumlah
invoice-subtotal = Subtotal
invoice-discount = Diskon
invoice-base = DPP nilai lain (11/12)
invoice-vat = PPN { $x }%
invoice-total = Total
invoice-paid = Sudah dibayar
invoice-words = Terbilang:
invoice-withholding = Bila memotong PPh 23 (2% dari harga jasa): { $x }. Kirim bukti potongnya kepada kami.
invoice-paper = Unduh PDF
invoice-paper-whole = Kode QRIS di PDF masih meminta seluruh { $x }. Untuk membayar sisanya, { $y }, pakai kode di halaman ini.
invoice-transfer = Transfer bank
invoice-reference = Tulis { $x } pada berita transfer.
invoice-qris = Bayar dengan QRIS
invoice-qris-label = Kode QRIS { $x } untuk { $y }
invoice-qris-text = Pindai dengan aplikasi bank atau e-wallet; nominalnya sudah terisi. Pembayaran dikonfirmasi oleh kami setelah dana masuk, tidak otomatis.
invoice-qris-full = Kode ini meminta jumlah penuh. Bila memotong PPh 23, bayar lewat transfer sebesar tagihan dikurangi potongannya.
invoice-proof = Bukti transfer
invoice-proofs =
    { $n ->
       *[other] { $n } bukti sudah kami terima dan akan kami periksa.
    }
invoice-proof-file = Foto atau PDF bukti transfer
invoice-proof-hint = JPG, PNG, WebP, atau PDF, paling besar 20 MB. Pembayaran dicatat setelah kami periksa.
invoice-proof-send = Kirim bukti
invoice-proof-taken = Terima kasih. Bukti transfer sudah kami terima dan akan kami periksa.
invoice-proof-large = Berkasnya lebih dari 20 MB. Kirim yang lebih kecil.
invoice-proof-kind = Jenis berkas itu tidak bisa kami terima. Kirim foto (JPG, PNG, WebP) atau PDF.
invoice-proof-cut = Berkasnya tidak utuh atau tidak terbaca. Silakan kirim ulang.
invoice-proof-none = Pilih dulu foto atau PDF bukti transfernya.
invoice-proof-enough = Bukti yang kami terima sudah cukup. Kami akan memeriksanya.
invoice-proof-over = Invoice ini sudah tidak menunggu pembayaran.
invoice-unknown = Invoice tidak ditemukan
invoice-unknown-text = Tautannya terpotong, atau invoice ini sudah tidak berlaku. Buka lagi tautan terbaru dari pesan kami, atau hubungi kami.
invoice-replaced = Tautan ini sudah diganti
invoice-replaced-text = Invoice ini punya tautan yang baru. Buka tautan terbaru dari pesan kami, atau hubungi kami untuk memintanya.
invoice-later-text = Invoice belum bisa dibuka. Silakan coba lagi beberapa menit lagi.

## Halaman keabsahan surat

verify-title = Keabsahan surat
verify-kind = Jenis
verify-assignment = Surat Tugas
verify-travel = Surat Jalan
verify-bast = Berita Acara Serah Terima (BAST)
verify-number = Nomor
verify-issuer = Diterbitkan oleh
verify-issued = Tanggal
verify-until = Berlaku sampai
verify-valid = Surat ini sah
verify-valid-text = Diterbitkan oleh perusahaan di bawah ini dan masih berlaku. Cocokkan nomor di kertas dengan nomor di halaman ini.
verify-lapsed = Surat ini sudah tidak berlaku
verify-lapsed-text = Surat ini asli, tetapi masa berlakunya sudah lewat atau pekerjaannya sudah selesai.
verify-replaced = Surat ini sudah diganti
verify-replaced-text = Surat ini asli, tetapi sudah diganti dengan surat yang lebih baru. Mintalah surat yang baru.
verify-revoked = Surat ini sudah dicabut
verify-revoked-text = Jangan terima surat ini. Hubungi perusahaan bila seseorang datang dengan surat ini.
verify-ended = Sejak
verify-unknown = Surat tidak dikenal
verify-unknown-text = Tidak ada surat dengan kode ini. Pindai ulang kodenya; bila tetap begini, jangan terima surat itu dan hubungi perusahaan.
verify-slow-text = Tunggu sebentar, lalu pindai lagi kode di surat itu.
verify-later-text = Surat belum bisa diperiksa. Silakan coba lagi beberapa menit lagi.
