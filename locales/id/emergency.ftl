# The chat: emergencies, as admins and technicians read them.
say-emergency-raised =
    🚨 <b>{ $ticket } belum dimulai</b> · { $service }
    👤 { $customer } · { $area }
    🗓 { $visit } · batas check-in { $due }, { $late }
    👷 <b>{ $technician }</b>
say-emergency-unreachable = 🔕 Telegram tidak menjangkaunya: telepon saja.
say-emergency-repeated = 🔁 Peringatan ke-{ $count }: belum ada yang memutuskan.
say-emergency-to-all = 📣 Kini semua admin diberi tahu.
say-emergency-choosing =
    { $free ->
        [0] Ganti <b>{ $technician }</b> dengan siapa? Tidak ada teknisi lain yang kuotanya masih ada.
       *[other] Ganti <b>{ $technician }</b> dengan siapa?
    }
say-emergency-page = Halaman { $page } dari { $pages }: ada { $free } teknisi yang kuotanya masih ada.
say-emergency-confirming =
    { $to ->
        [person] 🔄 Ganti <b>{ $technician }</b> dengan <b>{ $next }</b> untuk { $ticket }?
       *[pool] 🔄 Ambil { $ticket } dari <b>{ $technician }</b> dan tawarkan lagi ke semua?
    } Ia tidak bisa mengambil job ini lagi, dan suratnya dicabut.
say-emergency-continued =
    ▶️ <b>{ $ticket }</b> dilanjutkan { $by } pukul { $at }.
    { $technician } diberi { $minutes } menit lagi, sampai { $until }.
say-emergency-replaced =
    🔄 <b>{ $ticket }</b> ditangani { $by } pukul { $at }.
    { $to ->
        [person] { $technician } diganti { $next }.
       *[pool] { $technician } diganti; job ditawarkan lagi ke semua.
    }
say-emergency-resolved =
    ✅ <b>{ $ticket }</b> beres pukul { $at }: { $why ->
        [checked-in] { $technician } sudah check-in.
        [released] { $technician } melepas job ini, dan job ditawarkan lagi.
        [cancelled] tiketnya dibatalkan.
       *[moved] kunjungannya dijadwalkan ulang.
    }
say-emergency-list = 🚨 <b>Darurat: { $count } tiket belum dimulai</b>
say-emergency-line = • <b>{ $ticket }</b> · { $technician } · { $late }
say-emergency-more = Selebihnya ada di panel.
say-emergency-list-empty = ✅ Tidak ada keadaan darurat.
say-emergency-hand-full = Kuota { $name } hari itu sudah penuh ({ $used }/{ $quota }). Pilih yang lain.
say-emergency-hand-gone = { $name } tidak bisa mengambil tiket ini. Pilih yang lain.
say-emergency-moved = Tiketnya baru saja berubah. Lihat lagi dengan /darurat.
say-emergency-more-time = ⏳ { $by } memberi Anda waktu check-in <b>{ $ticket }</b> sampai { $until }.
say-span-now = baru saja lewat
say-span-minutes = lewat { $minutes } menit
say-span-hours =
    { $minutes ->
        [0] lewat { $hours } jam
       *[other] lewat { $hours } jam { $minutes } menit
    }
say-span-days = lewat { $days } hari
key-continue = ▶️ Lanjut { $minutes } mnt
key-replace = 🔄 Ganti TS
key-hand = { $name } · { $used }/{ $quota }
key-hand-off-duty = 💤 { $name } · { $used }/{ $quota }
key-next-page = Lainnya ›
key-previous-page = ‹ Sebelumnya
key-to-pool = 📢 Buka ke semua
key-confirm-replace = ✅ Ya, ganti TS
key-back = ↩️ Kembali
command-alerts = Tiket yang terlambat dimulai
