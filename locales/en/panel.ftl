# Panel, English.

## The frame

skip = Skip to content
places = Main menu
place-board = Board
place-tickets = Tickets
place-customers = Customers
place-services = Services
place-users = Users
place-held = Held messages
place-more = More
active-tickets = { $n ->
    [one] { $n } active ticket
   *[other] { $n } active tickets
    }
search-hint = Search tickets, customers, phones
demo-note = Sample data. Every message is simulated.
language = Language
theme = Appearance
theme-system = Follow the device
theme-light = Light
theme-dark = Dark
sign-out = Sign out
live-wait = Connecting
live-on = Live
live-off = Reconnecting
close = Close
back = Back
back-to-board = To the board
none = None
all = All
choose = Choose
optional = optional
copy = Copy
copied = Copied
save = Save
edit = Edit
look = Search
filter = Filter
filter-clear = Clear filters
search-words = Keywords
see-all = See all
pages = Pages
pages-first = To the start
pages-next = Next
since = Since
status = Status
created = Created
created-by = Created by
source = Source

## Keys

keys-title = Keyboard shortcuts
key-search = Search
key-new = Create new
key-move = Move down and up
key-open = Open the selected one
key-close = Go back or close
key-help = Show this help

## Times

age-now = just now
age-minutes = { $n } min
age-hours = { $n } h
age-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
    }
day-today = Today
day-tomorrow = Tomorrow
day-yesterday = Yesterday
visit-none = Not scheduled

## People

role-admin = Admin
role-technician = Technician
role-sales = Sales
role-none = Not signed in
no-technician = No technician yet

## Forms

form-wrong = Please check these fields
field-address = Address
field-base-price = Base price
field-current-password = Current password
field-customer = Customer
field-daily-quota = Jobs per day
field-discount-limit = Discount limit (%)
field-latitude = Latitude
field-locale = Language
field-longitude = Longitude
field-name = Name
field-new-password = New password
field-notes = Notes
field-other = Field
field-password = Password
field-phone = Phone
field-problem = Problem
field-reason = Reason
field-confirm = Customer number
field-role = Role
field-service = Service
field-technician = Technician
field-telegram-id = Telegram id
field-timezone = Time zone
field-username = Username
field-visit-date = Visit date
field-visit-time = Time

## Signing in

sign-in = Sign in
sign-in-note = Forgot your password? Ask an admin for a new one.
sign-in-refused = Wrong username or password.
sign-in-throttled = Too many attempts. Try again in a few minutes.
password-change = Change your password
password-forced = The initial password works for the first sign-in only. Choose your own to continue.
password-voluntary = Your sessions on other devices will end.
password-hint = At least 8 characters. A short sentence that you remember is fine.
password-save = Save password

## Board

board-title = Ticket board
board-empty = No tickets yet
board-empty-text = Create the first ticket. Every technician on duty gets the offer in Telegram at once.
board-rest = { $n ->
    [one] { $n } more ticket
   *[other] { $n } more tickets
    }
tickets-count = { $n ->
    [one] { $n } ticket
   *[other] { $n } tickets
    }
blank-open = Every ticket has a technician.
blank-assigned = Nobody has taken one yet.
blank-in-progress = Nobody is on site yet.
blank-done = Nothing is finished yet.
late = Late:
notice-held = { $n ->
    [one] { $n } message waits for you: not delivered, or held.
   *[other] { $n } messages wait for you: not delivered, or held.
    }
notice-held-verb = Review
notice-no-hands = No technician is on duty and reachable today. New tickets would reach nobody.
notice-no-hands-verb = See technicians

## Ticket

