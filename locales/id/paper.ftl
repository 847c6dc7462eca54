# Surat-surat dan tagihan sebagai PDF, Bahasa Indonesia.

paper-invoice = INVOICE
paper-issued = Tanggal
paper-due = Jatuh tempo
paper-ticket = Nomor tiket
paper-to = Kepada
paper-for = Untuk pekerjaan
paper-no = No
paper-what = Uraian
paper-quantity = Jumlah
paper-price = Harga satuan
paper-amount = Total
paper-subtotal = Subtotal
paper-discount = Diskon
paper-base = DPP nilai lain (11/12)
paper-vat = PPN { $percent }%
paper-total = Total tagihan
paper-words = Terbilang
paper-withholding = Bila memotong PPh 23 (2% dari harga jasa): { $amount }. Mohon kirim bukti potongnya kepada kami.
paper-transfer = Transfer bank
paper-reference = Mohon tulis { $number } pada berita transfer.
paper-qris = QRIS
paper-qris-text = Pindai dengan aplikasi bank atau e-wallet; nominalnya sudah terisi. Pembayaran dikonfirmasi oleh kami setelah dana masuk.
paper-unsigned = Invoice ini diterbitkan oleh sistem dan sah tanpa tanda tangan.
paper-page = Halaman { $page } dari { $of }
