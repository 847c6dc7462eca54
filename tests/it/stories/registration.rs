//! Becoming a customer by WhatsApp: step by step, in one message, and never twice.

use dialogues::say::Say;
use dialogues::served::offers;
use dialogues::tap::{Answer, Tap};
use dialogues::text::Label;
use domain::person::Locale;
use serde_json::{Value, json};
use tanggap::app::webhooks;
use tanggap::delivery::render::{html, label};
use tanggap::store::contacts::{Kind, owner};
use tanggap::store::outbox::of_chats;

use crate::harness::{Customer, Setup, World, story};

/// Someone who writes to the company.
pub(crate) struct Writer<'w> {
    world: &'w World,
    pub(crate) phone: Customer,
}

/// The company has a number that customers write to.
pub(crate) fn on_whatsapp() -> Setup {
    Setup {
        whatsapp: true,
        ..Setup::default()
    }
}

impl<'w> Writer<'w> {
    /// Someone at `0812000{id}`.
    pub(crate) async fn new(world: &'w World, id: i64, name: &str) -> Self {
        let phone = world.customer(id, name).await;
        Self { world, phone }
    }

    /// Waits until everything that was written is handled.
    pub(crate) async fn handled(&self) {
        self.world.webhooks_taken().await;
        let app = self.world.running.app.clone();
        self.world
            .eventually("everything that came is handled", || {
                let app = app.clone();
                async move { matches!(webhooks::waiting(&app).await, Ok(0)) }
            })
            .await;
    }

    pub(crate) async fn says(&self, text: &str) {
        self.phone.says(text).await;
        self.handled().await;
    }

    /// Presses the newest button of a flow with this answer.
    pub(crate) async fn answers(&self, answer: Answer) {
        self.taps(Tap::Answer { flow: 0, answer }).await;
    }

    /// Presses the newest button with these words.
    pub(crate) async fn taps(&self, tap: Tap) {
        self.phone.presses(&label(&Label::Tap(tap), Locale::Id)).await;
        self.handled().await;
    }

    /// What this person was told, oldest first, sent or still to be sent.
    pub(crate) async fn said(&self) -> Vec<Say> {
        let db = &self.world.running.app.db;
        let phone = format!("+62812000{:05}", self.phone.id);
        let Some(alias) = owner(db, Kind::Phone, &phone).await.expect("a look") else {
            return Vec::new();
        };
        let chat = [alias.contact.to_string()];
        let rows = of_chats(db, "whatsapp", &chat, 500).await.expect("a look");
        // What was forgotten says nothing any more.
        let said = rows.iter().rev().filter(|(_, payload)| payload != "{}");
        let read = |(_, payload): &(_, String)| serde_json::from_str(payload).expect("a message");
        said.map(read).collect()
    }

    /// The buttons of what this person was told last.
    pub(crate) async fn offered(&self) -> Vec<Tap> {
        self.said().await.last().map(offers).unwrap_or_default()
    }

    /// What this person was told last has these words.
    pub(crate) async fn hears(&self, words: &str) {
        let said = self.said().await;
        let last = said
            .last()
            .map(|say| html(&say.text, Locale::Id))
            .unwrap_or_default();
        assert!(last.contains(words), "not {words:?} but {last:?}");
    }

    /// Asks the office something; answers the request.
    pub(crate) async fn asks(&self, question: &str) -> Value {
        self.says("cs").await;
        self.says(question).await;
        self.hears("sudah kami catat").await;
        self.world.waiting().await.pop().expect("it waits")
    }

    /// Becomes a customer in one message; answers the customer.
    pub(crate) async fn registers(&self, name: &str) -> Value {
        self.says(&format!("DAFTAR#{name}#Jl. Melati No. 5, Bekasi#"))
            .await;
        self.hears("Pendaftaran berhasil").await;
        customers(self.world, name).await.pop().expect("registered")
    }
}

/// The customers whom a search finds.
pub(crate) async fn customers(world: &World, q: &str) -> Vec<Value> {
    let path = format!("customers?q={}", q.replace(' ', "%20"));
    let page = world.admin.get(&path).await.expect(200);
    page["data"].as_array().expect("a list").clone()
}

