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
