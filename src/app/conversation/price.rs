//! What sales press and type about a price.

use dialogues::press::Press;
use dialogues::price::{Deal, Price};
use dialogues::pricing::{Bid, Pricing, Subject, Wants};
use dialogues::say::{Card, CardKind, Choice, Hint, Say, Toast};
use dialogues::sheet::{How, Preview, Waiting};
use dialogues::text::{Code, Label, Text};
use dialogues::turn::{Outcome, State, Turn};
use domain::ids::InvoiceId;
use domain::invoice;
use domain::money::Rupiah;
use domain::offer::Offer;

use crate::app::act::Act;
use crate::app::approvals::{self, photos};
use crate::app::conversation::{CHANNEL, Speaker, say, state_of, take_turn};
use crate::app::invoices::{approve_in, judges, offered, reject_in, retaxed, revise_in};
use crate::app::notices::price::{ending, show, subject};
use crate::app::{App, Error, Refusal, cards, notices};
use crate::store::approvals::Approval;
use crate::store::invoices::Invoice;
use crate::store::users::User;
use crate::store::{self, Tx, conversations, outbox};

/// How many prices one message lists.
const PAGE: usize = 5;

/// An invoice as a button knew it.
type Seen = (InvoiceId, i32);

/// A button about a price.
pub(crate) async fn press(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    user: &User,
    act: &Act,
    seen: Seen,
    bid: Bid,
) -> Result<Option<Toast>, Error> {
    if bid == Bid::Photos {
        return photos::send(tx, act, user, seen.0).await.map(Some);
    }
    let (invoice, approval) = match standing(app, tx, seen.0).await? {
        Ok(request) => request,
        Err(over) => return Ok(Some(Toast::alert(*over))),
    };
    if let Some(anew) = fresh(app, tx, user, act, &invoice).await? {
        return Ok(Some(Toast::alert(anew)));
    }
    let request = (&invoice, &approval);
    if bid == Bid::Show || invoice.version != seen.1 {
        show(app, tx, user, request, act.at).await?;
        let ticket = invoice.ticket;
        return Ok((bid != Bid::Show).then(|| Toast::alert(Price::Outdated { ticket })));
    }
    let subject = subject(request);
    match bid {
        Bid::Approve => {
            let done = approve_in(app, tx, act, invoice.id, invoice.version).await;
            Ok(Some(answer(done)?))
        }
        Bid::Offer(offer) => accept(app, tx, speaker, act, &invoice, offer).await,
        Bid::Preview(offer) => {
            let turn = match preview(tx, user, &invoice, offer).await? {
                Ok(preview) => Pricing::shown(subject, preview),
                Err(text) => Pricing::refused(subject, text),
            };
            take_turn(app, tx, speaker, turn, act.at).await?;
            Ok(None)
        }
        Bid::Revise | Bid::Reject => {
            // Below the card, whatever was asked before.
            below(tx, user, subject, act).await?;
            let turn = if bid == Bid::Reject {
                Pricing::typing(subject, Wants::Reason)
            } else {
                chosen(subject, user, &invoice)
            };
            take_turn(app, tx, speaker, turn, act.at).await?;
            Ok(None)
        }
        Bid::Choose | Bid::TypeDiscount | Bid::TypeFinal => {
            let turn = match bid {
                Bid::TypeDiscount => Pricing::typing(subject, Wants::Discount),
                Bid::TypeFinal => Pricing::typing(subject, Wants::Final),
                _ => chosen(subject, user, &invoice),
            };
            take_turn(app, tx, speaker, turn, act.at).await?;
            Ok(None)
        }
        Bid::Photos | Bid::Show => Ok(None),
    }
}

fn chosen(subject: Subject, user: &User, invoice: &Invoice) -> Turn {
    let limit = user.discount_limit_percent.map(i64::from);
    Pricing::choose(subject, invoice.totals.total, limit)
}

/// Yes, at another price: decided, or passed on to those who may.
async fn accept(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    act: &Act,
    invoice: &Invoice,
    offer: Offer,
) -> Result<Option<Toast>, Error> {
    let seen = (invoice.id, invoice.version);
    let toast = answer(revise_in(app, tx, act, seen, offer).await)?;
    let chat = speaker.telegram_id.to_string();
    let running = state_of(tx, &chat, act.at).await?;
    if matches!(running, Some(State::Pricing(pricing)) if pricing.subject.invoice == invoice.id) {
        conversations::end(tx, CHANNEL, &chat).await?;
    }
    Ok(Some(toast))
}

