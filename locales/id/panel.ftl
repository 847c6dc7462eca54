# Panel, Bahasa Indonesia.

## The frame

skip = Langsung ke isi
places = Menu utama
place-board = Papan
place-tickets = Tiket
place-customers = Pelanggan
place-services = Layanan
place-users = Pengguna
place-held = Pesan tertahan
place-more = Lainnya
active-tickets = { $n } tiket berjalan
search-hint = Cari tiket, pelanggan, HP
demo-note = Data contoh. Semua pesan disimulasikan.
language = Bahasa
theme = Tampilan
theme-system = Ikuti perangkat
theme-light = Terang
theme-dark = Gelap
sign-out = Keluar
live-wait = Menyambung
live-on = Langsung
live-off = Menyambung ulang
close = Tutup
back = Kembali
back-to-board = Ke papan tiket
none = Tidak ada
all = Semua
choose = Pilih
optional = opsional
copy = Salin
copied = Tersalin
save = Simpan
edit = Ubah
look = Cari
filter = Saring
filter-clear = Hapus saringan
search-words = Kata kunci
see-all = Lihat semua
pages = Halaman
pages-first = Ke awal
pages-next = Berikutnya
since = Sejak
status = Status
created = Dibuat
created-by = Dibuat oleh
source = Asal

## Keys

keys-title = Pintasan papan ketik
key-search = Cari
key-new = Buat baru
key-move = Turun dan naik
key-open = Buka yang dipilih
key-close = Kembali atau tutup
key-help = Tampilkan bantuan ini

## Times

age-now = baru saja
age-minutes = { $n } mnt
age-hours = { $n } jam
age-days = { $n } hari
day-today = Hari ini
day-tomorrow = Besok
day-yesterday = Kemarin
visit-none = Belum dijadwalkan

## People

role-admin = Admin
role-technician = Teknisi
role-sales = Sales
role-none = Belum masuk
no-technician = Belum ada teknisi

## Forms

form-wrong = Periksa lagi isian ini
field-address = Alamat
field-base-price = Harga dasar
field-current-password = Kata sandi sekarang
field-customer = Pelanggan
field-daily-quota = Kuota per hari
field-discount-limit = Batas diskon (%)
field-latitude = Lintang
field-locale = Bahasa
field-longitude = Bujur
field-name = Nama
field-new-password = Kata sandi baru
field-notes = Catatan
field-other = Isian
field-password = Kata sandi
field-phone = Nomor HP
field-problem = Keluhan
field-reason = Alasan
field-confirm = Nomor pelanggan
field-role = Peran
field-service = Layanan
field-technician = Teknisi
field-telegram-id = ID Telegram
field-timezone = Zona waktu
field-username = Nama pengguna
field-visit-date = Tanggal kunjungan
field-visit-time = Jam

## Signing in

sign-in = Masuk
sign-in-note = Lupa kata sandi? Minta admin membuatkan yang baru.
sign-in-refused = Nama pengguna atau kata sandi salah.
sign-in-throttled = Terlalu banyak percobaan. Coba lagi beberapa menit lagi.
password-change = Ganti kata sandi
password-forced = Kata sandi awal hanya untuk masuk pertama kali. Buat kata sandi Anda sendiri untuk melanjutkan.
password-voluntary = Sesi Anda di perangkat lain akan diakhiri.
password-hint = Minimal 8 karakter. Kalimat pendek yang mudah diingat sudah cukup.
password-save = Simpan kata sandi

## Board

board-title = Papan tiket
board-empty = Belum ada tiket
board-empty-text = Buat tiket pertama. Semua teknisi yang siap langsung mendapat tawaran di Telegram.
board-rest = { $n } tiket lainnya
tickets-count = { $n } tiket
blank-open = Semua tiket sudah ada teknisinya.
blank-assigned = Belum ada yang mengambil.
blank-in-progress = Belum ada yang di lokasi.
blank-done = Belum ada yang selesai.
late = Terlambat:
notice-held = { $n } pesan tertahan menunggu tindakan.
notice-held-verb = Periksa
notice-no-hands = Tidak ada teknisi yang siap dan terjangkau hari ini. Tiket baru tidak akan terkirim ke siapa pun.
notice-no-hands-verb = Lihat teknisi

## Ticket

