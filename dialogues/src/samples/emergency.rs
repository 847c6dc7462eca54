//! One of every text of an emergency.

use chrono::NaiveTime;
use domain::alert::Resolution;

use crate::emergency::{Emergency, Late, LateLine};
use crate::samples::{TICKET, at, name, visit, zone};
use crate::text::{Moment, Text};

/// Every text at least once.
pub(crate) fn texts() -> Vec<Text> {
    let moment = || Moment {
        at: at(),
        zone: zone(),
    };
    let mut all = vec![
        Emergency::Raised(Box::new(late())),
        Emergency::Raised(Box::new(Late {
            area: None,
            phone: None,
            reachable: true,
            minutes: 0,
            repeats: 0,
            to_all: false,
            ..late()
        })),
        Emergency::ListEmpty,
        Emergency::HandFull {
            name: name(),
            used: 3,
            quota: 3,
        },
        Emergency::HandGone { name: name() },
        Emergency::Moved,
        Emergency::MoreTime {
            ticket: TICKET,
            until: moment(),
            by: name(),
        },
        Emergency::Continued {
            ticket: TICKET,
            technician: name(),
            minutes: 30,
            until: moment(),
            by: name(),
            at: moment(),
        },
    ];
    all.extend(
        [(0, 1), (1, 1), (8, 1), (20, 3)].map(|(free, pages)| Emergency::Choosing {
            late: Box::new(late()),
            free,
            page: pages,
            pages,
        }),
    );
    for next in [None, Some(name())] {
        all.push(Emergency::Confirming {
            ticket: TICKET,
            technician: name(),
            next: next.clone(),
        });
        all.push(Emergency::Replaced {
            ticket: TICKET,
            technician: name(),
            next,
            by: name(),
            at: moment(),
        });
    }
    all.extend(Resolution::ALL.map(|why| Emergency::Resolved {
        ticket: TICKET,
        technician: name(),
        why,
        at: moment(),
    }));
    all.extend([false, true].map(|more| Emergency::List {
        lines: [1, 59, 60, 1440, 3000].map(line).to_vec(),
        more,
    }));
    all.into_iter().map(Text::from).collect()
}

fn line(minutes: i64) -> LateLine {
    LateLine {
        ticket: TICKET,
        technician: name(),
        minutes,
    }
}

fn late() -> Late {
    Late {
        ticket: TICKET,
        service: "Servis AC <1 PK>".to_owned(),
        customer: "Toko <Maju> & Anak".to_owned(),
        area: Some("Coblong & sekitar".to_owned()),
        visit: visit(Some(NaiveTime::MIN)),
        technician: name(),
        phone: Some("+6281234567890".to_owned()),
        reachable: false,
        due: Moment {
            at: at(),
            zone: zone(),
        },
        minutes: 137,
        repeats: 4,
        to_all: true,
    }
}
