# The chat: what customers read. Angle-bracket marks are turned into each chat's own; what is put in between
# braces is escaped before it gets here.

## Getting to know each other

say-customer-consent =
    Hello{ $who }, thank you for contacting <b>{ $company }</b>.
    To serve you we need to keep your name, address and phone number. They are used for service, visits, bills and ratings only.{ $privacy }
    Send STOP at any time to opt out.
say-customer-privacy = { " " }Details: { $url }
say-customer-consent-refused = All right, we do not keep your data. If you change your mind, type START{ $phone }.
say-customer-or-call = , or call { $phone }
say-customer-ask-name = What is your full name? (for example: Siti Aminah)
say-customer-ask-name-of = What is your full name? Choose <b>{ $name }</b>, or write another (for example: Siti Aminah).
say-customer-bad-name = We cannot take that as a name. Write the name only, 2 to 80 letters, without links or numbers.
say-customer-ask-address = Send the full address of the site: street, number, neighbourhood, district, city. Or press the button to send a location.
say-customer-bad-address =
    { $fault ->
        [too-long] The address is too long, 250 letters at most. Please make it shorter.
       *[other] The address is too short. Please write street, house number, district and city.
    }
say-customer-ask-landmark = Location received. Please write the address and a landmark too (for example: Jl. Melati No. 5, green fence).
say-customer-place-outside = That location is outside our area. Send another, or write the address.
say-customer-address-only = Please write the address, or send your current location, not a live one.
say-customer-ask-phone-of = The number on which the technician can reach you: <b>{ $phone }</b> (this WhatsApp number). Right?
say-customer-ask-phone = Type the mobile number on which the technician can reach you. For example: 0812-3456-7890.
say-customer-ask-phone-unseen = We cannot see your number. Press the button to share it, or type your mobile number.
say-customer-bad-phone =
    { $fault ->
        [landline] That is a landline. Please send a mobile number, which begins with 08.
       *[other] That is not a mobile number. For example: 0812-3456-7890 (10 to 13 digits, beginning with 08).
    }
say-customer-confirm =
    Please check:
    { $entry }
say-customer-entry =
    Name: <b>{ $name }</b>
    Address: { $address }{ $pin }
    Phone: { $phone }
say-customer-pin = { " " }(location kept)
say-customer-ask-fix = Which part is to be corrected?
say-customer-unfinished = You have an unfinished registration. Continue?
say-customer-registered = You are registered, { $name }. Your customer number is <b>{ $number }</b>.{ $menu ->
        [yes] {" "}Choose a service below.
       *[no] {""}
    }
say-customer-registered-at-once =
    You are registered, { $name }. Your customer number is <b>{ $number }</b>. Address: { $address }. Phone: { $phone }. Type CHANGE if anything is wrong.
    By registering you agree that your data are used for our service.{ $privacy } Send STOP at any time to opt out.
say-customer-already-registered = You are registered already, with the number <b>{ $number }</b>. Type CHANGE to change your data.
say-customer-form-faults =
    The registration cannot be kept yet:
    { $faults }
    Please send again: <b>REGISTER#Name#Address#Phone</b>
    For example: REGISTER#Siti Aminah#Jl. Melati No. 5 RT 03/02, Bekasi#081234567890
say-customer-fault-name =
    { $fault ->
        [required] • Name: missing
        [too-short] • Name: too short
        [too-long] • Name: too long, 80 letters at most
       *[other] • Name: the name only, without links or numbers
    }
say-customer-fault-address =
    { $fault ->
        [required] • Address: missing
        [too-long] • Address: too long, 250 letters at most
       *[other] • Address: too short
    }
say-customer-fault-phone =
    { $fault ->
        [required] • Phone: missing
        [landline] • Phone: that is a landline
       *[other] • Phone: must begin with 08, 10 to 13 digits
    }
say-customer-data =
    Your data, customer <b>{ $number }</b>:
    { $entry }
say-customer-data-changed =
    Your data are changed:
    { $entry }

## Finding the way