ticket = Ticket
ticket-new = New ticket
ticket-create = Create ticket
ticket-edit = Edit { $x }
ticket-open = Open ticket
ticket-cancel = Cancel
steps = The ticket's life
details = Details
visit = Visit
check-in-due = Check-in due
location = Location
location-none = No location yet
timeline = Timeline
customer = Customer
customer-open = See customer
technician = Technician
technician-waiting = Waiting for a technician to take this ticket in Telegram.
deliveries = Messages
deliveries-none = No messages yet.
delivery-queued = Queued
delivery-sent = Sent
delivery-delivered = Delivered
delivery-read = Read
delivery-failed = Failed
resend = Send again
channel = Channel
channel-telegram = Telegram
channel-whatsapp = WhatsApp
channel-panel = Panel
channel-api = API
channel-system = System
assign = Assign
assign-title = Assign { $x }
assign-text = Visit: { $x }. The technician gets the full job card in Telegram.
assign-verb = Assign technician
replace = Replace technician
replace-title = Replace { $x } on { $y }
replace-text = This technician cannot take this ticket again, and is told in Telegram.
replace-verb = Replace technician
reason-hint = Kept in the ticket's timeline.
back-to-pool = Back to the open pool
back-to-pool-text = Offered again to every technician on duty.
cancel-title = Cancel { $x }?
cancel-text = Its place in the date's quota is freed and everyone involved is told. This cannot be undone.
cancel-verb = Cancel { $x }
hand-quota = { $x } of { $y }
hand-quota-today = { $x } of { $y } today
hand-full = quota full
hand-off-duty = off duty
hands-none = There are no technicians yet.

## The visit

check-in = Check-in
check-out = Check-out
verdict-verified = Verified
verdict-unverified = Not verified
verdict-outside = Outside the radius
verdict-manual = Without GPS
origin = Source of the position
origin-live = Live location
origin-static = A pin that was picked
origin-manual = None, GPS trouble
origin-recorded = None, recorded by an admin
away = { $x } from the address
accuracy = Accuracy
position-age = Age of the position
position = Position
position-erased = Erased, as the retention says
recorded-by = Recorded by
check-out-none = Not checked out yet
visit-taken = Reassigned { $x }
visits-earlier = Earlier visits
visit-of = Visit by { $x }
still-missing = missing { $x }
checklist = Needed to be done
checklist-there = there
checklist-missing = missing
step-evidence = evidence photo
step-bast = BAST
step-check-out = check-out
radar-title = The check-in against the customer's address
radar-told = Checked in { $x } from the customer's address. The dashed circle is the allowed radius, the filled one how precise the position is.
radar-radius = Radius { $x }
radar-site = Customer's address
map-title = Map of the check-in
record = Record check-in
record-title = Record the check-in of { $x }?
record-text = For the visit { $x } whose check-in could not be sent from Telegram. It counts from now, without a position, and the technician is told.
record-verb = Record check-in of { $x }
span-seconds = { $n } s

## Files

documents = Letters and files
documents-none = No letters or files yet.
documents-later = Letters can be made or uploaded once the ticket has a technician.
photos = Photos and BAST
photos-none = No photos yet.
upload = Upload
upload-title = Upload a file for { $x }
upload-text = Letters go to the technician's Telegram at once. BAST and evidence photos count towards done.
upload-verb = Upload file
upload-busy = Uploading…
upload-hint = PDF, JPG, PNG or WebP of at most 20 MB. Evidence must be a picture.
upload-too-large = This file has more than 20 MB.
download = Download
download-one = Download { $x }
download-all = Download all
photo-open = Enlarge { $x }
photo-previous = Previous photo
photo-next = Next photo
photo-of = Photo
revoked = Revoked
erased-file = The content was erased, as the retention says
flag-seen-elsewhere = Same as a photo on another ticket
field-file = File
field-kind = Kind
kind-assignment-letter = Assignment letter
kind-travel-letter = Travel letter
kind-bast = BAST
kind-evidence = Evidence
kind-payment-proof = Payment proof
kind-check-in = Photo of the place
kind-report = From the customer
export-summary = ticket.txt
export-gone = the content is gone
export-made = Downloaded { $x }

## New ticket

job = Job
customer-known = Existing
customer-new = New customer
customer-find = Find the customer
customer-find-hint = Name, customer number or phone
customer-pick-none = No match. Choose "New customer" to register one here.
services-first = Add a service first
phone-hint = For example 0812-3456-7890
address-hint = Street, number, village, district, city
problem-hint = In the customer's words. Technicians read it before they take the ticket, so leave out phone and house numbers.
coordinates-hint = Paste "latitude, longitude" from Google Maps here.
quota-left = { $n } left
quota-full = Full
quota-used = { $x } of { $y } places taken
quota-next = Other dates with free places
quota-hands = { $n ->
    [one] { $n } technician
   *[other] { $n } technicians
    }
