-- What proves a sign-in, by account. Never exported, never shown.
create table auth_secrets(
    account_id integer primary key references accounts(account_id),
    argon2 text not null,            -- encoded Argon2id
    scram_sha1 blob not null,        -- stored key, then server key
    scram_sha256 blob not null,
    salt blob not null,              -- of both SCRAM secrets
    iterations integer not null
) strict;
