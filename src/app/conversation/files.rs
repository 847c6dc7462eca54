//! Photos and files: to the job whose they are, whatever the chat is at.

use dialogues::heard::Media;
use dialogues::say::{Say, Toast};
use dialogues::text::Text;
use dialogues::turn::{Input, Outcome, State};
use domain::person::Role;

use crate::app::act::Act;
use crate::app::conversation::{Speaker, heard, say, state_of};
use crate::app::{App, Error, uploads};
use crate::store::users::User;
use crate::store::Tx;

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
    let current = match &state {
        Some(State::Uploading(mode)) => Some(mode.upload),
        _ => None,
    };
    let asked = matches!(state, Some(State::Uploading(_) | State::Visiting(_)));
    let meant = match &state {
        // A check-in asks for a photo of its own: only what says itself that it is another's is.
        Some(State::Visiting(_)) => uploads::named_by(tx, user, &media).await?,
        _ => uploads::meant_for(tx, user, &media, current, act.at).await?,
    };
    match meant {
        Some(upload) if Some(upload.id) != current => {
            let outcome = uploads::attach(tx, act, user, upload.id, &media).await?;
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
        None if !asked => {
            let words = uploads::unasked(tx, act, user, &media).await?;
            say(tx, speaker, words, act.at).await?;
            Ok(None)
        }
        _ => heard(app, tx, speaker, act, Input::File(media)).await,
    }
}
