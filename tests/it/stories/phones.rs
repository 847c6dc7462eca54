//! The simulated phones: what they send arrives in the service's shapes, and what they get can be saved.
//!
//! These stories are of the tools that other stories rely on; the bot only has to stay sound.

use serde_json::{Value, json};

use crate::harness::{Live, Phone, Received, picture, story};

/// The person's own message as the screen shows it.
async fn own(phone: &Phone, id: &Value) -> Value {
    let screen = phone.screen().await;
    let messages = screen["chats"][0]["messages"].as_array().expect("messages");
    messages
        .iter()
        .find(|message| message["message_id"] == *id)
        .expect("the message is there")
        .clone()
}

story!(a_phone_shares_places_and_files_of_every_kind, world => {
    let phone = world.phone(71, "Budi", true).await;
    let pin = phone.static_location(-6.9, 107.6).await;
    assert_eq!(own(&phone, &pin).await["location"]["live_period"], Value::Null);
    let live: Live = phone.live_location(-6.9, 107.6, 12.0).await;
    live.move_to(-6.91, 107.61, 8.5).await;
    live.stop().await;
    let stopped = own(&phone, &live.message).await;
    assert_eq!((&stopped["location"]["latitude"], &stopped["edits"]), (&json!(-6.91), &json!(2)));
    assert_eq!(stopped["location"]["live_period"], Value::Null);
    let forwarded = phone.forwarded_location(-6.9, 107.6).await;
    assert_eq!(own(&phone, &forwarded).await["forward_origin"]["type"], "hidden_user");
    let venue = phone.venue(-6.9, 107.6).await;
    assert_eq!(own(&phone, &venue).await["venue"]["title"], "Kafe Melati");

    let (first, again) = (phone.photo(&picture::jpeg(3)).await, phone.photo_seed(3).await);
    let (first, again) = (own(&phone, &first).await, own(&phone, &again).await);
    let largest = |message: &Value| message["photo"].as_array().expect("sizes").last().expect("one").clone();
    assert_eq!(largest(&first)["file_unique_id"], largest(&again)["file_unique_id"]);
    assert_ne!(largest(&first)["file_id"], largest(&again)["file_id"]);
    let album = phone.album(vec![picture::jpeg(4), picture::png(5), picture::jpeg(6)]).await;
    assert_eq!(album.len(), 3);
    let video = json!({ "kind": "video" });
    phone.album_of(vec![json!({ "kind": "photo", "seed": 9 }), video]).await;
    phone.document("bast.pdf", "application/pdf", &picture::pdf()).await;
    let big = phone.too_big_document().await;
    assert_eq!(own(&phone, &big).await["document"]["file_size"], json!(21 << 20));
    phone.voice().await;
    phone.sticker().await;
    world.drained().await;
    assert_eq!(phone.files().await, Vec::<Received>::new(), "the bot sent none");
});

story!(a_phone_on_a_bad_signal_is_heard_in_the_end, world => {
    let (_, phone) = world.technician(72, "Budi").await;
    phone.bad_signal(60, 100, true, 7).await;
    for _ in 0..3 {
        phone.write("/tugas").await;
    }
    let idle = world.sim_get("idle?timeout_ms=20000").await;
    assert_eq!(idle["pending"], 0, "{idle}");
    phone.good_signal().await;
    phone.write("/tersedia").await;
    world
        .eventually("he is answered", || async { !phone.messages().await.is_empty() })
        .await;
});

story!(an_answer_names_the_message_that_it_answers, world => {
    let (basics, (_, phone)) = (world.basics().await, world.technician(73, "Budi").await);
    world.ticket(&basics, "Internet mati").await;
    phone.tap_text("Ambil Job").await;
    let card = phone.sees("Internet mati").await;
    let text = phone.reply_with_text(&card, "siap").await;
    let photo = phone.reply_with_photo(&card, &picture::jpeg(1)).await;
    let paper = phone.reply_with_document(&card, "bast.pdf", &picture::pdf()).await;
    for answer in [text, photo, paper] {
        assert_eq!(own(&phone, &answer).await["reply_to"], card["message_id"]);
    }
});

#[test]
fn bad_pictures_are_bad_in_the_way_they_say() {
    let bomb = picture::bomb();
    let reader = || image::ImageReader::new(std::io::Cursor::new(&bomb)).with_guessed_format();
    let size = reader().expect("read").into_dimensions().expect("a header");
    assert_eq!((size, bomb.len() < 2 << 20), ((40_000, 40_000), true));
    // Decoders forgive half a picture; that its end is missing shows all the same.
    let half = picture::truncated_jpeg();
    assert!(half.starts_with(&[0xff, 0xd8]) && !half.ends_with(&[0xff, 0xd9]));
    let (one, same) = (picture::jpeg(8), picture::same_picture_recompressed(8));
    assert_ne!(one, same);
    assert!(image::load_from_memory(&same).is_ok() && image::load_from_memory(&picture::png(8)).is_ok());
}

/// Which of neighbouring fields is lighter, in a grid of nine by eight: 64 bits.
fn likeness(bytes: &[u8]) -> Vec<bool> {
    let picture = image::load_from_memory(bytes).expect("a picture");
    let grid = picture
        .resize_exact(9, 8, image::imageops::FilterType::Triangle)
        .to_luma8();
    (0..64)
        .map(|at| grid.get_pixel(at % 8, at / 8)[0] > grid.get_pixel(at % 8 + 1, at / 8)[0])
        .collect()
}

#[test]
fn pictures_of_other_seeds_look_different_and_a_recompressed_one_the_same() {
    let differ = |a: &[bool], b: &[bool]| a.iter().zip(b).filter(|(a, b)| a != b).count();
    let all: Vec<Vec<bool>> = (0..25).map(|seed| likeness(&picture::jpeg(seed))).collect();
    for (at, one) in (0..).zip(&all) {
        let again = likeness(&picture::same_picture_recompressed(at));
        assert!(differ(one, &again) <= 3, "{at}: {}", differ(one, &again));
        for (other, two) in (0..).zip(&all).filter(|(other, _)| *other > at) {
            assert!(differ(one, two) >= 12, "{at} and {other}: {}", differ(one, two));
        }
    }
}
