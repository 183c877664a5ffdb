-- Settings that are not rows of other folders, who changed what, and calls that must not be done twice. Times are milliseconds.
create table settings(
    section text primary key,                   -- server, listeners
    value text not null                         -- JSON, as in the settings document
) strict, without rowid;

create table settings_history(
    revision integer primary key autoincrement, -- of the settings document
    at integer not null,
    who text not null,                          -- "uid 1000"
    what text not null,                         -- API method
    changes text not null                       -- JSON list of {path, before, after}
) strict;

create table settings_calls(
    idempotency_key text primary key,
    at integer not null,                        -- forgotten a day later
    who text not null,
    method text not null,
    params_sha256 blob not null,
    result text not null                        -- JSON, without generated passwords
) strict;
create index settings_calls_at on settings_calls(at);
