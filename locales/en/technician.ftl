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
say-not-yours = { $ticket } is not your job, or the visit has begun.
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
        [replaced] 🔄 <b>{ $ticket }</b> has gone to someone else.
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

## Buttons

key-claim = ✅ Take job
key-claim-one = ✅ Take job { $ticket }
key-open-one = 📄 { $ticket }
key-release = ↩️ Give back
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
