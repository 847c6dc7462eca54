//! Leases of messages: what a holder may still say when his lease has ended, and what a broken batch leaves.

use chrono::TimeDelta;
use dialogues::incoming::{Incoming, Intent, Place, Sender};
use dialogues::say::{Card, CardKind, Hint, Say};
use dialogues::text::Text;
use futures::FutureExt;
use tanggap::app::Error;
use tanggap::app::conversation::handle;
use tanggap::app::deliveries::STANDING;
use tanggap::delivery::Outcome;
use tanggap::store::outbox::{Lane, Leased, Settled, Shown, card_message, lease, settle};
use tanggap::store::users;

use crate::harness::{Boy, Office, office};

const CHANNEL: &str = "telegram";

/// Takes the one message that waits, for a minute.
async fn take(office: &Office) -> Leased {
    let now = office.clock.now();
    let taken = office.app.db.write(move |tx| {
        async move {
            Ok::<_, Error>(
                lease(
                    tx,
                    (CHANNEL, &STANDING),
                    Lane::Reply,
                    5,
                    now,
                    now + TimeDelta::minutes(1),
                )
                .await?,
            )
        }
        .boxed()
    });
    let (rows, _) = taken.await.expect("leased");
    let [row] = <[Leased; 1]>::try_from(rows).expect("one message");
    row
}

/// Whether the end counted.
async fn end(office: &Office, row: &Leased, end: Settled) -> bool {
    let (row, at) = (row.clone(), office.clock.now());
    let told = office
        .app
        .db
        .write(move |tx| async move { Ok::<_, Error>(settle(tx, CHANNEL, &row, end, at).await?) }.boxed());
    told.await.expect("told").0
}

fn job(office: &Office) -> Card {
    let (ticket, kind, epoch) = (office.ticket, CardKind::Job, 1);
    Card { ticket, kind, epoch }
}

fn shown(office: &Office) -> Shown {
    let card = job(office);
    Shown {
        ticket: card.ticket,
        kind: card.kind.as_str(),
        epoch: card.epoch,
    }
}

async fn message_of_card(office: &Office) -> Option<String> {
    card_message(&office.app.db, shown(office).at(CHANNEL, "1001"))
        .await
        .expect("a card")
}

#[test]
fn whoever_lost_a_lease_does_not_end_it_for_the_next() {
    office(async |office| {
        office
            .queue(vec![(Lane::Reply, 1001, Say::text(Text::TasksEmpty))])
            .await;
        let first = take(office).await;
        office.clock.advance(TimeDelta::seconds(61));
        let second = take(office).await;
        let at = office.clock.now();
        let ends = [
            Settled::Returned,
            Settled::Later { at },
            Settled::Dropped,
            Settled::Failed {
                error: "no".to_owned(),
            },
            Settled::Retry {
                at,
                error: "no".to_owned(),
            },
        ];
        for late in ends {
            assert!(!end(office, &first, late.clone()).await, "{late:?} counted");
            assert_eq!(office.states().await, [("queued".to_owned(), 2)], "{late:?}");
        }
        assert!(
            end(
                office,
                &second,
                Settled::Failed {
                    error: "yes".to_owned()
                }
            )
            .await
        );
        assert_eq!(office.states().await, [("failed".to_owned(), 2)]);
    });
}

#[test]
fn what_was_sent_is_sent_whoever_says_so_and_the_newest_message_is_the_card() {
    office(async |office| {
        let card = Say::text(Text::StaleButton).hint(Hint::Card(job(office)));
        office.queue(vec![(Lane::Reply, 1001, card)]).await;
        let first = take(office).await;
        office.clock.advance(TimeDelta::seconds(61));
        let second = take(office).await;
        let sent = |message: &str| Settled::Sent {
            external_id: Some(message.to_owned()),
            card: Some(shown(office)),
        };
        assert!(end(office, &first, sent("11")).await);
        assert_eq!(message_of_card(office).await.as_deref(), Some("11"));
        assert!(
            !end(
                office,
                &second,
                Settled::Retry {
                    at: office.clock.now(),
                    error: "no".to_owned()
                }
            )
            .await
        );
        assert_eq!(
            office.states().await,
            [("sent".to_owned(), 2)],
            "it is not sent once more"
        );
        assert!(end(office, &second, sent("12")).await);
        assert_eq!(message_of_card(office).await.as_deref(), Some("12"));
        // Told again, and late: the card stays what it is.
        assert!(!end(office, &first, sent("11")).await);
        assert_eq!(message_of_card(office).await.as_deref(), Some("12"));
    });
}