ticket = Tiket
ticket-new = Tiket baru
ticket-create = Buat tiket
ticket-edit = Ubah { $x }
ticket-open = Buka tiket
ticket-cancel = Batalkan
steps = Perjalanan tiket
details = Rincian
visit = Kunjungan
check-in-due = Batas check-in
location = Lokasi
location-none = Belum ada titik lokasi
timeline = Riwayat
customer = Pelanggan
customer-open = Lihat pelanggan
technician = Teknisi
technician-waiting = Menunggu teknisi mengambil tiket ini di Telegram.
deliveries = Pesan keluar
deliveries-none = Belum ada pesan.
delivery-queued = Antre
delivery-sent = Terkirim
delivery-delivered = Sampai
delivery-read = Dibaca
delivery-failed = Gagal
resend = Kirim ulang
channel = Saluran
channel-telegram = Telegram
channel-whatsapp = WhatsApp
channel-panel = Panel
channel-api = API
channel-system = Sistem
assign = Tugaskan
assign-title = Tugaskan { $x }
assign-text = Kunjungan: { $x }. Teknisi mendapat kartu tugas lengkap di Telegram.
assign-verb = Tugaskan teknisi
replace = Ganti teknisi
replace-title = Ganti { $x } di { $y }
replace-text = Teknisi ini tidak dapat mengambil tiket ini lagi, dan diberi tahu di Telegram.
replace-verb = Ganti teknisi
reason-hint = Tercatat di riwayat tiket.
back-to-pool = Kembalikan ke war tiket
back-to-pool-text = Ditawarkan lagi ke semua teknisi yang siap.
cancel-title = Batalkan { $x }?
cancel-text = Kuota tanggalnya kembali bebas dan semua yang terlibat diberi tahu. Ini tidak dapat diurungkan.
cancel-verb = Batalkan { $x }
hand-quota = { $x } dari { $y }
hand-quota-today = { $x } dari { $y } hari ini
hand-full = kuota penuh
hand-off-duty = sedang libur
hands-none = Belum ada teknisi.

## The visit

check-in = Check-in
check-out = Check-out
verdict-verified = Terverifikasi
verdict-unverified = Belum terverifikasi
verdict-outside = Di luar radius
verdict-manual = Tanpa GPS
origin = Sumber posisi
origin-live = Lokasi langsung
origin-static = Titik yang dipilih
origin-manual = Tidak ada, GPS bermasalah
origin-recorded = Tidak ada, dicatat admin
away = { $x } dari alamat
accuracy = Akurasi
position-age = Umur posisi
position = Posisi
position-erased = Sudah dihapus sesuai masa simpan
recorded-by = Dicatat oleh
check-out-none = Belum check-out
visit-taken = Tugas dialihkan { $x }
visits-earlier = Kunjungan sebelumnya
visit-of = Kunjungan { $x }
still-missing = kurang { $x }
checklist = Syarat selesai
checklist-there = ada
checklist-missing = belum ada
step-evidence = foto bukti
step-bast = BAST
step-check-out = check-out
radar-title = Posisi check-in terhadap alamat pelanggan
radar-told = Check-in { $x } dari alamat pelanggan. Lingkaran putus-putus adalah radius yang diizinkan, lingkaran penuh adalah ketelitian posisi.
radar-radius = Radius { $x }
radar-site = Alamat pelanggan
map-title = Peta check-in
record = Catat check-in
record-title = Catat check-in { $x }?
record-text = Untuk kunjungan { $x } yang check-in-nya tidak bisa dikirim dari Telegram. Waktunya sekarang, tanpa posisi, dan teknisinya diberi tahu.
record-verb = Catat check-in { $x }
span-seconds = { $n } dtk

## Files

documents = Surat dan berkas
documents-none = Belum ada surat atau berkas.
documents-later = Surat Tugas dan Surat Jalan bisa diunggah setelah tiket ini ada teknisinya.
photos = Foto dan BAST
photos-none = Belum ada foto.
upload = Unggah
upload-title = Unggah berkas untuk { $x }
upload-text = Surat langsung terkirim ke Telegram teknisi. BAST dan foto bukti ikut dihitung sebagai syarat selesai.
upload-verb = Unggah berkas
upload-busy = Mengunggah…
upload-hint = PDF, JPG, PNG, atau WebP, paling besar 20 MB. Foto bukti hanya gambar.
upload-too-large = Berkas ini lebih dari 20 MB.
download = Unduh
download-one = Unduh { $x }
download-all = Unduh semua
photo-open = Perbesar { $x }
photo-previous = Foto sebelumnya
photo-next = Foto berikutnya
photo-of = Foto
revoked = Dicabut
erased-file = Isi berkas sudah dihapus sesuai masa simpan
flag-seen-elsewhere = Sama dengan foto di tiket lain
field-file = Berkas
field-kind = Jenis
kind-assignment-letter = Surat Tugas
kind-travel-letter = Surat Jalan
kind-bast = BAST
kind-evidence = Bukti
kind-payment-proof = Bukti bayar
kind-check-in = Foto lokasi
kind-report = Foto dari pelanggan
export-summary = tiket.txt
export-gone = isinya sudah tidak ada
export-made = Diunduh { $x }

