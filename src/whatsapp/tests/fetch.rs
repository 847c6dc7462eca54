//! Where files may be fetched, and whether they are what was told of.

use bytes::Bytes;

use crate::config::Config;
use crate::whatsapp::Client;
use crate::whatsapp::fetch::is_of;

#[test]
fn only_the_services_own_hosts_are_called() {
    let mut settings = Config::default_settings().whatsapp;
    settings.access_token = Some("a token".into());
    settings.api_url = "http://127.0.0.1:8081".to_owned();
    let client = Client::new(&settings).expect("a client").expect("a token");
    for good in [
        "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1",
        "https://mmg.whatsapp.net/x",
        "http://127.0.0.1:8081/whatsapp_business/attachments/?mid=1",
        "https://LOOKASIDE.fbsbx.com/",
    ] {
        assert!(client.is_of_service(good), "{good}");
    }
    for bad in [
        "http://lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com.evil.example/",
        "https://evilwhatsapp.net/",
        "https://a@mmg.whatsapp.net/",
        "https://evil.example\\.whatsapp.net/",
        "http://127.0.0.1:8082/",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "",
    ] {
        assert!(!client.is_of_service(bad), "{bad}");
    }
}

#[test]
fn bytes_are_known_by_their_hash_however_it_is_written() {
    let bytes = Bytes::from_static(b"abc");
    let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert!(is_of(&bytes, Some(hex)) && is_of(&bytes, Some(&hex.to_uppercase())));
    assert!(is_of(
        &bytes,
        Some("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    ));
    assert!(is_of(&bytes, None) && is_of(&bytes, Some("")));
    assert!(!is_of(&Bytes::from_static(b"abd"), Some(hex)));
}
