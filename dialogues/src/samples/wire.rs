//! One of every notice about the customers' channel.

use crate::samples::name;
use crate::text::{Code, Text};
use crate::wire::Wire;

/// Every notice at least once.
pub(crate) fn texts() -> Vec<Text> {
    let code = |code: &str| Code(code.to_owned());
    let all = vec![
        Wire::IdentityConflict {
            owner: name(),
            other: name(),
        },
        Wire::CustomerUnreachable {
            name: name(),
            phone: Some("+62812345678901".to_owned()),
            why: code("not-on-whatsapp"),
        },
        Wire::CustomerUnreachable {
            name: name(),
            phone: None,
            why: code("of a later version"),
        },
        Wire::ChannelStopped { why: code("token") },
        Wire::ChannelBack,
        Wire::NewHolder { name: name() },
        Wire::TemplateRefused {
            name: "status_tiket_v1".to_owned(),
        },
        Wire::TooManyMessages { name: name() },
    ];
    all.into_iter().map(Text::from).collect()
}
