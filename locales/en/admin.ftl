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
