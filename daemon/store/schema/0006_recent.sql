-- \Recent (RFC 3501 2.3.2): messages with UIDs from here on were told to no session yet. What was there before is not recent.
alter table mailboxes add column recent_from integer not null default 1;
update mailboxes set recent_from = uid_next;