## New ticket

job = Pekerjaan
customer-known = Terdaftar
customer-new = Pelanggan baru
customer-find = Cari pelanggan
customer-find-hint = Nama, nomor pelanggan, atau HP
customer-pick-none = Tidak ada yang cocok. Pilih "Pelanggan baru" untuk mendaftarkannya di sini.
services-first = Tambahkan layanan lebih dulu
phone-hint = Contoh: 0812-3456-7890
address-hint = Nama jalan, nomor, kelurahan, kecamatan, kota
problem-hint = Ditulis seperti kata pelanggan. Teknisi membacanya sebelum mengambil tiket, jadi jangan cantumkan nomor HP atau nomor rumah.
coordinates-hint = Tempel "lintang, bujur" dari Google Maps di sini.
quota-left = Sisa { $n }
quota-full = Penuh
quota-used = { $x } dari { $y } tempat terpakai
quota-next = Tanggal lain yang masih ada tempat
quota-hands = { $n } teknisi
quota-check = Periksa kuota

## Tickets

tickets-empty = Belum ada tiket
tickets-empty-text = Tiket yang Anda buat muncul di sini.
tickets-no-match = Tidak ada tiket yang cocok
tickets-no-match-text = Coba kata lain atau longgarkan saringannya.

## Customers

customers-empty = Belum ada pelanggan
customers-empty-text = Tambahkan pelanggan di sini, atau langsung saat membuat tiket.
customers-no-match = Tidak ada pelanggan yang cocok
customers-no-match-text = Periksa ejaannya, atau tambahkan sebagai pelanggan baru.
customer-create = Tambah pelanggan
customer-edit = Ubah { $x }
customer-archived = Pelanggan ini diarsipkan dan tidak dapat dipilih untuk tiket baru.
customer-no-tickets = Belum ada tiket
customer-no-tickets-text = Tiket pelanggan ini muncul di sini.
customer-put-away = Arsipkan pelanggan
customer-put-away-text = Riwayatnya tetap tersimpan. Hanya bisa bila semua tiketnya sudah ditutup atau dibatalkan.
archive = Arsipkan
archive-title = Arsipkan { $x }?
archive-text = Pelanggan ini tidak muncul lagi saat membuat tiket.
archived = Diarsipkan
customer-erase = Hapus data pribadi
customer-erase-text = Nama, alamat, telepon, lokasi, dan catatannya dihapus untuk selamanya; tiketnya tetap ada. Hanya bisa bila semua tiketnya sudah ditutup atau dibatalkan.
customer-erased = Data pribadi pelanggan ini sudah dihapus.
erase = Hapus data
erase-title = Hapus data { $x }?
erase-text = Ini tidak bisa dibatalkan. Untuk melanjutkan, ketik nomor pelanggan ini: { $x }
erase-mismatch = Nomor yang diketik bukan { $x }; tidak ada yang dihapus.
timezone-company = Sama dengan perusahaan
withholds = Memotong PPh 23 saat membayar
notes-hint = Hanya terlihat oleh admin dan teknisi yang bertugas.
source-panel = Panel
source-whatsapp = WhatsApp
source-import = Impor

## Services

service-new = Layanan baru
service-edit = Ubah layanan
service-create = Tambah layanan
service-active = Aktif
service-inactive = Nonaktif
service-active-text = Dapat dipilih untuk tiket baru
services-empty = Belum ada layanan
services-empty-text = Layanan dan harganya dipilih saat membuat tiket.
price-hint = Rupiah penuh, contoh: 150.000 atau 150rb

## Users

