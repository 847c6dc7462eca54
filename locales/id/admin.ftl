# The chat: what admins read in Telegram.

say-ticket-released =
    ↩️ <b>{ $ticket }</b> dilepas { $by } dan kembali ditawarkan.
    Alasan: { $reason }
say-input-held = ⚠️ { $count } pesan masuk tertahan karena bermasalah. Periksa di panel, bagian Pesan tertahan.
say-unreachable = 🔕 <b>{ $name }</b> tidak bisa dihubungi: ia memblokir bot. Kuotanya hari ini tidak dihitung.
say-contact-refused = ⚠️ Nomor HP yang dibagikan untuk undangan <b>{ $name }</b> tidak sama dengan data perusahaan. Akun belum tertaut.
say-check-in-doubted = 📍 <b>{ $by }</b> check-in <b>{ $ticket }</b>: { $verdict }
say-check-in-reason = Alasan: { $reason }
say-file-lost-of = ⚠️ Satu foto dari { $by } untuk <b>{ $ticket }</b> tidak bisa diambil dari Telegram. Ia sudah diminta mengirim lagi.
say-place-photo-refused = ⚠️ Foto lokasi dari { $by } untuk check-in <b>{ $ticket }</b> tidak bisa dipakai, dan tidak ada foto lain. Periksa check-in itu di halaman tiket.
say-photos-unplaced = 📷 { $count } foto dari { $by } belum jelas untuk tiket mana. Ia sudah ditanya sekali lagi.
say-photo-reused = ⚠️ Satu foto dari { $by } untuk <b>{ $ticket }</b> pernah dipakai di tiket lain. Periksa di halaman tiket.
say-identity-conflict = ⚠️ WhatsApp menyebut <b>{ $owner }</b> dan <b>{ $other }</b> sebagai orang yang sama, padahal keduanya pelanggan berbeda. Pesannya masuk ke <b>{ $owner }</b>. Periksa datanya.
say-customer-unreachable =
    📵 WhatsApp untuk <b>{ $name }</b> tidak sampai: { $why }.
    Hubungi lewat telepon{ $phone ->
        [none] .
       *[other] : { $phone }
    }
say-channel-stopped =
    🛑 <b>WhatsApp berhenti mengirim:</b> { $why }.
    Pesan menunggu dan terkirim sendiri setelah diperbaiki. Jalankan: tanggap doctor
say-channel-back = ✅ WhatsApp mengirim lagi.
say-too-many-messages = 🔁 Percakapan WhatsApp dengan <b>{ $name }</b> terlalu ramai (mungkin balasan otomatis). Bot diam dulu untuk orang ini. Periksa dan jawab sendiri bila perlu.
say-new-holder = 🔁 Nomor WhatsApp <b>{ $name }</b> kini dipakai akun lain. Mungkin nomor itu sudah berganti pemilik: hubungi pelanggan lewat telepon dan periksa nomornya.
say-template-refused = ⚠️ Templat WhatsApp <b>{ $name }</b> ditolak (dihentikan, dinonaktifkan, atau tidak ada): pesan yang memakainya tidak terkirim. Periksa dengan <code>tanggap doctor</code>.

# Why WhatsApp did not take or bring a message, by code.
say-fault-not-on-whatsapp = nomor itu tidak memakai WhatsApp, aplikasinya terlalu lama, atau ketentuan barunya belum disetujui
say-fault-blocked = perusahaan memblokir nomor itu
say-fault-stopped-marketing = ia menolak pesan promosi
say-fault-same-number = nomor itu nomor WhatsApp perusahaan sendiri
say-fault-not-allowed = nomor itu tidak ada dalam daftar uji
say-fault-no-address = nomornya tidak diketahui
say-fault-channel-off = WhatsApp belum dipasang
say-fault-needs-phone = WhatsApp meminta nomor HP, bukan nama pengguna
say-fault-window-closed = lewat 24 jam sejak pesan terakhirnya, dan tidak ada templat yang cocok
say-fault-stopped = ia meminta tidak dikirimi pesan
say-fault-token = token ditolak atau tidak berhak
say-fault-policy = akun ditahan karena kebijakan Meta
say-fault-payment = pembayaran ke Meta bermasalah
say-fault-registration = nomor pengirim belum terdaftar
say-fault-spam = terlalu banyak pesan ditandai spam
say-fault-misclassified = templat dinilai salah golongan
say-fault-account = akun WhatsApp Business tidak ditemukan atau tidak boleh dipakai
say-fault-template = templat tidak ada, berhenti berlaku, atau isinya tidak cocok
say-fault-refused = WhatsApp menolak isi pesannya
say-fault-limited = WhatsApp membatasi pesan ke orang ini untuk sementara
say-fault-expired = tidak sampai juga setelah dicoba berkali-kali
say-fault-media = berkasnya tidak bisa dikirim
say-fault-too-many = terlalu banyak jawaban otomatis dalam 10 menit
say-fault-other = WhatsApp menolaknya

