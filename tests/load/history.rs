//! What happened, against what must be true of it.

use crate::bot_api::{BotApi, Call, number};
use crate::company::{Company, Technician};
use crate::tap::{Tap, button, post, told};
use crate::wire::Wire;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// A delivered tap and what its reply said; nothing when the answer is a call of its own.
pub(crate) struct Answer {
    pub(crate) tap: Tap,
    pub(crate) said: Option<String>,
}

/// Everything that was done to the service, and what it looks like when nothing goes wrong.
pub(crate) struct History {
    pub(crate) tickets: Vec<String>,
    /// Tickets that nobody tapped.
    pub(crate) offered_only: Vec<String>,
    pub(crate) answers: Vec<Answer>,
    /// Who can take only so many jobs, by id.
    small_quotas: HashMap<String, usize>,
    /// What a winner is told, without its digits.
    win: String,
    /// What stands in the timeline of a ticket that was won.
    timeline: Vec<Value>,
}

/// Messages that may be on their way when the service dies: each of them may come twice.
const IN_FLIGHT: usize = 5;

/// What the winner's card shows and an offer never does.
const HOUSE: &str = "Jl. Melati No. 12";

impl History {
    /// One ticket is won in peace, and shows what winning looks like.
    pub(crate) async fn calm(company: &mut Company, technicians: &[Technician], to: SocketAddr) -> Self {
        let ticket = company.open_tickets(1, 0).await.remove(0);
        let winner = technicians.last().expect("somebody");
        let tap = Tap::new(1, winner, &ticket, &button(&ticket));
        let reply = post(&mut Wire::new(to), &tap).await.expect("a reply");
        let said = told(&reply).expect("the answer rides in the reply");
        let seen = company.ticket(&ticket).await;
        assert_eq!(
            seen["technician"]["id"],
            winner.id.as_str(),
            "the only tap wins: {said}"
        );
        Self {
            win: wordless(&said),
            timeline: events(&seen),
            tickets: vec![ticket],
            offered_only: Vec::new(),
            answers: vec![Answer {
                tap,
                said: Some(said),
            }],
            small_quotas: HashMap::new(),
        }
    }

    /// Gives a technician so small a quota that he meets it.
    pub(crate) async fn limit(&mut self, company: &mut Company, who: &Technician, quota: usize) {
        let path = format!("users/{}", who.id);
        let version = company.call("GET", &path, &Value::Null, 200).await["version"].clone();
        company
            .call(
                "PATCH",
                &path,
                &json!({ "daily_quota": quota, "version": version }),
                200,
            )
            .await;
        self.small_quotas.insert(who.id.clone(), quota);
    }

    /// Holds everything against what must be true.
    pub(crate) async fn judge(
        &self,
        company: &mut Company,
        bot_api: &BotApi,
        people: &[Technician],
        kills: u64,
    ) {
        drain(company).await;
        let calls = bot_api.calls();
        let jobs = self.jobs(company, people).await;
        self.judge_answers(&calls, &jobs, people);
        self.judge_quotas(&jobs);
        let allowed = IN_FLIGHT * usize::try_from(kills).expect("few");
        self.judge_messages(&calls, &jobs, people, allowed);
    }

