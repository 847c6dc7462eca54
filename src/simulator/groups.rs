//! Groups: who is in them, and how the bot stands there.

use serde_json::json;

use crate::simulator::acts::{Done, missing, not_now};
use crate::simulator::chat::{Chat, Kind};
use crate::simulator::updates::Line;
use crate::simulator::world::World;

/// Ids of groups that nobody chose lie below this, where the service has its supergroups.
const FIRST_GROUP: i64 = -1_001_000_000_000;

impl World {
    pub(crate) fn add_group(
        &mut self,
        id: Option<i64>,
        title: String,
        members: Vec<i64>,
        bot_admin: bool,
    ) -> Done<i64> {
        let lowest = self.chats.first_key_value().map_or(0, |(id, _)| *id);
        let free = lowest.min(FIRST_GROUP) - 1;
        let id = id.unwrap_or(free);
        if id >= 0 || self.chats.contains_key(&id) {
            return not_now("a group's id is negative and its own");
        }
        if let Some(unknown) = members.iter().find(|member| !self.people.contains_key(member)) {
            return missing(format!("nobody has the id {unknown}"));
        }
        let first = members.first().copied().unwrap_or_default();
        let kind = Kind::Group {
            title,
            members: members.into_iter().collect(),
            bot_admin,
            bot_inside: true,
        };
        self.chats.insert(id, Chat::new(id, kind));
        self.membership(
            id,
            first,
            "left",
            if bot_admin { "administrator" } else { "member" },
        );
        self.changed("people", Some(id));
        Ok(id)
    }

    /// People join or leave a group; the bot is told nothing, as it would be without the right to know.
    pub(crate) fn change_members(&mut self, id: i64, people: &[i64], inside: bool) -> Done<()> {
        if let Some(unknown) = people.iter().find(|member| !self.people.contains_key(member)) {
            return missing(format!("nobody has the id {unknown}"));
        }
        let Some(Chat {
            kind: Kind::Group { members, .. },
            ..
        }) = self.chats.get_mut(&id)
        else {
            return missing("no such group");
        };
        for person in people {
            if inside {
                members.insert(*person);
            } else {
                members.remove(person);
            }
        }
        self.changed("people", Some(id));
        Ok(())
    }

    /// A member takes the bot into the group or throws it out.
    pub(crate) fn move_bot(&mut self, id: i64, person: i64, inside: bool) -> Done<()> {
        let Some(Chat {
            kind: Kind::Group { bot_inside, .. },
            ..
        }) = self.chats.get_mut(&id)
        else {
            return missing("no such group");
        };
        if *bot_inside != inside {
            *bot_inside = inside;
            let (old, new) = if inside {
                ("kicked", "member")
            } else {
                ("member", "kicked")
            };
            self.membership(id, person, old, new);
        }
        self.changed("people", Some(id));
        Ok(())
    }

    /// Tells the bot that its own standing in a chat changed.
    pub(crate) fn membership(&mut self, chat_id: i64, person: i64, old: &str, new: &str) {
        let member = |status: &str| {
            let mut member = json!({"user": self.bot_user(), "status": status});
            if status == "kicked" {
                member["until_date"] = json!(0);
            }
            if status == "administrator" {
                for right in ADMIN_RIGHTS {
                    member[right] = json!(false);
                }
            }
            member
        };
        let chat = match (self.people.get(&chat_id), self.chats.get(&chat_id)) {
            (Some(person), _) => person.chat(),
            (None, Some(group)) => group.group(),
            (None, None) => return,
        };
        let value = json!({
            "chat": chat,
            "from": self.user_value(person),
            "date": self.unix(),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        });
        self.update("my_chat_member", &value, Line::Chat(chat_id), None);
    }
}

/// What an administrator may do; the simulator's bot may do none of it.
const ADMIN_RIGHTS: [&str; 12] = [
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
];
