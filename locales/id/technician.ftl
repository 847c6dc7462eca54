# The chat: what everyone reads, and what technicians read. Angle-bracket marks are Telegram's HTML;
# what is put in between braces is escaped before it gets here.

## Anyone

say-stranger = 👋 Halo! Bot ini khusus karyawan <b>{ $company }</b>. Akun Telegram Anda belum tertaut: minta tautan undangan kepada admin untuk mulai.
say-deactivated = ⛔ Akun Anda di <b>{ $company }</b> tidak aktif. Hubungi admin bila ini keliru.
say-welcome =
    { $role ->
        [technician] 👋 Halo, <b>{ $name }</b>! Anda teknisi di { $company }. Ketik /tersedia untuk melihat job, /tugas untuk tugas Anda.
        [sales] 👋 Halo, <b>{ $name }</b>! Anda sales di { $company }. Ketik /bantuan untuk melihat apa yang bisa dilakukan di sini.
       *[admin] 👋 Halo, <b>{ $name }</b>! Anda admin di { $company }. Kabar penting dari lapangan akan masuk ke sini.
    }
say-unknown-command =
    { $role ->
        [technician] Perintah <code>/{ $command }</code> tidak ada. Coba /tersedia, /tugas, atau /bantuan.
       *[other] Perintah <code>/{ $command }</code> tidak ada. Coba /bantuan.
    }
say-not-understood =
    { $role ->
        [technician] Maaf, saya belum mengerti. Lihat /tersedia untuk job, /tugas untuk tugas Anda, atau /bantuan.
       *[other] Maaf, saya belum mengerti. Lihat /bantuan.
    }
say-unsupported = Pesan jenis ini belum bisa saya baca. Kirim sebagai teks biasa, ya.
say-cancelled = Dibatalkan. Tidak ada yang berubah.
say-nothing-to-cancel = Tidak ada yang perlu dibatalkan.
say-ask-language = Pilih bahasa · Choose your language
say-language-set = ✅ Baik, mulai sekarang saya berbahasa Indonesia.
say-trouble = Maaf, ada gangguan. Pesan Anda kami simpan dan sedang kami periksa; data Anda aman. Coba lagi sebentar.

## Linking an account

say-ask-contact =
    👋 Halo, <b>{ $name }</b>! Anda diundang sebagai <b>{ $role ->
        [technician] teknisi
        [sales] sales
       *[admin] admin
    }</b> di { $company }.
    Agar aman, bagikan nomor HP Anda lewat tombol di bawah. Untuk berhenti, ketik /batal.
say-contact-not-own = Itu kontak orang lain. Bagikan nomor Anda sendiri lewat tombol di bawah.
say-contact-mismatch = Nomor itu tidak sama dengan data perusahaan. Admin sudah kami beri tahu; minta tautan baru kepadanya.
say-contact-expected = Tekan tombol <b>📱 Bagikan nomor saya</b> di bawah, atau ketik /batal.
say-linked =
    { $role ->
        [technician] ✅ Akun tertaut. Selamat bekerja, <b>{ $name }</b>! Ketik /siap bila sudah siap menerima job, /tersedia untuk melihat job yang ada.
       *[other] ✅ Akun tertaut. Selamat bekerja, <b>{ $name }</b>! Ketik /bantuan bila perlu.
    }
say-already-linked = Akun Telegram ini sudah tertaut atas nama <b>{ $name }</b>.
say-invite-used = Tautan ini sudah dipakai. Minta tautan baru kepada admin.
say-invite-expired = Tautan ini sudah kedaluwarsa. Minta tautan baru kepada admin.
say-invite-unknown = Tautan ini tidak kami kenal. Minta tautan baru kepada admin.
say-telegram-taken = Akun Telegram ini sudah tertaut ke orang lain di perusahaan. Hubungi admin.
say-other-telegram-linked = Anda sudah tertaut dengan akun Telegram lain. Minta admin melepasnya lebih dahulu.

