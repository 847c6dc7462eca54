//! Conversations that go on by themselves, and moving locations that mean something only to them.

use dialogues::incoming::{Incoming, Place};
use dialogues::turn::{Input, State};
use futures::FutureExt;

use crate::app::act::{Act, Channel};
use crate::app::conversation::{CHANNEL, Speaker, customer, heard, read, state_of};
use crate::app::{App, Error};
use crate::store::{self, Tx, conversations};

/// Whether the chat is at a check-in, so that a moving location means something.
pub(crate) async fn is_checking_in(app: &App, incoming: &Incoming) -> Result<bool, Error> {
    let chat = incoming.sender.telegram_id.to_string();
    let saved = conversations::peek(&app.db, CHANNEL, &chat, app.now()).await?;
    Ok(matches!(read(saved), Some(State::Visiting(_))))
}

/// Lets conversations go on that wait for nothing more; answers how many.
pub async fn wake(app: &App) -> Result<usize, Error> {
    let chats = conversations::to_wake(&app.db, CHANNEL, app.now()).await?;
    let count = chats.len();
    for chat in chats {
        let app_ = app.clone();
        let done = app.write(move |tx| wake_one(app_, tx, chat).boxed()).await;
        match done {
            Ok(((), effects)) => app.tell(&effects),
            // The others must not wait for it; it is tried again soon.
            Err(error) => tracing::warn!(%error, "a conversation could not go on"),
        }
    }
    Ok(count + customer::wake(app).await?)
}

async fn wake_one(app: App, tx: &Tx, chat: String) -> Result<(), Error> {
    let at = app.now();
    let state = state_of(tx, &chat, at).await?;
    let user = match chat.parse() {
        Ok(telegram_id) => store::users::by_telegram(tx, telegram_id).await?,
        Err(_) => None,
    };
    let (Some(state), Some(user), Ok(telegram_id)) = (state, user, chat.parse()) else {
        conversations::end(tx, CHANNEL, &chat).await?;
        return Ok(());
    };
    if state.wakes_at().is_none_or(|wakes| wakes > at) {
        return Ok(());
    }
    let act = Act::of(user.id, Channel::Telegram, at);
    let speaker = Speaker {
        locale: user.locale,
        user: Some(user),
        telegram_id,
        place: Place::Private,
        number: None,
    };
    heard(&app, tx, &speaker, &act, Input::Waited).await?;
    Ok(())
}
