# The chat: what everyone reads, and what technicians read. Angle-bracket marks are Telegram's HTML;
# what is put in between braces is escaped before it gets here.

## Anyone

say-stranger = 👋 Hello! This bot is for the staff of <b>{ $company }</b>. Your Telegram account is not linked yet: ask your admin for an invite link to begin.
say-deactivated = ⛔ Your account at <b>{ $company }</b> is not active. Ask your admin if this is a mistake.
say-welcome =
    { $role ->
        [technician] 👋 Hello, <b>{ $name }</b>! You are a technician at { $company }. Type /available to see open jobs, /tasks for your own.
        [sales] 👋 Hello, <b>{ $name }</b>! You are in sales at { $company }. Type /help to see what you can do here.
       *[admin] 👋 Hello, <b>{ $name }</b>! You are an admin at { $company }. Important news from the field arrives here.
    }
say-unknown-command =
    { $role ->
        [technician] There is no command <code>/{ $command }</code>. Try /available, /tasks or /help.
       *[other] There is no command <code>/{ $command }</code>. Try /help.
    }
say-not-understood =
    { $role ->
        [technician] Sorry, I did not understand. See /available for open jobs, /tasks for your own, or /help.
       *[other] Sorry, I did not understand. See /help.
    }
say-unsupported = I cannot read this kind of message yet. Please send it as plain text.
say-cancelled = Cancelled. Nothing has changed.
say-nothing-to-cancel = There is nothing to cancel.
say-ask-language = Pilih bahasa · Choose your language
say-language-set = ✅ All right, I speak English from now on.
say-trouble = Sorry, something went wrong. We kept your message and are looking into it; your data is safe. Please try again in a moment.

## Linking an account

say-ask-contact =
    👋 Hello, <b>{ $name }</b>! You are invited as <b>{ $role ->
        [technician] technician
        [sales] sales
       *[admin] admin
    }</b> at { $company }.
    To be safe, share your phone number with the button below. To stop, type /cancel.
say-contact-not-own = That is someone else's contact. Share your own number with the button below.
say-contact-mismatch = That number is not the one your company has on file. Your admin has been told; ask for a new link.
say-contact-expected = Press the button <b>📱 Share my number</b> below, or type /cancel.
say-linked =
    { $role ->
        [technician] ✅ Account linked. Welcome, <b>{ $name }</b>! Type /ready when you are ready for jobs, /available to see what is open.
       *[other] ✅ Account linked. Welcome, <b>{ $name }</b>! Type /help when you need it.
    }
say-already-linked = This Telegram account is already linked to <b>{ $name }</b>.
say-invite-used = This link has been used. Ask your admin for a new one.
say-invite-expired = This link has expired. Ask your admin for a new one.
say-invite-unknown = We do not know this link. Ask your admin for a new one.
say-telegram-taken = This Telegram account is linked to someone else in the company. Ask your admin.
say-other-telegram-linked = You are linked to another Telegram account. Ask your admin to unlink it first.

## War tiket

say-offer =
    🔧 <b>{ $ticket }</b> · { $service }
    { $problem }
    📍 { $area }
    🕘 { $visit }
say-area-unknown = area not known yet
say-taken =
    🔒 <b>Taken by { $by }</b> · { $at }
    { $ticket } · { $service } · { $area }
say-withdrawn = 🚫 <b>{ $ticket }</b> is cancelled.
say-won = ✅ You got <b>{ $ticket }</b> ({ $at }).
say-lost = 😕 { $by } took it at { $at }. { $margin }
say-margin-none = You were less than 1 millisecond behind.
say-margin-ms = { $n ->
        [1] You were 1 millisecond behind.
       *[other] You were { $n } milliseconds behind.
    }
say-margin-seconds = You were { $n } seconds behind.
say-margin-minutes = { $n ->
        [1] You were a minute behind.
       *[other] You were { $n } minutes behind.
    }
say-margin-hours = { $n ->
        [1] You were an hour behind.
       *[other] You were { $n } hours behind.
    }
