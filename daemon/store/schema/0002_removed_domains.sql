-- A removed domain that had accounts stays, hidden, until the last of them is purged. 0 = not removed.
alter table domains add column removed_at integer not null default 0;
