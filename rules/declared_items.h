// rules/declared_items.h — the items of a self-declaration, by the names that the tables use, and which of those that
// are asked for are missing.
//
//   MissingItems(*tables.declaration_items, facts, declaration);   // {"事業所名", "連絡先"}: in table order
//   IsEmpty(*tables.telling_items, facts, declaration);            // it has none of those of which one is enough
//
// Which items a declaration must have, and where, and which of them tell anything says the table of that name; here
// stands only what each of them is. Nothing can fail. Thread-safe. Source: decisions.md §5; sources_unidentified.md A3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/remarks.h"
#include "rules/table.h"

namespace furikae::rules {

// MARKER NAME_KANA INSURANCE_TYPE INSURER_NAME WORKPLACE ADDRESS CONTACT CONTACTED_ON.
std::vector<std::string_view> DeclaredItemNames();
// Whether the declaration has the item of this name; none has an item of another name.
bool HasItem(const Declaration& declaration, std::string_view item);
// What the rows that hold call the items which it does not have.
std::vector<std::string> MissingItems(const Table& declaration_items, const Facts& facts,
                                      const Declaration& declaration);
// Whether it has none of the items of the rows that hold.
bool IsEmpty(const Table& telling_items, const Facts& facts, const Declaration& declaration);

}  // namespace furikae::rules