say-customer-menu = Hello { $name }, what can we do for you?
say-customer-door = Welcome to <b>{ $company }</b>. Register so that we can serve you, or talk to our staff.
say-customer-puzzled = Sorry, I do not understand that yet. Choose from the menu below, or type HELP.
say-customer-passed-on = We have passed your message on to our staff. Please wait for the answer here.
say-customer-stale-choice = That choice is no longer valid. Type MENU to begin again.
say-customer-unreadable = We cannot read that kind of message yet. Please send text or a photo.
say-customer-came-late = Sorry, because of a disruption your message has reached us only now. Our staff will read it. If you still need anything, type MENU.
say-customer-stuck = Need help? Our staff can take over.
say-customer-left = Cancelled. Type MENU if you need anything.
say-customer-nothing-to-leave = There is nothing to cancel. Type MENU if you need anything.
say-customer-spoken = All right, we speak English from now on.

## Reporting

say-customer-ask-problem = What is the problem? Write a short description, and send photos if you have any (5 at most).
say-customer-bad-problem =
    { $fault ->
        [too-long] That is too long, 1000 letters at most. Please make it shorter.
       *[other] Please describe the problem a little more, for example: the bedroom AC does not cool.
    }
say-customer-photos-only = { $count ->
        [1] Photo received. Please describe the problem in one sentence.
       *[other] { $count } photos received. Please describe the problem in one sentence.
    }
say-customer-place-only = Location received. Please describe the problem in one sentence.
say-customer-voice-only = Your voice message is attached. Please describe the problem in one sentence.
say-customer-files-only = File received. Please describe the problem in one sentence.
say-customer-summary =
    Your report:
    “{ $words }”
    Photos: { $photos }.{ $others ->
        [0] {""}
       *[other] {" "}Other files: { $others }.
    } Address: { $address }{ $pin }
say-customer-ask-photos = Send the photos, { $left } more at most. Press <b>Send the report</b> when done.
say-customer-too-many-photos =
    { $mixed ->
        [yes] { $most } files at most. You can hand the rest to the technician.
       *[no] { $most } photos at most. You can hand the rest to the technician.
    }
say-customer-bad-file = We cannot take that file. Send a photo (JPG/PNG), a video, a voice message or a PDF of up to 20 MB.
say-customer-reported = We have your report, number <b>{ $request }</b>. We will tell you when a technician comes. Type STATUS to see how it stands.
say-customer-photo-followed = What you sent is added to the report <b>{ $request }</b>.
say-customer-place-followed = The location is added to the report <b>{ $request }</b>.
say-customer-photo-lost = One file for <b>{ $request }</b> did not reach us. Please send it again; we go on with the report.

## How it stands

say-customer-standing =
    How it stands:
    { $lines }
say-customer-line-ticket = <b>{ $ticket }</b> · { $service } · { $status } · { $visit }{ $technician }
say-customer-line-technician = { " " }· { $technician }
say-customer-line-request = <b>{ $request }</b> · { $status } · { $words }
say-customer-status-open = Waiting for a technician
say-customer-status-assigned = Technician scheduled
say-customer-status-in-progress = Being worked on
say-customer-status-done = Work done
say-customer-status-closed = Finished
say-customer-status-cancelled = Cancelled
say-customer-request-new = We are looking into it
say-customer-request-accepted = Became a ticket
say-customer-request-answered = Answered
say-customer-request-dismissed = Closed
say-customer-nothing-standing = There is no ticket under way.
say-customer-not-found = That ticket is not found in your account.

## The office

say-customer-ask-question = Please write your message to our staff.{ $hours }
say-customer-office-hours = { " " }We answer { $hours }.
say-customer-question-taken = We have your message, number <b>{ $request }</b>. Our staff will answer here.
say-customer-question-taken-closed = Our staff answer { $hours }. We have your message, number <b>{ $request }</b>, and will answer when we open.
say-customer-office-says = 💬 { $words }
say-customer-stopped = All right. You will get no more automatic messages from { $company }. Type START to get them again.{ $phone }
say-customer-emergency = { " " }In an emergency: { $phone }.
say-customer-started = All right, you get messages from { $company } again.

## A ticket's way

say-customer-ticket-created =
    Ticket <b>{ $ticket }</b> is created{ $request }.
    “{ $problem }”
    Visit: { $visit }. We will tell you when a technician is scheduled.
