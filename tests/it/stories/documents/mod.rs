//! Letters and photos: added, looked at, revoked, sent.

mod drawn;
mod erased;
mod fetched;

use dialogues::say::{Attachment, Say};
use dialogues::text::Text;
use domain::document::{Kind, State};
use domain::ids::{DocumentId, TicketId};
use domain::person::Locale;
use futures::FutureExt;
use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value, json};
use tanggap::app::Error;
use tanggap::store::documents::{self, Document};
use tanggap::store::outbox::{self, Lane, Message};

use crate::harness::{Phone, Received, World, picture, story};

/// A ticket that someone has, and his phone.
pub(crate) async fn assigned(world: &World, problem: &str) -> (Value, Phone) {
    let basics = world.basics().await;
    let (account, phone) = world.technician(1001, "Budi").await;
    let ticket = world.ticket(&basics, problem).await;
    let path = format!("tickets/{}/assign", id(&ticket));
    let body = json!({ "technician_id": account["id"] });
    let ticket = world.admin.post(&path, body).await.expect(200);
    (ticket, phone)
}

/// Lets a ticket stand where a visit would have brought it.
pub(crate) async fn stands(world: &World, ticket: &Value, status: &str) {
    let url = world.config.database.url.expose();
    let db = Database::connect(url).await.expect("the database");
    let sql = format!("UPDATE tickets SET status = '{status}' WHERE id = {}", id(ticket));
    db.execute_unprepared(&sql).await.expect("written");
    db.close().await.expect("closed");
}

pub(crate) fn id(object: &Value) -> &str {
    object["id"].as_str().expect("an id")
}

fn blamed(problem: &Value) -> Vec<(&str, &str)> {
    let errors = problem["errors"].as_array().expect("errors");
    errors
        .iter()
        .map(|error| {
            (
                error["field"].as_str().expect("a field"),
                error["code"].as_str().expect("a code"),
            )
        })
        .collect()
}

/// A file that came in by name only.
pub(crate) async fn waits(world: &World, ticket: &Value, kind: Kind, source: &str) -> DocumentId {
    wait(world, ticket, kind, ("telegram", source)).await
}

/// A file of a channel from which nobody fetches: the story says itself what became of it.
pub(crate) async fn waits_elsewhere(world: &World, ticket: &Value, kind: Kind) -> DocumentId {
    wait(world, ticket, kind, ("pigeon", "a ring")).await
}

async fn wait(world: &World, ticket: &Value, kind: Kind, (channel, source): (&str, &str)) -> DocumentId {
    let row = Document {
        id: DocumentId(0),
        ticket: Some(TicketId(id(ticket).parse().expect("a number"))),
        epoch: Some(1),
        kind: Some(kind),
        upload: None,
        number: None,
        filename: "foto.jpg".to_owned(),
        media_type: None,
        size: None,
        sha256: None,
        perceptual: None,
        width: None,
        height: None,
        flags: Vec::new(),
        state: State::Waiting,
        error: None,
        channel: channel.to_owned(),
        source: Some(source.to_owned()),
        source_key: None,
        external_id: None,
        uploaded_by: None,
        created_at: world.clock.now(),
        revoked_at: None,
        drawn: None,
        attempts: 0,
    };
    let app = &world.running.app;
    let inserted = app
        .db
        .write(move |tx| async move { Ok::<_, Error>(documents::insert(tx, row).await?.id) }.boxed());
    let (id, effects) = inserted.await.expect("inserted");
    assert!(effects.files);
    app.cluster.wake(tanggap::cluster::Topic::Files);
    id
}

/// The file, once it waits no more.
pub(crate) async fn landed(world: &World, id: DocumentId) -> Document {
    let db = &world.running.app.db;
    let look = || async { documents::by_id(db, id).await.expect("read").expect("there") };
    world
        .eventually("the file is here, or cannot be had", || async {
            look().await.state != State::Waiting
        })
        .await;
    look().await
}

/// What the service calls the file of a message.
pub(crate) async fn file_id(phone: &Phone, message: &Value) -> String {
    fn find(value: &Value) -> Option<String> {
        match value {
            Value::Object(fields) => fields
                .get("file_id")
                .and_then(Value::as_str)
                .map(str::to_owned)
                .or_else(|| fields.values().find_map(find)),
            Value::Array(values) => values.iter().rev().find_map(find),
            _ => None,
        }
    }
    let screen = phone.screen().await;
    let chats = screen["chats"].as_array().expect("chats");
    let messages = chats
        .iter()
        .flat_map(|chat| chat["messages"].as_array().expect("messages"));
    let mut own = messages.filter(|shown| shown["message_id"] == *message && shown["from"] != "bot");
    own.next().and_then(find).expect("a file")
}

