-- What signs in besides the account's own password: keys and app passwords; and what came of sign-ins.
create table tls_public_keys(
    fingerprint text primary key,                  -- base64url SHA-256 of SubjectPublicKeyInfo; of one account only
    account_id integer not null references accounts(account_id),
    login_address text not null,                   -- address of the account it signs in as
    type text not null,                            -- ed25519, ecdsa-p256, ecdsa-p384, rsa-2048 and so on
    name text not null,
    no_imap_preauth integer not null,              -- 1 = greeted with OK instead of PREAUTH
    certificate blob not null,                     -- as given, DER
    created_at integer not null,
    last_used_at integer not null default 0,       -- 0 = never
    last_used_from text not null default '',       -- IP address
    last_used_by text not null default '',         -- the client's name and version, if it said so
    preauth_sign_ins integer not null default 0    -- attempts to sign in where PREAUTH had done it
) strict, without rowid;
create index tls_public_keys_account on tls_public_keys(account_id);

-- Secrets with the salts and iterations of the account's row in auth_secrets.
create table app_passwords(
    app_password_id integer primary key autoincrement,
    account_id integer not null references accounts(account_id),
    name text not null,
    argon2 text not null,
    scram_sha1 blob not null,
    scram_sha256 blob not null,
    cram_md5 blob not null,                        -- empty = made while CRAM-MD5 was off
    created_at integer not null,
    last_used_at integer not null default 0,
    last_used_from text not null default '',
    last_used_by text not null default ''
) strict;
create index app_passwords_account on app_passwords(account_id);

alter table auth_secrets add column cram_md5 blob not null default x'';

-- Keys that came with a right password and may be adopted.
create table seen_keys(
    fingerprint text not null,
    account_id integer not null references accounts(account_id), -- whose password it was
    type text not null,
    name text not null,
    certificate blob not null,
    first_seen_at integer not null,
    last_seen_at integer not null,
    last_seen_from text not null,
    last_seen_by text not null,
    primary key(fingerprint, account_id)
) strict, without rowid;

-- Attempts, alike ones in one row.
create table sign_ins(
    sign_in_id integer primary key autoincrement,
    account_id integer references accounts(account_id), -- null = the name is nobody's
    login text not null,                           -- the name given
    device text not null,                          -- a key's fingerprint, "app-" and a number, or empty
    service text not null,                         -- imap, submission
    mechanism text not null,
    from_address text not null,
    client text not null,
    result text not null,
    count integer not null,
    first_at integer not null,
    last_at integer not null,
    unique(login, device, service, mechanism, from_address, client, result)
) strict;
create index sign_ins_last on sign_ins(last_at);
create index sign_ins_account on sign_ins(account_id, last_at);

-- Secrets of this server itself.
create table server_secrets(
    name text primary key,                         -- unknown-names: salts of accounts that do not exist are made of it
    secret blob not null
) strict, without rowid;
insert into server_secrets(name, secret) values('unknown-names', randomblob(32));
