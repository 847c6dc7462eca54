# The chat: what customers read. Angle-bracket marks are turned into each chat's own; what is put in between
# braces is escaped before it gets here.

## Getting to know each other

say-customer-consent =
    Halo{ $who }, terima kasih sudah menghubungi <b>{ $company }</b>.
    Untuk melayani Anda kami perlu menyimpan nama, alamat, dan nomor HP. Data hanya dipakai untuk layanan, jadwal, tagihan, dan penilaian.{ $privacy }
    Kirim STOP kapan saja untuk berhenti.
say-customer-privacy = { " " }Rincian: { $url }
say-customer-consent-refused = Baik, data Anda tidak kami simpan. Bila berubah pikiran ketik MULAI{ $phone }.
say-customer-or-call = , atau telepon { $phone }
say-customer-ask-name = Siapa nama lengkap Anda? (contoh: Siti Aminah)
say-customer-ask-name-of = Siapa nama lengkap Anda? Pilih <b>{ $name }</b>, atau tulis nama lain (contoh: Siti Aminah).
say-customer-bad-name = Nama belum bisa kami terima. Tulis nama saja, 2 sampai 80 huruf, tanpa tautan atau angka.
say-customer-ask-address = Kirim alamat lengkap lokasi servis: jalan, nomor, RT/RW, kelurahan, kecamatan, kota. Atau tekan tombol untuk mengirim lokasi.
say-customer-bad-address =
    { $fault ->
        [too-long] Alamat terlalu panjang, paling banyak 250 huruf. Mohon tulis lebih singkat.
       *[other] Alamat terlalu pendek. Mohon tulis jalan, nomor rumah, kelurahan, dan kota.
    }
say-customer-ask-landmark = Lokasi diterima. Mohon tulis juga alamat dan patokannya (contoh: Jl. Melati No. 5, pagar hijau).
say-customer-place-outside = Lokasi itu di luar wilayah layanan kami. Kirim ulang lokasi, atau tulis alamatnya.
say-customer-address-only = Mohon tulis alamatnya, atau kirim lokasi saat ini, bukan lokasi langsung.
say-customer-ask-phone-of = Nomor HP yang bisa dihubungi teknisi: <b>{ $phone }</b> (nomor WhatsApp ini). Benar?
say-customer-ask-phone = Ketik nomor HP yang bisa dihubungi teknisi. Contoh: 0812-3456-7890.
say-customer-ask-phone-unseen = Kami belum bisa melihat nomor Anda. Tekan tombol untuk membagikan nomor, atau ketik nomor HP Anda.
say-customer-bad-phone =
    { $fault ->
        [landline] Itu nomor telepon rumah. Mohon kirim nomor HP yang diawali 08.
       *[other] Nomor HP belum benar. Contoh: 0812-3456-7890 (10 sampai 13 angka, diawali 08).
    }
say-customer-confirm =
    Mohon periksa:
    { $entry }
say-customer-entry =
    Nama: <b>{ $name }</b>
    Alamat: { $address }{ $pin }
    HP: { $phone }
say-customer-pin = { " " }(lokasi tersimpan)
say-customer-ask-fix = Bagian mana yang ingin diperbaiki?
say-customer-unfinished = Anda punya pendaftaran yang belum selesai. Lanjutkan?
say-customer-registered = Pendaftaran berhasil, { $name }. Nomor pelanggan Anda <b>{ $number }</b>.{ $menu ->
        [yes] {" "}Silakan pilih layanan di bawah.
       *[no] {""}
    }
say-customer-registered-at-once =
    Pendaftaran berhasil, { $name }. Nomor pelanggan Anda <b>{ $number }</b>. Alamat: { $address }. HP: { $phone }. Ketik UBAH bila ada yang keliru.
    Dengan mendaftar Anda setuju data dipakai untuk layanan kami.{ $privacy } Kirim STOP kapan saja untuk berhenti.