say-quota-full = Your quota is full ({ $used }/{ $quota }). Finish one of your jobs first.
say-excluded = You cannot take { $ticket } again: you were replaced on this ticket.
say-not-open = { $ticket } is no longer open.
say-stale-button = This button is out of date. Type /available or /tasks for the latest.
say-not-yours = { $ticket } is not your job, or that is not possible now.
say-not-allowed = You are not allowed to do this.
say-job-card =
    🧰 <b>{ $ticket }</b> · { $service }
    <i>{ $status }</i>
    { $problem }
    🕘 { $visit }
    👤 { $customer }
    🏠 { $address }
say-job-phone = 📞 { $phone }
say-job-notes = 📝 { $notes }
say-job-due = ⏰ Check in by { $at }
say-job-gone =
    { $why ->
        [released] ↩️ You gave <b>{ $ticket }</b> back.
        [replaced] 🔄 <b>{ $ticket }</b> has gone to someone else. Its letters are no longer valid.
       *[cancelled] 🚫 <b>{ $ticket }</b> is cancelled.
    }
say-status-open = Open
say-status-assigned = Waiting for the visit
say-status-in-progress = In progress
say-status-done = Done
say-status-closed = Closed
say-status-cancelled = Cancelled

## Lists

say-pool = 📢 <b>Available jobs</b>
say-pool-more = <i>There are more.</i>
say-pool-line = <b>{ $ticket }</b> · { $service } · { $area } · { $visit }
say-pool-empty = No job is available. New ones arrive here as soon as there are any.
say-tasks = 📋 <b>Your jobs</b> ({ $count })
say-tasks-line = <b>{ $ticket }</b> · { $visit } · { $status }
say-tasks-empty = You have no jobs. See /available.

## Duty

say-on-duty =
    { $open ->
        [0] 🟢 You are on duty. New jobs arrive here at once.
        [1] 🟢 You are on duty. One job is available: /available.
       *[other] 🟢 You are on duty. { $open } jobs are available: /available.
    }
say-off-duty =
    { $active ->
        [0] 🌙 Have a good rest. No new jobs until you type /ready.
        [1] 🌙 No new jobs for you now. One of your jobs is still running: /tasks.
       *[other] 🌙 No new jobs for you now. { $active } of your jobs are still running: /tasks.
    }

## Giving a job back

say-ask-release-reason = Why are you giving <b>{ $ticket }</b> back? Write the reason in one message.
say-released = ↩️ You gave <b>{ $ticket }</b> back. It is offered to everyone again.
say-bad-reason = { $fault } Why are you giving <b>{ $ticket }</b> back?
say-reason-required = A reason is needed.
say-reason-too-short = The reason is too short.
say-reason-too-long = The reason is too long, 500 characters at most.
say-reason-unreadable = The reason cannot be read.
say-reason-bad = The reason cannot be accepted.
say-assigned-to-you = 📌 { $by } assigned <b>{ $ticket }</b> to you.

## The visit

say-reminder = ⏰ <b>{ $ticket }</b>: check in by { $at }. Press <b>Check-in</b> on the job card as soon as you arrive.
say-ask-location =
    📍 <b>Check-in { $ticket }</b>
    Press 📎 → <b>Location</b> → <b>Share my live location</b> (15 minutes). A plain pin is taken too, but noted as not verified.
say-location-only = To check in to <b>{ $ticket }</b> I need your location: press 📎 → <b>Location</b> → <b>Share my live location</b>.
say-location-forwarded = ⛔ Forwarded locations are not accepted. Send the location of your own phone for <b>{ $ticket }</b>.
say-location-venue = ⛔ Named places are not accepted. For <b>{ $ticket }</b> choose <b>Share my live location</b>, not a place from the list.
say-location-nowhere = ⛔ That location is empty (0,0): your phone's GPS is not ready. Wait a moment, then send it again for <b>{ $ticket }</b>.
say-location-not-asked = I did not ask for a location. Open the job card by /tasks, then press <b>Check-in</b>.
say-settling = 📡 Location for <b>{ $ticket }</b> received, now ±{ $distance } from the address. Waiting up to 2 minutes for a better GPS fix; keep sharing.
say-explain =
    { $why ->
        [far] ❗ You are { $distance } from the site of <b>{ $ticket }</b>. Go closer and send your location again; or, if you are there:
        [no-site] 📍 <b>{ $ticket }</b> has no place on the map, so your position cannot be compared.
       *[no-fix] ⚠️ Check-in to <b>{ $ticket }</b> without GPS.
    }
