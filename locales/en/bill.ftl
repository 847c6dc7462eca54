# What customers read of their invoices in the chat, and what the office hears of it.

say-bill-issued = Invoice <b>{ $number }</b> for ticket { $ticket }: <b>{ $total }</b>{ $due }.{ $left } The details and how to pay are on the invoice's page.
say-bill-due = , due on { $due }
say-bill-left = { " " }Still to be paid: <b>{ $left }</b>.
say-bill-reminder =
    { $days ->
        [0] Reminder: invoice <b>{ $number }</b> for ticket { $ticket } is due today, { $due }. Still to be paid: <b>{ $left }</b>. If you have paid, send us the proof on the invoice's page.
        [one] Reminder: invoice <b>{ $number }</b> for ticket { $ticket } was due { $days } day ago, on { $due }. Still to be paid: <b>{ $left }</b>. If you have paid, send us the proof on the invoice's page.
       *[other] Reminder: invoice <b>{ $number }</b> for ticket { $ticket } was due { $days } days ago, on { $due }. Still to be paid: <b>{ $left }</b>. If you have paid, send us the proof on the invoice's page.
    }
say-bill-settled = Thank you. Invoice <b>{ $number }</b> for ticket { $ticket } is paid in full: <b>{ $total }</b>.
say-bill-owing =
    Invoices still to be paid:
    { $lines }
say-bill-line = <b>{ $number }</b> · { $ticket } · { $left }{ $due }
    { $link }
say-bill-ask-which = Which invoice is this proof of transfer for?
say-bill-ask-proof = Send a photo or PDF of the transfer for invoice <b>{ $number }</b> ({ $left } to pay).
say-bill-proof-only = Please send a photo or PDF of the transfer, or type BATAL to leave.
say-bill-proof-taken = We have your proof of transfer for invoice <b>{ $number }</b>. The payment is recorded once we have checked it.
say-bill-proof-lost = Your proof of transfer for invoice <b>{ $number }</b> cannot be read. Please send it again as a photo or PDF.
say-bill-proofs-enough = We have enough proofs of transfer for invoice <b>{ $number }</b>. We will check them.
say-bill-nothing-owed = There is nothing to pay.
say-bill-proof-came = 🧾 { $name } sent a proof of transfer for <b>{ $number }</b> ({ $ticket }). Check it, then record the payment.

key-bill = See the invoice