# The doctor, at the console: `tanggap doctor`.
doctor-config-ok = Pengaturan: terbaca.
doctor-config-wrong = Pengaturan: { $why }
doctor-no-public-url = Alamat: server.public_url kosong, jadi tautan memakai alamat server.bind. Isi dengan alamat yang diketik orang.
doctor-settings-hidden = Pengaturan: diubah di panel dan menang atas file: { $keys }.
doctor-database-ok = Basis data: terjangkau, semua migrasi sudah dijalankan.
doctor-database-new = Basis data: berkasnya belum ada dan dibuat saat mulai.
doctor-database-away = Basis data: tidak terjangkau ({ $why }). Periksa database.url, dan apakah servernya berjalan.
doctor-migrations = Basis data: { $count } migrasi belum dijalankan. Jalankan: tanggap migrate
doctor-migrations-at-start = Basis data: { $count } migrasi belum dijalankan; dijalankan sendiri saat mulai.
doctor-redis-ok = Redis: terjangkau.
doctor-redis-needless = Redis: tidak perlu untuk SQLite.
doctor-redis-alone = Redis: tidak diatur; jalankan satu proses saja.
doctor-redis-unused = Redis: diatur tetapi tidak dipakai, karena basis datanya SQLite. Kosongkan redis.url, atau pakai PostgreSQL.
doctor-redis-away = Redis: tidak terjangkau ({ $why }). Periksa redis.url, dan apakah servernya berjalan.
doctor-storage-ok = Penyimpanan: bisa ditulis, dibaca, dan dihapus.
doctor-folder-away = Penyimpanan: { $why }. Periksa storage.url, dan siapa pemilik foldernya.
doctor-bucket-away = Penyimpanan: { $why }. Periksa storage.url: kunci, rahasia, nama bucket, endpoint, dan region.
doctor-telegram-ok = Telegram: bot @{ $bot } menjawab.
doctor-telegram-off = Telegram: telegram.token kosong, jadi Telegram mati. Minta token dari @BotFather.
doctor-telegram-token = Telegram: telegram.token ditolak. Salin lagi dari @BotFather.
doctor-telegram-away = Telegram: tidak menjawab ({ $why }). Periksa telegram.api_url dan jaringannya.
doctor-webhook-ok = Webhook: mengarah ke sini.
doctor-webhook-unset = Webhook: belum dipasang; dipasang saat mulai.
doctor-webhook-elsewhere = Webhook: mengarah ke { $there }, bukan { $here }; dipindahkan saat mulai. Pastikan tidak ada pemasangan lain yang memakai bot ini.
doctor-webhook-unwanted = Webhook: mengarah ke { $there }, padahal telegram.mode adalah polling; dihapus saat mulai. Pastikan tidak ada pemasangan lain yang memakai bot ini.
doctor-polling-ok = Webhook: tidak ada, seperti seharusnya untuk polling.
doctor-webhook-waiting = Webhook: { $count } pesan menunggu di Telegram. Periksa apakah tanggap berjalan dan terjangkau dari internet.
doctor-webhook-error = Webhook: kesalahan terakhir menurut Telegram: { $why }. Periksa server.public_url dan sertifikatnya.
doctor-whatsapp-off = WhatsApp: tidak diatur, jadi mati.
doctor-whatsapp-part = WhatsApp: mati, karena belum diisi: { $keys }.
doctor-whatsapp-ok = WhatsApp: nomor { $number } ({ $name }), mutu { $quality }.
doctor-whatsapp-away = WhatsApp: tidak terjangkau ({ $why }). Periksa whatsapp.api_url dan whatsapp.api_version.
doctor-whatsapp-token = WhatsApp: whatsapp.access_token ditolak. Buat token baru untuk pengguna sistem dengan izin whatsapp_business_messaging dan whatsapp_business_management.
doctor-whatsapp-number = WhatsApp: nomornya tidak dikenal. Periksa whatsapp.phone_number_id (id nomor, bukan nomornya).
doctor-whatsapp-signature = WhatsApp: whatsapp.app_secret cocok dengan tokennya.
doctor-whatsapp-secret = WhatsApp: whatsapp.app_secret bukan rahasia aplikasi ini, jadi semua webhook ditolak. Salin App Secret dari dasbor Meta.
doctor-whatsapp-hook = WhatsApp: webhook mengarah ke sini.
doctor-whatsapp-hook-unset = WhatsApp: webhook belum diatur. Isi { $here } di dasbor Meta dengan whatsapp.verify_token. (Sekarang: { $there })
doctor-whatsapp-hook-elsewhere = WhatsApp: webhook mengarah ke { $there }, bukan { $here }. Ubah di dasbor Meta.
doctor-whatsapp-hook-unknown = WhatsApp: server.public_url kosong, jadi alamat webhook tidak bisa diperiksa.
doctor-whatsapp-no-account = WhatsApp: whatsapp.business_account_id kosong, jadi templat dan langganan tidak bisa diperiksa.
doctor-whatsapp-account = WhatsApp: akunnya tidak bisa dibaca ({ $why }). Periksa whatsapp.business_account_id dan izin tokennya.
doctor-whatsapp-subscribed = WhatsApp: aplikasi ini berlangganan akunnya.
doctor-whatsapp-unsubscribed = WhatsApp: aplikasi ini belum berlangganan akunnya, jadi tidak ada pesan yang masuk. Jalankan tanggap serve sekali dengan token yang benar.
doctor-whatsapp-templates = WhatsApp: semua templat disetujui.
doctor-whatsapp-templates-missing = WhatsApp: templat yang belum ada: { $names }. Jalankan: tanggap templates submit
doctor-whatsapp-templates-pending = WhatsApp: templat yang masih ditinjau Meta: { $names }. Tunggu, paling lama 24 jam; tidak perlu diajukan lagi.
doctor-whatsapp-templates-differ = WhatsApp: templat yang isinya berbeda dengan yang kami isi: { $names }. Beri nama baru di whatsapp.templates, lalu jalankan: tanggap templates submit
doctor-whatsapp-templates-unusable = WhatsApp: templat yang ditolak atau dihentikan Meta: { $names }. Lihat alasannya di WhatsApp Manager dan ajukan banding, atau beri nama baru di whatsapp.templates, lalu jalankan: tanggap templates submit