## War tiket

say-offer =
    🔧 <b>{ $ticket }</b> · { $service }
    { $problem }
    📍 { $area }
    🕘 { $visit }
say-area-unknown = area belum diketahui
say-taken =
    🔒 <b>Diambil { $by }</b> · { $at }
    { $ticket } · { $service } · { $area }
say-withdrawn = 🚫 <b>{ $ticket }</b> dibatalkan.
say-won = ✅ Anda mendapat <b>{ $ticket }</b> ({ $at }).
say-lost = 😕 Sudah diambil { $by } pukul { $at }. { $margin }
say-margin-none = Anda terpaut kurang dari 1 milidetik.
say-margin-ms = Anda terpaut { $n } milidetik.
say-margin-seconds = Anda terpaut { $n } detik.
say-margin-minutes = Anda terpaut { $n } menit.
say-margin-hours = Anda terpaut { $n } jam.
say-quota-full = Kuota Anda penuh ({ $used }/{ $quota }). Selesaikan satu tugas dahulu.
say-excluded = { $ticket } tidak bisa Anda ambil lagi: Anda sudah diganti pada tiket ini.
say-not-open = { $ticket } sudah tidak terbuka.
say-stale-button = Tombol ini sudah tidak berlaku. Ketik /tersedia atau /tugas untuk yang terbaru.
say-not-yours = { $ticket } bukan tugas Anda, atau tidak bisa lagi sekarang.
say-not-allowed = Anda tidak berwenang melakukan ini.
say-job-card =
    🧰 <b>{ $ticket }</b> · { $service }
    <i>{ $status }</i>
    { $problem }
    🕘 { $visit }
    👤 { $customer }
    🏠 { $address }
say-job-phone = 📞 { $phone }
say-job-notes = 📝 { $notes }
say-job-due = ⏰ Check-in paling lambat { $at }
say-job-gone =
    { $why ->
        [released] ↩️ <b>{ $ticket }</b> sudah Anda lepas.
        [replaced] 🔄 <b>{ $ticket }</b> dialihkan dari Anda. Surat-suratnya tidak berlaku lagi.
       *[cancelled] 🚫 <b>{ $ticket }</b> dibatalkan.
    }
say-status-open = Terbuka
say-status-assigned = Menunggu kunjungan
say-status-in-progress = Sedang dikerjakan
say-status-done = Selesai
say-status-closed = Ditutup
say-status-cancelled = Dibatalkan

## Lists

say-pool = 📢 <b>Job tersedia</b>
say-pool-more = <i>Masih ada lagi.</i>
say-pool-line = <b>{ $ticket }</b> · { $service } · { $area } · { $visit }
say-pool-empty = Belum ada job yang tersedia. Job baru akan masuk ke sini begitu ada.
say-tasks = 📋 <b>Tugas Anda</b> ({ $count })
say-tasks-line = <b>{ $ticket }</b> · { $visit } · { $status }
say-tasks-empty = Belum ada tugas. Lihat /tersedia.

## Duty

say-on-duty =
    { $open ->
        [0] 🟢 Anda siap bertugas. Job baru akan langsung masuk ke sini.
       *[other] 🟢 Anda siap bertugas. Ada { $open } job yang tersedia: /tersedia.
    }
say-off-duty =
    { $active ->
        [0] 🌙 Selamat beristirahat. Job baru tidak dikirim sampai Anda mengetik /siap.
       *[other] 🌙 Anda libur dari job baru. Masih ada { $active } tugas yang berjalan: /tugas.
    }

## Giving a job back

say-ask-release-reason = Mengapa Anda melepas <b>{ $ticket }</b>? Tulis alasannya dalam satu pesan.
say-released = ↩️ <b>{ $ticket }</b> dilepas. Job ini kembali ditawarkan kepada semua.
say-bad-reason = { $fault } Mengapa Anda melepas <b>{ $ticket }</b>?
say-reason-required = Alasannya perlu ditulis.
say-reason-too-short = Alasannya terlalu pendek.
say-reason-too-long = Alasannya terlalu panjang, paling banyak 500 huruf.
say-reason-unreadable = Alasannya tidak terbaca.
say-reason-bad = Alasannya belum bisa diterima.
say-assigned-to-you = 📌 <b>{ $ticket }</b> ditugaskan kepada Anda oleh { $by }.

