-- Keys that sign a domain's mail (RFC 6376), by selector. Times are milliseconds since 1970 UTC.
create table dkim_keys(
    domain text not null references domains(domain) on delete cascade,
    selector text not null,                     -- A-label, lower case
    algorithm text not null,                    -- rsa, ed25519
    state text not null,                        -- next: published, not used yet; active: signs; retired: still published
    key_pem text not null,                      -- PKCS#8; secret
    record text not null,                       -- what SELECTOR._domainkey.DOMAIN says
    created_at integer not null,
    primary key(domain, selector)
) strict, without rowid;
