-- What steers the queue: rules that hold mail, what administrators chose for a message, the way back from what they did,
-- and what became of mail that has left. Times are milliseconds since 1970 UTC.
alter table queue_messages add column extra text not null default '{}';        -- JSON: what the sender noted down about it
alter table queue_messages add column from_id text not null default '';        -- in the reverse-path: finds it when it comes back
alter table queue_messages add column header_id text not null default '';      -- Message-ID, without brackets

alter table queue_recipients add column held_by integer not null default 0;    -- the rule that holds it; 0 = a person
alter table queue_recipients add column tls integer not null default 0;        -- 1: REQUIRETLS, 2: TLS-Required: No (RFC 8689)
alter table queue_recipients add column transport text not null default '';    -- chosen by an administrator; '' = by the routes
alter table queue_recipients add column results text not null default '[]';    -- JSON: every attempt, oldest first
create index queue_recipients_next on queue_recipients(next_attempt, recipient_id);   -- pages of the list

create table queue_hold_rules(
    rule_id integer primary key autoincrement,
    note text not null,
    account_id integer references accounts(account_id),   -- null = any; so are '' and 0 below
    sender text not null,
    sender_domain text not null,
    recipient text not null,
    recipient_domain text not null,
    min_size integer not null,
    ends_at integer not null,                   -- then it goes, and so does what it held; 0 = when it is removed
    created_at integer not null
) strict;

create table queue_undos(
    undo_id integer primary key autoincrement,
    at integer not null
) strict;
create table queue_undo_rows(                   -- as the recipients were before
    undo_id integer not null references queue_undos(undo_id) on delete cascade,
    recipient_id integer not null,
    held integer not null,
    held_by integer not null,
    next_attempt integer not null,
    primary key(undo_id, recipient_id)
) strict, without rowid;

create table queue_retired(
    retired_id integer primary key,             -- the recipient_id it had
    account_id integer references accounts(account_id),   -- null = nobody's
    message_key text not null,
    reverse_path text not null,
    localpart text not null,                    -- of the recipient
    domain text not null,
    subject text not null,
    header_id text not null,
    size integer not null,
    created_at integer not null,                -- when it was queued
    ended_at integer not null,
    outcome text not null,                      -- delivered, failed, dropped, suppressed
    attempts integer not null,
    last_host text not null,
    last_code integer not null,
    last_status text not null,
    last_text text not null,
    results text not null,
    from_id text not null,
    extra text not null
) strict;
create index queue_retired_by_account on queue_retired(account_id, ended_at);   -- its history, and what is old
create index queue_retired_by_from_id on queue_retired(from_id) where from_id <> '';

create table queue_suppressions(
    account_id integer not null references accounts(account_id),
    base_address text not null,                 -- of anything that differs only in a detail of the localpart
    address text not null,                      -- as it was written
    manual integer not null,                    -- 1: added by a person
    reason text not null,
    created_at integer not null,
    primary key(account_id, base_address)
) strict, without rowid;
create table queue_failures(                    -- an address' failures in a row; gone with the next success
    account_id integer not null references accounts(account_id),
    base_address text not null,
    failures integer not null,
    primary key(account_id, base_address)
) strict, without rowid;
