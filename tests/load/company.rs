//! A small company, made and read through the API as any program would.

use crate::wire::{Reply, Wire};
use chrono::{Days, TimeDelta};
use serde_json::{Value, json};
use std::net::SocketAddr;
use tanggap::clock::Clock;

pub(crate) const ADMIN: &str = "rina";
pub(crate) const PASSWORD: &str = "kata-sandi-yang-panjang";

/// Jobs a day of everyone, so many that only small quotas are met.
const QUOTA: i64 = 50;

/// Signed in as the admin.
pub(crate) struct Company {
    address: SocketAddr,
    header: String,
    customer: String,
    service: String,
}

/// Someone who taps. His private chat has his own number.
#[derive(Clone, Debug)]
pub(crate) struct Technician {
    pub(crate) id: String,
    pub(crate) telegram_id: i64,
    pub(crate) name: String,
}

impl Company {
    /// Signs in, and sets up a customer and a service.
    pub(crate) async fn open(address: SocketAddr) -> Self {
        let nobody = String::new();
        let mut company = Self {
            address,
            header: String::new(),
            customer: nobody.clone(),
            service: nobody,
        };
        company.sign_in().await;
        let customer = json!({ "name": "Siti Aminah", "address": "Jl. Melati No. 12, Coblong, Bandung", "phone": "081234567890" });
        company.customer = text(&company.call("POST", "customers", &customer, 201).await["id"]);
        let service = json!({ "name": "Perbaikan internet", "base_price": 150_000, "active": true });
        company.service = text(&company.call("POST", "services", &service, 201).await["id"]);
        company
    }

    async fn sign_in(&mut self) {
        let account = json!({ "username": ADMIN, "password": PASSWORD });
        let answer = self.call("POST", "auth/login", &account, 200).await;
        self.header = format!("authorization: Bearer {}\r\n", text(&answer["token"]));
    }

    /// Technicians with Telegram ids typed in, on duty.
    pub(crate) async fn hire(&mut self, count: i64, first_telegram_id: i64) -> Vec<Technician> {
        let mut hired = Vec::new();
        for telegram_id in first_telegram_id..first_telegram_id + count {
            let name = format!("Teknisi {telegram_id}");
            let user = json!({
                "username": format!("ts{telegram_id}"), "name": name, "role": "technician",
                "password": format!("sandi-{telegram_id}-awal"), "telegram_id": telegram_id, "daily_quota": QUOTA,
            });
            let answer = self.call("POST", "users", &user, 201).await;
            let id = text(&answer["id"]);
            if answer["on_duty"] != json!(true) {
                let duty = json!({ "on_duty": true, "version": answer["version"] });
                self.call("PATCH", &format!("users/{id}"), &duty, 200).await;
            }
            hired.push(Technician {
                id,
                telegram_id,
                name,
            });
        }
        hired
    }

    /// Open tickets for a visit so many days from now; gives their ids.
    pub(crate) async fn open_tickets(&mut self, count: usize, days_ahead: u64) -> Vec<String> {
        // The company's zone is seven hours ahead of UTC.
        let now = Clock::system().now() + TimeDelta::hours(7);
        let date = (now.date_naive() + Days::new(days_ahead)).to_string();
        let mut made = Vec::with_capacity(count);
        for _ in 0..count {
            let ticket = json!({
                "customer_id": self.customer, "service_id": self.service,
                "problem": "Internet mati total", "visit_date": date,
            });
            made.push(text(&self.call("POST", "tickets", &ticket, 201).await["id"]));
        }
        made
    }

    /// One ticket as it stands.
    pub(crate) async fn ticket(&mut self, id: &str) -> Value {
        self.call("GET", &format!("tickets/{id}"), &Value::Null, 200)
            .await
    }

    /// One call of the API, which must answer `expected`.
    pub(crate) async fn call(&mut self, method: &str, path: &str, body: &Value, expected: u16) -> Value {
        let body = if body.is_null() {
            Vec::new()
        } else {
            body.to_string().into_bytes()
        };
        let path = format!("/api/v1/{path}");
        // A connection of its own: the process at the other end may have died since the last call.
        let sent = Wire::new(self.address)
            .send(method, &path, &self.header, &body)
            .await;
        let reply: Reply = sent.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        let answer = String::from_utf8_lossy(&reply.body);
        assert_eq!(reply.status, expected, "{method} {path}: {answer}");
        reply.json()
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("a text was expected, not {value}"))
        .to_owned()
}
