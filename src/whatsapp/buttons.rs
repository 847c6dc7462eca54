//! Buttons as the service carries them: `w1|tap`, at most 200 characters (rows of a list; buttons take 256).
//!
//! `w1` is the version of the whole code. What was once given out must still be read: a list lives as long as
//! its message does.

use dialogues::press::Press;

/// The longest that the service takes for the row of a list, in characters.
pub const LONGEST: usize = 200;
/// What every button of ours begins with.
pub const OURS: &str = "w1|";

/// A press as a button carries it; `None`: it is no customer's button.
pub fn encode(press: &Press) -> Option<String> {
    match press {
        Press::Customer(tap) => Some(format!("{OURS}{tap}")),
        Press::Cancel => Some(format!("{OURS}n")),
        _ => None,
    }
}

/// What a button of ours means; `None`: it is not one of ours, or not any more.
pub fn decode(id: &str) -> Option<Press> {
    if id.len() > LONGEST {
        return None;
    }
    match id.strip_prefix(OURS)? {
        "n" => Some(Press::Cancel),
        tap => tap.parse().ok().map(Press::Customer),
    }
}