# The templates, at the console: `tanggap templates`.
template-ready = disetujui
template-pending = sedang ditinjau
template-differs = isinya berbeda dengan yang kami isi; pakai nama baru
template-missing = belum ada
template-unusable = tidak bisa dipakai ({ $word })
template-submitted = diajukan; tinjauannya bisa sampai 24 jam
template-no-account = Isi whatsapp.access_token dan whatsapp.business_account_id dahulu.
template-no-address = Isi server.public_url dahulu: templat memuat alamatnya.
say-payment-reversed = ↩️ { $by } membatalkan pembayaran { $amount } untuk <b>{ $number }</b> ({ $ticket }): { $reason }. Sisa tagihan sekarang { $left }.
say-price-approved = ✅ <b>{ $ticket }</b> · { $customer }: harga <b>{ $total }</b> disetujui { $by } ({ $at }). Nomornya { $number }.
say-price-rejected =
    ↩️ <b>{ $ticket }</b> · { $customer }: harga { $total } ditolak { $by } ({ $at }), kembali menjadi draf.
    Alasan: { $reason }
say-price-untold =
    { $what ->
        [reminder] 📭 Pelanggan <b>{ $number }</b> ({ $ticket }) tidak diingatkan: { $why }. Mohon telepon, atau kirim sendiri tautannya dari panel.
       *[other] 📭 Pelanggan belum diberi tahu tentang <b>{ $number }</b> ({ $ticket }): { $why }. Salin tautannya di panel dan kirim sendiri.
    }
say-price-unheard =
    { $who ->
        [none] 🔕 Tidak ada sales aktif yang boleh menyetujui harga <b>{ $ticket }</b>. Periksa batas diskon sales, atau batalkan tagihannya.
       *[other] 🔕 Harga <b>{ $ticket }</b> menunggu persetujuan, tetapi Telegram tidak menjangkau { $who }. Minta ia menautkan Telegram, atau memutuskan lewat API.
    }
