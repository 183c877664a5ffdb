-- Who may write to an alias, and as it. Aliases that were there stay as open as they were.
alter table aliases add column post text not null default 'anyone';          -- anyone, members, senders
alter table aliases add column senders text not null default '[]';           -- JSON list of addresses, for 'senders'
alter table aliases add column list_members integer not null default 0;      -- 1: each copy names the members
alter table aliases add column allow_from integer not null default 0;        -- 1: members may write with this address
