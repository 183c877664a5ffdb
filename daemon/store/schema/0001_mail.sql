-- Accounts, mailboxes, messages and their content, traces. Times are milliseconds since 1970 UTC, sizes are bytes.
create table domains(
    domain text primary key                     -- A-labels, lower case
) strict, without rowid;

create table accounts(
    account_id integer primary key autoincrement,
    localpart text not null,                    -- lower case, NFC
    domain text not null references domains(domain),
    name text not null default '',              -- shown to people
    role text not null default 'user',          -- user, postmaster
    state text not null default 'active',       -- active, disabled, removed (purged 30 days after removed_at)
    removed_at integer not null default 0,
    created_at integer not null,
    quota_bytes integer not null default 0,     -- 0 = no limit
    used_bytes integer not null default 0,      -- sum over messages that are not expunged
    message_count integer not null default 0,
    modseq integer not null default 1,          -- one counter per account, RFC 7162
    uid_validity integer not null default 1,    -- the last one given to a mailbox
    unique(localpart, domain)
) strict;

create table aliases(
    address text primary key,                   -- localpart@domain, lower case
    members text not null                       -- JSON list of addresses
) strict, without rowid;

create table mailboxes(
    mailbox_id integer primary key autoincrement,
    account_id integer not null references accounts(account_id),
    name text not null,                         -- INBOX, or levels separated by "/", NFC
    uid_validity integer not null,
    uid_next integer not null default 1,
    special_use text not null default '',       -- "\Sent" and so on, RFC 6154
    keywords text not null default '[]',        -- JSON list: bit 5 + index of the flags mask
    unique(account_id, name)
) strict;

create table subscriptions(
    account_id integer not null references accounts(account_id),
    name text not null,                         -- survives the mailbox, RFC 9051 6.3.8
    primary key(account_id, name)
) strict, without rowid;

create table contents(
    content_id integer primary key autoincrement,
    size integer not null,
    sha256 blob not null,
    refs integer not null                       -- message and queue rows that use it
) strict;

create table chunks(
    content_id integer not null references contents(content_id),
    chunk integer not null,                     -- 0, 1, …: each 256 KiB but the last
    data blob not null,
    primary key(content_id, chunk)
) strict;

create table messages(
    message_id integer primary key autoincrement,
    mailbox_id integer not null references mailboxes(mailbox_id),
    uid integer not null,
    modseq integer not null,
    flags integer not null,                     -- bits 0 to 4 \Answered \Flagged \Deleted \Seen \Draft, then the mailbox's keywords
    expunged_at integer not null default 0,     -- 0 = there; else kept a while for sessions that still see it
    content_id integer not null references contents(content_id),
    prefix blob not null,                       -- header lines of this recipient, before the content
    size integer not null,                      -- prefix and content
    header_size integer not null,               -- of the content's own header
    internal_date integer not null,
    envelope blob not null,                     -- wire form, RFC 9051 7.5.2
    body_structure blob not null,
    message_key text not null                   -- of its trace
) strict;
create unique index messages_by_uid on messages(mailbox_id, uid);
create index messages_expunged on messages(expunged_at) where expunged_at > 0;
create index messages_by_content on messages(content_id);   -- reference counts, and the foreign key when content goes

create table traces(
    trace_id integer primary key autoincrement,
    time integer not null,
    message_key text not null,
    event text not null,                        -- received, refused, delivered, queued, attempt, sent, failed
    code text not null,                         -- why, for machines
    arguments text not null                     -- JSON object
) strict;
create index traces_by_key on traces(message_key);
