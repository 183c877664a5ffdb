-- What an account wants of its outgoing mail; without a row, the defaults of queue/preferences.h.
create table queue_accounts(
    account_id integer primary key references accounts(account_id),
    keep_sent integer not null,                 -- seconds what was sent stays in queue_retired
    unique_senders text not null                -- sign-in names with a space between them: their mail gets a from_id
) strict;

-- Whose turn it is: along this index, from one account of a domain to the next.
alter table queue_recipients add column account_id integer not null default 0;   -- of the message
update queue_recipients set account_id =
    (select m.account_id from queue_messages m where m.message_id = queue_recipients.message_id);
create index queue_recipients_turn on queue_recipients(held, domain, account_id, next_attempt);
create index queue_messages_by_from_id on queue_messages(from_id) where from_id <> '';
create index queue_retired_by_header_id on queue_retired(account_id, header_id);   -- reports that come back
