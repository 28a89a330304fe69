// Whatever stands in the remarks, reading them ends, and what is found was written there.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "rules/remarks.h"

namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto* const words = new std::vector<std::string>{"保険証忘れ", "カード忘れ", ""};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const furikae::rules::Declaration d = furikae::rules::ParseRemarks(text, *words);
  for (const std::string* item : {&d.name_kana, &d.insurer_name, &d.workplace, &d.address, &d.contact}) {
    Expect(text.find(*item) != std::string_view::npos);
  }
  Expect(!d.marker_unidentified || text.find("不詳") != std::string_view::npos);
  Expect(d.any || d.MissingItems().size() >= 7);
  return 0;
}