#[test]
fn a_batch_that_breaks_after_its_lease_is_given_back() {
    office(async |office| {
        let boy = Boy::default();
        office.order("ALTER TABLE cards RENAME TO cards_away").await;
        let (worker, stop) = office.send_with(&boy);
        let change = Say::text(Text::Cancelled).hint(Hint::RetireCard(job(office)));
        office
            .queue(vec![
                (Lane::Reply, 7, Say::text(Text::TasksEmpty)),
                (Lane::Reply, 1001, change),
            ])
            .await;
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        assert_eq!(boy.carried().len(), 0, "nothing is known of the cards");
        office.order("ALTER TABLE cards_away RENAME TO cards").await;
        // The clock stands still: a lease that was kept would never end.
        office.drained().await;
        assert_eq!(boy.carried().len(), 1);
        assert_eq!(office.states().await, [("sent".to_owned(), 1)]);
        stop.cancel();
        worker.await.expect("ends");
    });
}

#[test]
fn a_courier_that_panics_over_one_message_carries_the_others() {
    office(async |office| {
        let boy = Boy::default();
        boy.will_panic();
        let (worker, stop) = office.send_with(&boy);
        let messages = (0..3).map(|n| (Lane::Reply, 7 + n, Say::text(Text::TasksEmpty)));
        office.queue(messages.collect()).await;
        boy.has_carried(3).await;
        office.drained().await;
        let mut states = office.states().await;
        states.sort();
        let expected = ["failed", "sent", "sent"].map(|state| (state.to_owned(), 1));
        assert_eq!(states, expected);
        stop.cancel();
        worker.await.expect("ends");
    });
}

#[test]
fn a_refusal_from_before_he_let_the_bot_in_again_shuts_nobody_out() {
    office(async |office| {
        let boy = Boy::default();
        boy.takes(std::time::Duration::from_millis(500));
        let why = "Forbidden: bot was blocked by the user".to_owned();
        boy.will_say(Outcome::Unreachable { why: why.clone() });
        let (worker, stop) = office.send_with(&boy);
        office
            .queue(vec![(Lane::Reply, 1001, Say::text(Text::TasksEmpty))])
            .await;
        boy.has_carried(1).await;
        for (second, reachable) in [(1, false), (2, true)] {
            office.clock.advance(TimeDelta::seconds(1));
            let incoming = Incoming {
                external_id: second.to_string(),
                sender: Sender {
                    telegram_id: 1001,
                    locale: None,
                },
                place: Place::Private,
                received_at: office.clock.now(),
                intent: Intent::Reachable(reachable),
            };
            handle(&office.app, incoming).await.expect("handled");
        }
        office.drained_in_time().await;
        assert_eq!(boy.carried().len(), 2, "it is sent again");
        let budi = users::by_telegram(&office.app.db, 1001)
            .await
            .expect("a row")
            .expect("Budi");
        assert!(budi.reachable());

        boy.will_say(Outcome::Unreachable { why });
        office
            .queue(vec![(Lane::Reply, 1001, Say::text(Text::TasksEmpty))])
            .await;
        office.drained_in_time().await;
        let budi = users::by_telegram(&office.app.db, 1001)
            .await
            .expect("a row")
            .expect("Budi");
        assert!(!budi.reachable(), "a refusal from after that counts");
        stop.cancel();
        worker.await.expect("ends");
    });
}