say-customer-already-registered = Anda sudah terdaftar dengan nomor <b>{ $number }</b>. Ketik UBAH untuk memperbarui data.
say-customer-form-faults =
    Pendaftaran belum bisa disimpan:
    { $faults }
    Mohon kirim ulang: <b>DAFTAR#Nama#Alamat#NoHP</b>
    Contoh: DAFTAR#Siti Aminah#Jl. Melati No. 5 RT 03/02, Bekasi#081234567890
say-customer-fault-name =
    { $fault ->
        [required] • Nama: belum ditulis
        [too-short] • Nama: terlalu pendek
        [too-long] • Nama: terlalu panjang, paling banyak 80 huruf
       *[other] • Nama: tulis nama saja, tanpa tautan atau angka
    }
say-customer-fault-address =
    { $fault ->
        [required] • Alamat: belum ditulis
        [too-long] • Alamat: terlalu panjang, paling banyak 250 huruf
       *[other] • Alamat: terlalu pendek
    }
say-customer-fault-phone =
    { $fault ->
        [required] • No HP: belum ditulis
        [landline] • No HP: itu nomor telepon rumah
       *[other] • No HP: harus diawali 08, 10 sampai 13 angka
    }
say-customer-data =
    Data Anda, pelanggan <b>{ $number }</b>:
    { $entry }
say-customer-data-changed =
    Data Anda sudah diperbarui:
    { $entry }

## Finding the way

say-customer-menu = Halo { $name }, ada yang bisa kami bantu?
say-customer-door = Selamat datang di <b>{ $company }</b>. Daftar dulu agar kami bisa melayani Anda, atau bicara dengan petugas kami.
say-customer-puzzled = Maaf, saya belum mengerti. Pilih menu di bawah, atau ketik CS.
say-customer-passed-on = Pesan Anda sudah kami teruskan ke petugas. Mohon tunggu balasannya di sini.
say-customer-stale-choice = Pilihan itu sudah tidak berlaku. Ketik MENU untuk mulai lagi.
say-customer-unreadable = Jenis pesan itu belum bisa kami baca. Mohon kirim teks atau foto.
say-customer-came-late = Maaf, karena gangguan pesan Anda baru sekarang sampai. Petugas kami akan membacanya. Bila masih perlu sesuatu, ketik MENU.
say-customer-stuck = Perlu bantuan? Petugas kami bisa melanjutkan.
say-customer-left = Dibatalkan. Ketik MENU bila perlu sesuatu.
say-customer-nothing-to-leave = Tidak ada yang perlu dibatalkan. Ketik MENU bila perlu sesuatu.
say-customer-spoken = Baik, mulai sekarang kami berbahasa Indonesia.

## Reporting

say-customer-ask-problem = Apa masalahnya? Tulis singkat, dan kirim foto bila ada (paling banyak 5).
say-customer-bad-problem =
    { $fault ->
        [too-long] Tulisannya terlalu panjang, paling banyak 1000 huruf. Mohon tulis lebih singkat.
       *[other] Mohon tulis masalahnya sedikit lebih lengkap, misalnya: AC kamar tidak dingin.
    }
say-customer-photos-only = { $count ->
        [1] Foto diterima. Mohon tulis masalahnya dalam satu kalimat.
       *[other] { $count } foto diterima. Mohon tulis masalahnya dalam satu kalimat.
    }
say-customer-place-only = Lokasi diterima. Mohon tulis masalahnya dalam satu kalimat.
say-customer-voice-only = Pesan suara Anda kami lampirkan. Mohon tulis masalahnya dalam satu kalimat.
say-customer-files-only = Berkas diterima. Mohon tulis masalahnya dalam satu kalimat.
say-customer-summary =
    Laporan Anda:
    “{ $words }”
    Foto: { $photos }.{ $others ->
        [0] {""}
       *[other] {" "}Berkas lain: { $others }.
    } Alamat: { $address }{ $pin }
say-customer-ask-photos = Kirim fotonya, paling banyak { $left } lagi. Tekan <b>Kirim laporan</b> bila sudah cukup.
say-customer-too-many-photos =
    { $mixed ->
        [yes] Maksimal { $most } berkas. Sisanya bisa diserahkan ke teknisi.
       *[no] Maksimal { $most } foto. Sisanya bisa diserahkan ke teknisi.
    }
