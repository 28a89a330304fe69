#include "rules/declared_items.h"

#include <algorithm>
#include <iterator>

namespace furikae::rules {
namespace {

struct Item {
  std::string_view name;
  bool (*there)(const Declaration&);
};

constexpr Item kItems[] = {
    {"MARKER", [](const Declaration& d) { return d.marker_unidentified; }},
    {"NAME_KANA", [](const Declaration& d) { return !d.name_kana.empty(); }},
    {"INSURANCE_TYPE", [](const Declaration& d) { return d.type != DeclaredType::kNone; }},
    {"INSURER_NAME", [](const Declaration& d) { return !d.insurer_name.empty(); }},
    {"WORKPLACE", [](const Declaration& d) { return !d.workplace.empty(); }},
    {"ADDRESS", [](const Declaration& d) { return !d.address.empty(); }},
    {"CONTACT", [](const Declaration& d) { return !d.contact.empty(); }},
    {"CONTACTED_ON", [](const Declaration& d) { return d.contacted_on.has_value(); }},
};

}  // namespace

std::vector<std::string_view> DeclaredItemNames() {
  std::vector<std::string_view> names;
  for (const Item& item : kItems) names.push_back(item.name);
  return names;
}

bool HasItem(const Declaration& declaration, std::string_view item) {
  const auto* found =
      std::find_if(std::begin(kItems), std::end(kItems), [item](const Item& known) { return known.name == item; });
  return found != std::end(kItems) && found->there(declaration);
}

std::vector<std::string> MissingItems(const Table& declaration_items, const Facts& facts,
                                      const Declaration& declaration) {
  std::vector<std::string> missing;
  for (const Row* row : declaration_items.Collect(facts)) {
    if (!HasItem(declaration, row->Text("item"))) missing.emplace_back(row->Text("text"));
  }
  return missing;
}

bool IsEmpty(const Table& telling_items, const Facts& facts, const Declaration& declaration) {
  if (!declaration.any) return true;
  const RowHits telling = telling_items.Collect(facts);
  return std::none_of(telling.begin(), telling.end(),
                      [&](const Row* row) { return HasItem(declaration, row->Text("item")); });
}

}  // namespace furikae::rules
