-- How TLS handshakes of accepted connections went, in sums by hour, for a month.
create table tls_handshakes(
    hour integer not null,                      -- hours since 1970 UTC
    service text not null,                      -- smtp, submission, submissions, imap, imaps, https
    version text not null,                      -- TLSv1.2, TLSv1.3; '' = it failed before one was agreed on
    cipher text not null,                       -- OpenSSL's name; '' = as above
    result text not null,                       -- ok, resumed, or why it failed
    handshakes integer not null,
    primary key(hour, service, version, cipher, result)
) strict, without rowid;