quota-check = Check the quota

## Tickets

tickets-empty = No tickets yet
tickets-empty-text = Tickets that you create appear here.
tickets-no-match = No matching tickets
tickets-no-match-text = Try other words or loosen the filters.

## Customers

customers-empty = No customers yet
customers-empty-text = Add one here, or right in a new ticket.
customers-no-match = No matching customers
customers-no-match-text = Check the spelling, or add a new customer.
customer-create = Add customer
customer-edit = Edit { $x }
customer-archived = This customer is archived and cannot be chosen for new tickets.
customer-no-tickets = No tickets yet
customer-no-tickets-text = This customer's tickets appear here.
customer-put-away = Archive customer
customer-put-away-text = The history is kept. Possible once all tickets are closed or cancelled.
archive = Archive
archive-title = Archive { $x }?
archive-text = This customer no longer appears when a ticket is created.
archived = Archived
customer-erase = Erase personal data
customer-erase-text = The name, address, phone, location and notes are erased for good; the tickets stay. Possible once all tickets are closed or cancelled.
customer-erased = The personal data of this customer has been erased.
erase = Erase data
erase-title = Erase the data of { $x }?
erase-text = This cannot be undone. To go on, type the number of this customer: { $x }
erase-mismatch = What was typed is not { $x }; nothing was erased.
timezone-company = Same as the company
withholds = Withholds PPh 23 when paying
notes-hint = Seen only by admins and the technician on the job.
source-panel = Panel
source-whatsapp = WhatsApp
source-import = Import

## Services

service-new = New service
service-edit = Edit service
service-create = Add service
service-active = Active
service-inactive = Inactive
service-active-text = Can be chosen for new tickets
services-empty = No services yet
services-empty-text = Services and their prices are chosen in a new ticket.
price-hint = Whole rupiah, for example 150.000 or 150rb

## Users

user-new = New user
user-create = Add user
user-inactive = Inactive
users-empty = No users yet
users-empty-text = Add technicians, then link their Telegram.
username-hint = 3 to 32 lowercase letters, digits, dots or dashes.
initial-password-hint = At least 8 characters, to be changed at the first sign-in.
user-phone-hint = When given, linking Telegram is checked against this number.
telegram-id-hint = Leave empty to link with an invite link.
daily-quota-hint = Empty means the company's default.
discount-limit-hint = For sales only. Empty means no limit.
duty = Duty
duty-of-admins = Admins on duty hear of emergencies in Telegram first; where nobody decides, every admin does.
duty-on = On duty
duty-off = Off duty
duty-set-on = Set on duty
duty-set-off = Set off duty
telegram-linked = Linked
telegram-unreachable = Unreachable
telegram-not-linked = Not linked
telegram-linked-text = Offers and job cards reach this person's Telegram. To link another account, clear the Telegram id first.
telegram-unreachable-text = This person blocked the bot or never pressed Start. Ask them to open the bot and press Start.
telegram-not-linked-text = Create a one-time link and send it to this person. Opening it links their Telegram.
invite-create = Create invite link
invite-title = Telegram invite link
invite-text = Send this link to { $x }. It works once and is shown only now.
invite-expires = Valid until
access = Access
must-change = Must change password
reset = New password
reset-title = New password for { $x }?
reset-text = The old password stops working and all sessions end. The new one is shown once.
reset-verb = Create password
password-new-title = New password
password-new-text = Give it to { $x }. It is shown only now, and must be changed at sign-in.
revoke = End all sessions
revoke-title = End all sessions of { $x }?
revoke-text = Every device and API token of this person is signed out at once.
revoke-verb = End sessions
deactivate = Deactivate
deactivate-title = Deactivate { $x }?
deactivate-text = This person cannot sign in, gets no offers and leaves the quota. Their history is kept.
deactivate-verb = Deactivate { $x }
activate = Activate again

## Held messages

