//! What hangs on a chat: what was said there, what was asked, what was agreed to, and where its conversation stands.

use domain::ids::ContactId;
use sea_orm::{ConnectionTrait, Statement};

use crate::store::{Error, Tx};

/// What goes to another chat, by `$1` (from) and `$2` (to). A registration's or a report's own number that both
/// chats have used stays with the other chat: it is only there to tell a repeat.
const ROWS: [&str; 4] = [
    "UPDATE messages SET contact_id = $2 WHERE contact_id = $1",
    "UPDATE invoice_proofs SET contact_id = $2 WHERE contact_id = $1",
    "UPDATE requests SET contact_id = $2, draft = CASE WHEN draft IN \
     (SELECT r.draft FROM requests r WHERE r.contact_id = $2) THEN NULL ELSE draft END WHERE contact_id = $1",
    "UPDATE consents SET contact_id = $2, draft = CASE WHEN draft IN \
     (SELECT c.draft FROM consents c WHERE c.contact_id = $2) THEN -id ELSE draft END WHERE contact_id = $1",
];

/// Of two conversations the one that was last spoken in goes on: `$1` the channel, `$2` from, `$3` to.
const CONVERSATION: [&str; 3] = [
    "DELETE FROM conversations WHERE channel = $1 AND chat = $3 AND expires_at < \
     (SELECT c.expires_at FROM conversations c WHERE c.channel = $1 AND c.chat = $2)",
    "UPDATE conversations SET chat = $3 WHERE channel = $1 AND chat = $2 AND NOT EXISTS \
     (SELECT 1 FROM conversations c WHERE c.channel = $1 AND c.chat = $3)",
    "DELETE FROM conversations WHERE channel = $1 AND chat = $2 AND $3 <> $2",
];

/// Everything that hangs on one chat hangs on another from now on.
pub async fn pass_on_all(tx: &Tx, channel: &str, from: ContactId, to: ContactId) -> Result<(), Error> {
    let backend = tx.inner.get_database_backend();
    for sql in ROWS {
        let statement = Statement::from_sql_and_values(backend, sql, [from.0.into(), to.0.into()]);
        tx.inner.execute_raw(statement).await?;
    }
    let (from, to) = (from.to_string(), to.to_string());
    for sql in CONVERSATION {
        let values = [channel.into(), from.as_str().into(), to.as_str().into()];
        let statement = Statement::from_sql_and_values(backend, sql, values);
        tx.inner.execute_raw(statement).await?;
    }
    Ok(())
}
