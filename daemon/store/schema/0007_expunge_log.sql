-- Messages that are expunged though their rows don't say so yet: folding marks them, a slice at a time.
create table expunge_log(
    log_id integer primary key autoincrement,
    mailbox_id integer not null references mailboxes(mailbox_id),
    modseq integer not null,
    expunged_at integer not null,
    uids text not null                          -- a sequence-set, ascending
) strict;
create index expunge_log_by_mailbox on expunge_log(mailbox_id);
