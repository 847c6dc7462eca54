# The chat: what sales read in Telegram; what everyone reads is in technician.ftl.

command-prices = Prices that wait for approval

## The card

say-price-asked =
    💼 <b>{ $ticket }</b> · { $service }
    🔧 { $problem }
    👤 { $customer }
say-price-area = 📍 { $area }
say-price-work =
    👷 { $technician }{ $at ->
        [none] { "" }
       *[other] { " · done " }{ $at }
    }
say-price-line = • { $description }: { $quantity } { $unit } × { $price } = { $amount }
say-price-lines-more = • … and { $count } more lines
say-price-list = Price list: { $amount }
say-price-subtotal = Base price: { $amount }
say-price-discount = Discount ({ $share }): −{ $amount }
say-price-vat = VAT { $percent }% of { $base }: { $amount }
say-price-total = <b>Total: { $amount }</b>
say-price-version = <i>Version { $version } · submitted by { $by }, { $at }</i>
say-price-system = the system

say-price-ended =
    { $how ->
        [approved] ✅ <b>{ $ticket }</b> approved by { $by } · { $at }
        [rejected] ↩️ <b>{ $ticket }</b> rejected by { $by } · { $at }
        [passed-on] ✏️ <b>{ $ticket }</b> revised by { $by } · { $at }; waits for those who may decide
        [retaxed] 🔁 <b>{ $ticket }</b>: the VAT rate has changed · { $at }; decide in the new card
       *[voided] 🚫 <b>{ $ticket }</b> is not charged any more, voided by { $by } · { $at }
    }
    👤 { $customer } · <b>{ $total }</b>{ $how ->
        [approved] { " · " }{ $number }
        [passed-on] { "" }
        [retaxed] { "" }
       *[other] { " · Reason: " }{ $reason }
    }
say-price-gone = 🔒 <b>{ $ticket }</b>: this request does not stand any more.
say-price-below = ⬇️ <b>{ $ticket }</b>: goes on below.

## Another price

say-price-ask-offer =
    ✏️ <b>{ $ticket }</b>: the total is <b>{ $total }</b> now.
    Choose a discount, or type one, such as <code>10%</code>, <code>150rb</code> or <code>1,5jt</code>.{ $limit ->
        [none] { "" }
       *[other] { " Your discount limit is " }{ $limit }%.
    }
say-price-ask-discount = ✏️ <b>{ $ticket }</b>: type the discount, such as <code>10%</code>, <code>150rb</code> or <code>1,5jt</code>.
say-price-ask-final = ✏️ <b>{ $ticket }</b>: type what the customer shall pay in the end, such as <code>1.500.000</code> or <code>1,5jt</code>.
say-price-unclear = ✏️ <b>{ $ticket }</b>: is <b>{ $amount }</b> the discount, or the final price?
say-price-preview =
    🧮 <b>{ $ticket }</b>: discount { $discount } ({ $share })
    Total { $before } → <b>{ $total }</b>
say-price-preview-vat = Includes { $amount } of VAT.
say-price-missed = Rounding the tax cannot hit { $wanted } exactly; the nearest below is { $total }.
say-price-within =
    { $limit ->
        [none] Approve this price?
       *[other] Your discount limit is { $limit }%. Approve this price?
    }
say-price-beyond = ⚠️ Above your discount limit ({ $limit }%). If you pass it on, these decide: { $judges }.
say-price-bad-offer = ✏️ <b>{ $ticket }</b>: { $fault }
say-price-fault-too-much-off = that discount is more than the price.
say-price-fault-above-full-price = the final price must be above zero, and not above the price without a discount.
say-price-fault-out-of-range = that number is too large.
say-price-fault-unreadable = I cannot read that yet. Type for example 10%, 150rb, 1,5jt or 1.500.000.
say-price-left = ✏️ <b>{ $ticket }</b>: left as it is.

## Back to the admins

say-price-ask-rejection = ↩️ <b>{ $ticket }</b>: why is it rejected? Write the reason; the admins will read it.
say-price-bad-rejection = ↩️ <b>{ $ticket }</b>: { $fault }

## Answers

say-price-granted = ✅ { $ticket } approved: { $number }, { $total }.
say-price-passed-on = 📤 { $ticket } passed on with a total of { $total }. Its card will show what comes of it.
say-price-returned = ↩️ <b>{ $ticket }</b> went back to the admins.
say-price-outdated = The price of { $ticket } has changed. This is the newest version.
say-price-retaxed = The VAT rate has changed since { $ticket } was submitted. Its total is { $total } now; look at its new card, and decide there.
say-price-over =
    { $how ->
        [approved] { $by } has approved { $ticket } already ({ $at }): { $number }, { $total }.
        [rejected] { $by } has rejected { $ticket } already ({ $at }); it is with the admins. { $reason }
       *[voided] { $by } has voided { $ticket } ({ $at }); it is not charged. { $reason }
    }
say-price-above-limit = The discount is above your limit ({ $limit }%). Use Revise, or wait for those who may.
say-price-nobody-may = No sales person may give a discount of { $share }. Choose a smaller one.
say-price-nothing-to-charge = The total would be zero. If nothing is charged, ask an admin to close the ticket without charge.

## Photos

say-price-photos-coming = 🖼 { $count } photos of { $ticket } are on their way.
say-price-no-photos = { $ticket } has no photos to show yet.
say-price-photo =
    { $kind ->
        [bast] 📄 Handover of { $ticket } ({ $place }/{ $count })
       *[other] 🖼 Evidence of { $ticket } ({ $place }/{ $count })
    }

## Lists

say-price-waiting = 💼 <b>Waiting for approval</b>
say-price-waiting-line = <b>{ $ticket }</b> · { $customer } · { $total } · discount { $share } · since { $since }
say-price-waiting-above = ⚠️ <i>above your discount limit</i>
say-price-waiting-more = <i>There are more: /approval</i>
say-price-none-waiting = ✅ No price waits for approval.
say-price-overdue =
    { $count ->
        [1] ⏰ <b>A price still waits for your decision.</b> Open it with /approval.
       *[other] ⏰ <b>{ $count } prices still wait for your decision.</b> Open them with /approval.
    }

## Buttons

key-price-approve = ✅ Approve
key-price-revise = ✏️ Revise
key-price-reject = ❌ Reject
key-price-photos = 🖼 Photos ({ $count })
key-price-open = 🔎 { $ticket }
key-price-percent = { $percent }%
key-price-other-discount = ⌨️ Other discount
key-price-final = 🎯 Final price
key-price-as-discount = ➖ Discount { $amount }
key-price-as-final = 🎯 Final price { $amount }
key-price-accept = ✅ Approve { $total }
key-price-pass-on = 📤 Pass on to those who may
key-price-change = ↩️ Change