held-text = What could not be read or sent is kept here, without holding up anything else.
held-in = Incoming
held-out = Failed outgoing
held-none = Nothing is held
held-none-text = Every incoming message has been handled.
held-out-none = Every outgoing message was sent.
held-error = Cause
held-attempts = Attempts
discard = Discard
discard-title = Discard message { $x }?
discard-text = It will not be tried again. Its record is kept.
received = Received
retry = Try again

## Trouble

trouble-forbidden = Not allowed
trouble-forbidden-text = Your role does not include this page.
trouble-not-found = Not found
trouble-not-found-text = The address is wrong, or what you look for is gone.
trouble-conflict = It has changed
trouble-conflict-text = Someone else changed it first. Reload and try again.
trouble-invalid = The request could not be read
trouble-invalid-text = Reload the page and try again.
trouble-busy = Too many requests
trouble-busy-text = Wait a moment and try again.
trouble-unavailable = Unavailable right now
trouble-unavailable-text = Nothing is lost. Try again in a moment.
trouble-internal = Something went wrong on our side
trouble-internal-text = It was recorded. Try again; if it persists, quote the code below to whoever runs the server.

## What was done

told-ticket-created = { $x } was created and offered to technicians.
told-ticket-changed = { $x } was updated.
told-ticket-assigned = { $x } was assigned.
told-ticket-replaced = The technician of { $x } was replaced.
told-ticket-cancelled = { $x } was cancelled.
told-check-in-recorded = The check-in of { $x } is recorded.
told-document-added = { $x } is uploaded.
told-customer-saved = { $x } was saved.
told-customer-archived = { $x } was archived.
told-customer-erased = The personal data of { $x } was erased.
told-service-saved = { $x } was saved.
told-user-saved = { $x } was saved.
told-sessions-ended = All sessions of { $x } have ended.
told-password-changed = Your password was changed.
told-message-queued = The message will be sent again.
told-input-queued = The message will be tried again.
told-input-discarded = The message was discarded.
told-refused = { $x }

signed-out-title = Your session has ended.
signed-out-text = What you typed stays on this page. Sign in in another tab, then send it again from here.
signed-out-verb = Sign in in a new tab
technical = Technical details
cause-blocked = This person has blocked the bot. Ask them to unblock it in Telegram, then send again.
cause-deactivated = Their Telegram account no longer exists. Link the new one on the user's page.
cause-group = The group has moved, or the bot was removed from it. Invite the bot again and check telegram.pool_chat_id.
cause-unknown-chat = This person has never written to the bot. Ask them to press Start in Telegram, or send a new invite link.
cause-rights = The bot may not write in that chat.
cause-too-large = The message or its file is too large.
cause-file = The file that goes with it cannot be sent.
cause-connection = The service cannot be reached. Send again once the connection is back.
cause-other = The service did not take this message.
cause-input-slow = This message took too long to handle. Try again.
cause-input-unreadable = What this message says cannot be read. Ask whoever sent it again.
cause-input-broke = Something broke while this message was handled. Try again; if it still fails, tell whoever runs the system.
form-now = Now: { $x }
form-now-empty = Now: empty
ticked = ticked
unticked = not ticked
archived-too = Archived ones too
restore = Restore
told-customer-restored = { $x } was restored.
work-title = Your work is in Telegram
work-text-technician = Offers, check-in, photos and BAST are all in the Telegram bot. This panel is for admins.
work-text-sales = Price approvals are all in the Telegram bot. This panel is for admins.
work-open = Open the bot in Telegram
work-qr = At a computer? Point your phone's camera at this code to open the bot.
work-no-bot = The company's Telegram bot is not connected yet. Ask an admin.
work-unlinked = Your Telegram account is not linked yet. Ask an admin for an invite link.
lost-title = Connection lost.
lost-text = What you typed stays on this page. Try again once you are connected.
form-overtaken = Someone else changed it while you were typing. What you typed is still here, and not saved. Look at what it is now; saving again replaces it.
refused-stale = Someone else changed it while you were typing. Reload the page and make your change again.

## The ticket's story