pub(crate) async fn fault(world: &World, order: Value) {
    world.sim_post("faults", order).await;
}

story!(
    /// A letter is added, shown, and given out as it was; every look is written down.
    letters_are_added_and_given_out, world => {
        let (ticket, _) = assigned(&world, "Kulkas bocor").await;
        let pdf = picture::pdf();
        let answer = world.admin.upload(&ticket, "assignment_letter", "../Surat tugas é.PDF", &pdf).await;
        let location = answer.headers["location"].to_str().expect("text").to_owned();
        let letter = answer.expect(201);
        assert_eq!(letter["kind"], "assignment_letter");
        assert_eq!((&letter["media_type"], &letter["size"]), (&json!("application/pdf"), &json!(pdf.len())));
        assert_eq!((&letter["state"], &letter["revoked_at"]), (&json!("ready"), &Value::Null));
        assert_eq!(location, format!("/api/v1/documents/{}", id(&letter)));
        let path = format!("documents/{}", id(&letter));
        assert_eq!(world.admin.get(&path).await.expect(200), letter);
        assert_eq!(world.look(&ticket).await["documents"], json!([letter]));

        let (status, headers, bytes) = world.admin.bytes(&format!("{path}/content")).await;
        assert_eq!((status, bytes), (200, pdf));
        assert_eq!(headers["content-type"], "application/pdf");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["content-security-policy"], "default-src 'none'; sandbox");
        assert_eq!(headers["etag"], format!("\"{}\"", letter["sha256"].as_str().expect("a hash")));
        let disposition = headers["content-disposition"].to_str().expect("plain");
        assert!(disposition.starts_with("attachment; filename=\"Surat tugas _.pdf\""), "{disposition}");
        assert_eq!(world.admin.get(&format!("{path}/content?size=small")).await.problem(404), "not-found");
        assert_eq!(world.admin.get(&format!("{path}/content?size=huge")).await.problem(422), "invalid");

        let seen = world.admin.get(&format!("audit?ticket_id={}", id(&ticket))).await.expect(200);
        let looks = |entries: &Value| {
            let entries = entries.as_array().expect("entries").iter();
            entries.filter(|entry| entry.to_string().contains("document_viewed")).count()
        };
        assert_eq!(looks(&seen["data"]), 1);
        assert_eq!(looks(&world.look(&ticket).await["timeline"]), 0, "looking is no part of the story");
    }
);

story!(
    /// The technician gets a letter at once, and again when he asks; the newest of a kind holds.
    letters_go_to_the_technician, world => {
        let (ticket, budi) = assigned(&world, "Kulkas bocor").await;
        let letter = |bytes: Vec<u8>, name: &'static str| {
            let (api, ticket) = (world.admin.clone(), ticket.clone());
            async move { api.upload(&ticket, "assignment_letter", name, &bytes).await.expect(201) }
        };
        letter(picture::pdf(), "Surat lama.pdf").await;
        world.drained().await;
        letter(picture::png(5), "Surat baru.png").await;
        world.drained().await;
        let names = |files: Vec<Received>| files.into_iter().map(|file| file.name).collect::<Vec<_>>();
        assert_eq!(names(budi.files().await), ["Surat lama.pdf", "Surat baru.png"]);
        let card = budi.sees_button("Surat Tugas").await;
        budi.tap(&card, "Surat Tugas").await;
        world.drained().await;
        let files = budi.files().await;
        assert_eq!(files.last().map(|file| &file.bytes), Some(&picture::png(5)));
        assert_eq!(files.len(), 3);
        assert_eq!(world.look(&ticket).await["documents"].as_array().map(Vec::len), Some(2), "both are kept");
    }
);

