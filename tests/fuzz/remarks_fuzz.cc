// Whatever stands in the remarks, reading them ends, and what is found was written there.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "rules/declared_items.h"
#include "rules/receipt_facts.h"
#include "rules/remark_words.h"

using namespace furikae::rules;

namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto* const book = new Rulebook(*Rulebook::Load(Declarations(), EmbeddedRegulations()));
  static const auto* const words = new DatedRemarkWords(*book);
  static const int64_t kMonth = furikae::ServiceMonth::Of(2024, 10).index;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Declaration d = ParseRemarks(text, words->In(kMonth));
  for (const std::string* item : {&d.name_kana, &d.insurer_name, &d.workplace, &d.address, &d.contact}) {
    Expect(text.find(*item) != std::string_view::npos);
  }
  Expect(!d.marker_unidentified || text.find("不詳") != std::string_view::npos);
  Facts facts;
  facts.Set(Fact::kClaimMonth, kMonth);
  facts.Set(Fact::kDeclaredType, static_cast<int64_t>(d.type));
  Expect(d.any || MissingItems(*book->Find("declaration_items"), facts, d).size() >= 7);
  return 0;
}