say-customer-bad-file = Berkas itu tidak bisa kami terima. Kirim foto (JPG/PNG), video, pesan suara, atau PDF, sampai 20 MB.
say-customer-reported = Laporan diterima dengan nomor <b>{ $request }</b>. Kami akan mengabari jadwal teknisi. Ketik STATUS untuk melihat perkembangan.
say-customer-photo-followed = Kiriman Anda ditambahkan ke laporan <b>{ $request }</b>.
say-customer-place-followed = Lokasi ditambahkan ke laporan <b>{ $request }</b>.
say-customer-photo-lost = Satu kiriman untuk <b>{ $request }</b> gagal kami terima. Mohon kirim ulang; laporannya tetap kami proses.

## How it stands

say-customer-standing =
    Perkembangan terbaru:
    { $lines }
say-customer-line-ticket = <b>{ $ticket }</b> · { $service } · { $status } · { $visit }{ $technician }
say-customer-line-technician = { " " }· { $technician }
say-customer-line-request = <b>{ $request }</b> · { $status } · { $words }
say-customer-status-open = Menunggu teknisi
say-customer-status-assigned = Teknisi dijadwalkan
say-customer-status-in-progress = Sedang dikerjakan
say-customer-status-done = Selesai dikerjakan
say-customer-status-closed = Selesai
say-customer-status-cancelled = Dibatalkan
say-customer-request-new = Sedang kami periksa
say-customer-request-accepted = Menjadi tiket
say-customer-request-answered = Sudah dijawab
say-customer-request-dismissed = Ditutup
say-customer-nothing-standing = Tidak ada tiket yang sedang berjalan.
say-customer-not-found = Tiket itu tidak ditemukan pada akun Anda.

## The office

say-customer-ask-question = Silakan tulis pesan Anda untuk petugas kami.{ $hours }
say-customer-office-hours = { " " }Kami melayani pukul { $hours }.
say-customer-question-taken = Pesan Anda sudah kami catat dengan nomor <b>{ $request }</b>. Petugas kami akan membalas di sini.
say-customer-question-taken-closed = Petugas kami melayani pukul { $hours }. Pesan Anda sudah kami catat dengan nomor <b>{ $request }</b> dan dibalas begitu kami buka.
say-customer-office-says = 💬 { $words }
say-customer-stopped = Baik. Anda tidak akan menerima pesan otomatis lagi dari { $company }. Ketik MULAI untuk menerima kembali.{ $phone }
say-customer-emergency = { " " }Untuk darurat: { $phone }.
say-customer-started = Baik, Anda menerima kembali pesan dari { $company }.

## A ticket's way

say-customer-ticket-created =
    Tiket <b>{ $ticket }</b> sudah dibuat{ $request }.
    “{ $problem }”
    Kunjungan: { $visit }. Kami akan memberi kabar saat teknisi dijadwalkan.
say-customer-from-request = { " " }dari laporan { $request }
say-customer-visit-moved = Kunjungan untuk tiket <b>{ $ticket }</b> kini dijadwalkan { $visit }. Kami akan memberi kabar saat teknisi ditugaskan.
say-customer-technician-assigned = Teknisi <b>{ $technician }</b> akan datang untuk tiket <b>{ $ticket }</b>: { $visit }. Mohon pastikan ada orang di lokasi.
say-customer-technician-arrived = Teknisi <b>{ $technician }</b> sudah di lokasi untuk tiket <b>{ $ticket }</b>.
say-customer-ticket-done = Pekerjaan tiket <b>{ $ticket }</b> sudah selesai, dikerjakan { $technician }. Bila masih ada masalah, ketik CS.
say-customer-ticket-cancelled = Tiket <b>{ $ticket }</b> dibatalkan. Bila ini keliru, ketik CS.

## What they think

