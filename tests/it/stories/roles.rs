//! Every route and every bot action against every role.

use dialogues::incoming::{Command, Intent};
use dialogues::press::{Asked, Press};
use dialogues::pricing::Bid;
use domain::alert::Extension;
use domain::ids::{AlertId, InvoiceId, TicketId};
use domain::permission::Perm;
use domain::person::{Locale, Role};
use reqwest::Method;
use serde_json::json;

use crate::harness::{Api, story};

/// What each bot action needs, written out once more by hand.
#[test]
fn every_bot_action_states_its_permission() {
    let (ticket, alert) = (TicketId(1), AlertId(1));
    let table = [
        (Intent::Command(Command::Pool), Some(Perm::ClaimTickets)),
        (Intent::Command(Command::Tasks), Some(Perm::ClaimTickets)),
        (Intent::Command(Command::OnDuty), Some(Perm::Duty)),
        (Intent::Command(Command::OffDuty), Some(Perm::Duty)),
        (Intent::Command(Command::Prices), Some(Perm::DecidePrices)),
        (Intent::Command(Command::Help), None),
        (Intent::Command(Command::Language), None),
        (Intent::Command(Command::Cancel), None),
        (Intent::Command(Command::Start(String::new())), None),
        (
            Intent::Press(Press::Claim { ticket, epoch: 0 }),
            Some(Perm::ClaimTickets),
        ),
        (Intent::Press(Press::Card { ticket }), Some(Perm::ClaimTickets)),
        (
            Intent::Press(Press::Release { ticket, epoch: 0 }),
            Some(Perm::ClaimTickets),
        ),
        (Intent::Press(Press::Pool { after: 0 }), Some(Perm::ClaimTickets)),
        (Intent::Press(Press::Tasks), Some(Perm::ClaimTickets)),
        (
            Intent::Press(Press::Price {
                invoice: InvoiceId(1),
                version: 1,
                bid: Bid::Approve,
            }),
            Some(Perm::DecidePrices),
        ),
        (
            Intent::Press(Press::Prices { after: 0 }),
            Some(Perm::DecidePrices),
        ),
        (Intent::Press(Press::Speak { locale: Locale::En }), None),
        (Intent::Press(Press::Cancel), None),
        (Intent::Command(Command::Alerts), Some(Perm::ManageTickets)),
        (Intent::Press(Press::Alerts), Some(Perm::ManageTickets)),
        (Intent::Press(Press::Alert { alert }), Some(Perm::ManageTickets)),
        (
            Intent::Press(Press::Continue {
                alert,
                more: Extension::all()[0],
            }),
            Some(Perm::ManageTickets),
        ),
        (
            Intent::Press(Press::Replace { alert, page: 0 }),
            Some(Perm::ManageTickets),
        ),
        (
            Intent::Press(Press::ReplaceWith { alert, next: None }),
            Some(Perm::ManageTickets),
        ),
        (
            Intent::Press(Press::ConfirmReplace { alert, next: None }),
            Some(Perm::ManageTickets),
        ),
        (
            Intent::Press(Press::LeaveReplace { alert }),
            Some(Perm::ManageTickets),
        ),
        (
            Intent::Press(Press::Leave(Asked::Release { ticket, epoch: 0 })),
            None,
        ),
    ];
    for (intent, perm) in table {
        assert_eq!(tanggap::app::conversation::needs(&intent), perm, "{intent:?}");
    }
}

story!(
    /// Sales and admins who try what technicians do are told that they may not.
    bot_actions_by_role, world => {
        let basics = world.basics().await;
        world.technician(1001, "Budi").await;
        let ticket = world.ticket(&basics, "Peran").await;
        for (n, role) in [Role::Sales, Role::Admin].into_iter().enumerate() {
            let id = 4001 + i64::try_from(n).expect("small");
            let phone = world.phone(id, "Lain", true).await;
            let form = json!({ "username": format!("u{id}"), "name": "Lain", "role": role.as_str(),
                "password": "sandi awal 1", "telegram_id": id });
            world.admin.post("users", form).await.expect(201);
            for command in ["/tersedia", "/tugas", "/siap", "/libur"] {
                let before = phone.count("tidak berwenang").await;
                phone.write(command).await;
                world.eventually("he is told", || async { phone.count("tidak berwenang").await > before }).await;
            }
            let message = phone.sees("tidak berwenang").await;
            for data in ["t1|clm|1|0", "t1|rel|1|0", "t1|dtl|1"] {
                let answer = phone.forge(&message, data).await;
                assert!(answer["text"].as_str().expect("words").contains("tidak berwenang"), "{role} {data}: {answer}");
            }
        }
        assert_eq!(world.look(&ticket).await["status"], "open");
    }
);

story!(
    /// The API's whole document against every role: who may not hears 403, who has no token 401.
    every_route_by_role, world => {
        let document = world.admin.anonymous().get("openapi.json").await.expect(200);
        let mut callers: Vec<(Option<Role>, Api)> = vec![(None, world.admin.anonymous())];
        for role in Role::ALL {
            let name = format!("x{role}");
            let form = json!({ "username": name, "name": "X", "role": role.as_str(), "password": "sandi awal 1" });
            world.admin.post("users", form).await.expect(201);
            let caller = world.admin.sign_in(&name, "sandi awal 1").await;
            let change = json!({ "current": "sandi awal 1", "new": "sandi baru 12" });
            assert_eq!(caller.post("auth/password", change).await.status.as_u16(), 204);
            callers.push((Some(role), caller));
        }
        let mut walked = 0;
        for (path, operations) in document["paths"].as_object().expect("paths") {
            let Some(path) = path.strip_prefix("/api/v1/") else { panic!("{path} is outside the API") };
            for method in operations.as_object().expect("operations").keys() {
                let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
                if path == "auth/logout" || path == "auth/password" {
                    continue;
                }
                let target = path.replace("{id}", "999999").replace("{payment_id}", "999999");
                for (role, caller) in &callers {
                    let answer = caller.send(method.clone(), &target, Some(json!({})), &[]).await;
                    let allowed = expected(&method, path).is_none_or(|may| role.is_some_and(|r| may.contains(&r)));
                    let status = answer.status.as_u16();
                    match (allowed, role) {
                        (true, _) => assert!(![401, 403].contains(&status) || path == "auth/login",
                            "{method} {path} as {role:?}: {status}"),
                        (false, None) => assert_eq!(status, 401, "{method} {path} as nobody"),
                        (false, Some(_)) => assert_eq!(status, 403, "{method} {path} as {role:?}"),
                    }
                    walked += 1;
                }
            }
        }
        assert!(walked > 100, "only {walked} calls");
    }
);

/// Who may call it, as the specification's table says; `None`: anyone, signed in or not.
fn expected(method: &Method, path: &str) -> Option<Vec<Role>> {
    use Role::{Admin, Sales, Technician};
    match path {
        "auth/login" | "openapi.json" => None,
        "auth/me" => Some(vec![Admin, Technician, Sales]),
        "services" | "services/{id}" if *method == Method::GET => Some(vec![Admin, Sales]),
        "tickets/{id}" if *method == Method::GET => Some(vec![Admin, Sales]),
        "invoices" | "invoices/{id}" if *method == Method::GET => Some(vec![Admin, Sales]),
        "invoices/{id}/approve" | "invoices/{id}/revise" | "invoices/{id}/reject" => Some(vec![Sales]),
        _ => Some(vec![Admin]),
    }
}
