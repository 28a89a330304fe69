#include "rules/table.h"

#include <algorithm>

#include "rules/table_matcher.h"

namespace furikae::rules {
namespace {

// Both keep their members sorted by name.
template <typename Members, typename NameOf>
auto FindByName(const Members& members, std::string_view name, NameOf name_of) {
  const auto found =
      std::lower_bound(members.begin(), members.end(), name,
                       [&](const auto& member, std::string_view wanted) { return name_of(member) < wanted; });
  return found != members.end() && name_of(*found) == name ? found : members.end();
}

}  // namespace

const OutputValue* Row::Output(std::string_view name) const {
  for (const auto& [output, value] : outputs) {
    if (output == name) return &value;
  }
  return nullptr;
}

int64_t Row::Number(std::string_view name, int64_t otherwise) const {
  const OutputValue* value = Output(name);
  return value == nullptr ? otherwise : value->number;
}

std::string_view Row::Text(std::string_view name) const {
  const OutputValue* value = Output(name);
  return value == nullptr ? std::string_view() : std::string_view(value->text);
}

const Row* Table::First(const Facts& facts) const {
  const int row = matcher_->First(facts);
  return row < 0 ? nullptr : &rows_[row];
}

RowHits Table::Collect(const Facts& facts) const {
  RowHits hits;
  matcher_->ForEach(facts, [&](int row) { hits.push_back(&rows_[row]); });
  return hits;
}

const Row* Table::FindRow(std::string_view id) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [id](const Row& row) { return row.id == id; });
  return found == rows_.end() ? nullptr : &*found;
}

const Table* Rulebook::Find(std::string_view table) const {
  const auto found = FindByName(tables_, table, [](const std::unique_ptr<Table>& t) { return t->name(); });
  return found == tables_.end() ? nullptr : found->get();
}

const Row* Rulebook::FindRow(std::string_view table, std::string_view row) const {
  const Table* found = Find(table);
  return found == nullptr ? nullptr : found->FindRow(row);
}

const ValueList* Rulebook::FindList(std::string_view list) const {
  const auto found = FindByName(lists_, list, [](const ValueList& l) -> std::string_view { return l.name; });
  return found == lists_.end() ? nullptr : &*found;
}

const std::vector<std::string>& Rulebook::List(std::string_view list) const {
  static const auto& none = *new std::vector<std::string>();
  const ValueList* found = FindList(list);
  return found == nullptr ? none : found->values;
}

}  // namespace furikae::rules
