//! Answers to taps.

use serde_json::{Value, json};
use tokio::time::Instant;

use crate::simulator::check::Params;
use crate::simulator::refusal::Refusal;
use crate::simulator::taps::Answer;
use crate::simulator::world::World;

/// Characters in the answer to a tap.
const LONGEST: usize = 200;

const TOO_OLD: &str = "query is too old and response timeout expired or query ID is invalid";

impl World {
    pub(crate) fn answer_callback_query(&mut self, params: &Params) -> Result<Value, Refusal> {
        let text = params.text("text").unwrap_or_default();
        if text.chars().count() > LONGEST {
            return Err(Refusal::broken("text", "MESSAGE_TOO_LONG"));
        }
        let answer = Answer {
            at: self.ms(),
            text: text.to_owned(),
            show_alert: params.flag("show_alert"),
            url: params.text("url").map(str::to_owned),
        };
        if let Some(url) = &answer.url {
            let own = format!("t.me/{}?start=", self.options.bot_username);
            let bare = url.trim_start_matches("https://").trim_start_matches("http://");
            if !bare.starts_with(&own) {
                return Err(Refusal::broken("text", "URL_INVALID"));
            }
        }
        let ttl = self.options.query_ttl;
        let query_id = params.text("callback_query_id").unwrap_or_default();
        let tap = self.taps.by_query(query_id);
        let tap = tap.filter(|tap| !tap.dropped && Instant::now() - tap.born <= ttl);
        let tap = tap.ok_or_else(|| Refusal::bad(TOO_OLD))?;
        let (seq, person, chat) = (tap.seq, tap.person, tap.chat_id);
        if tap.answer.is_some() {
            if tap.repeated {
                return Ok(json!(true));
            }
            self.breach("answered_twice", "answerCallbackQuery", Some(chat), query_id);
            return Ok(json!(true));
        }
        tap.answer = Some(answer);
        self.taps.settled(seq);
        self.changed("person", Some(person));
        Ok(json!(true))
    }
}