## The visit

say-reminder = ⏰ <b>{ $ticket }</b>: check-in paling lambat { $at }. Tekan <b>Check-in</b> di kartu job begitu tiba di lokasi.
say-ask-location =
    📍 <b>Check-in { $ticket }</b>
    Tekan 📎 → <b>Lokasi</b> → <b>Bagikan lokasi terkini</b> (15 menit). Pin lokasi biasa juga diterima, tetapi dicatat belum terverifikasi.
say-location-only = Untuk check-in <b>{ $ticket }</b> saya menunggu lokasi Anda: tekan 📎 → <b>Lokasi</b> → <b>Bagikan lokasi terkini</b>.
say-location-forwarded = ⛔ Lokasi terusan tidak diterima. Kirim lokasi dari HP Anda sendiri untuk <b>{ $ticket }</b>.
say-location-venue = ⛔ Nama tempat tidak diterima. Untuk <b>{ $ticket }</b> pilih <b>Bagikan lokasi terkini</b>, bukan tempat dari daftar.
say-location-nowhere = ⛔ Lokasi itu kosong (0,0): GPS HP Anda belum siap. Tunggu sebentar, lalu kirim lagi untuk <b>{ $ticket }</b>.
say-location-not-asked = Lokasi belum diminta. Buka kartu job lewat /tugas, lalu tekan <b>Check-in</b>.
say-settling = 📡 Lokasi <b>{ $ticket }</b> diterima, saat ini ±{ $distance } dari alamat. Menunggu GPS lebih tepat, paling lama 2 menit; biarkan lokasi tetap dibagikan.
say-explain =
    { $why ->
        [far] ❗ Anda { $distance } dari lokasi <b>{ $ticket }</b>. Mendekatlah dan kirim lokasi lagi; atau bila memang sudah di tempat:
        [no-site] 📍 <b>{ $ticket }</b> tidak punya titik lokasi, jadi posisi Anda tidak bisa dibandingkan.
       *[no-fix] ⚠️ Check-in <b>{ $ticket }</b> tanpa GPS.
    }
say-explain-both = Tulis alasannya dalam satu pesan dan kirim foto tempat itu.
say-explain-reason = Foto sudah ada. Tulis alasannya dalam satu pesan.
say-explain-photo = Alasan sudah ada. Kirim foto tempat itu.
say-explain-bad-reason = { $fault } Tulis lagi alasan check-in <b>{ $ticket }</b>.
say-checked-in = ✅ Check-in <b>{ $ticket }</b> pukul { $at } · { $verdict }
say-checked-in-distance = { " · " }{ $distance } dari lokasi
say-checked-in-accuracy = { " " }(akurasi { $accuracy })
say-verdict-verified = terverifikasi
say-verdict-unverified = belum terverifikasi
say-verdict-outside = di luar radius
say-verdict-manual = tanpa GPS
say-too-early = Check-in <b>{ $ticket }</b> baru bisa mulai { $date }.
say-already-checked-in = Anda sudah check-in untuk { $ticket }.
say-not-checked-in = Check-in dulu untuk { $ticket }.
say-ask-place-photo = 📷 Kirim satu foto bagian depan lokasi <b>{ $ticket }</b> sekarang.
say-place-photo-taken = 👍 Foto lokasi <b>{ $ticket }</b> diterima.
say-check-in-recorded = 📝 { $by } mencatat check-in Anda untuk <b>{ $ticket }</b>.
say-list-check-in = ✅ Check-in { $at } · { $verdict }
say-list-evidence = { $tick } Bukti: { $count } foto
say-list-bast = { $tick } BAST: { $count } lembar
say-list-check-out = ✅ Check-out { $at }
say-list-check-out-open = ⬜ Check-out