/// What a decision says to whoever made it. A refusal has changed nothing.
fn answer(done: Result<Invoice, Error>) -> Result<Toast, Error> {
    let invoice = match done {
        Ok(invoice) => invoice,
        Err(Error::Refused(refusal)) => return Ok(Toast::alert(refused(&refusal))),
        Err(Error::Invalid(_)) => return Ok(Toast::alert(Text::StaleButton)),
        Err(other) => return Err(other),
    };
    let (ticket, total) = (invoice.ticket, invoice.totals.total);
    Ok(Toast::brief(match invoice.number {
        Some(number) => Price::Granted {
            ticket,
            number,
            total,
        },
        None => Price::PassedOn { ticket, total },
    }))
}

fn refused(refusal: &Refusal) -> Text {
    match refusal {
        Refusal::AboveLimit { limit } => Price::AboveLimit { limit: *limit }.into(),
        Refusal::NobodyMayApprove { share } => Price::NobodyMay { share: *share }.into(),
        Refusal::NothingToCharge => Price::NothingToCharge.into(),
        _ => Text::StaleButton,
    }
}

/// What another price would make of it, or why it cannot be.
async fn preview(
    tx: &Tx,
    user: &User,
    invoice: &Invoice,
    offer: Offer,
) -> Result<Result<Preview, Price>, Error> {
    let ticket = invoice.ticket;
    let Ok((discount, totals)) = offered(invoice, offer) else {
        let fault = match offer {
            Offer::Discount(_) => "too-much-off",
            Offer::Final(_) => "above-full-price",
        };
        let fault = Code(fault.to_owned());
        return Ok(Err(Price::BadOffer { ticket, fault }));
    };
    if totals.total <= Rupiah(0) {
        return Ok(Err(Price::NothingToCharge));
    }
    let limit = user.discount_limit_percent.map(i64::from);
    let mut preview = Preview {
        ticket,
        offer,
        before: invoice.totals.total,
        discount,
        totals,
        limit,
        judges: Vec::new(),
    };
    if !totals.is_within(discount, limit) {
        let wanted = Invoice {
            discount,
            totals,
            ..invoice.clone()
        };
        let others = judges(tx, &wanted).await?;
        if others.is_empty() {
            let share = totals.discount_share();
            return Ok(Err(Price::NobodyMay { share }));
        }
        preview.judges = others.into_iter().map(|judge| judge.name).collect();
    }
    Ok(Ok(preview))
}

/// A price was typed.
pub(crate) async fn typed(
    app: &App,
    tx: &Tx,
    user: &User,
    subject: Subject,
    offer: Offer,
    act: &Act,
) -> Result<Outcome, Error> {
    let invoice = match still(app, tx, user, subject, act).await? {
        Ok(invoice) => invoice,
        Err(outcome) => return Ok(outcome),
    };
    Ok(match preview(tx, user, &invoice, offer).await? {
        Ok(preview) => Outcome::PricePreviewed(Box::new(preview)),
        Err(text) => Outcome::PriceRefused(Box::new(text)),
    })
}

/// A reason was typed: the invoice goes back.
pub(crate) async fn reject(
    app: &App,
    tx: &Tx,
    user: &User,
    subject: Subject,
    why: &str,
    act: &Act,
) -> Result<Outcome, Error> {
    let invoice = match still(app, tx, user, subject, act).await? {
        Ok(invoice) => invoice,
        Err(outcome) => return Ok(outcome),
    };
    reject_in(app, tx, act, (invoice.id, invoice.version), why).await?;
    let ticket = invoice.ticket;
    Ok(Outcome::PriceOver(Box::new(Price::Returned { ticket }.into())))
}

/// The invoice, if it still waits as it was when the question was asked; otherwise the newest card is shown.
async fn still(
    app: &App,
    tx: &Tx,
    user: &User,
    subject: Subject,
    act: &Act,
) -> Result<Result<Invoice, Outcome>, Error> {
    let over = |text| Err(Outcome::PriceOver(text));
    Ok(match standing(app, tx, subject.invoice).await? {
        Err(text) => over(text),
        Ok((invoice, approval)) => {
            if let Some(anew) = fresh(app, tx, user, act, &invoice).await? {
                return Ok(over(Box::new(anew.into())));
            }
            if invoice.version == subject.version {
                return Ok(Ok(invoice));
            }
            show(app, tx, user, (&invoice, &approval), act.at).await?;
            let ticket = invoice.ticket;
            over(Box::new(Price::Outdated { ticket }.into()))
        }
    })
}

/// Prices it anew where its tax has changed since it was submitted, and says so: whoever may decide has a new card,
/// and whoever only looks gets one here.
async fn fresh(
    app: &App,
    tx: &Tx,
    user: &User,
    act: &Act,
    invoice: &Invoice,
) -> Result<Option<Price>, Error> {
    let Some((anew, approval)) = retaxed(app, tx, act, invoice).await? else {
        return Ok(None);
    };
    let limit = user.discount_limit_percent.map(i64::from);
    if !anew.totals.is_within(anew.discount, limit) {
        show(app, tx, user, (&anew, &approval), act.at).await?;
    }
    let (ticket, total) = (anew.ticket, anew.totals.total);
    Ok(Some(Price::Retaxed { ticket, total }))
}