story!(
    /// Photos have pictures to show; what may be added depends on where the ticket stands.
    photos_are_added_while_there_is_work, world => {
        let (ticket, _) = assigned(&world, "Kulkas bocor").await;
        let jpeg = picture::jpeg(7);
        let early = world.admin.upload(&ticket, "evidence", "a.jpg", &jpeg).await;
        assert_eq!(early.problem(409), "wrong-state");
        stands(&world, &ticket, "in_progress").await;
        let photo = world.admin.upload(&ticket, "evidence", "a.jpg", &jpeg).await.expect(201);
        assert!(photo["width"].as_i64().is_some_and(|width| width > 0));
        assert_eq!(photo["flags"], json!([]));
        for size in ["small", "large"] {
            let path = format!("documents/{}/content?size={size}", id(&photo));
            let (status, headers, bytes) = world.admin.bytes(&path).await;
            assert_eq!((status, &headers["content-type"]), (200, &"image/jpeg".parse().expect("a value")));
            assert_eq!(bytes[..2], [0xff, 0xd8]);
        }
        let paper = world.admin.upload(&ticket, "evidence", "a.pdf", &picture::pdf()).await;
        assert_eq!(paper.problem(415), "unsupported-media");
        world.admin.upload(&ticket, "bast", "a.pdf", &picture::pdf()).await.expect(201);
        stands(&world, &ticket, "done").await;
        let late = world.admin.upload(&ticket, "travel_letter", "a.pdf", &picture::pdf()).await;
        assert_eq!(late.problem(409), "wrong-state");
        stands(&world, &ticket, "closed").await;
        let late = world.admin.upload(&ticket, "evidence", "a.jpg", &jpeg).await;
        assert_eq!(late.problem(409), "wrong-state");
    }
);

story!(
    /// What is no form, no file, or no file for us is refused with its reason, and nothing is kept.
    unfit_files_are_refused, world => {
        let (ticket, _) = assigned(&world, "Kulkas bocor").await;
        let letter = |bytes: Vec<u8>| {
            let (api, ticket) = (world.admin.clone(), ticket.clone());
            async move { api.upload(&ticket, "assignment_letter", "surat.pdf", &bytes).await }
        };
        assert_eq!(letter(vec![b'%'; 20 << 20 | 1]).await.problem(413), "too-large");
        assert_eq!(letter(vec![b'%'; 22 << 20]).await.problem(413), "too-large");
        assert_eq!(letter(b"bukan surat".to_vec()).await.problem(415), "unsupported-media");
        for (bytes, code) in [
            (Vec::new(), "required"),
            (picture::truncated_jpeg(), "cut-short"),
            (picture::bomb(), "too-many-pixels"),
            ([picture::jpeg(1), picture::pdf()].concat(), "two-in-one"),
        ] {
            let answer = letter(bytes).await;
            assert_eq!(blamed(&answer.body), [("file", code)]);
            assert_eq!(answer.problem(422), "invalid");
        }
        let path = format!("tickets/{}/documents", id(&ticket));
        let answer = world.admin.post(&path, json!({ "kind": "bast" })).await;
        assert_eq!(answer.problem(415), "unsupported-media");
        let form = "multipart/form-data; boundary=story";
        let answer = world.admin.send_raw(&path, form, None, b"--story--\r\n".to_vec()).await;
        assert_eq!(blamed(&answer.body), [("kind", "required"), ("file", "required")]);
        assert_eq!(answer.problem(422), "invalid");
        let answer = world.admin.send_raw(&path, form, None, b"--story\r\nnonsense".to_vec()).await;
        assert_eq!(answer.problem(400), "malformed");
        let part = "--story\r\ncontent-disposition: form-data; name=\"umur\"\r\n\r\n9\r\n--story--\r\n";
        let answer = world.admin.send_raw(&path, form, None, part.as_bytes().to_vec()).await;
        assert_eq!(blamed(&answer.body), [("umur", "unknown")]);
        for kind in ["payment_proof", "check_in", "surat"] {
            let answer = world.admin.upload(&ticket, kind, "a.pdf", &picture::pdf()).await;
            assert_eq!(blamed(&answer.body), [("kind", "bad-value")]);
        }
        let nowhere = json!({ "id": "999999" });
        let answer = world.admin.upload(&nowhere, "bast", "a.pdf", &picture::pdf()).await;
        assert_eq!(answer.problem(404), "not-found");
        assert_eq!(world.look(&ticket).await["documents"], json!([]));
    }
);

