# What customers read of their invoices in the chat, and what the office hears of it.

say-bill-issued = Invoice <b>{ $number }</b> untuk tiket { $ticket }: <b>{ $total }</b>{ $due }.{ $left } Rincian dan cara bayar ada di halaman invoice.
say-bill-due = , jatuh tempo { $due }
say-bill-left = { " " }Sisa yang perlu dibayar: <b>{ $left }</b>.
say-bill-reminder =
    { $days ->
        [0] Pengingat: invoice <b>{ $number }</b> untuk tiket { $ticket } jatuh tempo hari ini, { $due }. Sisa yang perlu dibayar: <b>{ $left }</b>. Bila sudah membayar, kirim bukti transfernya lewat halaman invoice.
       *[other] Pengingat: invoice <b>{ $number }</b> untuk tiket { $ticket } sudah lewat { $days } hari dari jatuh tempo { $due }. Sisa yang perlu dibayar: <b>{ $left }</b>. Bila sudah membayar, kirim bukti transfernya lewat halaman invoice.
    }
say-bill-settled = Terima kasih. Invoice <b>{ $number }</b> untuk tiket { $ticket } sudah lunas: <b>{ $total }</b>.
say-bill-owing =
    Tagihan yang belum lunas:
    { $lines }
say-bill-line = <b>{ $number }</b> · { $ticket } · { $left }{ $due }
    { $link }
say-bill-ask-which = Bukti transfer ini untuk invoice yang mana?
say-bill-ask-proof = Kirim foto atau PDF bukti transfer untuk invoice <b>{ $number }</b> (sisa { $left }).
say-bill-proof-only = Mohon kirim foto atau PDF bukti transfernya, atau ketik BATAL.
say-bill-proof-taken = Bukti transfer untuk invoice <b>{ $number }</b> sudah kami terima. Pembayaran dicatat setelah kami periksa.
say-bill-proof-lost = Bukti transfer untuk invoice <b>{ $number }</b> tidak bisa dibaca. Mohon kirim ulang sebagai foto atau PDF.
say-bill-proofs-enough = Bukti transfer untuk invoice <b>{ $number }</b> sudah cukup. Kami akan memeriksanya.
say-bill-nothing-owed = Tidak ada tagihan yang perlu dibayar.
say-bill-proof-came = 🧾 { $name } mengirim bukti transfer untuk <b>{ $number }</b> ({ $ticket }). Periksa, lalu catat pembayarannya.

key-bill = Lihat invoice
