-- Outgoing mail that waits: a message, and a row for each recipient it has not reached yet. Times are milliseconds since
-- 1970 UTC, sizes are bytes. A message row goes with its last recipient.
create table queue_messages(
    message_id integer primary key autoincrement,
    content_id integer not null references contents(content_id),   -- counted in contents.refs
    prefix blob not null,                       -- header lines before the content
    reverse_path text not null,                 -- '' = null: a report, never reported about
    account_id integer not null,                -- who sent it; the postmaster's for what has no sender; 0 = there is none
    message_key text not null,                  -- of its trace
    size integer not null,                      -- prefix and content
    subject text not null,                      -- decoded, for people
    eight_bit integer not null,                 -- 1: BODY=8BITMIME, RFC 6152
    international integer not null,             -- 1: its header has UTF-8, RFC 6531
    envelope_id text not null,                  -- ENVID=, RFC 3461
    return_content text not null,               -- RET=: FULL, HDRS or ''
    created_at integer not null
) strict;
create index queue_messages_by_content on queue_messages(content_id);   -- reference counts

create table queue_recipients(
    recipient_id integer primary key autoincrement,
    message_id integer not null references queue_messages(message_id),
    localpart text not null,                    -- unquoted
    domain text not null,                       -- lower case A-labels, or an address literal
    notify text not null,                       -- NOTIFY=, RFC 3461; '' = not said
    original_recipient text not null,           -- ORCPT= as sent
    held integer not null default 0,            -- 1: waits until it is released
    attempts integer not null default 0,
    next_attempt integer not null,
    last_attempt integer not null default 0,
    delay_told integer not null default 0,      -- 1: the sender knows that it is late
    last_host text not null default '',         -- of the last attempt: who answered
    last_code integer not null default 0,       -- its reply code; 0 = there was no reply
    last_status text not null default '',       -- enhanced code, RFC 3463
    last_text text not null default ''          -- its words, or ours
) strict;
create index queue_recipients_due on queue_recipients(held, domain, next_attempt);   -- who is next, domain by domain
create index queue_recipients_by_message on queue_recipients(message_id);
