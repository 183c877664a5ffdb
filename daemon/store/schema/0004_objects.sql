-- Identifiers of messages and threads (RFC 8474), save dates (RFC 8514), previews (RFC 8970), annotations (RFC 5464), a
-- limit on the number of messages (RFC 9208), and what the junk filter may learn from. Rows from before need no
-- rewriting: what is 0 or null means what its comment says.
alter table messages add column email_id integer not null default 0;    -- message_id of the first copy; 0 = its own
alter table messages add column thread_id integer not null default 0;   -- 0 = a thread of its own: its email_id
alter table messages add column saved_at integer not null default 0;    -- when it came into this mailbox; 0 = internal_date
alter table messages add column preview text;                           -- null = not made yet

alter table accounts add column quota_messages integer not null default 0;  -- 0 = no limit

create table thread_references(
    account_id integer not null references accounts(account_id),
    reference integer not null,                 -- of a message identifier: the first 8 bytes of its SHA-256
    thread_id integer not null,
    primary key(account_id, reference)
) strict, without rowid;

create table annotations(
    account_id integer not null references accounts(account_id),
    mailbox_id integer not null,                -- 0 = of the account as a whole, RFC 5464 3.1
    entry text not null,                        -- lower case
    value blob not null,
    primary key(account_id, mailbox_id, entry)
) strict, without rowid;

create table training_events(
    event_id integer primary key autoincrement,
    time integer not null,
    account_id integer not null references accounts(account_id),
    mailbox_id integer not null,                -- where the messages are now
    uids text not null,                         -- a sequence-set, ascending
    junk integer not null,                      -- 1 these are junk, 0 they are not
    reason text not null                        -- flag, move
) strict;
