# Pages for customers, English.

rate-title = How was our service?
rate-language = Bahasa Indonesia
rate-ticket = Ticket
rate-service = Service
rate-date = Date
rate-who = Technician
rate-technician = How was the work of { $x }?
rate-office = How was the service of { $x }?
rate-stars = { $n ->
    [one] 1 of 5 stars
   *[other] { $n } of 5 stars
}
rate-worst = Very poor
rate-best = Very good
rate-comment = Comment (may stay empty)
rate-send = Send rating
rate-thanks = Thank you. We have received your rating.
rate-changeable = You may change it until { $x }.
rate-closed = Rating is closed
rate-closed-text = It can no longer be given or changed. If there is something to tell us, answer our message on WhatsApp.
rate-stars-wrong = Choose 1 to 5 stars.
rate-comment-wrong = The comment cannot be kept. 500 letters at most.
rate-unreadable = What was sent cannot be read. Please try again.
rate-unknown = This link is not valid
rate-unknown-text = It may have been cut. Open it again from our message on WhatsApp.
rate-slow = Too many tries
rate-slow-text = Wait a moment, then open the link in our message again.
rate-later = Something is out of order
rate-later-text = The rating cannot be opened now. Please try again in a few minutes.

## An invoice's page

invoice-title = Invoice
invoice-languages = Language
invoice-from = An invoice from { $x }
invoice-digits = The last 4 digits of your phone number
invoice-digits-why = So that only you see what is inside. Use the number that we have on file.
invoice-digits-wrong = These digits do not match. Check the phone number that we have on file.
invoice-digits-wait =
    { $n ->
        [one] Too many tries. Try again in { $n } minute.
       *[other] Too many tries. Try again in { $n } minutes.
    }
invoice-open = Open the invoice
invoice-is-open = Not paid yet
invoice-is-part = Paid in part
invoice-is-overdue = Overdue
invoice-is-paid = Paid
invoice-left = Still to be paid
invoice-due = Due on
invoice-to = To
invoice-for = For
invoice-issued = Date
invoice-details = Details
invoice-what = Description
invoice-amount = Amount
invoice-subtotal = Subtotal
invoice-discount = Discount
invoice-base = Tax base (11/12)
invoice-vat = VAT { $x }%
invoice-total = Total
invoice-paid = Paid so far
invoice-words = In words:
invoice-withholding = If you withhold income tax (PPh 23, 2% of the service's price): { $x }. Send us the withholding slip.
invoice-paper = Download the PDF
invoice-paper-whole = The QRIS code in the PDF still asks for all of { $x }. To pay the remaining { $y }, use the code on this page.
invoice-transfer = Bank transfer
invoice-reference = Write { $x } as the reference.
invoice-qris = Pay with QRIS
invoice-qris-label = QRIS code of { $x } for { $y }
invoice-qris-text = Scan it with your bank's or wallet's app; the amount is filled in. We confirm the payment once the money has come; it is not automatic.
invoice-qris-full = The code asks for the full amount. If you withhold PPh 23, pay by transfer: the amount less what you withhold.
invoice-proof = Proof of transfer
invoice-proofs =
    { $n ->
        [one] We have { $n } proof and will check it.
       *[other] We have { $n } proofs and will check them.
    }
invoice-proof-file = Photo or PDF of the transfer
invoice-proof-hint = JPG, PNG, WebP or PDF, 20 MB at most. The payment is recorded once we have checked it.
invoice-proof-send = Send the proof
invoice-proof-taken = Thank you. We have your proof of transfer and will check it.
invoice-proof-large = The file has more than 20 MB. Send a smaller one.
invoice-proof-kind = We cannot take that kind of file. Send a photo (JPG, PNG, WebP) or a PDF.
invoice-proof-cut = The file is not whole or cannot be read. Please send it again.
invoice-proof-none = Choose the photo or PDF of the transfer first.
invoice-proof-enough = We have enough proofs. We will check them.
invoice-proof-over = This invoice no longer waits for a payment.
invoice-unknown = There is no such invoice
invoice-unknown-text = The link was cut off, or the invoice no longer holds. Open the newest link from our messages, or contact us.
invoice-replaced = This link has been replaced
invoice-replaced-text = This invoice has a new link. Open the newest link from our messages, or contact us to ask for it.
invoice-later-text = The invoice cannot be opened at the moment. Please try again in a few minutes.

## A letter's validity

verify-title = Validity of a letter
verify-kind = Kind
verify-assignment = Assignment letter (Surat Tugas)
verify-travel = Travel letter (Surat Jalan)
verify-bast = Handover record (BAST)
verify-number = Number
verify-issuer = Issued by
verify-issued = Date
verify-until = Valid until
verify-valid = This letter is valid
verify-valid-text = It was issued by the company below and still holds. Compare the number on the paper with the number on this page.
verify-lapsed = This letter no longer holds
verify-lapsed-text = It is genuine, but its time is over or the work is done.
verify-replaced = This letter was replaced
verify-replaced-text = It is genuine, but a newer letter has taken its place. Ask for the new one.
verify-revoked = This letter was revoked
verify-revoked-text = Do not accept it. Contact the company if somebody comes with this letter.
verify-ended = Since
verify-unknown = Unknown letter
verify-unknown-text = There is no letter with this code. Scan it again; if this page comes back, do not accept the letter and contact the company.
verify-slow-text = Wait a moment, then scan the code on the letter again.
verify-later-text = The letter cannot be checked at the moment. Please try again in a few minutes.
