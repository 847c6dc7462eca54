//! Photos and files: to the job whose they are, whatever the chat is at.

use dialogues::heard::Media;
use dialogues::say::{Say, Toast};
use dialogues::text::Text;
use dialogues::turn::{Input, Outcome, State};
use domain::person::Role;

use crate::app::act::Act;
use crate::app::conversation::{Speaker, heard, say, state_of};
use crate::app::{App, Error, uploads};
use crate::store::Tx;
use crate::store::users::User;

/// Takes a photo or a file to where it belongs.
pub(crate) async fn file(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    user: &User,
    act: &Act,
    media: Media,
) -> Result<Option<Toast>, Error> {
    if user.role != Role::Technician {
        say(tx, speaker, Say::text(Text::Unsupported), act.at).await?;
        return Ok(None);
    }
    let chat = speaker.telegram_id.to_string();
    let state = state_of(tx, &chat, act.at).await?;
    let named = uploads::named_by(tx, user, &media).await?;
    let meant = match (named, &state) {
        (Some(upload), _) => Some(upload.id),
        // A check-in asks for a photo of its own.
        (None, Some(State::Visiting(_))) => return heard(app, tx, speaker, act, Input::File(media)).await,
        // Presses and photos come by ways of their own: one that was sent before a press may arrive after it.
        (None, Some(State::Uploading(mode))) if mode.is_older(speaker.number) => {
            uploads::before(tx, user, mode.upload).await?
        }
        (None, Some(State::Uploading(mode))) => Some(mode.upload),
        (None, _) => uploads::meant_for(tx, user, &media, act.at).await?,
    };
    let current = match &state {
        Some(State::Uploading(mode)) => Some(mode.upload),
        _ => None,
    };
    match meant {
        Some(upload) if Some(upload) != current => {
            let outcome = uploads::attach(tx, act, user, upload, &media).await?;
            let text: Option<Text> = match outcome {
                Outcome::NotAttached { text } => text.map(Into::into),
                Outcome::UploadOver { ticket } => Some(dialogues::site::Site::UploadOver { ticket }.into()),
                _ => None,
            };
            if let Some(text) = text {
                say(tx, speaker, Say::text(text), act.at).await?;
            }
            Ok(None)
        }
        None => {
            let words = uploads::unasked(tx, act, user, &media).await?;
            say(tx, speaker, words, act.at).await?;
            Ok(None)
        }
        Some(_) => heard(app, tx, speaker, act, Input::File(media)).await,
    }
}
