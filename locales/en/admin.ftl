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
say-place-photo-refused = ⚠️ The photo of the place from { $by } for the check-in of <b>{ $ticket }</b> is of no use, and there is no other. Look at that check-in on the ticket's page.
say-photos-unplaced =
    { $count ->
        [1] 📷 A photo from { $by } belongs to no ticket yet. They were asked once more.
       *[other] 📷 { $count } photos from { $by } belong to no ticket yet. They were asked once more.
    }
say-photo-reused = ⚠️ A photo from { $by } for <b>{ $ticket }</b> was used on another ticket before. Look at it on the ticket's page.
say-identity-conflict = ⚠️ WhatsApp says that <b>{ $owner }</b> and <b>{ $other }</b> are one person, and they are different customers here. The messages go to <b>{ $owner }</b>. Look at their data.
say-customer-unreachable =
    📵 WhatsApp does not reach <b>{ $name }</b>: { $why }.
    Call instead{ $phone ->
        [none] .
       *[other] : { $phone }
    }
say-channel-stopped =
    🛑 <b>WhatsApp has stopped sending:</b> { $why }.
    Messages wait, and go by themselves once this is mended. Run: tanggap doctor
say-channel-back = ✅ WhatsApp is sending again.
say-too-many-messages = 🔁 The WhatsApp chat with <b>{ $name }</b> is too busy (perhaps automatic replies). The bot keeps silent for this person for now. Look at it, and answer yourself where needed.
say-new-holder = 🔁 Another account now uses the WhatsApp number of <b>{ $name }</b>. The number may have a new owner: call the customer and check it.
say-template-refused = ⚠️ WhatsApp refuses the template <b>{ $name }</b> (paused, disabled or missing): messages that use it are not sent. Check with <code>tanggap doctor</code>.

# Why WhatsApp did not take or bring a message, by code.
say-fault-not-on-whatsapp = that number is not on WhatsApp, or its app is too old, or its new terms are not accepted
say-fault-blocked = the company has blocked that number
say-fault-stopped-marketing = the person refuses marketing messages
say-fault-same-number = that number is the company's own WhatsApp number
say-fault-not-allowed = that number is not on the test list
say-fault-no-address = the number is not known
say-fault-channel-off = WhatsApp is not set up
say-fault-needs-phone = WhatsApp asks for a phone number instead of a user name
say-fault-window-closed = more than 24 hours have passed since the last message, and no template fits
say-fault-stopped = the person asked for no more messages
say-fault-token = the token is refused, or lacks permissions
say-fault-policy = the account is held back by Meta's policy
say-fault-payment = something is wrong with the payment to Meta
say-fault-registration = the sending number is not registered
say-fault-spam = too many messages were marked as spam
say-fault-misclassified = templates were found to be in the wrong category
say-fault-account = the WhatsApp Business account was not found, or may not be used
say-fault-template = the template is missing, no longer valid, or does not fit
say-fault-refused = WhatsApp refused the message's content
say-fault-limited = WhatsApp limits messages to this person for now
say-fault-expired = it did not get through after many tries
say-fault-media = the file cannot be sent
say-fault-too-many = too many automatic answers within 10 minutes
say-fault-other = WhatsApp refused it

