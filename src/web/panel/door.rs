//! Signing in and changing the password: the pages outside the frame.

use askama::Template;

use crate::web::panel::filters;
use crate::web::panel::form::Form;
use crate::web::panel::shell::Shell;

/// Signing in.
#[derive(Template)]
#[template(path = "panel/login.html")]
pub struct LoginPage {
    pub shell: Shell,
    pub form: Form,
    /// Where to go afterwards: a path of the panel.
    pub next: String,
}

/// Changing the password, of one's own will or at first use.
#[derive(Template)]
#[template(path = "panel/password.html")]
pub struct PasswordPage {
    pub shell: Shell,
    pub form: Form,
    pub forced: bool,
}
