# The chat: what admins read in Telegram.

say-ticket-released =
    ↩️ { $by } gave <b>{ $ticket }</b> back; it is offered again.
    Reason: { $reason }
say-input-held =
    { $count ->
        [1] ⚠️ A message that came in is held because something is wrong with it. See Held messages in the panel.
       *[other] ⚠️ { $count } messages that came in are held because something is wrong with them. See Held messages in the panel.
    }
say-unreachable = 🔕 <b>{ $name }</b> cannot be reached: the bot was blocked. Today's quota leaves this person out.
say-contact-refused = ⚠️ The phone number shared for the invite of <b>{ $name }</b> is not the one on file. The account is not linked.
say-check-in-doubted = 📍 <b>{ $by }</b> checked in to <b>{ $ticket }</b>: { $verdict }
say-check-in-reason = Reason: { $reason }
say-file-lost-of = ⚠️ A photo from { $by } for <b>{ $ticket }</b> could not be fetched from Telegram. They were asked to send it again.
say-photo-reused = ⚠️ A photo from { $by } for <b>{ $ticket }</b> was used on another ticket before. Look at it on the ticket's page.

# The doctor, at the console: `tanggap doctor`.
doctor-config-ok = Settings: readable.
doctor-config-wrong = Settings: { $why }
doctor-no-public-url = Address: server.public_url is empty, so links use the address of server.bind. Set it to what people type.
doctor-database-ok = Database: reachable, every migration is applied.
doctor-database-new = Database: its file does not exist yet, and is made at the start.
doctor-database-away = Database: cannot be reached ({ $why }). Check database.url, and whether the server runs.
doctor-migrations = Database: { $count } migrations are missing. Run: tanggap migrate
doctor-migrations-at-start = Database: { $count } migrations are missing; they are applied at the start.
doctor-redis-ok = Redis: reachable.
doctor-redis-needless = Redis: not needed with SQLite.
doctor-redis-alone = Redis: not set; run one process only.
doctor-redis-unused = Redis: set and not used, because the database is SQLite. Empty redis.url, or use PostgreSQL.
doctor-redis-away = Redis: cannot be reached ({ $why }). Check redis.url, and whether the server runs.
doctor-storage-ok = Storage: can be written, read and erased.
doctor-folder-away = Storage: { $why }. Check storage.url, and who owns the folder.
doctor-bucket-away = Storage: { $why }. Check storage.url: key, secret, name of the bucket, endpoint and region.
doctor-telegram-ok = Telegram: the bot @{ $bot } answers.
doctor-telegram-off = Telegram: telegram.token is empty, so Telegram is off. Ask @BotFather for a token.
doctor-telegram-token = Telegram: telegram.token is refused. Copy it from @BotFather again.
doctor-telegram-away = Telegram: does not answer ({ $why }). Check telegram.api_url and the network.
doctor-webhook-ok = Webhook: points here.
doctor-webhook-unset = Webhook: not set yet; set at the start.
doctor-webhook-elsewhere = Webhook: points to { $there } and not to { $here }; moved at the start. Make sure that no other installation uses this bot.
doctor-webhook-unwanted = Webhook: points to { $there }, though telegram.mode is polling; deleted at the start. Make sure that no other installation uses this bot.
doctor-polling-ok = Webhook: none, as it should be for polling.
doctor-webhook-waiting = Webhook: { $count } messages wait at Telegram. Check that tanggap runs and can be reached from the internet.
doctor-webhook-error = Webhook: the last error, says Telegram: { $why }. Check server.public_url and its certificate.
doctor-whatsapp-set = WhatsApp: set.
doctor-whatsapp-off = WhatsApp: not set, so it is off.
doctor-whatsapp-part = WhatsApp: off, because these are empty: { $keys }.
