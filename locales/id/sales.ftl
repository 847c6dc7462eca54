# The chat: what sales read in Telegram; what everyone reads is in technician.ftl.

command-prices = Harga yang menunggu persetujuan

## The card

say-price-asked =
    💼 <b>{ $ticket }</b> · { $service }
    🔧 { $problem }
    👤 { $customer }
say-price-area = 📍 { $area }
say-price-work =
    👷 { $technician }{ $at ->
        [none] { "" }
       *[other] { " · selesai " }{ $at }
    }
say-price-line = • { $description }: { $quantity } { $unit } × { $price } = { $amount }
say-price-lines-more = • … dan { $count } baris lagi
say-price-list = Daftar harga: { $amount }
say-price-subtotal = Harga dasar: { $amount }
say-price-discount = Diskon ({ $share }): −{ $amount }
say-price-vat = PPN { $percent }% dari DPP { $base }: { $amount }
say-price-total = <b>Total: { $amount }</b>
say-price-version = <i>Versi { $version } · diajukan { $by }, { $at }</i>
say-price-system = sistem

say-price-ended =
    { $how ->
        [approved] ✅ <b>{ $ticket }</b> disetujui { $by } · { $at }
        [rejected] ↩️ <b>{ $ticket }</b> ditolak { $by } · { $at }
        [passed-on] ✏️ <b>{ $ticket }</b> direvisi { $by } · { $at }; menunggu persetujuan yang berwenang
        [retaxed] 🔁 <b>{ $ticket }</b>: tarif PPN berubah · { $at }; putuskan di kartu yang baru
       *[voided] 🚫 <b>{ $ticket }</b> tidak ditagih lagi, dibatalkan { $by } · { $at }
    }
    👤 { $customer } · <b>{ $total }</b>{ $how ->
        [approved] { " · " }{ $number }
        [passed-on] { "" }
        [retaxed] { "" }
       *[other] { " · Alasan: " }{ $reason }
    }
say-price-gone = 🔒 <b>{ $ticket }</b>: permintaan ini sudah tidak berlaku.
say-price-below = ⬇️ <b>{ $ticket }</b>: berlanjut di bawah.

## Another price

say-price-ask-offer =
    ✏️ <b>{ $ticket }</b>: total sekarang <b>{ $total }</b>.
    Pilih diskon, atau ketik langsung, misalnya <code>10%</code>, <code>150rb</code>, atau <code>1,5jt</code>.{ $limit ->
        [none] { "" }
       *[other] { " Batas diskon Anda " }{ $limit }%.
    }
say-price-ask-discount = ✏️ <b>{ $ticket }</b>: ketik diskonnya, misalnya <code>10%</code>, <code>150rb</code>, atau <code>1,5jt</code>.
say-price-ask-final = ✏️ <b>{ $ticket }</b>: ketik harga akhir yang dibayar pelanggan, misalnya <code>1.500.000</code> atau <code>1,5jt</code>.
say-price-unclear = ✏️ <b>{ $ticket }</b>: <b>{ $amount }</b> itu diskonnya, atau harga akhirnya?
say-price-preview =
    🧮 <b>{ $ticket }</b>: diskon { $discount } ({ $share })
    Total { $before } → <b>{ $total }</b>
say-price-preview-vat = Termasuk PPN { $amount }.
say-price-missed = { $wanted } tidak bisa tepat karena pembulatan pajak; yang terdekat di bawahnya { $total }.
say-price-within =
    { $limit ->
        [none] Setujui harga ini?
       *[other] Batas diskon Anda { $limit }%. Setujui harga ini?
    }
