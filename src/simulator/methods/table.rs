//! The methods that the simulator plays, each with all parameters that the service knows.

use crate::simulator::check::Shape::{Array, Boolean, ChatId, File, Integer, Object, Strings, Text};
use crate::simulator::check::{Param, may, must, not_played};

/// One method of the Bot API.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) params: &'static [Param],
    /// It may ride in the body of a webhook's answer.
    pub(crate) in_webhook_answer: bool,
}

const SEND_MESSAGE: &[Param] = &[
    must("chat_id", ChatId),
    must("text", Text),
    may("parse_mode", Text),
    may("entities", Array),
    may("link_preview_options", Object),
    may("disable_notification", Boolean),
    may("protect_content", Boolean),
    may("reply_parameters", Object),
    may("reply_markup", Object),
    not_played("allow_paid_broadcast"),
    not_played("business_connection_id"),
    not_played("message_thread_id"),
    not_played("direct_messages_topic_id"),
    not_played("ephemeral_message_parameters"),
    not_played("message_effect_id"),
    not_played("suggested_post_parameters"),
];

const EDIT_MESSAGE_TEXT: &[Param] = &[
    may("chat_id", ChatId),
    may("message_id", Integer),
    must("text", Text),
    may("parse_mode", Text),
    may("entities", Array),
    may("link_preview_options", Object),
    may("reply_markup", Object),
    not_played("inline_message_id"),
    not_played("business_connection_id"),
    not_played("rich_message"),
];

const EDIT_MESSAGE_CAPTION: &[Param] = &[
    may("chat_id", ChatId),
    may("message_id", Integer),
    may("caption", Text),
    may("parse_mode", Text),
    may("caption_entities", Array),
    may("reply_markup", Object),
    not_played("show_caption_above_media"),
    not_played("inline_message_id"),
    not_played("business_connection_id"),
];

const SEND_DOCUMENT: &[Param] = &[
    must("chat_id", ChatId),
    must("document", File),
    may("caption", Text),
    may("parse_mode", Text),
    may("caption_entities", Array),
    may("disable_content_type_detection", Boolean),
    may("disable_notification", Boolean),
    may("protect_content", Boolean),
    may("reply_parameters", Object),
    may("reply_markup", Object),
    not_played("thumbnail"),
    not_played("allow_paid_broadcast"),
    not_played("business_connection_id"),
    not_played("message_thread_id"),
    not_played("direct_messages_topic_id"),
    not_played("ephemeral_message_parameters"),
    not_played("message_effect_id"),
    not_played("suggested_post_parameters"),
];

const SEND_PHOTO: &[Param] = &[
    must("chat_id", ChatId),
    must("photo", File),
    may("caption", Text),
    may("parse_mode", Text),
    may("caption_entities", Array),
    may("disable_notification", Boolean),
    may("protect_content", Boolean),
    may("reply_parameters", Object),
    may("reply_markup", Object),
    not_played("show_caption_above_media"),
    not_played("has_spoiler"),
    not_played("allow_paid_broadcast"),
    not_played("business_connection_id"),
    not_played("message_thread_id"),
    not_played("direct_messages_topic_id"),
    not_played("ephemeral_message_parameters"),
    not_played("message_effect_id"),
    not_played("suggested_post_parameters"),
];

const SEND_MEDIA_GROUP: &[Param] = &[
    must("chat_id", ChatId),
    must("media", Array),
    may("disable_notification", Boolean),
    may("protect_content", Boolean),
    may("reply_parameters", Object),
    not_played("allow_paid_broadcast"),
    not_played("business_connection_id"),
    not_played("message_thread_id"),
    not_played("direct_messages_topic_id"),
    not_played("message_effect_id"),
];

const SET_MESSAGE_REACTION: &[Param] = &[
    must("chat_id", ChatId),
    must("message_id", Integer),
    may("reaction", Array),
    may("is_big", Boolean),
];

const EDIT_MESSAGE_REPLY_MARKUP: &[Param] = &[
    may("chat_id", ChatId),
    may("message_id", Integer),
    may("reply_markup", Object),
    not_played("inline_message_id"),
    not_played("business_connection_id"),
];

const SET_WEBHOOK: &[Param] = &[
    must("url", Text),
    not_played("certificate"),
    may("ip_address", Text),
    may("max_connections", Integer),
    may("allowed_updates", Strings),
    may("drop_pending_updates", Boolean),
    may("secret_token", Text),
];

const GET_UPDATES: &[Param] = &[
    may("offset", Integer),
    may("limit", Integer),
    may("timeout", Integer),
    may("allowed_updates", Strings),
];

const SET_MY_COMMANDS: &[Param] = &[
    must("commands", Array),
    may("scope", Object),
    may("language_code", Text),
];

const MENU: &[Param] = &[may("scope", Object), may("language_code", Text)];

const ANSWER: &[Param] = &[
    must("callback_query_id", Text),
    may("text", Text),
    may("show_alert", Boolean),
    may("url", Text),
    may("cache_time", Integer),
];

const METHODS: [Method; 22] = [
    quiet("getMe", &[]),
    quiet("setWebhook", SET_WEBHOOK),
    quiet("deleteWebhook", &[may("drop_pending_updates", Boolean)]),
    quiet("getWebhookInfo", &[]),
    quiet("getUpdates", GET_UPDATES),
    riding("sendMessage", SEND_MESSAGE),
    riding("editMessageText", EDIT_MESSAGE_TEXT),
    riding("sendDocument", SEND_DOCUMENT),
    riding("sendPhoto", SEND_PHOTO),
    riding("sendMediaGroup", SEND_MEDIA_GROUP),
    riding("editMessageCaption", EDIT_MESSAGE_CAPTION),
    riding("setMessageReaction", SET_MESSAGE_REACTION),
    quiet("getFile", &[must("file_id", Text)]),
    riding("editMessageReplyMarkup", EDIT_MESSAGE_REPLY_MARKUP),
    riding(
        "deleteMessage",
        &[must("chat_id", ChatId), must("message_id", Integer)],
    ),
    riding("answerCallbackQuery", ANSWER),
    riding("setMyCommands", SET_MY_COMMANDS),
    riding("deleteMyCommands", MENU),
    quiet("getMyCommands", MENU),
    riding(
        "setMyDescription",
        &[may("description", Text), may("language_code", Text)],
    ),
    quiet("getChat", &[must("chat_id", ChatId)]),
    riding(
        "sendChatAction",
        &[
            must("chat_id", ChatId),
            must("action", Text),
            not_played("message_thread_id"),
            not_played("business_connection_id"),
        ],
    ),
];

const fn quiet(name: &'static str, params: &'static [Param]) -> Method {
    Method {
        name,
        params,
        in_webhook_answer: false,
    }
}

const fn riding(name: &'static str, params: &'static [Param]) -> Method {
    Method {
        name,
        params,
        in_webhook_answer: true,
    }
}

/// The method of that name; the service does not care about capitals.
pub(crate) fn find(name: &str) -> Option<&'static Method> {
    METHODS
        .iter()
        .find(|method| method.name.eq_ignore_ascii_case(name))
}
