-- How much an account may send in 24 hours where that is not the server's setting.
alter table accounts add column daily_messages integer not null default -1;          -- -1: the server's; 0: no limit
alter table accounts add column daily_new_recipients integer not null default -1;    -- likewise
