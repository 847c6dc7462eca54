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
say-not-yours = { $ticket } bukan tugas Anda, atau kunjungannya sudah dimulai.
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
        [replaced] 🔄 <b>{ $ticket }</b> dialihkan dari Anda.
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

## Buttons

key-claim = ✅ Ambil Job
key-claim-one = ✅ Ambil Job { $ticket }
key-open-one = 📄 { $ticket }
key-release = ↩️ Lepas
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