## Photos and papers

say-uploading =
    { $kind ->
        [bast] 📄 <b>BAST { $ticket }</b>: { $ready } lembar masuk
       *[other] 📷 <b>Bukti { $ticket }</b>: { $ready } foto masuk
    }
    { $kind ->
        [bast] Kirim foto atau PDF BAST yang sudah ditandatangani. Sebagai <i>File</i> lebih tajam. Tekan <b>Selesai</b> bila sudah.
       *[other] Kirim foto pekerjaan, boleh album. Tekan <b>Selesai</b> bila sudah.
    }
say-uploaded =
    { $kind ->
        [bast] 📄 BAST <b>{ $ticket }</b>: { $ready } lembar masuk
       *[other] 📷 Bukti <b>{ $ticket }</b>: { $ready } foto masuk
    } (seluruhnya { $total })
say-placed =
    { $kind ->
        [bast] 📄 Masuk sebagai BAST <b>{ $ticket }</b>: { $ready } lembar
       *[other] 📷 Masuk sebagai bukti <b>{ $ticket }</b>: { $ready } foto
    }
say-upload-waiting = ⏳ { $count } sedang diambil
say-upload-refused = ⚠️ { $count } tidak diterima
say-upload-hint =
    { $kind ->
        [bast] Untuk BAST <b>{ $ticket }</b> kirim foto atau PDF, atau tekan <b>Selesai</b>.
       *[other] Untuk bukti <b>{ $ticket }</b> kirim foto, atau tekan <b>Selesai</b>.
    }
say-too-many =
    { $kind ->
        [bast] BAST <b>{ $ticket }</b> sudah berisi { $most } lembar; yang ini tidak disimpan.
       *[other] Bukti <b>{ $ticket }</b> sudah berisi { $most } foto; yang ini tidak disimpan.
    }
say-too-large = Berkas terlalu besar, paling besar 20 MB. Kirim sebagai foto untuk <b>{ $ticket }</b>.
say-repeated = Foto yang sama sudah masuk untuk <b>{ $ticket }</b>.
say-upload-left = Upload ditutup. Foto yang sudah masuk tetap tersimpan.
say-upload-over = { $ticket } tidak lagi menerima foto dari Anda: tugasnya sudah ditutup atau dialihkan.
say-file-refused =
    { $kind ->
        [bast] ⚠️ Satu berkas BAST <b>{ $ticket }</b> tidak diterima: { $why } Kirim lagi.
        [check_in] ⚠️ Foto lokasi <b>{ $ticket }</b> tidak diterima: { $why } Kirim foto lain.
       *[other] ⚠️ Satu foto bukti <b>{ $ticket }</b> tidak diterima: { $why } Kirim lagi.
    }
say-unfit-empty = berkasnya kosong.
say-unfit-too-large = lebih dari 20 MB.
say-unfit-not-an-image = isinya bukan gambar.
say-unfit-too-many-pixels = gambarnya terlalu besar, lebih dari 50 megapiksel.
say-unfit-too-small = gambarnya terlalu kecil untuk dikenali.
say-unfit-two-in-one = isinya lebih dari satu berkas.
say-unfit-broken = berkasnya rusak.
say-unfit-other = berkasnya tidak bisa dibaca.
say-file-lost =
    { $kind ->
        [bast] ⚠️ Satu berkas BAST <b>{ $ticket }</b> tidak bisa diambil dari Telegram. Kirim sekali lagi.
        [check_in] ⚠️ Foto lokasi <b>{ $ticket }</b> tidak bisa diambil dari Telegram. Kirim sekali lagi.
       *[other] ⚠️ Satu foto bukti <b>{ $ticket }</b> tidak bisa diambil dari Telegram. Kirim sekali lagi.
    }
