-- What senders ask for beyond addresses.
alter table queue_messages add column future_release text not null default '';   -- HOLDFOR, HOLDUNTIL as reports name them, RFC 4865 5.1.2

-- How much each account sends, for its daily limits. Rows older than a day are not counted and are deleted.
create table queue_sent(
    sent_id integer primary key autoincrement,
    account_id integer not null references accounts(account_id),
    sent_at integer not null,
    recipients integer not null
) strict;
create index queue_sent_by_account on queue_sent(account_id, sent_at);

-- Whom each account has written to, since when: who is not here is a first-time recipient.
create table queue_correspondents(
    account_id integer not null references accounts(account_id),
    address text not null,                      -- lower case
    first_at integer not null,
    primary key(account_id, address)
) strict, without rowid;
create index queue_correspondents_by_time on queue_correspondents(account_id, first_at);