say-explain-both = Write the reason in one message and send a photo of the place.
say-explain-reason = The photo is here. Write the reason in one message.
say-explain-photo = The reason is here. Send a photo of the place.
say-explain-bad-reason = { $fault } Write the reason for checking in to <b>{ $ticket }</b> again.
say-checked-in = ✅ Checked in to <b>{ $ticket }</b> at { $at } · { $verdict }
say-checked-in-distance = { " · " }{ $distance } from the site
say-checked-in-accuracy = { " " }(accuracy { $accuracy })
say-verdict-verified = verified
say-verdict-unverified = not verified
say-verdict-outside = outside the radius
say-verdict-manual = without GPS
say-too-early = Check-in to <b>{ $ticket }</b> begins on { $date }.
say-already-checked-in = You have checked in to { $ticket } already.
say-not-checked-in = Check in to { $ticket } first.
say-ask-place-photo = 📷 Send one photo of the front of the site of <b>{ $ticket }</b> now.
say-place-photo-taken = 👍 The photo of the site of <b>{ $ticket }</b> is here.
say-check-in-recorded = 📝 { $by } wrote down your check-in to <b>{ $ticket }</b>.
say-list-check-in = ✅ Check-in { $at } · { $verdict }
say-list-evidence =
    { $tick } Evidence: { $count } { $count ->
        [1] photo
       *[other] photos
    }
say-list-bast =
    { $tick } BAST: { $count } { $count ->
        [1] page
       *[other] pages
    }
say-list-check-out = ✅ Check-out { $at }
say-list-check-out-open = ⬜ Check-out

## Photos and papers

say-uploading =
    { $kind ->
        [bast] 📄 <b>BAST { $ticket }</b>: { $ready } received
       *[other] 📷 <b>Evidence { $ticket }</b>: { $ready } received
    }
    { $kind ->
        [bast] Send a photo or PDF of the signed BAST. As a <i>File</i> it is sharper. Press <b>Done</b> when finished.
       *[other] Send photos of the work, albums too. Press <b>Done</b> when finished.
    }
say-uploaded =
    { $kind ->
        [bast] 📄 BAST <b>{ $ticket }</b>: { $ready } received
       *[other] 📷 Evidence <b>{ $ticket }</b>: { $ready } received
    } ({ $total } in all)
say-placed =
    { $kind ->
        [bast] 📄 Taken as the BAST of <b>{ $ticket }</b>: { $ready }
       *[other] 📷 Taken as evidence of <b>{ $ticket }</b>: { $ready }
    }
say-upload-waiting = ⏳ { $count } on the way
say-upload-refused = ⚠️ { $count } not taken
say-upload-hint =
    { $kind ->
        [bast] For the BAST of <b>{ $ticket }</b> send a photo or PDF, or press <b>Done</b>.
       *[other] For the evidence of <b>{ $ticket }</b> send a photo, or press <b>Done</b>.
    }
say-too-many =
    { $kind ->
        [bast] The BAST of <b>{ $ticket }</b> has { $most } pages already; this one was not kept.
       *[other] The evidence of <b>{ $ticket }</b> has { $most } photos already; this one was not kept.
    }
say-too-large = The file is too large: 20 MB at most. Send it as a photo for <b>{ $ticket }</b>.
say-repeated = The same photo is there already for <b>{ $ticket }</b>.
say-upload-left = Upload closed. The photos that came in are kept.
say-upload-over = { $ticket } takes no more photos from you: the job is closed or has gone to someone else.
say-file-refused =
    { $kind ->
        [bast] ⚠️ A BAST file of <b>{ $ticket }</b> was not taken: { $why } Send it again.
        [check_in] ⚠️ The photo of the site of <b>{ $ticket }</b> was not taken: { $why } Send another one.
       *[other] ⚠️ An evidence photo of <b>{ $ticket }</b> was not taken: { $why } Send it again.
    }
