# What a program, and whoever reads along, is told when something is refused.

# Titles, one per type of problem.
error-unauthenticated = Not signed in
error-forbidden = Not allowed
error-not-found = Not found
error-invalid = Invalid fields
error-malformed = Unreadable request
error-too-large = Request too large
error-unsupported-media = Unknown kind of content
error-too-many-requests = Too often
error-stale = Changed by someone else
error-conflict = Conflict
error-wrong-state = Not possible in this state
error-quota-exhausted = No quota left
error-already-taken = Already taken
error-unavailable = Not available now
error-internal = Server error
error-idempotency-mismatch = Key used for another request

# Details.
error-unauthenticated-detail = Send a token that stands: Authorization: Bearer …
error-sign-in-detail = The user name or the password is wrong.
error-forbidden-detail = Your role may not do this.
error-must-change-password-detail = Your password must be changed first: POST /api/v1/auth/password.
error-not-found-detail = There is no such thing.
error-invalid-detail = { $count ->
    [one] One field must be mended.
   *[other] { $count } fields must be mended.
}
error-not-json-detail = The content is not whole JSON (line { $line }, column { $column }).
error-cut-short-detail = The content did not arrive whole.
error-method-detail = This address does not know the method { $method }.
error-too-large-detail = A request's content is at most { $limit } bytes.
error-unsupported-media-detail = A request's content must be JSON: Content-Type: application/json.
error-not-multipart-detail = The request must be multipart/form-data with the fields kind and file.
error-too-many-requests-detail = Too many failed attempts. Try again in { $seconds } seconds.
error-stale-detail = Someone else changed this since you read it. Read it again, then repeat.
error-under-way-detail = A request with the same key is being worked on. Try again in a moment.
error-shown-once-detail = This was done already; what it gave out is shown only once. Repeat with a new key.
error-unavailable-detail = The database cannot be reached. Try again in a moment.
error-no-storage-detail = Files cannot be kept or read right now. Try again in a moment.
error-timeout-detail = This request took too long and was stopped. Try again.
error-internal-detail = Something is broken on the server. Tell whoever runs it the request's number { $request }.
error-idempotency-mismatch-detail = This Idempotency-Key was used for a different request.

# Rules that say no.
refusal-quota-exhausted = No quota is left on { $date }. The next dates with a place: { $next }.
refusal-quota-exhausted-none = No quota is left on { $date }, nor on any of the 60 days after it.
refusal-own-quota-full = The quota of { $name } for { $date } is full ({ $used } of { $quota }).
refusal-wrong-state = That is not possible, because the ticket is { $now } now.
refusal-already-taken = { $by } has this ticket already.
refusal-excluded = { $name } was replaced on this ticket and cannot have it again.
refusal-not-available = { $name } is not active, or Telegram does not reach them.
refusal-last-admin = The last active admin cannot be deactivated or given another role.
refusal-has-live-jobs = { $name } still has jobs under way. Finish them or give them to someone else first.
refusal-has-live-tickets = This customer has tickets that are neither closed nor cancelled.
refusal-alert-decided = { $by } has decided already, at { $at }.
refusal-alert-over = Nobody needs to decide any more since { $at }.
refusal-not-now = That is not possible as things stand now.
refusal-setting-fixed = { $key } is given by the server's environment and cannot be changed here.
refusal-no-telegram = Telegram is not set up on this server, so there is nothing to link to.
refusal-telegram-silent = Telegram has not told the bot's name yet. Try again in a moment.
refusal-file-too-large = The file is too large; at most 20 MB.
refusal-file-unknown = Files of this kind are not taken: send a PDF, JPG, PNG or WebP.
refusal-file-not-a-photo = A photo is needed here, not a document: send a JPG, PNG or WebP.

# What is wrong with a field.
fault-required = It is required.
fault-too-short = It is too short.
fault-too-long = It is too long.
fault-bad-username = Letters, digits, dot, underscore and dash only.
fault-bad-phone = Not a phone number; for example: 0812-3456-7890.
fault-landline = A landline; a mobile number begins with 08.
fault-bad-date = Not a date; for example: 2026-11-30.
fault-bad-time = Not a time; for example: 13:00.
fault-bad-number = Not a number.
fault-bad-value = This value is not known.
fault-out-of-range = It is outside what is allowed.
fault-incomplete = Latitude and longitude go together.
fault-past = The date has gone by.
fault-too-far = The date is too far away.
fault-taken = Someone else has it already.
fault-unknown = This field is not known.
fault-not-found = Nothing has that id.
fault-inactive = It is no longer in use.
fault-wrong-password = The current password is wrong.
fault-same-password = The new password is the old one.
fault-unreadable = It holds characters that cannot be read.
fault-cut-short = The file is not whole. Send it again.
fault-two-in-one = The file has another file inside. Save it anew, then send it.
fault-too-many-pixels = The picture is too large; at most 50 million pixels.
fault-too-small = The picture is too small to show anything.
fault-undecodable = The file is broken and cannot be opened.
fault-no-columns = There is no column for name and address. The first row must name the columns.
fault-too-many-rows = Too many rows; at most 5,000. Divide it into several files.
fault-not-utf8 = Its letters cannot be read. Save it again as "CSV UTF-8".
fault-bad-code = Two to eight capitals or digits, such as TGP.
fault-bad-hours = Not a stretch of the day; for example: 08:00-17:00. Leave it empty for none.
fault-bad-address = Not a web address; for example: https://tanggap.example.com.
fault-bad-tiles = Not the address of map tiles: it begins with https:// and names zoom, column and row, as the example in config.toml does.
fault-bad-qris = Not the text of an Indonesian merchant's QRIS code.
fault-qris-checksum = A letter of the QRIS is missing or wrong; copy the whole text again.
fault-qris-not-static = This QRIS is for one purchase only; use the company's static QRIS.
refusal-invoice-state = That is not possible, because the invoice is { $now } now.
refusal-nothing-to-charge = An invoice needs a total above zero. Enter a price, or close the ticket without charge.
refusal-nobody-may-approve = No active sales person may approve a discount of { $share }%. Lower it, or raise somebody’s limit.
refusal-above-limit = Your limit is a discount of { $limit }%.
refusal-has-payments = Payments are recorded for this invoice. Reverse them first.
refusal-has-invoice = This ticket has an approved invoice. Void it first, or record its payment.
refusal-paid-before = This payment looks like one that is recorded already. If it is another, give it a reference of its own.
refusal-overpaid = Only { $left } is still to be paid.
invoice-state-draft = a draft
invoice-state-submitted = waiting for sales
invoice-state-approved = approved
invoice-state-sent = sent
invoice-state-paid = paid
invoice-state-void = void
