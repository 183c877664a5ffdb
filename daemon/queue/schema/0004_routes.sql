-- Ways for mail to leave other than straight to the domain's own servers, and which mail takes which.
create table queue_transports(
    name text primary key,
    kind text not null,                         -- submission, submissions, smtp, direct, fail
    host text not null,
    port integer not null,                      -- 0 = the kind's own
    user text not null,
    password text not null,                     -- as given: the relay wants to see it
    client_certificate text not null,           -- file with certificate and key; '' = none
    verify integer not null,                    -- 1: the host's certificate must be right
    fail_code integer not null,
    fail_text text not null
) strict, without rowid;

create table queue_routes(
    route_id integer primary key autoincrement, -- the first that fits, of an account before a domain's before the rest
    account_id integer references accounts(account_id),   -- null = any
    sender_domain text not null,                -- '' = any; ".example.org" = it and what is below; so is
    recipient_domain text not null,
    minimum_attempts integer not null,          -- only after so many
    transport text not null references queue_transports(name)
) strict;
create index queue_routes_by_transport on queue_routes(transport);