event-created = Ticket created
event-claimed = Taken
event-assigned = Assigned
event-released = Released by the technician
event-replaced = Technician replaced
event-changed = Changed
event-cancelled = Cancelled
event-closed = Closed
event-resent = Message sent again
event-done = Done
event-check-in-recorded = Check-in recorded
event-document-added = File added:
event-document-erased = File erased, as the retention says:
event-documents-exported = All files downloaded
event-position-erased = Position of the check-in erased, as the retention says
event-arrived =
    { $n ->
        [one] { $n } file came in:
       *[other] { $n } files came in:
    }
event-by = by { $x }
event-to = to { $x }
recipients = { $n ->
    [one] { $n } recipient
   *[other] { $n } recipients
    }
message-offer = Ticket offer
message-offer-changed = Offer updated
message-taken = Told as taken
message-withdrawn = Offer withdrawn
message-won = Told as won
message-lost = Told as lost
message-job-card = Job card
message-job-gone = Job taken back
message-assigned = Told of the assignment
message-released = Release told to admins
message-input-held = Held input told to admins
message-unreachable = Unreachable technician told to admins
message-contact-refused = Refused contact told to admins
message-letters-revoked = Notice: letters revoked
message-letter = Letter
message-reminder = Check-in reminder
message-check-in = Check-in conversation
message-check-in-doubted = Doubtful check-in told
message-check-in-recorded = Recorded check-in told
message-upload = Upload conversation
message-file-lost = Lost file told
message-photo-reused = Reused photo told
message-check-out = Check-out conversation
message-done = Done told
messages =
    { $n ->
        [one] { $n } message
       *[other] { $n } messages
    }
message-other = Message
event-invoice-drafted = Invoice drafted
event-invoice-changed = Invoice edited
event-invoice-submitted = Invoice submitted to sales
event-invoice-revised = Price revised
event-invoice-approved = Invoice approved
event-invoice-rejected = Invoice given back
event-invoice-voided = Invoice voided
event-invoice-paid = Invoice paid in full
event-invoice-reopened = Invoice open again
event-invoice-link-renewed = Invoice link replaced
event-invoice-retaxed = VAT computed anew: its rate has changed
event-payment-recorded = Payment recorded
event-payment-reversed = Payment reversed

## What customers report, ask and think

place-requests = Requests
place-ratings = Ratings
request = Request
request-report = Problem report
request-question = Question
request-new = New
request-accepted = Made a ticket
request-answered = Answered
request-dismissed = Dismissed
request-photos =
    { $n ->
        [one] { $n } photo
       *[other] { $n } photos
    }
request-no-customer = not registered
request-no-customer-title = No customer yet
request-no-customer-text = This person is not registered, so there can be no ticket yet. Answer in the chat, or ask them to register by typing DAFTAR.
request-make = Make a ticket
request-dismiss = Dismiss
request-dismiss-title = Dismiss { $x }?
request-dismiss-text = Only the office sees the reason. The customer is not told.
requests-none-new = No new requests
requests-none-new-text = What customers report and ask by WhatsApp appears here.
requests-none = Nothing here
requests-none-text = Choose another state above.
field-text = Message to the customer
field-from = From
field-to = Until
told-request-answered = { $x } was answered.
told-request-dismissed = { $x } was dismissed.
told-chat-taken = The chat is yours. The bot keeps silent for now.
told-chat-given = The bot answers in this chat again.
told-chat-written = The message will be sent.
chat-lines = The chat
chat-empty = No messages yet.
chat-bot = Answered by the bot
chat-paused = Office until { $x }
chat-take = Take the chat over
chat-give = Give it back to the bot
chat-send = Send
chat-hint = It goes now. The bot keeps silent for two hours after the office has written.
chat-late-hint = Their last message is more than 24 hours old: they first get a notice that there is an answer, and this message once they open it.
chat-text-wrong = That message is empty or too long.
chat-unusable = Messages do not arrive: { $x }. Please call.
chat-stopped = Wants no notices since { $x }. Answers to their messages are still welcome.
chat-changed = changed by the sender
chat-revoked = taken back by the sender
chat-kind-press = Pressed a button
chat-kind-place = Sent a location
chat-kind-file = Sent a photo or a file
chat-kind-contacts = Sent a contact
chat-kind-gesture = Reacted or sent a sticker
chat-kind-order = Sent a catalogue order
chat-kind-other = Sent something else
channel-stopped = WhatsApp has sent nothing since { $x }. Messages wait.
ratings-week = 7 days
ratings-month = 30 days
ratings-quarter = 90 days
ratings-period = Period
ratings-trend = Trend by week
ratings-trend-text = Average stars of each week, from 1 to 5; the numbers are in the table beside it.
ratings-weekly = Week
ratings-from-to = { $x } – { $y }
ratings-before = against the period before
ratings-some = this choice
ratings-page = web page
ratings-technicians = Technicians
ratings-cs = Office
ratings-technician = Technician
ratings-office = Office
ratings-average = Average
ratings-spread = Spread
ratings-count =
    { $n ->
        [one] { $n } rating
       *[other] { $n } ratings
    }
