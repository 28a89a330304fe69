#include "tests/rules/rule_diff_fixture.h"

#include "absl/strings/str_replace.h"
#include "rules/receipt_facts.h"

namespace furikae::rules {

Claim Stranger(const std::string& month) {
  Claim claim = UnidentifiedClaim();
  claim.name = "鈴木　一郎";
  claim.kana = "スズキイチロウ";
  claim.birth = "19500101";
  claim.sex = "1";
  claim.month = month;
  claim.remarks = {
      "不詳・スズキイチロウ・社保・協会けんぽ・別の商事・東京都港区芝９－９・０３－９９９９－９９９９・令和６年９月３０"
      "日"};
  return claim;
}

Claim NobodysCard(std::string number) {
  Claim claim;
  claim.name = "佐藤　一郎";
  claim.kana = "サトウイチロウ";
  claim.birth = "19600101";
  claim.number = std::move(number);
  return claim;
}

Rulebook Changed(const std::string& file, const std::string& from, const std::string& to) {
  std::map<std::string, std::string> files = EmbeddedRegulations();
  EXPECT_EQ(absl::StrReplaceAll({{from, to}}, &files[file]), 1) << file << ": " << from;
  return *Rulebook::Load(Declarations(), files);
}

}  // namespace furikae::rules