user-new = Pengguna baru
user-create = Tambah pengguna
user-inactive = Nonaktif
users-empty = Belum ada pengguna
users-empty-text = Tambahkan teknisi, lalu hubungkan Telegram mereka.
username-hint = 3 sampai 32 huruf kecil, angka, titik, atau garis.
initial-password-hint = Minimal 8 karakter, dan harus diganti saat pertama masuk.
user-phone-hint = Bila diisi, penautan Telegram dicocokkan dengan nomor ini.
telegram-id-hint = Kosongkan untuk menghubungkan lewat tautan undangan.
daily-quota-hint = Kosong berarti mengikuti kuota perusahaan.
discount-limit-hint = Khusus sales. Kosong berarti tanpa batas.
duty = Kesiapan
duty-of-admins = Admin yang siap lebih dulu menerima darurat di Telegram; bila tidak diputuskan, semua admin.
duty-on = Siap
duty-off = Libur
duty-set-on = Tandai siap
duty-set-off = Tandai libur
telegram-linked = Terhubung
telegram-unreachable = Tidak terjangkau
telegram-not-linked = Belum terhubung
telegram-linked-text = Tawaran tiket dan kartu tugas terkirim ke Telegram orang ini. Untuk menautkan akun lain, kosongkan ID Telegram lebih dulu.
telegram-unreachable-text = Orang ini memblokir bot atau belum menekan Start. Minta ia membuka bot dan menekan Start.
telegram-not-linked-text = Buat tautan sekali pakai lalu kirim ke orang ini. Setelah dibuka, Telegram-nya terhubung.
invite-create = Buat tautan undangan
invite-title = Tautan undangan Telegram
invite-text = Kirim tautan ini ke { $x }. Hanya sekali pakai dan hanya ditampilkan sekarang.
invite-expires = Berlaku sampai
access = Akses
must-change = Harus ganti kata sandi
reset = Buat kata sandi baru
reset-title = Kata sandi baru untuk { $x }?
reset-text = Kata sandi lama tidak berlaku lagi dan semua sesinya berakhir. Kata sandi baru ditampilkan satu kali.
reset-verb = Buat kata sandi
password-new-title = Kata sandi baru
password-new-text = Berikan kepada { $x }. Hanya ditampilkan sekarang, dan harus diganti saat masuk.
revoke = Akhiri semua sesi
revoke-title = Akhiri semua sesi { $x }?
revoke-text = Semua perangkat dan token API orang ini langsung keluar.
revoke-verb = Akhiri sesi
deactivate = Nonaktifkan
deactivate-title = Nonaktifkan { $x }?
deactivate-text = Orang ini tidak dapat masuk, tidak mendapat tawaran, dan keluar dari kuota. Riwayatnya tetap ada.
deactivate-verb = Nonaktifkan { $x }
activate = Aktifkan lagi

## Held messages

held-text = Yang tidak dapat dibaca atau dikirim disimpan di sini, tanpa menahan pesan lain.
held-in = Pesan masuk
held-out = Pesan keluar yang gagal
held-none = Tidak ada yang tertahan
held-none-text = Semua pesan masuk sudah ditangani.
held-out-none = Semua pesan keluar terkirim.
held-error = Sebab
held-attempts = Percobaan
discard = Abaikan
discard-title = Abaikan pesan { $x }?
discard-text = Pesan ini tidak dicoba lagi. Catatannya tetap tersimpan.
received = Diterima
retry = Coba lagi

## Trouble

trouble-forbidden = Tidak diizinkan
trouble-forbidden-text = Peran Anda tidak mencakup halaman ini.
trouble-not-found = Tidak ditemukan
trouble-not-found-text = Alamat ini salah, atau yang dicari sudah tidak ada.
trouble-conflict = Sudah berubah
trouble-conflict-text = Orang lain mengubahnya lebih dulu. Muat ulang, lalu coba lagi.
trouble-invalid = Permintaan tidak dapat dibaca
trouble-invalid-text = Muat ulang halaman dan coba lagi.
trouble-busy = Terlalu banyak permintaan
trouble-busy-text = Tunggu sebentar, lalu coba lagi.
trouble-unavailable = Sedang tidak tersedia
trouble-unavailable-text = Tidak ada yang hilang. Coba lagi sebentar lagi.
trouble-internal = Ada yang salah di pihak kami
trouble-internal-text = Sudah tercatat. Coba lagi; bila tetap terjadi, sebutkan kode di bawah kepada pengelola.

## What was done

