-- What happened to TLS on outgoing connections, and the MTA-STS policies of other domains. Times are milliseconds since
-- 1970 UTC, days are days since then.
create table tls_results(                       -- sums for the daily report, RFC 8460
    day integer not null,
    policy_domain text not null,                -- of the recipients
    policy_type text not null,                  -- tlsa, sts, no-policy-found: RFC 8460 4.4
    mx_host text not null,
    result text not null,                       -- success, or a type of RFC 8460 4.3
    ip text not null,                           -- the last one; '' = it was not dialled
    detail text not null,                       -- the last one's, for people
    sessions integer not null,
    last_at integer not null,
    primary key(day, policy_domain, policy_type, mx_host, result)
) strict, without rowid;
create index tls_results_by_domain on tls_results(policy_domain, day);

create table tls_hosts(                         -- what happened last, by host
    domain text not null,
    mx_host text not null,
    required text not null,                     -- who required what: dane, mta-sts, mta-sts testing, requiretls; '' = nobody
    tls text not null,                          -- version and cipher; '' = none
    failure text not null,                      -- '' = TLS was as required, or used where nobody required it
    detail text not null,
    last_at integer not null,
    primary key(domain, mx_host)
) strict, without rowid;

create table mta_sts(                           -- cache of policies, RFC 8461 3.3
    domain text primary key,
    record_id text not null,                    -- of the TXT record when the policy was fetched; '' = never
    mode text not null,                         -- none, testing, enforce; '' = there is no policy yet
    max_age integer not null,                   -- seconds
    mx text not null,                           -- JSON list of patterns
    fetched_at integer not null,
    tried_at integer not null,                  -- last try to fetch
    used_at integer not null,
    problem text not null                       -- of the last try; '' = none
) strict, without rowid;
