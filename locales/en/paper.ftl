# Letters and invoices as PDF, English.

paper-invoice = INVOICE
paper-issued = Date
paper-due = Due on
paper-ticket = Ticket
paper-to = Bill to
paper-for = For
paper-no = No
paper-what = Description
paper-quantity = Quantity
paper-price = Unit price
paper-amount = Amount
paper-subtotal = Subtotal
paper-discount = Discount
paper-base = Tax base (11/12)
paper-vat = VAT { $percent }%
paper-total = Total due
paper-words = In words
paper-withholding = If you withhold income tax (PPh 23, 2% of the service's price): { $amount }. Please send us the withholding slip.
paper-transfer = Bank transfer
paper-reference = Please write { $number } as the reference of the transfer.
paper-qris = QRIS
paper-qris-text = Scan it with your bank's or wallet's app; the amount is filled in. We confirm the payment once the money has come.
paper-unsigned = This invoice was issued by a system and is valid without a signature.
paper-page = Page { $page } of { $of }