told-ticket-created = { $x } dibuat dan ditawarkan ke teknisi.
told-ticket-changed = { $x } diperbarui.
told-ticket-assigned = { $x } ditugaskan.
told-ticket-replaced = Teknisi { $x } sudah diganti.
told-ticket-cancelled = { $x } dibatalkan.
told-check-in-recorded = Check-in { $x } dicatat.
told-document-added = { $x } diunggah.
told-customer-saved = { $x } disimpan.
told-customer-archived = { $x } diarsipkan.
told-customer-erased = Data pribadi { $x } dihapus.
told-service-saved = { $x } disimpan.
told-user-saved = { $x } disimpan.
told-sessions-ended = Semua sesi { $x } sudah diakhiri.
told-password-changed = Kata sandi Anda sudah diganti.
told-message-queued = Pesan akan dikirim ulang.
told-input-queued = Pesan akan dicoba lagi.
told-input-discarded = Pesan diabaikan.
told-refused = { $x }

refused-stale = Orang lain mengubahnya sementara Anda mengisi. Muat ulang halaman, lalu ulangi perubahan Anda.

## The ticket's story

event-created = Tiket dibuat
event-claimed = Diambil
event-assigned = Ditugaskan
event-released = Dilepas teknisi
event-replaced = Teknisi diganti
event-changed = Diubah
event-cancelled = Dibatalkan
event-closed = Ditutup
event-resent = Pesan dikirim ulang
event-done = Selesai
event-check-in-recorded = Check-in dicatat
event-document-added = Berkas ditambahkan:
event-document-erased = Berkas dihapus sesuai masa simpan:
event-documents-exported = Semua berkas diunduh
event-position-erased = Posisi check-in dihapus sesuai masa simpan
event-arrived = { $n } berkas masuk:
event-by = oleh { $x }
event-to = kepada { $x }
recipients = { $n } penerima
message-offer = Tawaran tiket
message-offer-changed = Tawaran diperbarui
message-taken = Kabar sudah diambil
message-withdrawn = Tawaran ditarik
message-won = Kabar menang
message-lost = Kabar kalah cepat
message-job-card = Kartu tugas
message-job-gone = Tugas dicabut
message-assigned = Kabar penugasan
message-released = Kabar pelepasan ke admin
message-input-held = Kabar pesan tertahan
message-unreachable = Kabar teknisi tak terjangkau
message-contact-refused = Kabar kontak ditolak
message-letter = Surat
message-reminder = Pengingat check-in
message-check-in = Percakapan check-in
message-check-in-doubted = Kabar check-in meragukan
message-check-in-recorded = Kabar check-in dicatat
message-upload = Percakapan unggahan
message-file-lost = Kabar berkas gagal diambil
message-photo-reused = Kabar foto terpakai dua kali
message-check-out = Percakapan check-out
message-done = Kabar selesai
messages = { $n } pesan
message-other = Pesan
event-invoice-drafted = Draf invoice dibuat
event-invoice-changed = Invoice diubah
event-invoice-submitted = Invoice diajukan ke sales
event-invoice-revised = Harga direvisi
event-invoice-approved = Invoice disetujui
event-invoice-rejected = Invoice dikembalikan
event-invoice-voided = Invoice dibatalkan
event-invoice-paid = Invoice lunas
event-invoice-reopened = Invoice terbuka lagi
event-payment-recorded = Pembayaran dicatat
event-payment-reversed = Pembayaran dibatalkan

## What customers report, ask and think

