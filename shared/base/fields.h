// One description per struct, from which JSON, CLI flags and help, forms, tables and settings docs derive:
//
//   struct Account {
//       QString address;
//       qint64 quotaBytes = 0;
//       static constexpr auto fields() {
//           return std::tuple{field("address", &Account::address, "Login address.", kRequired | kKey),
//                             field("quotaBytes", &Account::quotaBytes, "Most bytes kept; 0 = no limit.")};
//       }
//   };
//
// Enums used in such structs have `constexpr auto enumNames(E)`, an array of {value, "name"} found by ADL.
// Pure; any thread.
#pragma once

#include <QString>

#include <tuple>

enum FieldFlag : unsigned
{
    kNoFlags = 0,
    kRequired = 1, // must be in the input
    kKey = 2,      // identifies the record in lists; positional in the CLI
    kSecret = 4,   // never shown: exported as {"secret":"set"}, {"secret":"none"}
    kReadOnly = 8, // made by the server; ignored in input
    kBytes = 16,   // a size: shown as MiB, read with unit
};

template<class Struct, class Member>
struct Field
{
    using Type = Member;
    const char *name;
    Member Struct::*member;
    const char *doc;
    unsigned flags;
};

template<class Struct, class Member>
constexpr Field<Struct, Member> field(const char *name, Member Struct::*member, const char *doc,
                                      unsigned flags = kNoFlags)
{
    return {name, member, doc, flags};
}

template<class T>
concept Described = requires { T::fields(); };

template<class T>
concept NamedEnum = std::is_enum_v<T> && requires(T value) { enumNames(value); };

template<class E>
struct EnumName
{
    E value;
    const char *name;
};

template<NamedEnum E>
[[nodiscard]] constexpr const char *nameOf(E value)
{
    for (const auto &entry : enumNames(value)) {
        if (entry.value == value)
            return entry.name;
    }
    return "";
}

// Calls visit(field) for every field of T.
template<Described T, class Visitor>
constexpr void forEachField(Visitor &&visit)
{
    std::apply([&visit](const auto &...each) { (visit(each), ...); }, T::fields());
}
