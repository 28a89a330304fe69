// The receipt as billed to another qualification. Source: decisions.md §4 "Rewritten receipt".
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "core/uke/cp932.h"
#include "core/uke/edit.h"
#include "core/uke/layouts.h"
#include "core/uke/writer.h"
#include "rules/side_lines.h"
#include "rules/split.h"

namespace furikae::rules {
namespace {

using Changes = std::vector<std::pair<int, std::string>>;

constexpr std::string_view kInsurance = "1";  // 負担者種別 of SN and JD

// The column of the first of `names` that the record has; 0 when it has none. Flavours name the same thing differently.
int ColumnOf(Flavour flavour, std::string_view id, std::initializer_list<std::string_view> names) {
  const uke::RecordLayout* layout = uke::FindRecord(flavour, id);
  if (layout == nullptr) return 0;
  for (std::string_view name : names) {
    if (const int column = layout->ColumnOf(name); column > 0) return column;
  }
  return 0;
}

std::string TwoDigits(int number) { return absl::StrFormat("%02d", number); }

class Rewriter {
 public:
  Rewriter(const uke::Receipt& receipt, const uke::LineDays& units, const NewQualification& change)
      : receipt_(receipt), change_(change), lines_(uke::Lines(receipt.bytes)), moved_(IsMoved()), has_sn_(HasSn()) {
    if (change.side) side_lines_.emplace(receipt.flavour, lines_, units, change.side->days);
  }

  std::string Run() {
    std::string out;
    out.reserve(receipt_.bytes.size() + 128);
    for (const uke::Line& line : lines_) {
      if (InsertsSnBefore(line.Id())) out += NewSn();
      std::optional<std::string> text = side_lines_ ? side_lines_->TextOf(line) : std::string(line.text);
      if (!text) continue;
      out += RewriteLine(line.Id(), *std::move(text));
      out += line.ending;
    }
    if (InsertsSnBefore("")) {
      if (!out.ends_with('\n')) out += "\r\n";
      out += NewSn();
    }
    return out;
  }

 private:
  int Column(std::string_view id, std::initializer_list<std::string_view> names) const {
    return ColumnOf(receipt_.flavour, id, names);
  }

  // Another card than the claimed one is billed: not only its spelling differs.
  bool IsMoved() const {
    if (change_.outcome == Outcome::kTransferred || change_.outcome == Outcome::kSplit) return true;
    if (change_.card.insurer.value == 0) return false;
    if (!receipt_.insurer || *receipt_.insurer != change_.card.insurer) return true;
    return FoldCard(uke::FromCp932(receipt_.symbol), uke::FromCp932(receipt_.number_text)) !=
           FoldCard(change_.card.symbol, change_.card.number);
  }

  std::string RewriteLine(std::string_view id, std::string text) {
    if (id == "RE") return RewriteRe(std::move(text));
    if (id == "HO") return RewriteHo(std::move(text));
    if (id == "SN") return RewriteSn(std::move(text));
    if (id == "JD") return RewriteJd(std::move(text));
    if (id == "IR" && receipt_.flavour == Flavour::kDental) return RewriteHead(text, change_.agency);
    return text;
  }

  // Digits 2 and 4 of the type and the rate, in every RE of a DPC group.
  std::string RewriteRe(std::string text) const {
    if (!moved_ || change_.type == 0) return text;
    const int type_column = Column("RE", {"レセプト種別"});
    std::string type(uke::Column(text, type_column));
    const std::string wanted = std::to_string(change_.type);
    if (type.size() == 4 && wanted.size() == 4) {
      type[1] = wanted[1];
      type[3] = wanted[3];
    }
    const std::string rate = change_.rate ? std::to_string(*change_.rate) : "";
    return uke::WithColumns(text, {{type_column, type}, {Column("RE", {"給付割合"}), rate}});
  }

  std::string RewriteHo(std::string text) {
    ho_seen_ = true;
    Changes changes;
    if (moved_) {
      changes.emplace_back(Column("HO", {"保険者番号"}), change_.card.insurer.ToUkeField());
      AddText(text, Column("HO", {"被保険者証等の記号", "記号"}), change_.card.symbol, changes);
      AddText(text, Column("HO", {"被保険者証等の番号", "番号"}), change_.card.number, changes);
    }
    if (change_.side) {
      const int meal_count = Column("HO", {"食事・生活療養 回数", "食事回数"});
      AddNumber(text, Column("HO", {"診療実日数", "処方箋受付回数", "実日数"}), change_.side->actual_days, changes);
      AddNumber(text, Column("HO", {"合計点数", "合計金額"}), change_.side->points, changes);
      if (meal_count > 0) {
        AddNumber(text, meal_count, change_.side->meal_count, changes);
        AddNumber(text, Column("HO", {"食事・生活療養 合計金額", "合計金額"}), change_.side->meal_amount.value,
                  changes);
      }
    }
    return uke::WithColumns(text, changes);
  }