ratings-bar = { $x } stars: { $y } ratings
ratings-given = Ratings received
ratings-of = Ratings for { $x }
ratings-not-given = not rated
ratings-low = Needs a look
ratings-none = No ratings yet
ratings-none-text = Customers are asked to rate when their ticket is closed.
message-ticket-created = Told of the ticket
message-visit-moved = Told of the new time of the visit
message-technician-assigned = Told of the technician
message-technician-arrived = Told of the arrival
message-ticket-done = Told that it is done
message-ticket-cancelled = Told of the cancellation
message-rating = Asked for a rating
message-office = Message from the office
message-request-came = Request told to admins
message-rated-low = Low rating told to admins
message-photos-unplaced = Photos without a ticket told to admins
message-place-photo-refused = Refused place photo told to admins
message-price = Price approval
message-chat = WhatsApp conversation
event-request-accepted = Made from a customer’s report
event-rating-opened = Rating asked for
event-rating-given = Stars given
event-rating-commented = Comment written
event-by-customer = Customer

# Emergencies
emergency = Emergency
alarm-title = has not begun
alarm-due = check-in was due { $x }
alarm-late = late by { $x }
alarm-continue = Continue { $x } min
alarm-replace = Replace
alarm-choice-gone = That technician can no longer be chosen. Choose someone else.
alarms-more =
    { $n ->
        [1] And { $n } more emergency.
       *[other] And { $n } more emergencies.
    }
alarms-more-verb = See their tickets
alarms-count =
    { $n ->
        [1] { $n } ticket has not begun
       *[other] { $n } tickets have not begun
    }
sound-on = Turn sound on
sound-is-on = Sound is on
told-visit-put-off = { $x } has more time.
told-technician-replaced = { $x } was replaced.
event-alert-raised = Late to begin
event-alert-resolved = Emergency over
event-check-in-put-off = Goes on
event-minutes = { $x } more minutes
event-why-checked-in = checked in
event-why-released = given back
event-why-cancelled = ticket cancelled
event-why-moved = visit moved
message-emergency = Emergency
message-more-time = More time to check in

## What customers owe