story!(
    someone_new_registers_step_by_step_and_need_not_say_the_problem_twice, on_whatsapp(), world => {
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.says("AC kamar saya tidak dingin sejak kemarin").await;
        siti.hears("Untuk melayani Anda kami perlu menyimpan").await;
        siti.says("1").await;
        siti.hears("Siapa nama lengkap Anda? Pilih <b>Siti</b>").await;
        siti.says("Siti <b>Aminah</b>").await;
        siti.hears("Kirim alamat lengkap").await;
        siti.says("Bekasi").await;
        siti.hears("Alamat terlalu pendek").await;
        siti.says("Jl. Melati No. 5, Bekasi").await;
        siti.hears("0812-0000-0001").await;
        siti.says("(021) 7654321").await;
        siti.hears("telepon rumah").await;
        siti.answers(Answer::OwnPhone).await;
        siti.hears("Mohon periksa").await;
        assert_eq!(customers(&world, "Siti").await, Vec::<Value>::new(), "nothing is kept before");
        siti.answers(Answer::Save).await;
        siti.hears("Laporan Anda").await;
        let all = customers(&world, "Siti").await;
        assert_eq!(all.len(), 1);
        assert_eq!(all[0]["name"], "Siti <b>Aminah</b>");
        assert_eq!((&all[0]["source"], &all[0]["phone"]), (&json!("whatsapp"), &json!("+6281200000001")));

        // The same button again: the same answer, and no second customer.
        siti.answers(Answer::Save).await;
        siti.hears("Pendaftaran berhasil").await;
        assert_eq!(customers(&world, "Siti").await.len(), 1);

        siti.answers(Answer::Send).await;
        siti.hears("Laporan diterima dengan nomor <b>LAP-").await;
        let requests = world.admin.get("requests?state=new").await.expect(200);
        assert_eq!(requests["data"][0]["text"], "AC kamar saya tidak dingin sejak kemarin");
        assert_eq!(requests["data"][0]["customer"]["id"], all[0]["id"]);
    }
);

story!(
    one_message_registers_once_whatever_comes_again, on_whatsapp(), world => {
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.says("DAFTAR#0812#Bekasi#021-7654321").await;
        for wrong in ["• Nama: tulis nama saja", "• Alamat: terlalu pendek", "• No HP: itu nomor telepon rumah"] {
            siti.hears(wrong).await;
        }
        // Every message comes twice and in any order, and others say the same.
        world.webhooks_travel(json!({ "shuffled": true, "doubled": 100, "batch": 3, "seed": 5 })).await;
        siti.phone.says("daftar # Siti Aminah # Jl. Melati #5, Bekasi #").await;
        siti.phone.says("DAFTAR|Siti Aminah|Jl. Melati #5, Bekasi|0812 0000 0001").await;
        siti.handled().await;
        world.webhooks_travel(json!({})).await;
        let found = customers(&world, "Siti Aminah").await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["address"], "Jl. Melati #5, Bekasi");
        siti.says("DAFTAR#Siti Aminah#Jl. Kenanga No. 9, Bekasi#").await;
        siti.hears("Anda sudah terdaftar dengan nomor <b>PLG-").await;
        siti.says("ubah").await;
        siti.answers(Answer::FixAddress).await;
        siti.says("Jl. Kenanga No. 9, Bekasi").await;
        siti.answers(Answer::Save).await;
        siti.hears("Data Anda sudah diperbarui").await;
        let found = customers(&world, "Siti Aminah").await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["address"], "Jl. Kenanga No. 9, Bekasi");
    }
);

story!(
    a_customer_of_the_office_is_greeted_by_name, on_whatsapp(), world => {
        let form = json!({ "name": "Budi Hartono", "address": "Jl. Mawar 7, Depok", "phone": "0812 0000 0002" });
        world.admin.post("customers", form).await.expect(201);
        let budi = Writer::new(&world, 2, "Budi").await;
        budi.says("menu").await;
        budi.hears("Halo Budi Hartono").await;
        // A number that somebody typed into a chat proves nothing.
        let siti = Writer::new(&world, 3, "Siti").await;
        siti.says("DAFTAR#Siti Aminah#Jl. Melati No. 5, Bekasi#0812 0000 0004").await;
        let tono = Writer::new(&world, 4, "Tono").await;
        tono.says("menu").await;
        tono.hears("Selamat datang di").await;
    }
);

story!(
    a_draft_waits_a_day, Setup { frozen: Some("2026-11-23T03:00:00Z"), ..on_whatsapp() }, world => {
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.says("halo").await;
        siti.answers(Answer::Agree).await;
        siti.answers(Answer::UseName).await;
        world.clock.advance(chrono::TimeDelta::hours(20));
        siti.says("halo").await;
        siti.hears("Anda punya pendaftaran yang belum selesai").await;
        siti.says("lanjutkan").await;
        siti.hears("Kirim alamat lengkap").await;
        world.clock.advance(chrono::TimeDelta::hours(25));
        siti.says("halo").await;
        siti.hears("Untuk melayani Anda kami perlu menyimpan").await;
        siti.says("tidak setuju").await;
        siti.hears("data Anda tidak kami simpan").await;
        assert_eq!(customers(&world, "Siti").await, Vec::<Value>::new());
    }
);
