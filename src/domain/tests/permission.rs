//! The table of who may do what, written out once more by hand.

use crate::permission::Perm;
use crate::person::Role;

#[test]
fn the_table_is_as_written_here() {
    use Perm as P;
    let expected = |role: Role| -> Vec<P> {
        match role {
            Role::Admin => P::ALL
                .into_iter()
                .filter(|perm| !matches!(perm, P::ClaimTickets | P::Duty | P::DecidePrices))
                .collect(),
            Role::Technician => vec![P::OwnAccount, P::ClaimTickets, P::Duty],
            Role::Sales => vec![
                P::OwnAccount,
                P::ReadServices,
                P::ReadTicket,
                P::ReadInvoices,
                P::DecidePrices,
            ],
        }
    };
    for role in Role::ALL {
        for perm in P::ALL {
            assert_eq!(role.may(perm), expected(role).contains(&perm), "{role} {perm:?}");
        }
    }
}

#[test]
fn every_permission_is_somebodys() {
    for perm in Perm::ALL {
        assert!(Role::ALL.into_iter().any(|role| role.may(perm)), "{perm:?}");
    }
}
