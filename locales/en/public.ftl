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
