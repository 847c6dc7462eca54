//! Who may do what: one table for every route and every bot action.

use crate::person::Role;

/// One thing that someone may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Perm {
    /// See one's own account, change the password, sign out.
    OwnAccount,
    ManageUsers,
    ManageCustomers,
    ReadServices,
    ManageServices,
    ReadQuota,
    ManageTickets,
    /// Open one ticket's page; sales only those with an invoice.
    ReadTicket,
    /// See messages out and inputs kept aside, and try them again.
    ManageDeliveries,
    ReadAudit,
    /// Read invoices.
    ReadInvoices,
    /// Write, submit, send and void invoices, and record payments.
    ManageInvoices,
    /// Approve, revise and reject prices.
    DecidePrices,
    /// Win a job, see one's own, give it back.
    ClaimTickets,
    /// Change what the company decides.
    ManageSettings,
    /// Go on and off duty.
    Duty,
}

impl Perm {
    /// Every permission, for tests.
    pub const ALL: [Self; 16] = [
        Self::OwnAccount,
        Self::ManageUsers,
        Self::ManageCustomers,
        Self::ReadServices,
        Self::ManageServices,
        Self::ReadQuota,
        Self::ManageTickets,
        Self::ReadTicket,
        Self::ManageDeliveries,
        Self::ReadAudit,
        Self::ReadInvoices,
        Self::ManageInvoices,
        Self::DecidePrices,
        Self::ClaimTickets,
        Self::ManageSettings,
        Self::Duty,
    ];
}

impl Role {
    /// Everything that this role may do.
    pub const fn permissions(self) -> &'static [Perm] {
        match self {
            Self::Admin => &[
                Perm::OwnAccount,
                Perm::ManageUsers,
                Perm::ManageCustomers,
                Perm::ReadServices,
                Perm::ManageServices,
                Perm::ReadQuota,
                Perm::ManageTickets,
                Perm::ReadTicket,
                Perm::ManageDeliveries,
                Perm::ReadAudit,
                Perm::ReadInvoices,
                Perm::ManageInvoices,
                Perm::ManageSettings,
            ],
            Self::Technician => &[Perm::OwnAccount, Perm::ClaimTickets, Perm::Duty],
            Self::Sales => &[
                Perm::OwnAccount,
                Perm::ReadServices,
                Perm::ReadTicket,
                Perm::ReadInvoices,
                Perm::DecidePrices,
            ],
        }
    }

    /// Whether this role may do that.
    pub fn may(self, perm: Perm) -> bool {
        self.permissions().contains(&perm)
    }
}