story!(
    /// The same call under the same key adds one file; others may not look.
    one_key_adds_one_file, world => {
        let (ticket, _) = assigned(&world, "Kulkas bocor").await;
        let pdf = picture::pdf();
        let add = |bytes: Vec<u8>| {
            let (api, ticket) = (world.admin.clone(), ticket.clone());
            async move { api.upload_once(&ticket, Some("k-1"), "travel_letter", "a.pdf", &bytes).await }
        };
        let first = add(pdf.clone()).await.expect(201);
        assert_eq!(add(pdf).await.expect(201), first);
        assert_eq!(add(picture::jpeg(1)).await.problem(422), "idempotency-mismatch");
        assert_eq!(world.look(&ticket).await["documents"].as_array().map(Vec::len), Some(1));

        let form = json!({ "username": "maya", "name": "Maya", "role": "sales", "password": "sandi awal 1" });
        world.admin.post("users", form).await.expect(201);
        let maya = world.admin.sign_in("maya", "sandi awal 1").await;
        let change = json!({ "current": "sandi awal 1", "new": "sandi baru 12" });
        assert_eq!(maya.post("auth/password", change).await.status.as_u16(), 204);
        for path in ["", "/content"] {
            let path = format!("documents/{}{path}", id(&first));
            assert_eq!(maya.get(&path).await.problem(403), "forbidden", "no invoice, no look");
            assert_eq!(world.admin.anonymous().get(&path).await.problem(401), "unauthenticated");
        }
    }
);

story!(
    /// Who no longer has the job may not show its letters.
    letters_end_with_the_assignment, world => {
        let (ticket, _) = assigned(&world, "Kulkas bocor").await;
        world.admin.upload(&ticket, "assignment_letter", "a.pdf", &picture::pdf()).await.expect(201);
        let path = format!("tickets/{}/replace", id(&ticket));
        world.admin.post(&path, json!({ "reason": "Sakit hari ini" })).await.expect(200);
        let letter = world.look(&ticket).await["documents"][0].clone();
        assert!(letter["revoked_at"].is_string(), "{letter}");
        let (_, _, bytes) = world.admin.bytes(&format!("documents/{}/content", id(&letter))).await;
        assert_eq!(bytes, picture::pdf(), "the office still sees it");
    }
);

/// Queues words with a file for a phone.
async fn say(world: &World, phone: &Phone, letter: &Value, words: &str) {
    let say = Say::text(Text::Stranger {
        company: words.to_owned(),
    });
    let say = say.attach(Attachment {
        document: id(letter).parse().expect("an id"),
        filename: letter["filename"].as_str().expect("a name").to_owned(),
        media_type: letter["media_type"].as_str().expect("a type").to_owned(),
        picture: false,
    });
    let message = Message {
        channel: "telegram",
        lane: Lane::Reply,
        recipient: phone.id.to_string(),
        user: None,
        ticket: None,
        kind: "stranger".to_owned(),
        locale: Locale::Id,
        payload: serde_json::to_string(&say).expect("JSON"),
        card: None,
    };
    let app = &world.running.app;
    let at = world.clock.now();
    let queued = app
        .db
        .write(move |tx| async move { Ok::<_, Error>(outbox::enqueue(tx, message, at).await?) }.boxed());
    queued.await.expect("queued");
    app.cluster.wake(tanggap::cluster::Topic::Outbox);
    world.drained().await;
}

story!(
    /// A file goes with its words: its bytes once, by the service's name for it from then on, and its bytes
    /// again when the service has forgotten that.
    files_go_along_with_words, world => {
        let (ticket, budi) = assigned(&world, "Kulkas bocor").await;
        let letter = world.admin.upload(&ticket, "travel_letter", "Surat jalan.pdf", &picture::pdf()).await.expect(201);
        world.drained().await;
        let before = budi.files().await.len();
        let document: DocumentId = id(&letter).parse().expect("an id");
        let db = &world.running.app.db;
        let name = || async { documents::by_id(db, document).await.expect("read").expect("there").external_id };

        say(&world, &budi, &letter, "Satu").await;
        let first = name().await.expect("a name");
        let files = budi.files().await;
        assert_eq!(files.len(), before + 1);
        let last = files.last().expect("a file");
        assert_eq!((last.name.as_str(), &last.bytes), ("Surat jalan.pdf", &picture::pdf()));
        assert!(last.caption.contains("Satu"), "{}", last.caption);

        say(&world, &budi, &letter, "Dua").await;
        assert_eq!(name().await.as_ref(), Some(&first), "its name was enough");
        assert_eq!(budi.files().await.len(), before + 2);

        world.sim_post("files/forget", json!({})).await;
        say(&world, &budi, &letter, "Tiga").await;
        assert_ne!(name().await.expect("a name"), first, "its bytes were sent again");
        budi.sees("Tiga").await;

        let long = "panjang ".repeat(200);
        say(&world, &budi, &letter, &long).await;
        let words = budi.sees("panjang").await;
        assert!(words["document"].is_null(), "words too long for a file follow it");
        assert_eq!(budi.count("panjang").await, 1);
        let failed = world.admin.get("deliveries?state=failed").await.expect(200);
        assert_eq!(failed["data"], json!([]));
    }
);
