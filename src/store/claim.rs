//! The look before a claim: everything that decides an answer, in one read and without a lock.

use chrono::{DateTime, Utc};
use domain::ids::{TicketId, UserId};
use domain::person::{Locale, Role};
use domain::ticket::Status;
use sea_orm::{FromQueryResult, Statement};

use crate::store::{Db, Error};

/// Who taps, and how the ticket stands.
#[derive(Debug, Clone)]
pub struct Look {
    pub user: UserId,
    pub role: Role,
    pub active: bool,
    pub locale: Locale,
    pub name: String,
    /// `None`: no such ticket.
    pub ticket: Option<Standing>,
}

/// How a ticket stands at this moment.
#[derive(Debug, Clone)]
pub struct Standing {
    pub id: TicketId,
    pub status: Status,
    pub epoch: i32,
    pub technician: Option<UserId>,
    pub technician_name: Option<String>,
    pub claimed_at: Option<DateTime<Utc>>,
    /// Whoever taps was replaced on this ticket and may not have it again.
    pub excluded: bool,
}

const LOOK: &str = "SELECT u.id AS user_id, u.role, u.active, u.locale, u.name, \
     t.id AS ticket_id, t.status, t.epoch, t.technician_id, t.claimed_at, w.name AS technician_name, \
     x.user_id AS excluded \
     FROM users u \
     LEFT JOIN tickets t ON t.id = $2 \
     LEFT JOIN users w ON w.id = t.technician_id \
     LEFT JOIN ticket_exclusions x ON x.ticket_id = t.id AND x.user_id = u.id \
     WHERE u.telegram_id = $1";

#[derive(FromQueryResult)]
struct Row {
    user_id: i64,
    role: String,
    active: bool,
    locale: String,
    name: String,
    ticket_id: Option<i64>,
    status: Option<String>,
    epoch: Option<i32>,
    technician_id: Option<i64>,
    claimed_at: Option<DateTime<Utc>>,
    technician_name: Option<String>,
    excluded: Option<i64>,
}

/// Looks. `None`: nobody has linked this Telegram account.
pub async fn look(db: &Db, telegram_id: i64, ticket: TicketId) -> Result<Option<Look>, Error> {
    let statement = Statement::from_sql_and_values(
        db.pool.get_database_backend(),
        LOOK,
        [telegram_id.into(), ticket.0.into()],
    );
    let Some(row) = Row::find_by_statement(statement).one(&db.pool).await? else {
        return Ok(None);
    };
    let unreadable = |what, value: &str| Error::Unreadable {
        what,
        value: value.to_owned(),
    };
    let standing = match (row.ticket_id, row.status, row.epoch) {
        (Some(id), Some(status), Some(epoch)) => Some(Standing {
            id: TicketId(id),
            status: status.parse().map_err(|_| unreadable("ticket status", &status))?,
            epoch,
            technician: row.technician_id.map(UserId),
            technician_name: row.technician_name,
            claimed_at: row.claimed_at,
            excluded: row.excluded.is_some(),
        }),
        _ => None,
    };
    Ok(Some(Look {
        user: UserId(row.user_id),
        role: row.role.parse().map_err(|_| unreadable("role", &row.role))?,
        active: row.active,
        locale: row
            .locale
            .parse()
            .map_err(|_| unreadable("locale", &row.locale))?,
        name: row.name,
        ticket: standing,
    }))
}
