//! Photos that came in by name only: fetched through troubles, refused, given up, compared.

use domain::document::{Kind, State};
use serde_json::json;
use tanggap::app::documents::{self as files, Landing};
use tanggap::files::Accept;

use crate::harness::{picture, story};
use crate::stories::documents::{assigned, fault, file_id, landed, waits, waits_elsewhere};

story!(
    /// What was sent is fetched through every trouble, once, and counts from then on.
    files_are_fetched_through_troubles, world => {
        let (ticket, budi) = assigned(&world, "Kulkas bocor").await;
        let message = budi.photo_seed(11).await;
        let source = file_id(&budi, &message).await;
        fault(&world, json!({ "kind": "500", "method": "getFile", "count": 1 })).await;
        fault(&world, json!({ "kind": "cut", "method": "download", "count": 1 })).await;
        let photo = landed(&world, waits(&world, &ticket, Kind::Evidence, &source).await).await;
        assert_eq!((photo.state, photo.error.as_deref()), (State::Ready, None));
        assert!(photo.attempts >= 3, "{photo:?}");
        assert_eq!(photo.media_type.as_deref(), Some("image/jpeg"));
        assert!(photo.perceptual.is_some() && photo.width.is_some() && photo.flags.is_empty());
        let shown = world.look(&ticket).await["documents"][0].clone();
        assert_eq!(shown["sha256"].as_str(), photo.sha256.as_deref());

        fault(&world, json!({ "kind": "429", "method": "getFile", "retry_after": 1, "count": 1 })).await;
        fault(&world, json!({ "kind": "drop-before", "method": "download", "count": 1 })).await;
        let again = landed(&world, waits(&world, &ticket, Kind::Bast, &source).await).await;
        assert_eq!(again.state, State::Ready);
        assert!(again.flags.is_empty(), "twice on one ticket is no fraud");
    }
);

story!(
    /// What cannot be had, or is not what it should be, is given up with its reason.
    what_cannot_be_had_is_given_up, world => {
        let (ticket, budi) = assigned(&world, "Kulkas bocor").await;
        let big = budi.too_big_document().await;
        let big = file_id(&budi, &big).await;
        let refused = landed(&world, waits(&world, &ticket, Kind::Bast, &big).await).await;
        assert_eq!((refused.state, refused.error.as_deref()), (State::Refused, Some("too-large")));
        let text = budi.document("foto.jpg", "image/jpeg", b"bukan foto").await;
        let text = file_id(&budi, &text).await;
        let refused = landed(&world, waits(&world, &ticket, Kind::Evidence, &text).await).await;
        assert_eq!((refused.state, refused.error.as_deref()), (State::Refused, Some("unknown-kind")));
        let gone = landed(&world, waits(&world, &ticket, Kind::Evidence, "AgACAgUAAxkBAAnone").await).await;
        assert_eq!((gone.state, gone.error.as_deref()), (State::Lost, Some("gone")));
        assert_eq!(world.look(&ticket).await["documents"], json!([]));
    }
);

story!(
    /// Nobody proves two jobs with one picture, whether its bytes are the same or only what it shows.
    used_pictures_are_flagged, world => {
        let (first, budi) = assigned(&world, "Kulkas bocor").await;
        let basics = world.basics().await;
        let other = world.ticket(&basics, "AC panas").await;
        let send = |seed: u64| {
            let budi = budi.clone();
            async move { file_id(&budi, &budi.photo_seed(seed).await).await }
        };
        let (original, stranger) = (send(21).await, send(22).await);
        let copy = budi.document("lagi.jpg", "image/jpeg", &picture::same_picture_recompressed(21)).await;
        let copy = file_id(&budi, &copy).await;
        landed(&world, waits(&world, &first, Kind::Evidence, &original).await).await;
        for (source, flags) in [
            (&stranger, Vec::new()),
            (&original, vec!["seen-on-other-ticket".to_owned()]),
            (&copy, vec!["seen-on-other-ticket".to_owned()]),
        ] {
            let photo = landed(&world, waits(&world, &other, Kind::Evidence, source).await).await;
            assert_eq!((photo.state, photo.flags), (State::Ready, flags));
        }
    }
);

story!(
    /// One picture for two jobs, looked into side by side: at least one of them is flagged, whichever counts first.
    twins_that_land_together_are_flagged, world => {
        let (first, _) = assigned(&world, "Kulkas bocor").await;
        let basics = world.basics().await;
        let other = world.ticket(&basics, "AC panas").await;
        let app = &world.running.app;
        for seed in 31..36 {
            let look = || async {
                let file = app.files.inspect(picture::jpeg(seed).into(), Accept::Photo).await.expect("fit");
                app.files.keep(&file).await.expect("kept");
                Landing::Ready(Box::new(file))
            };
            let one = waits_elsewhere(&world, &first, Kind::Evidence).await;
            let two = waits_elsewhere(&world, &other, Kind::Evidence).await;
            let (a, b) = (look().await, look().await);
            let (a, b) = tokio::join!(files::landed(app, one, a), files::landed(app, two, b));
            assert!(a.expect("landed") && b.expect("landed"));
            let (one, two) = (landed(&world, one).await, landed(&world, two).await);
            assert!(!one.flags.is_empty() || !two.flags.is_empty(), "{one:?} {two:?}");
        }
    }
);