place-requests = Laporan
place-ratings = Penilaian
request = Laporan
request-report = Laporan gangguan
request-question = Pertanyaan
request-new = Baru
request-accepted = Jadi tiket
request-answered = Dijawab
request-dismissed = Diabaikan
request-photos = { $n } foto
request-no-customer = belum terdaftar
request-no-customer-title = Belum menjadi pelanggan
request-no-customer-text = Orang ini belum terdaftar, jadi belum bisa dibuatkan tiket. Jawab di percakapan, atau minta ia mendaftar dengan mengetik DAFTAR.
request-make = Buat tiket
request-dismiss = Abaikan
request-dismiss-title = Abaikan { $x }?
request-dismiss-text = Alasannya hanya dilihat kantor. Pelanggan tidak diberi tahu.
requests-none-new = Tidak ada laporan baru
requests-none-new-text = Laporan dan pertanyaan pelanggan lewat WhatsApp muncul di sini.
requests-none = Tidak ada di sini
requests-none-text = Pilih keadaan lain di atas.
field-text = Pesan ke pelanggan
field-from = Dari tanggal
field-to = Sampai tanggal
told-request-answered = { $x } dijawab.
told-request-dismissed = { $x } diabaikan.
told-chat-taken = Percakapan Anda ambil alih. Bot diam dulu.
told-chat-given = Bot menjawab lagi di percakapan ini.
told-chat-written = Pesan akan dikirim.
chat-lines = Isi percakapan
chat-empty = Belum ada pesan.
chat-bot = Dijawab bot
chat-paused = Kantor sampai { $x }
chat-take = Ambil alih percakapan
chat-give = Kembalikan ke bot
chat-send = Kirim
chat-hint = Dikirim sekarang. Bot diam dua jam setelah kantor menulis.
chat-late-hint = Pesan terakhirnya lebih dari 24 jam lalu: ia lebih dahulu menerima pemberitahuan bahwa ada jawaban, lalu pesan ini setelah ia membukanya.
chat-text-wrong = Pesan itu kosong atau terlalu panjang.
chat-unusable = Pesan tidak sampai: { $x }. Hubungi lewat telepon.
chat-stopped = Tidak mau menerima pemberitahuan sejak { $x }. Jawaban atas pesannya tetap boleh.
chat-changed = diubah oleh pengirim
chat-revoked = ditarik oleh pengirim
chat-kind-press = Menekan tombol
chat-kind-place = Mengirim lokasi
chat-kind-file = Mengirim foto atau berkas
chat-kind-contacts = Mengirim kontak
chat-kind-gesture = Memberi reaksi atau stiker
chat-kind-order = Mengirim pesanan katalog
chat-kind-other = Mengirim pesan lain
channel-stopped = WhatsApp berhenti mengirim sejak { $x }. Pesan menunggu.
ratings-week = 7 hari
ratings-month = 30 hari
ratings-quarter = 90 hari
ratings-period = Masa
ratings-technicians = Teknisi
ratings-cs = Kantor
ratings-technician = Teknisi
ratings-office = Kantor
ratings-average = Rata-rata
ratings-spread = Sebaran
ratings-count = { $n } penilaian
ratings-bar = Bintang { $x }: { $y } penilaian
ratings-given = Penilaian masuk
ratings-of = Penilaian untuk { $x }
ratings-not-given = belum dinilai
ratings-low = Perlu dilihat
ratings-none = Belum ada penilaian
ratings-none-text = Pelanggan diminta menilai saat tiketnya ditutup.
message-ticket-created = Kabar tiket dibuat
message-technician-assigned = Kabar teknisi ditugaskan
message-technician-arrived = Kabar teknisi tiba
message-ticket-done = Kabar pekerjaan selesai
message-ticket-cancelled = Kabar tiket dibatalkan
message-rating = Permintaan penilaian
message-office = Pesan kantor
message-request-came = Kabar laporan masuk
message-rated-low = Kabar nilai rendah
message-photos-unplaced = Kabar foto tanpa tiket
message-place-photo-refused = Kabar foto lokasi ditolak
message-price = Persetujuan harga
message-chat = Percakapan WhatsApp
event-request-accepted = Dibuat dari laporan pelanggan
event-rating-opened = Penilaian diminta
event-rating-given = Nilai diberikan
event-rating-commented = Catatan penilaian ditulis
event-by-customer = Pelanggan

# Emergencies
emergency = Darurat
alarm-title = belum dimulai
alarm-due = batas check-in { $x }
alarm-late = terlambat { $x }
alarm-continue = Lanjut { $x } mnt
alarm-replace = Ganti TS
alarm-choice-gone = Teknisi itu tidak bisa dipilih lagi. Pilih yang lain.
alarms-count = { $n } tiket belum dimulai
sound-on = Aktifkan suara
sound-is-on = Suara aktif
told-visit-put-off = { $x } diberi waktu lagi.
told-technician-replaced = { $x } diganti.
event-alert-raised = Terlambat dimulai
event-alert-resolved = Darurat selesai
event-check-in-put-off = Dilanjutkan
event-minutes = { $x } menit lagi
event-why-checked-in = sudah check-in
event-why-released = job dilepas
event-why-cancelled = tiket dibatalkan
event-why-moved = kunjungan digeser
message-emergency = Darurat
message-more-time = Waktu check-in ditambah