say-price-beyond = ⚠️ Melebihi batas diskon Anda ({ $limit }%). Bila diteruskan, yang memutuskan: { $judges }.
say-price-bad-offer = ✏️ <b>{ $ticket }</b>: { $fault }
say-price-fault-too-much-off = diskon itu lebih besar daripada harganya.
say-price-fault-above-full-price = harga akhir harus di atas nol dan tidak lebih dari harga tanpa diskon.
say-price-fault-out-of-range = angka itu terlalu besar.
say-price-fault-unreadable = itu belum bisa saya baca. Ketik misalnya 10%, 150rb, 1,5jt, atau 1.500.000.
say-price-left = ✏️ <b>{ $ticket }</b>: revisi ditinggalkan, harganya tetap.

## Back to the admins

say-price-ask-rejection = ↩️ <b>{ $ticket }</b>: mengapa ditolak? Tulis alasannya, admin akan membacanya.
say-price-bad-rejection = ↩️ <b>{ $ticket }</b>: { $fault }

## Answers

say-price-granted = ✅ { $ticket } disetujui: { $number }, { $total }.
say-price-passed-on = 📤 { $ticket } diteruskan dengan total { $total }. Anda lihat hasilnya di kartunya.
say-price-returned = ↩️ <b>{ $ticket }</b> dikembalikan kepada admin.
say-price-outdated = Harga { $ticket } sudah berubah. Ini versi terbarunya.
say-price-retaxed = Tarif PPN berubah sejak { $ticket } diajukan. Totalnya sekarang { $total }; periksa kartunya yang baru, lalu putuskan di sana.
say-price-over =
    { $how ->
        [approved] { $ticket } sudah disetujui { $by } ({ $at }): { $number }, { $total }.
        [rejected] { $ticket } sudah ditolak { $by } ({ $at }), kembali ke admin. { $reason }
       *[voided] { $ticket } sudah tidak ditagih, dibatalkan { $by } ({ $at }). { $reason }
    }
say-price-above-limit = Diskonnya melebihi batas Anda ({ $limit }%). Gunakan Revisi, atau tunggu yang berwenang.
say-price-nobody-may = Tidak ada sales yang boleh memberi diskon { $share }. Pilih yang lebih kecil.
say-price-nothing-to-charge = Totalnya menjadi nol. Bila tidak ditagih, minta admin menutup tiketnya tanpa tagihan.

## Photos

say-price-photos-coming = 🖼 { $count } foto { $ticket } sedang dikirim.
say-price-no-photos = { $ticket } belum punya foto yang bisa ditampilkan.
say-price-photo =
    { $kind ->
        [bast] 📄 BAST { $ticket } ({ $place }/{ $count })
       *[other] 🖼 Bukti { $ticket } ({ $place }/{ $count })
    }

## Lists

say-price-waiting = 💼 <b>Menunggu persetujuan</b>
say-price-waiting-line = <b>{ $ticket }</b> · { $customer } · { $total } · diskon { $share } · sejak { $since }
say-price-waiting-above = ⚠️ <i>di atas batas diskon Anda</i>
say-price-waiting-more = <i>Masih ada lagi: /approval</i>
say-price-none-waiting = ✅ Tidak ada harga yang menunggu persetujuan.
say-price-overdue =
    { $count ->
        [1] ⏰ <b>Ada harga yang masih menunggu keputusan Anda.</b> Buka dengan /approval.
       *[other] ⏰ <b>{ $count } harga masih menunggu keputusan Anda.</b> Buka dengan /approval.
    }

## Buttons

key-price-approve = ✅ Setuju
key-price-revise = ✏️ Revisi
key-price-reject = ❌ Tolak
key-price-photos = 🖼 Foto ({ $count })
key-price-open = 🔎 { $ticket }
key-price-percent = { $percent }%
key-price-other-discount = ⌨️ Nominal lain
key-price-final = 🎯 Harga akhir
key-price-as-discount = ➖ Diskon { $amount }
key-price-as-final = 🎯 Harga akhir { $amount }
key-price-accept = ✅ Setuju { $total }
key-price-pass-on = 📤 Teruskan ke yang berwenang
key-price-change = ↩️ Ubah
