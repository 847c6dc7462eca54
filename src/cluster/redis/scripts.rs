//! What Redis does in one step: places of a limit are taken, leads are taken and given up.

use ::redis::Script;

/// Takes a place: KEYS[1] the places taken, in ms; ARGV gap, window, most, patience in ms. Answers how long
/// to wait, or minus that when it is too long. Redis' own clock counts for everyone.
const RESERVE: &str = r"
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local gap, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local most, patience = tonumber(ARGV[3]), tonumber(ARGV[4])
local at = now
local last = redis.call('LINDEX', KEYS[1], -1)
if last and tonumber(last) + gap > at then at = tonumber(last) + gap end
if most > 0 then
  local first = redis.call('LINDEX', KEYS[1], -most)
  if first and tonumber(first) + window > at then at = tonumber(first) + window end
end
local wait = at - now
if wait > patience then return -wait end
redis.call('RPUSH', KEYS[1], string.format('%d', at))
redis.call('LTRIM', KEYS[1], -math.max(most, 1), -1)
redis.call('PEXPIRE', KEYS[1], wait + math.max(gap, window) + 1000)
return wait";

/// Takes a place so far from now, whatever is taken: KEYS[1]; ARGV by, gap, window, most in ms.
const POSTPONE: &str = r"
local t = redis.call('TIME')
local at = t[1] * 1000 + math.floor(t[2] / 1000) + ARGV[1]
local last = redis.call('LINDEX', KEYS[1], -1)
if last and tonumber(last) > at then at = tonumber(last) end
redis.call('RPUSH', KEYS[1], string.format('%d', at))
redis.call('LTRIM', KEYS[1], -math.max(tonumber(ARGV[4]), 1), -1)
redis.call('PEXPIRE', KEYS[1], ARGV[1] + math.max(tonumber(ARGV[2]), tonumber(ARGV[3])) + 1000)
return 1";

/// Takes or renews a lead: KEYS[1]; ARGV who, for how many ms.
const TAKE_LEAD: &str = r"
local who = redis.call('GET', KEYS[1])
if not who then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX')
  return 1
end
if who ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1";

/// Gives a lead up: KEYS[1]; ARGV who.
const LEAVE_LEAD: &str = r"
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0";

/// Each script, ready to be called.
pub(crate) struct Scripts {
    pub(crate) reserve: Script,
    pub(crate) postpone: Script,
    pub(crate) take_lead: Script,
    pub(crate) leave_lead: Script,
}

impl Scripts {
    pub(crate) fn new() -> Self {
        Self {
            reserve: Script::new(RESERVE),
            postpone: Script::new(POSTPONE),
            take_lead: Script::new(TAKE_LEAD),
            leave_lead: Script::new(LEAVE_LEAD),
        }
    }
}
