# The chat: emergencies, as admins and technicians read them.
say-emergency-raised =
    🚨 <b>{ $ticket } has not begun</b> · { $service }
    👤 { $customer } · { $area }
    🗓 { $visit } · check-in was due { $due }, { $late }
    👷 <b>{ $technician }</b>
say-emergency-unreachable = 🔕 Telegram does not reach them: call instead.
say-emergency-repeated = 🔁 Told { $count } times: nobody has decided.
say-emergency-to-all = 📣 Every admin hears it now.
say-emergency-choosing =
    { $free ->
        [0] Who takes the place of <b>{ $technician }</b>? No other technician has a place left that day.
       *[other] Who takes the place of <b>{ $technician }</b>?
    }
say-emergency-page = Page { $page } of { $pages }: { $free } technicians have a place left.
say-emergency-confirming =
    { $to ->
        [person] 🔄 Replace <b>{ $technician }</b> by <b>{ $next }</b> on { $ticket }?
       *[pool] 🔄 Take { $ticket } from <b>{ $technician }</b> and offer it to everyone again?
    } They cannot take this job again, and its letters are revoked.
say-emergency-continued =
    ▶️ <b>{ $ticket }</b> goes on, says { $by } at { $at }.
    { $technician } has { $minutes } more minutes, until { $until }.
say-emergency-replaced =
    🔄 <b>{ $ticket }</b> was handled by { $by } at { $at }.
    { $to ->
        [person] { $next } takes the place of { $technician }.
       *[pool] { $technician } was replaced; the job is offered to everyone again.
    }
say-emergency-resolved =
    ✅ <b>{ $ticket }</b> settled itself at { $at }: { $why ->
        [checked-in] { $technician } has checked in.
        [released] { $technician } gave the job back, and it is offered again.
        [cancelled] the ticket was cancelled.
       *[moved] the visit was moved.
    }
say-emergency-list =
    { $count ->
        [1] 🚨 <b>Emergency: a ticket has not begun</b>
       *[other] 🚨 <b>Emergency: { $count } tickets have not begun</b>
    }
say-emergency-line = • <b>{ $ticket }</b> · { $technician } · { $late }
say-emergency-more = The others are in the panel.
say-emergency-list-empty = ✅ There is no emergency.
say-emergency-hand-full = { $name } has no place left that day ({ $used }/{ $quota }). Choose someone else.
say-emergency-hand-gone = { $name } cannot take this ticket. Choose someone else.
say-emergency-moved = The ticket has just changed. Look again with /emergencies.
say-emergency-more-time = ⏳ { $by } gives you until { $until } to check in to <b>{ $ticket }</b>.
say-span-now = a moment ago
say-span-minutes =
    { $minutes ->
        [1] a minute ago
       *[other] { $minutes } minutes ago
    }
say-span-hours =
    { $minutes ->
        [0] { $hours } h ago
       *[other] { $hours } h { $minutes } min ago
    }
say-span-days = { $days } days ago
key-continue = ▶️ Continue { $minutes } min
key-replace = 🔄 Replace
key-hand = { $name } · { $used }/{ $quota }
key-hand-off-duty = 💤 { $name } · { $used }/{ $quota }
key-next-page = More ›
key-previous-page = ‹ Previous
key-to-pool = 📢 Offer to everyone
key-confirm-replace = ✅ Yes, replace
key-back = ↩️ Back
command-alerts = Tickets that are late to begin
