-- Mod-sequences of mailboxes, what was expunged, flag changes as a log (RFC 7162).
alter table mailboxes add column modseq integer not null default 1;         -- the highest of anything that happened in it
alter table mailboxes add column expunges_from integer not null default 0;  -- the history below is complete above this mod-sequence
update mailboxes set modseq = (select modseq from accounts a where a.account_id = mailboxes.account_id),
    expunges_from = (select modseq from accounts a where a.account_id = mailboxes.account_id);

create table expunges(
    mailbox_id integer not null references mailboxes(mailbox_id),
    modseq integer not null,
    uids text not null,                         -- a sequence-set, ascending
    primary key(mailbox_id, modseq)
) strict, without rowid;

-- Flags and mod-sequence of a message are those of its row with the log applied in order; folding moves them over.
create table flag_log(
    log_id integer primary key autoincrement,
    mailbox_id integer not null references mailboxes(mailbox_id),
    modseq integer not null,
    operation integer not null,                 -- 0 the flags become these, 1 these are added, 2 these are removed
    flags integer not null,
    uids text not null                          -- a sequence-set, ascending
) strict;
create index flag_log_by_mailbox on flag_log(mailbox_id, log_id);