say-customer-from-request = { " " }from your report { $request }
say-customer-visit-moved = The visit for ticket <b>{ $ticket }</b> is now planned for { $visit }. We will tell you when a technician has been assigned.
say-customer-technician-assigned = Technician <b>{ $technician }</b> will come for ticket <b>{ $ticket }</b>: { $visit }. Please make sure that someone is there.
say-customer-technician-arrived = Technician <b>{ $technician }</b> is at your place for ticket <b>{ $ticket }</b>.
say-customer-ticket-done = The work of ticket <b>{ $ticket }</b> is done, by { $technician }. If anything is still wrong, type HELP.
say-customer-ticket-cancelled = Ticket <b>{ $ticket }</b> is cancelled. If that is a mistake, type HELP.

## What they think

say-customer-rate-technician = How was the work of technician <b>{ $technician }</b> on ticket <b>{ $ticket }</b>?{ $link }
say-customer-rate-office = How was our customer service on ticket <b>{ $ticket }</b>?{ $link }
say-customer-or-page = { " " }You can also use { $link }
say-customer-ask-comment =
    { $sorry ->
        [yes] We are sorry about that. Our staff will contact you. Anything to add? Write it here, or ignore this.
       *[no] Thank you for your rating. Anything to add? Write it here, or ignore this.
    }
say-customer-rating-thanks = Thank you for your rating.
say-customer-rating-over = The rating of that ticket is closed. Thank you.

## To the office

say-customer-request-came =
    { $kind ->
        [question] ❓ <b>{ $request }</b> · { $name } asks by WhatsApp:
       *[report] 📨 <b>{ $request }</b> · { $name } reports by WhatsApp:
    }
    { $words }
say-customer-rated-low =
    { $subject ->
        [office] ⚠️ <b>{ $ticket }</b>: { $name } gives customer service { $stars } of 5.
       *[technician] ⚠️ <b>{ $ticket }</b>: { $name } gives the technician { $stars } of 5.
    }{ $comment }
say-customer-comment = { " " }“{ $comment }”
say-customer-phone-shared = ℹ️ <b>{ $customer }</b> gave the phone number that <b>{ $other }</b> has too. Please check.
say-customer-phone-changed = ℹ️ <b>{ $customer }</b> { $name } changed the phone number by WhatsApp. The new one is on the customer's page.
say-customer-wrote-again =
    💬 <b>{ $request }</b> · { $name } wrote again. The bot is still silent in that chat:
    { $words }

## Buttons: at most 20 letters, 24 in a list

key-choose = Choose
key-choose-menu = Open the menu
key-choose-stars = Choose stars
key-tap-menu = Menu
key-tap-report = Report a problem
key-tap-status = Ticket status
key-tap-invoice = Invoices
key-tap-data = My data
key-tap-office = Talk to us
key-tap-stop = Stop messages
key-tap-start = Start again
key-tap-register = Register now
key-tap-change = Change my data
key-tap-leave = Cancel
key-tap-read = Read the answer
key-tap-prove = Send proof
key-tap-rate = Rate us
key-tap-agree = I agree
key-tap-refuse = I do not agree
key-tap-use-name = Use this name
key-tap-other-name = Another name
key-tap-own-phone = Yes, this number
key-tap-other-phone = Another number
key-tap-save = Save
key-tap-fix = Correct it
key-tap-fix-name = Name
key-tap-fix-address = Address
key-tap-fix-phone = Phone number
key-tap-continue = Continue
key-tap-restart = Start over
key-tap-send = Send the report
key-tap-add-photos = Add photos
key-tap-stars-5 = ⭐⭐⭐⭐⭐ Very good
key-tap-stars-4 = ⭐⭐⭐⭐ Good
key-tap-stars-3 = ⭐⭐⭐ Fair
key-tap-stars-2 = ⭐⭐ Poor
key-tap-stars-1 = ⭐ Very poor

## Below the rows of a list: at most 72 letters

about-tap-report = Ask for a repair
about-tap-status = See how your tickets stand
about-tap-invoice = What is to be paid, and how
about-tap-data = See or change name, address, phone
about-tap-office = Talk to a person
about-tap-stop = No automatic messages any more
about-tap-stars = Quick, tidy, friendly
