//! What the commands do.

use dialogues::incoming::Command;
use dialogues::linking::{Linking, told};
use dialogues::press::Press;
use dialogues::say::{Choice, Say};
use dialogues::text::{Label, Text};
use dialogues::turn::{Outcome, Turn};
use domain::person::Locale;

use crate::app::act::Act;
use crate::app::conversation::{Speaker, alerts, presses, price, say, take_turn};
use crate::app::invites::{self, Found};
use crate::app::{App, Error, cards, secret, users};
use crate::store::users::User;
use crate::store::{self, Tx};

/// How many open jobs one message lists.
const POOL_PAGE: u64 = 5;

pub(crate) async fn run(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    user: &User,
    act: &Act,
    command: Command,
) -> Result<(), Error> {
    let company = app.settings().company.name.clone();
    match command {
        Command::Start(code) if code.starts_with("inv_") => {
            let text = Text::AlreadyLinked {
                name: user.name.clone(),
            };
            say(tx, speaker, Say::text(text).menu(user.role), act.at).await
        }
        Command::Start(_) => {
            let text = Text::Welcome {
                name: user.name.clone(),
                role: user.role,
                company,
            };
            say(tx, speaker, Say::text(text).menu(user.role), act.at).await
        }
        Command::Help => {
            say(
                tx,
                speaker,
                Say::text(Text::Help {
                    role: user.role,
                    company,
                }),
                act.at,
            )
            .await
        }
        Command::Language => say(tx, speaker, ask_language(), act.at).await,
        Command::Cancel => presses::cancel(app, tx, speaker, act.at).await,
        Command::Pool => pool(app, tx, speaker, user, act, 0).await,
        Command::Tasks => tasks(app, tx, speaker, user, act).await,
        Command::Alerts => alerts::list(tx, speaker, act).await,
        Command::Prices => price::list(app, tx, speaker, user, act, 0).await,
        Command::OnDuty => {
            users::set_duty(tx, act, user, true).await?;
            let open = count(store::tickets::pool(tx, user.id, 0, 1000).await?.len());
            say(tx, speaker, Say::text(Text::OnDuty { open }), act.at).await
        }
        Command::OffDuty => {
            users::set_duty(tx, act, user, false).await?;
            let active = count(store::tickets::tasks(tx, user.id).await?.len());
            say(tx, speaker, Say::text(Text::OffDuty { active }), act.at).await
        }
    }
}

/// `/start inv_…`: links at once, or asks for the contact when a phone is on file.
pub(crate) async fn begin_linking(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    act: &Act,
    code: &str,
) -> Result<(), Error> {
    let hash = secret::hash(code.trim_start_matches("inv_"));
    let outcome = match invites::find(tx, &hash, act.at).await? {
        Found::Unknown => Outcome::InviteUnknown,
        Found::Used => Outcome::InviteUsed,
        Found::Expired => Outcome::InviteExpired,
        Found::Standing { user, .. } if user.phone.is_some() => {
            let company = app.settings().company.name.clone();
            let asking = Linking {
                invite_hash: hash,
                name: user.name,
                role: user.role,
                company,
            };
            return take_turn(app, tx, speaker, asking.begin(), act.at).await;
        }
        Found::Standing { .. } => invites::link(tx, act, speaker.telegram_id, &hash, None).await?.0,
    };
    take_turn(app, tx, speaker, Turn::end(told(outcome)), act.at).await
}

/// The open jobs, a few at a time, each with its own button.
pub(crate) async fn pool(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    user: &User,
    act: &Act,
    after: i64,
) -> Result<(), Error> {
    let mut open = store::tickets::pool(tx, user.id, after, POOL_PAGE + 1).await?;
    let page = usize::try_from(POOL_PAGE).unwrap_or(usize::MAX);
    let more = open.len() > page;
    open.truncate(page);
    if open.is_empty() {
        return say(tx, speaker, Say::text(Text::PoolEmpty), act.at).await;
    }
    let mut lines = Vec::with_capacity(open.len());
    for ticket in &open {
        lines.push(cards::line_of(app, tx, ticket).await?);
    }
    let mut words = Say::text(Text::Pool { lines, more });
    for ticket in &open {
        let press = Press::Claim {
            ticket: ticket.id,
            epoch: ticket.epoch,
        };
        words = words.row(vec![Choice::press(Label::ClaimOne { ticket: ticket.id }, press)]);
    }
    if let (true, Some(last)) = (more, open.last()) {
        words = words.row(vec![Choice::press(Label::More, Press::Pool { after: last.id.0 })]);
    }
    say(tx, speaker, words, act.at).await
}

/// One's own jobs, each with a button that opens its card.
pub(crate) async fn tasks(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    user: &User,
    act: &Act,
) -> Result<(), Error> {
    let own = store::tickets::tasks(tx, user.id).await?;
    if own.is_empty() {
        return say(tx, speaker, Say::text(Text::TasksEmpty), act.at).await;
    }
    let mut lines = Vec::with_capacity(own.len());
    for ticket in own.iter().take(20) {
        lines.push(cards::line_of(app, tx, ticket).await?);
    }
    let mut words = Say::text(Text::Tasks { lines });
    let buttons: Vec<Choice> = own
        .iter()
        .take(20)
        .map(|ticket| {
            Choice::press(
                Label::OpenOne { ticket: ticket.id },
                Press::Card { ticket: ticket.id },
            )
        })
        .collect();
    for row in buttons.chunks(2) {
        words = words.row(row.to_vec());
    }
    say(
        tx,
        speaker,
        words.row(vec![Choice::press(Label::Refresh, Press::Tasks)]),
        act.at,
    )
    .await
}

fn ask_language() -> Say {
    let row = Locale::ALL.map(|locale| Choice::press(Label::Language(locale), Press::Speak { locale }));
    Say::text(Text::AskLanguage).row(row.to_vec())
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
