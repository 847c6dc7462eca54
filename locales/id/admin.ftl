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
say-photo-reused = ⚠️ Satu foto dari { $by } untuk <b>{ $ticket }</b> pernah dipakai di tiket lain. Periksa di halaman tiket.
