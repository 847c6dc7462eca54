//! The sending worker with a courier of our own, who answers as a story tells him to.

use std::time::Duration;

use dialogues::say::{Card, CardKind, Hint, Say};
use dialogues::text::Text;
use domain::ids::TicketId;
use tanggap::delivery::Outcome;
use tanggap::store::outbox::Lane;
use tokio::time::{Instant, sleep};

use crate::harness::{Boy, office};

fn card(ticket: TicketId, text: Text) -> Say {
    Say::text(text).hint(Hint::Card(job(ticket)))
}

fn change(ticket: TicketId, text: Text) -> Say {
    Say::text(text).hint(Hint::RetireCard(job(ticket)))
}

fn job(ticket: TicketId) -> Card {
    let (kind, epoch) = (CardKind::Job, 1);
    Card { ticket, kind, epoch }
}

#[test]
fn a_card_whose_message_is_gone_is_sent_anew_and_a_mere_change_is_not() {
    office(async |office| {
        let boy = Boy::default();
        let (worker, stop) = office.send_with(&boy);
        let ticket = office.ticket;
        office
            .queue(vec![(Lane::Reply, 1, card(ticket, Text::StaleButton))])
            .await;
        assert_eq!(boy.has_carried(1).await[0].letter.edit, None);
        office.drained().await;

        boy.will_say(Outcome::Gone);
        office
            .queue(vec![(Lane::Reply, 1, card(ticket, Text::NotAllowed))])
            .await;
        let carried = boy.has_carried(3).await;
        assert_eq!(carried[1].letter.edit.as_deref(), Some("1"));
        assert_eq!(
            (carried[2].letter.edit.as_deref(), &carried[2].letter.words),
            (None, &carried[1].letter.words)
        );
        office.drained().await;

        // The next change finds the new message; when that is gone too, nothing is said.
        boy.will_say(Outcome::Gone);
        office
            .queue(vec![(Lane::Reply, 1, change(ticket, Text::Cancelled))])
            .await;
        assert_eq!(boy.has_carried(4).await[3].letter.edit.as_deref(), Some("3"));
        office.drained().await;
        office
            .queue(vec![(Lane::Reply, 1, change(ticket, Text::Cancelled))])
            .await;
        office.drained().await;
        assert_eq!(boy.carried().len(), 4);
        stop.cancel();
        worker.await.expect("ends");
    });
}

#[test]
fn of_several_changes_of_a_card_only_the_newest_is_sent() {
    office(async |office| {
        let boy = Boy::default();
        let ticket = office.ticket;
        let (worker, stop) = office.send_with(&boy);
        office
            .queue(vec![(Lane::Broadcast, 1, card(ticket, Text::StaleButton))])
            .await;
        boy.has_carried(1).await;
        office.drained().await;
        let texts = [
            Text::Cancelled,
            Text::NotAllowed,
            Text::Unsupported,
            Text::PoolEmpty,
        ];
        let changes = texts.map(|text| (Lane::Broadcast, 1, change(ticket, text)));
        office.queue(changes.to_vec()).await;
        office.drained().await;
        let carried = boy.carried();
        assert_eq!(carried.len(), 2, "{carried:#?}");
        assert!(carried[1].letter.words.contains("Belum ada job"), "{carried:#?}");
        stop.cancel();
        worker.await.expect("ends");
    });
}

#[test]
fn a_reply_does_not_wait_behind_a_broadcast() {
    office(async |office| {
        let boy = Boy::default();
        boy.takes(Duration::from_millis(180));
        let (worker, stop) = office.send_with(&boy);
        let broadcast = (0..90).map(|n| (Lane::Broadcast, 100 + n, Say::text(Text::PoolEmpty)));
        office.queue(broadcast.collect()).await;
        boy.has_carried(10).await;
        let asked = Instant::now();
        office
            .queue(vec![(Lane::Reply, 7, Say::text(Text::TasksEmpty))])
            .await;
        let reply = loop {
            let reply = boy
                .carried()
                .into_iter()
                .find(|carried| carried.letter.recipient == "7");
            match reply {
                Some(reply) => break reply,
                None => sleep(Duration::from_millis(5)).await,
            }
            assert!(asked.elapsed() < Duration::from_secs(3), "the reply waits");
        };
        assert!(
            reply.at - asked < Duration::from_secs(1),
            "{:?}",
            reply.at - asked
        );
        office.drained().await;
        stop.cancel();
        worker.await.expect("ends");
    });
}

