#include "rules/declared_facts.h"

#include <algorithm>

#include "rules/declared_items.h"
#include "rules/insurer_agency.h"

namespace furikae::rules {
namespace {

bool NamesSelfDefence(const ReceiptCase& c, std::string_view workplace) {
  if (workplace.empty()) return false;
  const std::vector<std::string>& words = c.Words().self_defence;
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return workplace.find(word) != std::string_view::npos; });
}

}  // namespace

void SetDeclaredFacts(ReceiptCase& c) {
  const Declaration& d = c.Declared();
  c.facts.Set(Fact::kRemark, d.any);
  c.facts.Set(Fact::kDeclarationEmpty, IsEmpty(*c.tables.telling_items, c.facts, d));
  c.facts.Set(Fact::kDeclaredType, static_cast<int64_t>(d.type));
  c.facts.Set(Fact::kCardForgotten, d.card_forgotten);
  c.facts.Set(Fact::kFormerQualification, d.former_qualification);
  c.facts.Set(Fact::kCardCollected, d.collected_card);
  c.facts.Set(Fact::kSelfDefence, NamesSelfDefence(c, d.workplace));
}

void SetPoolAgency(ReceiptCase& c) {
  const InsurerNumber insurer = c.corrected ? c.claimed.key.insurer : c.receipt.insurer.value_or(InsurerNumber{});
  c.facts.Set(Fact::kClaimedAgency, static_cast<int64_t>(AgencyOf(c, insurer)));
  const Row* row = c.Ask(c.tables.pool_agency);
  if (row != nullptr) c.decision.pool_agency = static_cast<Agency>(row->Number("agency"));
}

}  // namespace furikae::rules