say-customer-rate-technician = Bagaimana kerja teknisi <b>{ $technician }</b> pada tiket <b>{ $ticket }</b>?{ $link }
say-customer-rate-office = Bagaimana layanan pelanggan (CS) kami pada tiket <b>{ $ticket }</b>?{ $link }
say-customer-or-page = { " " }Bisa juga lewat { $link }
say-customer-ask-comment =
    { $sorry ->
        [yes] Mohon maaf atas pengalaman Anda. Petugas kami akan menghubungi Anda. Ada catatan? Tulis di sini, atau abaikan.
       *[no] Terima kasih atas penilaian Anda. Ada catatan? Tulis di sini, atau abaikan.
    }
say-customer-rating-thanks = Terima kasih atas penilaian Anda.
say-customer-rating-over = Penilaian untuk tiket itu sudah ditutup. Terima kasih.

## To the office

say-customer-request-came =
    { $kind ->
        [question] ❓ <b>{ $request }</b> · { $name } bertanya lewat WhatsApp:
       *[report] 📨 <b>{ $request }</b> · { $name } melapor lewat WhatsApp:
    }
    { $words }
say-customer-rated-low =
    { $subject ->
        [office] ⚠️ <b>{ $ticket }</b>: { $name } memberi CS nilai { $stars } dari 5.
       *[technician] ⚠️ <b>{ $ticket }</b>: { $name } memberi teknisi nilai { $stars } dari 5.
    }{ $comment }
say-customer-comment = { " " }“{ $comment }”
say-customer-phone-shared = ℹ️ <b>{ $customer }</b> memakai nomor HP yang juga milik <b>{ $other }</b>. Mohon diperiksa.
say-customer-phone-changed = ℹ️ <b>{ $customer }</b> { $name } mengganti nomor HP lewat WhatsApp. Nomor yang baru ada di halamannya.
say-customer-wrote-again =
    💬 <b>{ $request }</b> · { $name } menulis lagi. Bot masih diam di chat itu:
    { $words }

## Buttons: at most 20 letters, 24 in a list

key-choose = Pilih
key-choose-menu = Buka menu
key-choose-stars = Pilih nilai
key-tap-menu = Menu
key-tap-report = Lapor masalah
key-tap-status = Status tiket
key-tap-invoice = Tagihan
key-tap-data = Data saya
key-tap-office = Bicara dengan CS
key-tap-stop = Berhenti pesan
key-tap-start = Mulai lagi
key-tap-register = Daftar sekarang
key-tap-change = Ubah data
key-tap-leave = Batal
key-tap-read = Lanjutkan
key-tap-prove = Kirim bukti transfer
key-tap-rate = Beri nilai
key-tap-agree = Setuju
key-tap-refuse = Tidak setuju
key-tap-use-name = Pakai nama ini
key-tap-other-name = Nama lain
key-tap-own-phone = Ya, nomor ini
key-tap-other-phone = Nomor lain
key-tap-save = Simpan
key-tap-fix = Perbaiki
key-tap-fix-name = Nama
key-tap-fix-address = Alamat
key-tap-fix-phone = Nomor HP
key-tap-continue = Lanjutkan
key-tap-restart = Mulai ulang
key-tap-send = Kirim laporan
key-tap-add-photos = Tambah foto
key-tap-stars-5 = ⭐⭐⭐⭐⭐ Sangat puas
key-tap-stars-4 = ⭐⭐⭐⭐ Puas
key-tap-stars-3 = ⭐⭐⭐ Cukup
key-tap-stars-2 = ⭐⭐ Kurang
key-tap-stars-1 = ⭐ Sangat kurang

## Below the rows of a list: at most 72 letters

about-tap-report = Buat tiket perbaikan baru
about-tap-status = Lihat perkembangan tiket Anda
about-tap-invoice = Tagihan terakhir dan cara bayar
about-tap-data = Lihat atau ubah nama, alamat, nomor HP
about-tap-office = Terhubung ke petugas kami
about-tap-stop = Tidak menerima pesan otomatis
about-tap-stars = Cepat, rapi, ramah
