// Messages of any shape: the part tree stays inside the message, nested properly; addresses and dates never fail badly.
#include "shared/mime/address_list.h"
#include "shared/mime/date.h"
#include "shared/mime/header_list.h"
#include "shared/mime/part.h"

#include <cstdlib>
#include <vector>

void fuzz(QByteArrayView input);

void fuzz(QByteArrayView input)
{
    const mime::Part root = mime::parseMessage(input);
    std::vector<const mime::Part *> todo{&root};
    while (!todo.empty()) {
        const mime::Part *part = todo.back();
        todo.pop_back();
        if (part->headerStart > part->bodyStart || part->bodyStart > part->bodyEnd || part->bodyEnd > input.size())
            std::abort();
        for (const auto &child : part->children) {
            if (child.headerStart < part->bodyStart || child.bodyEnd > part->bodyEnd)
                std::abort();
            todo.push_back(&child);
        }
    }
    const mime::HeaderList header(input);
    for (const auto &field : header.fields()) {
        std::ignore = mime::parseAddressList(field.value());
        std::ignore = mime::parseDate(field.value());
    }
}