place-invoices = Invoices
invoice = Invoice
inv-draft = Draft
inv-submitted = Waiting for sales
inv-approved = Ready to send
inv-sent = Waiting for payment
inv-overdue = Overdue
inv-paid = Paid
inv-void = Void
inv-step-draft = Draft
inv-step-submitted = Submitted
inv-step-approved = Approved
inv-step-sent = Sent
inv-step-paid = Paid
inv-steps = The invoice's way
inv-unnumbered = Draft { $x }
inv-due = Due
inv-left = { $x } left
inv-paid-left = { $x } paid, { $y } left
inv-judges = Waiting for { $x } to decide.
inv-no-judges = No active sales person may approve this discount. Void it, or raise someone's limit.
inv-returned = Returned by { $x }, { $y }.
inv-overtaken = It has changed since you opened it.
inv-reload = Load the latest
inv-stale = Someone else has changed this draft. What you typed is still here; compare it with what is saved below, then save again if yours is right.
inv-saved-now = What is saved now
inv-open = Open invoice
inv-open-page = Customer's page
inv-make = Make an invoice
inv-none = There is no invoice yet.
inv-none-ever = Closed without charge.
inv-lines = Lines
inv-save = Save draft
inv-submit = Save and submit to sales
inv-make-void = Void invoice
inv-link = Customer's link
inv-link-text = The customer opens it with the last four digits of his phone.
inv-past = History
inv-version = version { $x }
inv-no-deliveries = No messages about this invoice yet.
line-nth = Line { $x }
line-description = Description
line-quantity = Quantity
line-unit = Unit
line-price = Unit price
line-amount = Amount
line-add = Add a line
line-remove = Remove line { $x }
lines-none = No lines yet.
sums-subtotal = Subtotal
sums-base = Tax base
sums-vat = VAT { $x }%
sums-total = Total
sums-withheld = PPh 23 that the customer withholds (2%)
sums-received = Received in the account
sums-unreadable = The total appears once every number can be read.
sums-compute = Compute again
change-none = none
change-became = { $what }: { $old } → { $new }
change-line-added = Line added: { $x }
change-line-removed = Line removed: { $x }
discount-hint = For example 10% or 150.000. Leave it empty for none.
due-date-hint = Empty means { $n } days from the approval.
field-discount = Discount
field-due-date = Due date
field-method = Method
field-amount = Amount received
field-withheld = PPh 23 withheld
field-paid-on = Paid on
field-reference = Reference
field-proof = Proof
method-transfer = Bank transfer
method-qris = QRIS
method-cash = Cash
method-card = Card
method-other = Other
amount-hint = Whole rupiah, for example 750.000
withheld-hint = Counts as paid.
reference-hint = What the bank statement says.
payments = Payments
payments-none = No payments yet.
payment-record = Record a payment
payment-withheld = PPh 23 { $x }
payment-reverse = Reverse
payment-reversed = Reversed
payment-undone = Does not count
pay-title = Record a payment of { $x }
reverse-title = Reverse the payment of { $x }?
reverse-text = The invoice waits for its money again, the ticket stays closed, and all admins are told.
renew-link = Replace link
renew-title = Replace the link of { $x }?
renew-text = The old link stops working at once: whoever opens it only reads that it was replaced. Messages that have been sent keep the old link; those not sent yet go with the new one.
renew-send = Send the new link to the customer's WhatsApp now
told-link-renewed = The link was replaced. The customer does not know yet: send it again, or copy the new link.
told-link-sent = The link was replaced, and the new one is on its way to the customer's WhatsApp.
told-link-unsent = The link was replaced, but this customer cannot be reached by WhatsApp. Copy the new link and hand it over yourself.
void-title = Void { $x }?
void-text = Its link stops working. Until the ticket is closed, a new invoice can be made. This cannot be undone.
void-verb = Void { $x }
proofs = Proofs that the customer sent
proofs-text = A proof marks nothing as paid. Check the bank statement, then record the payment.
ticket-close = Close without charge
close-title = Close { $x } without charge?
close-text = Its draft invoice becomes void, and the customer is asked for a rating. This cannot be undone.
event-invoice-sent = Invoice sent
invoices-draft = Drafts
invoices-submitted = Waiting for sales
invoices-approved = To send
invoices-sent = Open
invoices-overdue = Overdue
invoices-paid = Paid
invoices-void = Void
invoices-by = Period by
invoices-by-issued = Date of issue
invoices-by-due = Due date
invoices-by-paid = Date of payment
invoices-search = Number, customer, phone
invoices-sheet = Download CSV
invoices-found = { $n ->
    [one] { $n } invoice
   *[other] { $n } invoices
    }