    /// Every ticket that was tapped, won by one; its timeline tells of one claim.
    async fn jobs<'a>(&self, company: &mut Company, people: &'a [Technician]) -> HashMap<String, Job<'a>> {
        let mut jobs = HashMap::new();
        for id in &self.tickets {
            let ticket = company.ticket(id).await;
            let winner = ticket["technician"]["id"].as_str();
            let winner = winner.unwrap_or_else(|| panic!("nobody won ticket {id}"));
            let winner = people.iter().find(|who| who.id == winner).expect("one of us");
            assert_eq!(events(&ticket), self.timeline, "the timeline of ticket {id}");
            let date = ticket["visit_date"].as_str().unwrap_or_default().to_owned();
            jobs.insert(
                id.clone(),
                Job {
                    number: number_of(&ticket),
                    date,
                    winner,
                },
            );
        }
        jobs
    }

    /// Everybody is told, every time: the winner that he won, the others by whom, or that his quota is full.
    fn judge_answers(&self, calls: &[Call], jobs: &HashMap<String, Job<'_>>, people: &[Technician]) {
        let mut called: HashMap<&str, Vec<&str>> = HashMap::new();
        for call in calls.iter().filter(|call| call.method == "answerCallbackQuery") {
            let query = call.params["callback_query_id"].as_str().unwrap_or_default();
            let text = call.params["text"].as_str().unwrap_or_default();
            called.entry(query).or_default().push(text);
        }
        let mut told = HashSet::new();
        for Answer { tap, said } in &self.answers {
            let who = people
                .iter()
                .find(|who| who.telegram_id == tap.technician)
                .expect("one of us");
            let elsewhere = called.get(tap.query.as_str()).into_iter().flatten().copied();
            let said: Vec<&str> = said.as_deref().into_iter().chain(elsewhere).collect();
            assert!(
                !said.is_empty(),
                "{} was never answered on ticket {}",
                who.name,
                tap.ticket
            );
            let winner = jobs[&tap.ticket].winner;
            for said in said {
                let is_told_won = wordless(said) == self.win;
                assert_eq!(
                    is_told_won,
                    winner.id == who.id,
                    "{} on ticket {} was told: {said}",
                    who.name,
                    tap.ticket
                );
                let may_be_full = self.small_quotas.contains_key(&who.id);
                let is_told_who = said.contains(&winner.name);
                assert!(
                    is_told_won || is_told_who || may_be_full,
                    "{} was told: {said}",
                    who.name
                );
                told.extend(is_told_won.then_some(&tap.ticket));
            }
        }
        let untold: Vec<&String> = jobs.keys().filter(|id| !told.contains(id)).collect();
        assert!(
            untold.is_empty(),
            "nobody was told that he won the tickets {untold:?}"
        );
    }

    /// Nobody has more jobs on a date than his quota.
    fn judge_quotas(&self, jobs: &HashMap<String, Job<'_>>) {
        let mut met = 0;
        for (id, quota) in &self.small_quotas {
            let mut days: HashMap<&str, usize> = HashMap::new();
            for job in jobs.values().filter(|job| job.winner.id == *id) {
                *days.entry(&job.date).or_default() += 1;
            }
            for (date, has) in days {
                assert!(
                    has <= *quota,
                    "{id} has {has} jobs on {date}, his quota is {quota}"
                );
                met += usize::from(has == *quota);
            }
        }
        eprintln!("{met} small quotas were met");
    }

    /// Every winner has his card; every offer that was shown is taken back; who was only offered a job
    /// has the offer. What was on its way when the service died may have come twice.
    fn judge_messages(
        &self,
        calls: &[Call],
        jobs: &HashMap<String, Job<'_>>,
        people: &[Technician],
        allowed: usize,
    ) {
        let chats = Chats::read(calls);
        let (mut missing, mut twice, mut left) = (Vec::new(), 0, 0);
        for (id, Job { number, winner, .. }) in jobs {
            let texts = chats.of(winner.telegram_id);
            match texts
                .filter(|text| text.contains(number) && text.contains(HOUSE))
                .count()
            {
                0 => missing.push(format!("{} has no card of {number}", winner.name)),
                cards => twice += cards - 1,
            }
            left += people
                .iter()
                .map(|who| chats.open_offers(who.telegram_id, &button(id)))
                .sum::<usize>();
        }
        for id in &self.offered_only {
            for who in people {
                match chats.open_offers(who.telegram_id, &button(id)) {
                    0 => missing.push(format!("{} was never offered ticket {id}", who.name)),
                    offers => twice += offers - 1,
                }
            }
        }
        assert!(
            missing.is_empty(),
            "{} notices were lost:\n{}",
            missing.len(),
            missing.join("\n")
        );
        eprintln!(
            "{} taps, {twice} messages came twice, {left} offers were left standing",
            self.answers.len()
        );
        assert!(
            twice + left <= allowed,
            "at most {allowed} messages were on their way when it died"
        );
    }
}

/// A ticket in the end.
struct Job<'a> {
    number: String,
    date: String,
    winner: &'a Technician,
}

/// What every chat looks like in the end.
struct Chats {
    /// By chat and message: its words and its buttons.
    messages: HashMap<(i64, i64), (String, String)>,
}

impl Chats {
    fn read(calls: &[Call]) -> Self {
        let mut messages: HashMap<(i64, i64), (String, String)> = HashMap::new();
        for Call { method, params } in calls {
            let place = (number(&params["chat_id"]), number(&params["message_id"]));
            let (text, buttons) = (
                params["text"].as_str().unwrap_or_default(),
                params["reply_markup"].to_string(),
            );
            match method.as_str() {
                "sendMessage" | "editMessageText" => drop(messages.insert(place, (text.to_owned(), buttons))),
                "editMessageReplyMarkup" => messages.entry(place).or_default().1 = buttons,
                "deleteMessage" => drop(messages.remove(&place)),
                _ => {}
            }
        }
        Self { messages }
    }

    fn of(&self, chat: i64) -> impl Iterator<Item = &str> {
        self.messages
            .iter()
            .filter(move |(place, _)| place.0 == chat)
            .map(|(_, (text, _))| text.as_str())
    }

    /// How many messages of a chat still have that button.
    fn open_offers(&self, chat: i64, button: &str) -> usize {
        let data = format!("\"{button}\"");
        let here = self.messages.iter().filter(|(place, _)| place.0 == chat);
        here.filter(|(_, (_, buttons))| {
            buttons.contains(&data) || buttons.contains(&data.replace('"', "\\\""))
        })
        .count()
    }
}

/// Waits until nothing is on its way.
async fn drain(company: &mut Company) {
    let start = Instant::now();
    loop {
        let waiting = company
            .call("GET", "deliveries?state=queued&limit=1", &Value::Null, 200)
            .await;
        if waiting["data"].as_array().is_some_and(Vec::is_empty) {
            return;
        }
        assert!(
            start.elapsed() < Duration::from_mins(3),
            "messages wait for more than three minutes: {waiting}"
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// What happened to a ticket, without when and by whom.
fn events(ticket: &Value) -> Vec<Value> {
    let rows = ticket["timeline"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    rows.iter().map(|row| row["event"].clone()).collect()
}

/// A text without its digits, to know it again on another ticket.
fn wordless(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// What people call the ticket.
fn number_of(ticket: &Value) -> String {
    ticket["number"].as_str().expect("a number").to_owned()
}
