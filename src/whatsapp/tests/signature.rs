//! Who may post.

use crate::whatsapp::signature::Secrets;

/// From RFC 4231, test case 2: key "Jefe".
const BODY: &[u8] = b"what do ya want for nothing?";
const SIGNATURE: &str = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

fn secrets(current: &str, previous: Option<&str>) -> Secrets {
    Secrets {
        current: current.into(),
        previous: previous.map(Into::into),
    }
}

#[test]
fn a_body_signed_with_either_secret_is_taken() {
    assert!(secrets("Jefe", None).signed(BODY, SIGNATURE));
    assert!(secrets("new", Some("Jefe")).signed(BODY, SIGNATURE));
    assert!(secrets("Jefe", Some("old")).signed(BODY, SIGNATURE));
    assert!(secrets("Jefe", None).signed(BODY, &SIGNATURE.to_uppercase().replacen("SHA", "sha", 1)));
}

#[test]
fn anything_else_is_refused() {
    assert!(!secrets("other", None).signed(BODY, SIGNATURE));
    assert!(!secrets("other", Some("another")).signed(BODY, SIGNATURE));
    let jefe = secrets("Jefe", None);
    assert!(!jefe.signed(b"what do ya want for nothing!", SIGNATURE));
    for wrong in ["", "sha256=", &SIGNATURE[7..], &SIGNATURE[..70], "sha1=5bdcc146"] {
        assert!(!jefe.signed(BODY, wrong), "{wrong}");
    }
    assert!(!jefe.signed(BODY, &format!("{SIGNATURE}00")));
    assert!(!jefe.signed(BODY, &SIGNATURE.replace('5', "\u{e9}")));
}
