//! Photos past their time, bytes that nothing stands for, and a storage that fails.

use domain::document::{Kind, State};
use serde_json::{Value, json};
use tanggap::app::documents as files;

use crate::harness::{Setup, picture, story};
use crate::stories::documents::{assigned, file_id, id, landed, stands, waits};

fn long_ago() -> Setup {
    Setup {
        frozen: Some("2026-11-22T03:00:00Z"),
        ..Setup::default()
    }
}

story!(
    /// Photos of finished tickets go when their time is over; letters stay, and bytes that others need.
    photos_are_erased_in_time, long_ago(), world => {
        // Years go by, and the admin's session with them.
        world.leaves_something();
        let (ticket, _) = assigned(&world, "Kulkas bocor").await;
        let letter = world.admin.upload(&ticket, "assignment_letter", "a.pdf", &picture::pdf()).await.expect(201);
        stands(&world, &ticket, "in_progress").await;
        let shared = world.admin.upload(&ticket, "evidence", "a.jpg", &picture::jpeg(1)).await.expect(201);
        let own = world.admin.upload(&ticket, "evidence", "b.jpg", &picture::jpeg(2)).await.expect(201);
        let basics = world.basics().await;
        let other = world.ticket(&basics, "AC panas").await;
        let body = json!({ "technician_id": ticket["technician"]["id"] });
        world.admin.post(&format!("tickets/{}/assign", id(&other)), body).await.expect(200);
        stands(&world, &other, "in_progress").await;
        let kept = world.admin.upload(&other, "evidence", "c.jpg", &picture::jpeg(1)).await.expect(201);
        stands(&world, &ticket, "closed").await;
        let app = &world.running.app;
        assert_eq!(files::past_their_time(app).await.expect("looked"), 0);
        let days = i64::from(world.config.retention.photo_days) + 1;
        world.clock.advance(chrono::TimeDelta::days(days));
        assert_eq!(files::past_their_time(app).await.expect("erased"), 2);

        let admin = world.admin.sign_in("rina", crate::harness::PASSWORD).await;
        for (document, status) in [(&letter, 200), (&shared, 404), (&own, 404), (&kept, 200)] {
            let (found, _, _) = admin.bytes(&format!("documents/{}/content", id(document))).await;
            assert_eq!(found, status, "{document}");
        }
        let shown = admin.get(&format!("documents/{}", id(&own))).await.expect(200);
        assert_eq!(shown["state"], "erased");
        let sha256 = |document: &Value| document["sha256"].as_str().expect("a hash").to_owned();
        assert!(app.files.find(&sha256(&own)).await.expect("asked").is_none());
        assert!(app.files.find(&sha256(&kept)).await.expect("asked").is_some());
        let audit = admin.get(&format!("audit?ticket_id={}", id(&ticket))).await.expect(200);
        let erased = audit["data"].as_array().expect("entries").iter();
        assert_eq!(erased.filter(|entry| entry["action"] == "document_erased").count(), 2);
    }
);

story!(
    /// A backlog goes a batch at a time, so that nothing waits for it.
    a_backlog_is_erased_in_batches, long_ago(), world => {
        world.leaves_something();
        let (hash, at) = ("a".repeat(64), "2020-01-01T00:00:00+00:00");
        let row = format!("('a.jpg', 'image/jpeg', 1, '{hash}', '[]', 'ready', 'telegram', 0, '{at}', '{at}')");
        let rows = vec![row; 120].join(", ");
        let columns = "filename, media_type, size, sha256, flags, state, channel, attempts, run_at, created_at";
        world.order(&format!("INSERT INTO documents ({columns}) VALUES {rows}")).await;
        let app = &world.running.app;
        for gone in [100, 20, 0] {
            assert_eq!(files::past_their_time(app).await.expect("erased"), gone);
        }
    }
);

story!(
    /// Bytes that a crash left without a row are swept after a day; what counts stays.
    forgotten_bytes_are_swept, long_ago(), world => {
        world.leaves_something();
        let (ticket, _) = assigned(&world, "Kulkas bocor").await;
        let letter = world.admin.upload(&ticket, "assignment_letter", "a.pdf", &picture::pdf()).await.expect(201);
        let app = &world.running.app;
        let left = app.files.inspect(picture::jpeg(9).into(), tanggap::files::Accept::Photo).await.expect("fit");
        app.files.keep(&left).await.expect("kept");
        assert_eq!(files::sweep(app, || true).await.expect("swept"), 0, "it may be about to count");
        world.clock.advance(chrono::TimeDelta::days(900));
        assert_eq!(files::sweep(app, || false).await.expect("left off"), 0, "whoever stops waits for no sweep");
        assert_eq!(files::sweep(app, || true).await.expect("swept"), 1);
        assert!(app.files.find(&left.sha256).await.expect("asked").is_none());
        let sha256 = letter["sha256"].as_str().expect("a hash");
        assert!(app.files.find(sha256).await.expect("asked").is_some());
        if let Some(bucket) = &world.bucket {
            assert!(bucket.names().iter().all(|name| name.starts_with("company/")), "{:?}", bucket.names());
        }
    }
);

story!(
    /// A database that was put back to an earlier day does not know its files: that is not for a sweep to decide.
    a_sweep_that_would_take_too_much_takes_nothing, long_ago(), world => {
        world.leaves_something();
        let app = &world.running.app;
        let pdf = picture::pdf();
        let mut hashes = Vec::new();
        for n in 0..60 {
            let (head, tail) = pdf.split_at(9);
            let paper = [head, format!("%{n}\n").as_bytes(), tail].concat();
            let paper = app.files.inspect(paper.into(), tanggap::files::Accept::Paper).await.expect("fit");
            app.files.keep(&paper).await.expect("kept");
            hashes.push(paper.sha256);
        }
        world.clock.advance(chrono::TimeDelta::days(900));
        assert_eq!(files::sweep(app, || true).await.expect("swept"), 0);
        for hash in &hashes[20..] {
            app.files.erase(hash).await.expect("erased");
        }
        assert_eq!(files::sweep(app, || true).await.expect("swept"), 20, "so few may be left by crashes");
    }
);

story!(
    /// A storage that fails for a moment loses nothing; one that is away says so.
    a_storage_that_fails_is_tried_again, world => {
        let (ticket, budi) = assigned(&world, "Kulkas bocor").await;
        let Some(bucket) = world.bucket.clone() else {
            return world.finish().await;
        };
        bucket.fails(2);
        world.admin.upload(&ticket, "assignment_letter", "a.pdf", &picture::pdf()).await.expect(201);
        let source = file_id(&budi, &budi.photo_seed(3).await).await;
        bucket.fails(5);
        let photo = landed(&world, waits(&world, &ticket, Kind::Evidence, &source).await).await;
        assert_eq!(photo.state, State::Ready);
    }
);
