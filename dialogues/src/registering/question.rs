//! What a registration asks at each point, and what may be pressed there.

use crate::customer::Customer;
use crate::menu::asks;
use crate::registering::{Registering, Stage};
use crate::say::{Hint, Say};
use crate::served::Scene;
use crate::tap::{Answer, Tap};

impl Registering {
    /// What is to be asked now.
    pub(crate) fn asked(&self, scene: &Scene<'_>) -> Customer {
        if self.resuming {
            return Customer::Unfinished;
        }
        match self.stage {
            Stage::Consent => Customer::Consent {
                name: self.profile.clone(),
                company: scene.office.company.clone(),
                privacy: scene.office.privacy.clone(),
            },
            Stage::Name => match &self.profile {
                Some(name) => Customer::AskNameOf { name: name.clone() },
                None => Customer::AskName,
            },
            Stage::Address if self.position.is_some() => Customer::AskLandmark,
            Stage::Address => Customer::AskAddress,
            Stage::Phone => match &self.own {
                Some(phone) => Customer::AskPhoneOf { phone: phone.clone() },
                None if self.changes => Customer::AskPhone,
                None => Customer::AskPhoneUnseen,
            },
            Stage::Confirm => self.entry().map_or(Customer::AskName, Customer::Confirm),
            Stage::Fix => Customer::AskFix,
        }
    }

    /// Words with what may be pressed at this point.
    pub(crate) fn question(&self, text: Customer) -> Say {
        let mine = |answer| Tap::Answer {
            flow: self.nonce,
            answer,
        };
        if self.resuming {
            return asks(text, &[mine(Answer::Continue), mine(Answer::Restart)]);
        }
        match self.stage {
            Stage::Consent => asks(text, &[mine(Answer::Agree), mine(Answer::Refuse)]),
            Stage::Name if self.profile.is_some() => {
                asks(text, &[mine(Answer::UseName), mine(Answer::OtherName)])
            }
            Stage::Name => Say::text(text),
            Stage::Address if self.position.is_some() => Say::text(text),
            Stage::Address => Say::text(text).hint(Hint::AskPlace),
            Stage::Phone if self.own.is_some() => {
                asks(text, &[mine(Answer::OwnPhone), mine(Answer::OtherPhone)])
            }
            Stage::Phone if self.changes => Say::text(text),
            Stage::Phone => Say::text(text).hint(Hint::AskContact),
            Stage::Confirm => asks(text, &[mine(Answer::Save), mine(Answer::Fix)]),
            Stage::Fix => asks(
                text,
                &[
                    mine(Answer::FixName),
                    mine(Answer::FixAddress),
                    mine(Answer::FixPhone),
                ],
            ),
        }
    }
}
