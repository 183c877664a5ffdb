#include "shared/tls/failure_reason.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/sslerr.h>

#include <algorithm>
#include <array>

namespace tls {

namespace {

struct Reason
{
    int code;
    const char *name;
};

constexpr std::array kReasons = {
    Reason{SSL_R_HTTP_REQUEST, "plain text"},
    Reason{SSL_R_HTTPS_PROXY_REQUEST, "plain text"},
    Reason{SSL_R_WRONG_VERSION_NUMBER, "plain text"}, // the first record has no TLS version at all
    Reason{SSL_R_UNSUPPORTED_PROTOCOL, "old version"},
    Reason{SSL_R_VERSION_TOO_LOW, "old version"},
    Reason{SSL_R_NO_SHARED_CIPHER, "no shared cipher"},
    Reason{SSL_R_NO_SUITABLE_KEY_SHARE, "no shared group"},
    Reason{SSL_R_NO_SUITABLE_GROUPS, "no shared group"},
    Reason{SSL_R_NO_SHARED_GROUPS, "no shared group"},
    Reason{SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM, "no shared signature algorithm"},
    Reason{SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS, "no shared signature algorithm"},
    Reason{SSL_R_NO_APPLICATION_PROTOCOL, "no application protocol"},
    Reason{SSL_R_CALLBACK_FAILED, "unknown name"}, // only the server name callback refuses
    Reason{SSL_R_CERTIFICATE_VERIFY_FAILED, "bad certificate"},
    Reason{SSL_R_BAD_SIGNATURE, "bad signature"},
    Reason{SSL_R_INAPPROPRIATE_FALLBACK, "inappropriate fallback"},
    Reason{SSL_R_NO_RENEGOTIATION, "renegotiation"},
    Reason{SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC, "bad record"},
    Reason{SSL_R_BAD_RECORD_TYPE, "bad record"},
    Reason{SSL_R_PACKET_LENGTH_TOO_LONG, "bad record"},
    Reason{SSL_R_ENCRYPTED_LENGTH_TOO_LONG, "bad record"},
    Reason{SSL_R_DATA_LENGTH_TOO_LONG, "bad record"},
    Reason{SSL_R_UNEXPECTED_EOF_WHILE_READING, "eof"},
};

// Code = SSL_AD_REASON_OFFSET + the alert's number     RFC 8446 6, RFC 5246 7.2
constexpr std::array kAlerts = {
    Reason{10, "alert unexpected_message"},
    Reason{20, "alert bad_record_mac"},
    Reason{22, "alert record_overflow"},
    Reason{40, "alert handshake_failure"},
    Reason{42, "alert bad_certificate"},
    Reason{43, "alert unsupported_certificate"},
    Reason{44, "alert certificate_revoked"},
    Reason{45, "alert certificate_expired"},
    Reason{46, "alert certificate_unknown"},
    Reason{47, "alert illegal_parameter"},
    Reason{48, "alert unknown_ca"},
    Reason{49, "alert access_denied"},
    Reason{50, "alert decode_error"},
    Reason{51, "alert decrypt_error"},
    Reason{70, "alert protocol_version"},
    Reason{71, "alert insufficient_security"},
    Reason{80, "alert internal_error"},
    Reason{86, "alert inappropriate_fallback"},
    Reason{90, "alert user_canceled"},
    Reason{100, "alert no_renegotiation"},
    Reason{109, "alert missing_extension"},
    Reason{110, "alert unsupported_extension"},
    Reason{112, "alert unrecognized_name"},
    Reason{113, "alert bad_certificate_status_response"},
    Reason{116, "alert certificate_required"},
    Reason{120, "alert no_application_protocol"},
};

template<std::size_t kSize>
const char *find(const std::array<Reason, kSize> &table, int code)
{
    const auto found = std::ranges::find(table, code, &Reason::code);
    return found == table.end() ? nullptr : found->name;
}

} // namespace

const char *takeFailureReason()
{
    const char *name = nullptr;
    while (const unsigned long error = ERR_get_error()) {
        if (name || ERR_GET_LIB(error) != ERR_LIB_SSL) // other libraries use the same numbers for other things
            continue;
        const int code = ERR_GET_REASON(error);
        if (code < SSL_AD_REASON_OFFSET)
            name = find(kReasons, code);
        else if (name = find(kAlerts, code - SSL_AD_REASON_OFFSET); !name)
            name = "alert other";
    }
    return name ? name : "protocol error";
}

} // namespace tls