say-which-job =
    { $count ->
        [1] 📷 Foto ini untuk pekerjaan yang mana?
       *[other] 📷 { $count } foto ini untuk pekerjaan yang mana?
    }
say-no-job-for-photos = Belum ada tugas yang menerima foto. Check-in dulu lewat kartu job di /tugas, lalu kirim fotonya.
say-check-out-summary =
    🏁 <b>Check-out { $ticket }?</b>
    Mulai { $since } · { $duration }
    Bukti: { $evidence } foto · BAST: { $bast } lembar
say-minutes = { $minutes } menit
say-hours = { $hours } j { $minutes } m
say-check-out-left = Check-out <b>{ $ticket }</b> belum dilakukan.
say-checked-out = 🏁 Check-out <b>{ $ticket }</b> pukul { $at }.
say-missing-both = Masih kurang: foto bukti dan BAST. Keduanya boleh menyusul.
say-missing-evidence = Masih kurang: foto bukti. Boleh menyusul.
say-missing-bast = Masih kurang: BAST. Boleh menyusul.
say-already-checked-out = Anda sudah check-out dari { $ticket }.
say-job-done = ✅ <b>{ $ticket }</b> selesai. Terima kasih!
say-letter =
    { $kind ->
        [assignment_letter] 📄 Surat Tugas <b>{ $ticket }</b>
        [travel_letter] 🚚 Surat Jalan <b>{ $ticket }</b>
        [bast_form] 📄 Formulir BAST <b>{ $ticket }</b>, untuk dicetak dan ditandatangani
       *[bast] 📄 BAST <b>{ $ticket }</b>
    }
say-letters-revoked = ⚠️ Kunjungan <b>{ $ticket }</b> berubah: surat yang dibuat sebelumnya tidak berlaku lagi, jangan dipakai. Surat yang baru akan dikirim ke sini.
say-no-letter =
    { $kind ->
        [assignment_letter] Surat Tugas { $ticket } belum ada. Admin akan mengirimkannya ke sini.
        [travel_letter] Surat Jalan { $ticket } belum ada. Admin akan mengirimkannya ke sini.
        [bast_form] Formulir BAST { $ticket } belum ada.
       *[bast] BAST { $ticket } belum ada.
    }

## Buttons

key-claim = ✅ Ambil Job
key-claim-one = ✅ Ambil Job { $ticket }
key-open-one = 📄 { $ticket }
key-release = ↩️ Lepas
key-check-in = 📍 Check-in
key-check-out = 🏁 Check-out
key-confirm-check-out = ✅ Ya, check-out
key-leave-check-out = ◀️ Kembali
key-no-fix = ⚠️ GPS bermasalah
key-settle = Pakai lokasi ini
key-upload-evidence = 📷 Upload Bukti
key-upload-bast = 📄 Upload BAST
key-finish = ✔️ Selesai
key-assignment-letter = 📄 Surat Tugas
key-bast-form = 📝 Formulir BAST
key-travel-letter = 🚚 Surat Jalan
key-place-as =
    { $kind ->
        [bast] 📄 BAST { $ticket }
       *[other] 📷 Bukti { $ticket }
    }
key-map = 🗺 Buka peta
key-copy-address = 📋 Salin alamat
key-copy-phone = 📋 Salin nomor HP
key-refresh = 🔄 Segarkan
key-more = ⏬ Lainnya
key-cancel = Batal
key-share-contact = 📱 Bagikan nomor saya
key-language-id = 🇮🇩 Indonesia
key-language-en = 🇬🇧 English

## Menus and help

say-help =
    <b>Yang bisa Anda lakukan di sini</b>
    { $commands }

    Bot { $company }. Ada kendala? Hubungi admin.
command-start = Mulai
command-help = Bantuan
command-language = Ganti bahasa
command-cancel = Batalkan yang sedang ditanyakan
command-pool = Job yang tersedia
command-tasks = Tugas saya
command-on-duty = Siap menerima job
command-off-duty = Libur dari job baru
