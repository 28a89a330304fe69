#include "rules/asked_domain.h"

#include <algorithm>

#include "core/concat.h"
#include "rules/why_not.h"

namespace furikae::rules {
namespace {

int64_t Plainest(const ValueSet& values) {
  const Interval& last = values.intervals().back();
  if (last.high == kAbsent) return kAbsent;
  const int64_t low = std::max(last.low, kAbsent + 1);
  return std::clamp<int64_t>(0, low, last.high);
}

}  // namespace

ValueSet AskedDomain::ValuesOf(int fact) const {
  const auto known = contract_.asked_with.find(fact);
  return known == contract_.asked_with.end() ? ValueSet::Absent() : known->second;
}

RowBox AskedDomain::Of(std::span<const RowBox> rows, const RowBox& within) const {
  RowBox domain;
  const auto add = [&](const RowBox& row) {
    for (const auto& [fact, wanted] : row) domain.try_emplace(fact, ValuesOf(fact));
  };
  for (const RowBox& row : rows) add(row);
  add(within);
  for (const auto& [fact, wanted] : within) domain[fact] = Intersection(domain[fact], wanted);
  return domain;
}

std::string AskedDomain::Example(const RowBox& box) const {
  std::string text;
  for (const auto& [fact, values] : box) {
    if (values == ValuesOf(fact)) continue;  // whatever it is
    const FactDeclaration& declaration = facts_[static_cast<size_t>(fact)];
    text += Concat(text.empty() ? "" : ", ", declaration.name, " = ", ValueText(declaration, Plainest(values)));
  }
  return text.empty() ? "any facts" : text;
}

std::string AskedDomain::SetFacts() const {
  std::vector<std::string_view> names;
  for (const auto& [fact, values] : contract_.asked_with) names.push_back(facts_[static_cast<size_t>(fact)].name);
  return Joined(names, " ");
}

}  // namespace furikae::rules