# The doctor, at the console: `tanggap doctor`.
doctor-config-ok = Settings: readable.
doctor-config-wrong = Settings: { $why }
doctor-no-public-url = Address: server.public_url is empty, so links use the address of server.bind. Set it to what people type.
doctor-settings-hidden = Settings: changed in the panel, which wins over the file: { $keys }.
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
doctor-whatsapp-off = WhatsApp: not set, so it is off.
doctor-whatsapp-part = WhatsApp: off, because these are empty: { $keys }.
doctor-whatsapp-ok = WhatsApp: number { $number } ({ $name }), quality { $quality }.
doctor-whatsapp-away = WhatsApp: cannot be reached ({ $why }). Check whatsapp.api_url and whatsapp.api_version.
doctor-whatsapp-token = WhatsApp: whatsapp.access_token is refused. Make a new token of a system user with whatsapp_business_messaging and whatsapp_business_management.
doctor-whatsapp-number = WhatsApp: the number is not known. Check whatsapp.phone_number_id (the number's id, not the number).
doctor-whatsapp-signature = WhatsApp: whatsapp.app_secret fits the token.
doctor-whatsapp-secret = WhatsApp: whatsapp.app_secret is not this app's secret, so every webhook call is refused. Copy the App Secret from Meta's dashboard.
doctor-whatsapp-hook = WhatsApp: the webhook points here.
doctor-whatsapp-hook-unset = WhatsApp: the webhook is not set. Enter { $here } in Meta's dashboard with whatsapp.verify_token. (Now: { $there })
doctor-whatsapp-hook-elsewhere = WhatsApp: the webhook points to { $there }, not to { $here }. Change it in Meta's dashboard.
doctor-whatsapp-hook-unknown = WhatsApp: server.public_url is empty, so the webhook's address cannot be checked.
doctor-whatsapp-no-account = WhatsApp: whatsapp.business_account_id is empty, so templates and the subscription cannot be checked.
doctor-whatsapp-account = WhatsApp: the account cannot be read ({ $why }). Check whatsapp.business_account_id, and the token's permissions.
doctor-whatsapp-subscribed = WhatsApp: this app is subscribed to the account.
doctor-whatsapp-unsubscribed = WhatsApp: this app is not subscribed to the account, so no message comes in. Run tanggap serve once with the right token.
doctor-whatsapp-templates = WhatsApp: every template is approved.
doctor-whatsapp-templates-missing = WhatsApp: templates that are missing: { $names }. Run: tanggap templates submit
doctor-whatsapp-templates-pending = WhatsApp: templates that Meta is still reviewing: { $names }. Wait, 24 hours at most; do not submit them again.
doctor-whatsapp-templates-differ = WhatsApp: templates that take other facts than we fill in: { $names }. Give them a new name in whatsapp.templates, then run: tanggap templates submit
doctor-whatsapp-templates-unusable = WhatsApp: templates that Meta has refused or stopped: { $names }. See why in WhatsApp Manager and appeal, or give them a new name in whatsapp.templates, then run: tanggap templates submit

# The templates, at the console: `tanggap templates`.
template-ready = approved
template-pending = in review
template-differs = takes other facts than we fill in; use a new name
template-missing = missing
template-unusable = not to be used ({ $word })
template-submitted = submitted; the review may take 24 hours
template-no-account = Set whatsapp.access_token and whatsapp.business_account_id first.
template-no-address = Set server.public_url first: templates hold its address.
say-payment-reversed = ↩️ { $by } reversed the payment of { $amount } for <b>{ $number }</b> ({ $ticket }): { $reason }. { $left } is to be paid now.
say-price-approved = ✅ <b>{ $ticket }</b> · { $customer }: { $by } approved <b>{ $total }</b> ({ $at }). Its number is { $number }.
say-price-rejected =
    ↩️ <b>{ $ticket }</b> · { $customer }: { $by } rejected { $total } ({ $at }); it is a draft again.
    Reason: { $reason }
say-price-untold =
    { $what ->
        [reminder] 📭 The customer of <b>{ $number }</b> ({ $ticket }) is not reminded: { $why }. Please call, or send the link from the panel yourself.
       *[other] 📭 The customer was not told of <b>{ $number }</b> ({ $ticket }): { $why }. Copy the link in the panel and send it yourself.
    }
say-price-unheard =
    { $who ->
        [none] 🔕 No active sales person may approve the price of <b>{ $ticket }</b>. Look at the discount limits of sales, or void the invoice.
       *[other] 🔕 The price of <b>{ $ticket }</b> waits for approval, but Telegram does not reach { $who }. Ask them to link Telegram, or to decide by the API.
    }