invoices-billed = Billed
invoices-settled = Paid
invoices-outstanding = Outstanding
invoices-waiting = { $n } to submit or to send
invoices-empty = No invoices yet
invoices-empty-text = A draft appears by itself as soon as a ticket is done.
invoices-empty-verb = See done tickets
invoices-no-match = No invoice matches
invoices-no-match-text = Try another period or other words.
sheet-number = Number
sheet-state = Status
sheet-ticket = Ticket
sheet-customer-number = Customer number
sheet-customer = Customer
sheet-drafted = Drafted
sheet-issued = Issued
sheet-sent = Sent
sheet-due = Due
sheet-subtotal = Subtotal
sheet-discount = Discount
sheet-tax-base = Tax base
sheet-vat = VAT
sheet-total = Total
sheet-paid = Paid
sheet-withheld = PPh 23 withheld
sheet-outstanding = Outstanding
sheet-paid-on = Last paid on
told-ticket-closed = { $x } was closed without charge.
told-invoice-saved = The draft of { $x } was saved.
told-invoice-submitted = The invoice of { $x } was submitted to sales.
told-invoice-voided = Invoice { $x } was made void.
told-invoice-paid = { $x } is paid in full.
told-payment-recorded = A payment of { $x } was recorded.
told-payment-reversed = The payment of { $x } was reversed.
inv-send = Send to the customer
inv-send-again = Send again
inv-link-open-text = This customer has no phone, so whoever holds this link can open it.
told-invoice-sent = The link is on its way to the customer's WhatsApp.
told-invoice-unsent = The invoice can be paid, but this customer cannot be reached by WhatsApp. Copy the link and hand it over yourself.
message-bill-issued = Invoice link
message-bill-reminder = Payment reminder
message-bill-settled = Thanks for the payment
message-bill = Chat about an invoice
message-proof-came = News of a proof of payment
message-payment-reversed = News of a reversed payment
message-price-asked = Price request to sales
## Customers from a spreadsheet

import = Import customers
import-of = Import { $x }
import-text = The first row names the columns; name and address must be there. Before anything is saved you see what becomes of each row.
import-hint = A CSV file of at most 2 MB and 5,000 rows.
import-example = Download an example
import-too-large = This file is larger than 2 MB.
import-reading = Reading…
import-look = Look at it first
import-filename = customers-example.csv
import-columns = Name|Address|Phone|Latitude|Longitude|Time zone|PPh 23|Notes
import-row = Budi Santoso|"Jl. Melati 12, Coblong, Bandung"|0812-3456-7890|-6.8915|107.6107|WIB|no|Green fence
import-ready = { $n ->
    [one] One customer is ready to be saved
   *[other] { $n } customers are ready to be saved
}
import-passed = { $x } rows are passed over as known; { $y } rows are wrong and will not be saved.
import-unread = Columns that are not used: { $x }
import-save = { $n ->
    [one] Save one customer
   *[other] Save { $n } customers
}
import-go-on = Go on
import-stop = Stop
import-discard = Discard
import-progress = { $x } of { $y } rows done
import-saved = { $n ->
    [one] One customer was saved
   *[other] { $n } customers were saved
}
import-given-up = This file was discarded; nothing was saved.
import-another = Import another file
import-wrong = { $n ->
    [one] One row is wrong
   *[other] { $n } rows are wrong
}
import-known = { $n ->
    [one] One row is passed over
   *[other] { $n } rows are passed over
}
import-line = Row
import-faults = What is wrong
import-same-as = Same as
import-repeats = row { $x }
import-first = Some of the rows to be saved
field-withholds = PPh 23

## Letters that are made here

letter-make-assignment = Make assignment letter
letter-make-travel = Make travel letter
letter-make-bast = Make BAST form
letter-travel-title = Travel letter for { $x }
letter-travel-text = Write down the goods that go along, or leave them empty when there are none. The letter goes to the technician's Telegram at once; an earlier travel letter is revoked.
letter-bast-title = BAST form for { $x }
letter-bast-text = Write down the goods that are handed over, or leave them empty to write by hand. The form goes to the technician's Telegram to be printed; what counts is still the photo of the signed BAST.
letter-add = Add goods
letter-nth = Goods { $x }
letter-valid = Valid
letter-verify = Check the validity of { $x }
letter-driver-hint = Leave empty when { $x } drives.
vehicle-hint = For example Avanza B 1234 XYZ. Empty: written by hand.
goods-item = Item
goods-serial = Serial number
goods-condition = Condition
field-vehicle = Vehicle
field-driver = Driver
field-goods = Goods
kind-bast-form = BAST form
told-letter-issued = Letter { $x } is made and sent to the technician.
told-letters-revoked = { $x } was updated. The letters made before were revoked, because they no longer say what is so: make new ones.
event-letters-revoked = Letters revoked:
event-letter-issued = Letter made:
