//! A small company for the demo, made through the use cases as people would.

use std::net::SocketAddr;

use chrono::{Days, TimeDelta};
use domain::document::Kind;
use domain::invalid::Invalid;
use domain::person::{Password, Role};
use serde_json::json;

use crate::app::act::{Act, Channel};
use crate::app::page::Cut;
use crate::app::{App, Error, customers, documents, services, tickets, users};
use crate::runtime::{finished, history};
use crate::store;
use crate::store::users::{Filter, User};
use crate::web::session::Hasher;

/// The admin whom the demo signs in.
pub(crate) const ADMIN: &str = "rina";
/// The password of everyone in the demo.
pub(crate) const PASSWORD: &str = "tanggap-demo";

/// user name, name, role, Telegram id, daily quota or, of sales, the discount limit in percent.
const PEOPLE: [(&str, &str, Role, i64, Option<i64>); 9] = [
    (ADMIN, "Rina Wulandari", Role::Admin, 5001, None),
    ("budi", "Budi Santoso", Role::Technician, 1001, None),
    ("andi", "Andi Pratama", Role::Technician, 1002, None),
    ("sari", "Sari Lestari", Role::Technician, 1003, Some(5)),
    ("dewi", "Dewi Anggraini", Role::Technician, 1004, None),
    ("joko", "Joko Susilo", Role::Technician, 1005, Some(1)),
    ("maya", "Maya Kusuma", Role::Sales, 2001, Some(10)),
    ("hendra", "Hendra Gunawan", Role::Sales, 2002, None),
    ("agus", "Agus Setiawan", Role::Admin, 5002, None),
];

const SERVICES: [(&str, i64); 6] = [
    ("Perbaikan internet", 250_000),
    ("Pasang baru internet", 450_000),
    ("Servis AC", 150_000),
    ("Isi freon", 350_000),
    ("Pasang CCTV 4 kamera", 1_200_000),
    ("Servis pompa air", 200_000),
];

/// name, address, phone, latitude, longitude.
const CUSTOMERS: [(&str, &str, &str, f64, f64); 6] = [
    (
        "Bapak Hartono",
        "Jl. Melati 12 RT 03/05, Coblong, Bandung",
        "081234500001",
        -6.8915,
        107.6107,
    ),
    (
        "Ibu Wati",
        "Perum Asri Blok B3, Sukajadi, Bandung",
        "081234500002",
        -6.8868,
        107.5960,
    ),
    (
        "Toko Maju Jaya",
        "Jl. Kopo 88, Bojongloa Kaler, Bandung",
        "081234500003",
        -6.9344,
        107.5890,
    ),
    (
        "Klinik Sehat",
        "Jl. Riau 45, Cihapit, Bandung",
        "081234500004",
        -6.9061,
        107.6236,
    ),
    (
        "Hotel Kenanga",
        "Jl. Braga 101 Lt. 3, Sumur Bandung, Bandung",
        "081234500005",
        -6.9175,
        107.6095,
    ),
    (
        "Warung Bu Tini",
        "Gg. Mawar 4, Antapani, Bandung",
        "081234500006",
        -6.9169,
        107.6600,
    ),
];

/// Who is late.
const LATE: &str = "dewi";

/// The ticket whose technician has his Surat Tugas when the demo begins.
const SENT: usize = 0;

/// The ticket that is done when the demo begins, so that sales find its price.
const DONE: usize = 6;

/// customer, service, problem, days from today, time, who has it already.
type Written = (
    usize,
    usize,
    &'static str,
    u64,
    Option<&'static str>,
    Option<&'static str>,
);

const TICKETS: [Written; 7] = [
    (
        0,
        0,
        "Internet mati total sejak semalam, lampu LOS merah.",
        0,
        None,
        Some("andi"),
    ),
    (
        3,
        2,
        "AC ruang tunggu bocor dan tidak dingin.",
        1,
        Some("09:00"),
        Some("joko"),
    ),
    (
        1,
        5,
        "Pompa air menyala terus, air tidak keluar.",
        1,
        Some("10:30"),
        Some("sari"),
    ),
    (
        2,
        4,
        "Pasang 4 kamera di gudang belakang, kabel sudah ada.",
        2,
        Some("13:00"),
        None,
    ),
    (
        4,
        3,
        "AC lantai 3 kurang dingin, minta isi freon 2 unit.",
        0,
        None,
        None,
    ),
    (5, 0, "Internet lambat setiap malam.", 1, None, None),
    (1, 2, "AC kamar utama dicuci, dua unit.", 0, None, Some("dewi")),
];

/// Accounts, price list and customers, if there is nobody yet.
pub(crate) async fn company(app: &App) -> Result<(), Error> {
    if store::users::count(&app.db).await? > 0 {
        return Ok(());
    }
    let password = Password::parse(PASSWORD).map_err(|fault| Invalid::one("password", fault))?;
    // One hash serves all: it is everybody's password here.
    let hash = Hasher::default().hash(&password).await;
    let act = Act::system(app.now());
    for (username, name, role, telegram_id, most) in PEOPLE {
        let new = users::New {
            username: username.to_owned(),
            name: name.to_owned(),
            role: role.as_str().to_owned(),
            telegram_id: Some(telegram_id),
            daily_quota: most.filter(|_| role == Role::Technician),
            discount_limit_percent: most.filter(|_| role == Role::Sales),
            ..users::New::default()
        };
        let (draft, _) = users::check(&new, PASSWORD, app.now())?;
        users::create(app, &act, draft, hash.clone(), false).await?;
    }
    for (name, price) in SERVICES {
        let form = services::Form {
            version: None,
            name: Some(name.to_owned()),
            base_price: Some(price),
            active: None,
        };
        services::create(app, &act, form).await?;
    }
    for (name, address, phone, latitude, longitude) in CUSTOMERS {
        let form = customers::Form {
            name: Some(name.to_owned()),
            address: Some(address.to_owned()),
            phone: Some(Some(phone.to_owned())),
            latitude: Some(Some(latitude)),
            longitude: Some(Some(longitude)),
            ..customers::Form::default()
        };
        customers::create(app, &act, form).await?;
    }
    Ok(())
}

/// Puts everyone with a Telegram account into the simulator, which remembers nobody from before.
pub(crate) async fn people(app: &App, simulator: SocketAddr) -> Result<(), String> {
    let people = users::list(app, &Filter::default(), Cut::first(Cut::MOST))
        .await
        .map_err(|error| error.to_string())?;
    // Other code has installed the TLS provider by now; this client only speaks to this machine.
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .map_err(|error| error.to_string())?;
    for person in people.data {
        let Some(telegram_id) = person.telegram_id else {
            continue;
        };
        let (first, last) = person.name.split_once(' ').unwrap_or((person.name.as_str(), ""));
        let body = json!({
            "telegram_id": telegram_id,
            "first_name": first,
            "last_name": (!last.is_empty()).then_some(last),
            "username": person.username,
            "language_code": "id",
            "role_hint": person.role,
            "started": true,
        });
        let url = format!("http://{simulator}/sim/api/people");
        let answer = client
            .post(url)
            .json(&body)
            .send()
            .await
            .map_err(|error| error.to_string())?;
        if !answer.status().is_success() {
            return Err(format!(
                "the simulator refused {}: {}",
                person.username,
                answer.status()
            ));
        }
    }
    Ok(())
}

/// A few tickets in several states, if there is none yet.
pub(crate) async fn tickets(app: &App) -> Result<(), Error> {
    let rina = admin(app).await?;
    let act = Act::of(rina.id, Channel::Panel, app.now());
    if !tickets::list(app, &store::tickets::Filter::default(), Cut::first(1))
        .await?
        .data
        .is_empty()
    {
        return Ok(());
    }
    history::write(app, rina.id).await?;
    let customers = customers::list(app, &store::customers::Filter::default(), Cut::first(50))
        .await?
        .data;
    let services = services::list(app, None, Cut::first(50)).await?.data;
    for (place, (customer, service, problem, days, time, holder)) in TICKETS.into_iter().enumerate() {
        let date = app
            .today()
            .checked_add_days(Days::new(days))
            .unwrap_or_else(|| app.today());
        let new = tickets::New {
            customer_id: customers.get(customer).map(|c| c.id.clone()).unwrap_or_default(),
            service_id: services.get(service).map(|s| s.id.clone()).unwrap_or_default(),
            problem: problem.to_owned(),
            visit_date: Some(date.to_string()),
            visit_time: time.map(str::to_owned),
            ..tickets::New::default()
        };
        let ticket = tickets::create(app, &act, new).await?;
        if let (Some(holder), Ok(id)) = (holder, ticket.id.parse()) {
            let user = store::users::by_username(&app.db, holder)
                .await?
                .ok_or(Error::Missing)?;
            tickets::assign(app, &act, id, &user.id.to_string()).await?;
            if place == SENT {
                let order = documents::Order {
                    kind: Kind::AssignmentLetter.told().to_owned(),
                    ..documents::Order::default()
                };
                documents::generate(app, &act, id, order).await?;
            }
            if place == DONE {
                finished::finish(app, &act, id).await?;
            }
        }
    }
    match (customers.first(), services.first()) {
        (Some(customer), Some(service)) => late(app, &rina, (&customer.id, &service.id)).await,
        _ => Ok(()),
    }
}

/// A job whose technician should have been there a while ago: the demo begins with an emergency. In the first hours
/// of a day there is no such time yet; the simulator's clock can be put forward.
async fn late(app: &App, rina: &User, (customer, service): (&str, &str)) -> Result<(), Error> {
    let begun = app.now() - TimeDelta::minutes(75);
    if app.zone().date(begun) != app.today() {
        return Ok(());
    }
    let act = Act::of(rina.id, Channel::Panel, begun);
    let visit_time = begun.with_timezone(&app.zone().0).format("%H:%M").to_string();
    let new = tickets::New {
        customer_id: customer.to_owned(),
        service_id: service.to_owned(),
        problem: "Telepon kantor mati sejak pagi, pelanggan menunggu.".to_owned(),
        visit_date: Some(app.today().to_string()),
        visit_time: Some(visit_time),
        ..tickets::New::default()
    };
    let ticket = tickets::create(app, &act, new).await?;
    let holder = store::users::by_username(&app.db, LATE)
        .await?
        .ok_or(Error::Missing)?;
    let id = ticket.id.parse().map_err(|_| Error::Missing)?;
    tickets::assign(app, &act, id, &holder.id.to_string()).await?;
    Ok(())
}

/// The admin whom the demo signs in.
pub(crate) async fn admin(app: &App) -> Result<User, Error> {
    store::users::by_username(&app.db, ADMIN)
        .await?
        .ok_or(Error::Missing)
}