/// An invoice that waits for a decision, held until the commit; otherwise who decided what.
async fn standing(
    app: &App,
    tx: &Tx,
    id: InvoiceId,
) -> Result<Result<(Invoice, Approval), Box<Text>>, Error> {
    let Some(invoice) = store::invoices::by_id_locked(tx, id).await? else {
        return Ok(Err(Box::new(Text::StaleButton)));
    };
    let approval = store::approvals::of(tx, id).await?;
    if let (invoice::State::Submitted, Some(approval)) = (invoice.state, approval) {
        return Ok(Ok((invoice, approval)));
    }
    let revisions = store::invoices::revisions(tx, vec![id.0]).await?;
    let last = revisions.into_iter().rev().find_map(|revision| {
        let reason = revision.reason.clone().unwrap_or_default();
        let how = match revision.what.as_str() {
            "approved" => How::Approved {
                number: invoice.number.clone().unwrap_or_default(),
            },
            "rejected" => How::Rejected { reason },
            "voided" => How::Voided { reason },
            _ => return None,
        };
        Some((how, (revision.by, revision.at)))
    });
    let ticket = invoice.ticket;
    let text = match last {
        Some((how, who)) => Price::Over(Box::new(ending(app, tx, &invoice, who, how).await?)),
        None => Price::Gone { ticket },
    };
    Ok(Err(Box::new(text.into())))
}

/// The question goes on at the end of the chat: its earlier message loses its buttons.
pub(crate) async fn below(tx: &Tx, user: &User, subject: Subject, act: &Act) -> Result<(), Error> {
    let Some(chat) = user.telegram_id else {
        return Ok(());
    };
    let (question, past) = (subject.question(), CardKind::PastQuestion);
    let chat = chat.to_string();
    if outbox::card_message(tx, cards::shown(question).at(CHANNEL, &chat))
        .await?
        .is_none()
    {
        return Ok(());
    }
    outbox::pass_on(tx, cards::shown(question).at(CHANNEL, &chat), past.as_str()).await?;
    let text = Price::Below {
        ticket: subject.ticket,
    };
    let card = Card {
        kind: past,
        ..question
    };
    let say = Say::text(text).hint(Hint::RetireCard(card)).quiet();
    notices::tell(tx, user, Some(subject.ticket), say, act.at).await
}

/// `Batal` under a question: it says so, and whatever was to be typed is not waited for any more.
pub(crate) async fn leave(
    tx: &Tx,
    user: &User,
    act: &Act,
    (id, version): Seen,
    is_asked: bool,
) -> Result<Option<Toast>, Error> {
    if let (true, Some(chat)) = (is_asked, user.telegram_id) {
        conversations::end(tx, CHANNEL, &chat.to_string()).await?;
    }
    let invoice = store::invoices::by_id(tx, id).await?;
    let invoice = invoice.filter(|invoice| invoice.version == version);
    let (Some(invoice), Some(approval)) = (invoice, store::approvals::of(tx, id).await?) else {
        return Ok(Some(Toast::alert(Text::StaleButton)));
    };
    let question = subject((&invoice, &approval)).question();
    let ticket = invoice.ticket;
    let say = Say::text(Price::Left { ticket }).hint(Hint::RetireCard(question));
    notices::tell(tx, user, Some(ticket), say.quiet(), act.at).await?;
    Ok(None)
}

/// `/approval`: the prices that wait, a few at a time, each with a button that opens its card.
pub(crate) async fn list(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    user: &User,
    act: &Act,
    after: i64,
) -> Result<(), Error> {
    let most = u64::try_from(PAGE).unwrap_or(u64::MAX);
    let mut found = approvals::waiting(app, tx, user, after, most + 1).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    if found.is_empty() {
        return say(tx, speaker, Say::text(Price::NoneWaiting), act.at).await;
    }
    let last = found.last().map_or(0, |(approval, ..)| approval.id);
    let open = |(_, version, line): &(Approval, i32, Waiting)| {
        let press = Press::Price {
            invoice: line.invoice,
            version: *version,
            bid: Bid::Show,
        };
        vec![Choice::press(
            Label::Price(Deal::Open { ticket: line.ticket }),
            press,
        )]
    };
    let rows: Vec<Vec<Choice>> = found.iter().map(open).collect();
    let lines = found.into_iter().map(|(.., line)| line).collect();
    let mut words = Say::text(Price::Waiting { lines, more }).private();
    for row in rows {
        words = words.row(row);
    }
    if more {
        words = words.row(vec![Choice::press(Label::More, Press::Prices { after: last })]);
    }
    say(tx, speaker, words, act.at).await
}