say-unfit-empty = it is empty.
say-unfit-too-large = it is over 20 MB.
say-unfit-not-an-image = it is no picture.
say-unfit-too-many-pixels = the picture is too large, over 50 megapixels.
say-unfit-too-small = the picture is too small to show anything.
say-unfit-two-in-one = it is more than one file in one.
say-unfit-broken = it is damaged.
say-unfit-other = it cannot be read.
say-file-lost =
    { $kind ->
        [bast] ⚠️ A BAST file of <b>{ $ticket }</b> could not be fetched from Telegram. Send it once more.
        [check_in] ⚠️ The photo of the site of <b>{ $ticket }</b> could not be fetched from Telegram. Please send it again.
       *[other] ⚠️ An evidence photo of <b>{ $ticket }</b> could not be fetched from Telegram. Send it once more.
    }
say-which-job =
    { $count ->
        [1] 📷 Which job is this photo for?
       *[other] 📷 Which job are these { $count } photos for?
    }
say-no-job-for-photos = No job takes photos now. Check in by the job card in /tasks first, then send them.
say-check-out-summary =
    🏁 <b>Check out of { $ticket }?</b>
    Began { $since } · { $duration }
    Evidence: { $evidence } · BAST: { $bast }
say-minutes = { $minutes } min
say-hours = { $hours } h { $minutes } min
say-check-out-left = Not checked out of <b>{ $ticket }</b> yet.
say-checked-out = 🏁 Checked out of <b>{ $ticket }</b> at { $at }.
say-missing-both = Still missing: evidence photos and the BAST. Both may follow later.
say-missing-evidence = Still missing: evidence photos. They may follow later.
say-missing-bast = Still missing: the BAST. It may follow later.
say-already-checked-out = You have checked out of { $ticket } already.
say-job-done = ✅ <b>{ $ticket }</b> is done. Thank you!
say-letter =
    { $kind ->
        [assignment_letter] 📄 Surat Tugas <b>{ $ticket }</b>
        [travel_letter] 🚚 Surat Jalan <b>{ $ticket }</b>
        [bast_form] 📄 Blank BAST <b>{ $ticket }</b>, to be printed and signed
       *[bast] 📄 BAST <b>{ $ticket }</b>
    }
say-letters-revoked = ⚠️ The visit of <b>{ $ticket }</b> has changed: letters made before no longer hold, do not use them. The new ones will be sent here.
say-no-letter =
    { $kind ->
        [assignment_letter] There is no Surat Tugas for { $ticket } yet. The admin will send it here.
        [travel_letter] There is no Surat Jalan for { $ticket } yet. The admin will send it here.
        [bast_form] There is no blank BAST for { $ticket } yet.
       *[bast] There is no BAST for { $ticket } yet.
    }

## Buttons

key-claim = ✅ Take job
key-claim-one = ✅ Take job { $ticket }
key-open-one = 📄 { $ticket }
key-release = ↩️ Give back
key-check-in = 📍 Check-in
key-check-out = 🏁 Check-out
key-confirm-check-out = ✅ Yes, check out
key-leave-check-out = ◀️ Back
key-no-fix = ⚠️ GPS trouble
key-settle = Use this location
key-upload-evidence = 📷 Upload evidence
key-upload-bast = 📄 Upload BAST
key-finish = ✔️ Done
key-assignment-letter = 📄 Surat Tugas
key-bast-form = 📝 Blank BAST
key-travel-letter = 🚚 Surat Jalan
key-place-as =
    { $kind ->
        [bast] 📄 BAST { $ticket }
       *[other] 📷 Evidence { $ticket }
    }
key-map = 🗺 Open map
key-copy-address = 📋 Copy address
key-copy-phone = 📋 Copy phone number
key-refresh = 🔄 Refresh
key-more = ⏬ More
key-cancel = Cancel
key-share-contact = 📱 Share my number
key-language-id = 🇮🇩 Indonesia
key-language-en = 🇬🇧 English

## Menus and help

say-help =
    <b>What you can do here</b>
    { $commands }

    The bot of { $company }. Something wrong? Ask your admin.
command-start = Begin
command-help = Help
command-language = Change language
command-cancel = Cancel what is being asked
command-pool = Available jobs
command-tasks = My jobs
command-on-duty = Ready for jobs
command-off-duty = No new jobs for now