#[test]
fn a_token_that_is_refused_burns_no_message() {
    office(async |office| {
        let boy = Boy::default();
        boy.will_say(Outcome::Locked {
            why: "Unauthorized".to_owned(),
        });
        let (worker, stop) = office.send_with(&boy);
        office
            .queue(vec![(Lane::Reply, 1, Say::text(Text::TasksEmpty))])
            .await;
        boy.has_carried(1).await;
        sleep(Duration::from_millis(1_500)).await;
        assert_eq!(boy.carried().len(), 1, "it knocks once");
        stop.cancel();
        worker.await.expect("ends");
        assert_eq!(office.states().await, [("queued".to_owned(), 0)]);
    });
}

#[test]
fn two_chats_told_to_wait_silence_the_bot_for_that_long() {
    office(async |office| {
        let boy = Boy::default();
        let wait = Duration::from_secs(2);
        boy.will_say(Outcome::Flood { wait });
        boy.will_say(Outcome::Flood { wait });
        let (worker, stop) = office.send_with(&boy);
        let broadcast = (0..20).map(|n| (Lane::Broadcast, 100 + n, Say::text(Text::PoolEmpty)));
        office.queue(broadcast.collect()).await;
        let told = boy.has_carried(2).await[1].at;
        // Their own clock stands still until the wait is over for them too.
        let quiet = boy.has_carried(3).await;
        assert!(quiet[2].at - told >= wait, "{:?}", quiet[2].at - told);
        office.clock.advance(chrono::TimeDelta::seconds(3));
        office.drained().await;
        assert_eq!(boy.carried().len(), 22);
        assert!(
            office
                .states()
                .await
                .iter()
                .all(|(state, attempts)| state == "sent" && *attempts == 1)
        );
        stop.cancel();
        worker.await.expect("ends");
    });
}

#[test]
fn stopping_finishes_what_is_under_way_and_gives_the_rest_back() {
    office(async |office| {
        let boy = Boy::default();
        boy.takes(Duration::from_millis(500));
        let (worker, stop) = office.send_with(&boy);
        let broadcast = (0..40).map(|n| (Lane::Broadcast, 100 + n, Say::text(Text::PoolEmpty)));
        office.queue(broadcast.collect()).await;
        boy.has_carried(4).await;
        let began = Instant::now();
        stop.cancel();
        worker.await.expect("ends");
        assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
        let sent = office
            .states()
            .await
            .iter()
            .filter(|(state, _)| state == "sent")
            .count();
        assert_eq!(sent, boy.carried().len(), "all that was under way is recorded");
        let untried = |(state, attempts): &(String, i32)| state == "sent" || *attempts == 0;
        assert!(
            office.states().await.iter().all(untried),
            "what was not tried does not count as tried"
        );
        // The clock has not moved: what was not given back could not be leased.
        boy.takes(Duration::ZERO);
        let (worker, stop) = office.send_with(&boy);
        office.drained().await;
        assert_eq!(boy.carried().len(), 40, "each once");
        stop.cancel();
        worker.await.expect("ends");
    });
}

#[test]
fn after_a_crash_another_takes_over_when_the_lease_ends() {
    office(async |office| {
        let boy = Boy::default();
        boy.takes(Duration::from_secs(5));
        let (worker, _stop) = office.send_with(&boy);
        let broadcast = (0..3).map(|n| (Lane::Broadcast, 100 + n, Say::text(Text::PoolEmpty)));
        office.queue(broadcast.collect()).await;
        boy.has_carried(3).await;
        worker.abort();
        drop(worker.await);
        boy.takes(Duration::ZERO);
        office.clock.advance(chrono::TimeDelta::seconds(21));
        let (worker, stop) = office.send_with(&boy);
        office.drained().await;
        assert_eq!(
            boy.carried().len(),
            6,
            "what was under way is repeated once, and no more"
        );
        stop.cancel();
        worker.await.expect("ends");
    });
}

#[test]
fn a_service_that_is_away_gets_few_knocks_and_then_everything() {
    office(async |office| {
        let boy = Boy::default();
        for _ in 0..4 {
            boy.will_say(Outcome::Trouble {
                why: "no connection".to_owned(),
            });
        }
        let (worker, stop) = office.send_with(&boy);
        let broadcast = (0..30).map(|n| (Lane::Broadcast, 100 + n, Say::text(Text::PoolEmpty)));
        office.queue(broadcast.collect()).await;
        boy.has_carried(4).await;
        office.drained_in_time().await;
        assert_eq!(
            boy.carried().len(),
            34,
            "every one arrives once, after four that failed"
        );
        stop.cancel();
        worker.await.expect("ends");
    });
}
