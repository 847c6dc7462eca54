//! Customers' chats that go on by themselves: photos that came together are answered as one.

use dialogues::served::{Chat, Input, Turn};
use domain::ids::ContactId;
use futures::FutureExt;

use crate::app::contacts::CHANNEL;
use crate::app::conversation::customer::{Heard, act, hear, take_turn};
use crate::app::{App, Error};
use crate::store::{self, Tx, conversations};

/// Lets chats go on that wait for nothing more; answers how many.
pub(crate) async fn wake(app: &App) -> Result<usize, Error> {
    let chats = conversations::to_wake(&app.db, CHANNEL, app.now()).await?;
    let count = chats.len();
    for chat in chats {
        let app_ = app.clone();
        let done = app.write(move |tx| one(app_, tx, chat).boxed()).await;
        match done {
            Ok(((), effects)) => app.tell(&effects),
            // The others must not wait for it; it is tried again soon.
            Err(error) => tracing::warn!(%error, "a customer's chat could not go on"),
        }
    }
    Ok(count)
}

async fn one(app: App, tx: &Tx, chat: String) -> Result<(), Error> {
    let at = app.now();
    // The chat before its conversation, as everyone else who changes both does.
    let contact = match chat.parse::<ContactId>() {
        Ok(id) => store::contacts::by_id_held(tx, id).await?,
        Err(_) => None,
    };
    let saved = conversations::load(tx, CHANNEL, &chat, at).await?;
    let saved = saved.and_then(|saved| serde_json::from_str::<Chat>(&saved).ok());
    let (Some(contact), Some(saved)) = (contact, saved) else {
        conversations::end(tx, CHANNEL, &chat).await?;
        return Ok(());
    };
    if saved.wakes_at().is_none_or(|wakes| wakes > at) {
        return Ok(());
    }
    if contact.paused_until.is_some_and(|until| until > at) {
        // The office speaks there now: what came is shown with the next answer of ours.
        let mut chat = saved;
        chat.rest();
        let say = Vec::new();
        return take_turn(tx, &contact, Turn { chat, say }, at).await;
    }
    let heard = Heard {
        input: Input::Waited,
        message: "",
        reply_to: None,
    };
    hear(&app, tx, &act(at), contact, heard).await
}
