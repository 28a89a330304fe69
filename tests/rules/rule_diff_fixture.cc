#include "tests/rules/rule_diff_fixture.h"

#include "absl/strings/str_replace.h"
#include "rules/receipt_facts.h"

namespace furikae::rules {

Rulebook Changed(const std::string& file, const std::string& from, const std::string& to) {
  std::map<std::string, std::string> files = EmbeddedRegulations();
  EXPECT_EQ(absl::StrReplaceAll({{from, to}}, &files[file]), 1) << file << ": " << from;
  return *Rulebook::Load(Declarations(), files);
}

}  // namespace furikae::rules