  // A text that already says the same stays as its bytes are.
  static void AddText(std::string_view line, int column, const std::string& utf8, Changes& changes) {
    if (uke::FromCp932(uke::Column(line, column)) != utf8) changes.emplace_back(column, uke::ToCp932Replacing(utf8));
  }
  // A blank column stays blank where there is nothing to say.
  static void AddNumber(std::string_view line, int column, int64_t value, Changes& changes) {
    if (value != 0 || !uke::Column(line, column).empty()) changes.emplace_back(column, std::to_string(value));
  }

  std::string RewriteSn(std::string text) {
    if (uke::Column(text, Column("SN", {"負担者種別"})) != kInsurance) return text;
    sn_written_ = true;
    if (change_.confirmation_class == 0) return text;
    Changes changes;
    for (const uke::NamedValue& value : SnValues()) {
      changes.emplace_back(Column("SN", {value.name}), uke::ToCp932Replacing(value.value));
    }
    return uke::WithColumns(text, changes);
  }

  std::vector<uke::NamedValue> SnValues() const {
    std::vector<uke::NamedValue> values = {{"負担者種別", std::string(kInsurance)},
                                           {"確認区分", TwoDigits(change_.confirmation_class)}};
    if (moved_) {
      values.push_back({"保険者番号等（資格確認）", change_.card.insurer.ToUkeField()});
      values.push_back({"被保険者証等の記号（資格確認）", change_.card.symbol});
      values.push_back({"被保険者証等の番号（資格確認）", change_.card.number});
    }
    if (moved_ || change_.outcome == Outcome::kBranchCompleted) values.push_back({"枝番", Branch()});
    return values;
  }

  // Two digits; not every scheme's cards have one.
  std::string Branch() const {
    const std::string branch = BranchText(BranchKey(change_.card.branch));
    return !change_.writes_branch || branch.size() > 2 ? "" : branch;
  }

  // SN stands behind HO and KO; a receipt without one gets it there, once.
  bool InsertsSnBefore(std::string_view id) {
    if (!ho_seen_ || sn_written_ || change_.confirmation_class == 0 || id == "HO" || id == "KO" || has_sn_)
      return false;
    sn_written_ = true;
    return true;
  }
  bool HasSn() const {
    const int column = Column("SN", {"負担者種別"});
    for (const uke::Line& line : lines_) {
      if (line.Id() == "SN" && uke::Column(line.text, column) == kInsurance) return true;
    }
    return false;
  }
  std::string NewSn() const { return uke::MakeRecord(receipt_.flavour, "SN", SnValues()); }

  // Days of the side alone; a day that disagrees with the lines is marked 9 for the insurance.
  std::string RewriteJd(std::string text) const {
    constexpr std::string_view kDisagrees = "9";
    const int first_day = Column("JD", {"1日の情報"});
    const bool insurance = uke::Column(text, Column("JD", {"負担者種別"})) == kInsurance;
    Changes changes;
    for (int day = 1; day <= 31; ++day) {
      const int column = first_day + day - 1;
      if (change_.side && !change_.side->days.Has(day)) {
        changes.emplace_back(column, "");
      } else if (insurance && change_.disagreeing_days.Has(day)) {
        changes.emplace_back(column, kDisagrees);
      }
    }
    return changes.empty() ? text : uke::WithColumns(text, changes);
  }

  const uke::Receipt& receipt_;
  const NewQualification& change_;
  std::vector<uke::Line> lines_;
  bool moved_ = false;   // another card is billed
  bool has_sn_ = false;  // of the insurance
  std::optional<SideLines> side_lines_;
  bool ho_seen_ = false, sn_written_ = false;
};

}  // namespace

absl::StatusOr<std::string> Rewrite(const uke::Receipt& receipt, const uke::LineDays& lines,
                                    const NewQualification& change) {
  if (receipt.flavour == Flavour::kUnknown)
    return absl::InvalidArgumentError("a receipt of unknown flavour cannot be rewritten");
  if (!receipt.Has(uke::kSeenHo))
    return absl::FailedPreconditionError("a receipt without HO has no insurer to replace");
  return Rewriter(receipt, lines, change).Run();
}

std::string RewriteHead(std::string_view head, Agency agency) {
  constexpr std::pair<std::string_view, Flavour> kHeads[] = {
      {"IR", Flavour::kMedical}, {"UK", Flavour::kDental}, {"YK", Flavour::kPharmacy}, {"HM", Flavour::kNursing}};
  std::string out;
  for (const uke::Line& line : uke::Lines(head)) {
    std::string text(line.text);
    for (const auto& [id, flavour] : kHeads) {
      if (line.Id() != id || agency == Agency::kUnknown) continue;
      text =
          uke::WithColumns(text, {{ColumnOf(flavour, id, {"審査支払機関"}), std::to_string(static_cast<int>(agency))}});
    }
    out += text;
    out += line.ending;
  }
  return out;
}

}  // namespace furikae::rules
