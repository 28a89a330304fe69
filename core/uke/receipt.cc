#include "core/uke/receipt.h"

#include <algorithm>
#include <cstring>

#include "core/uke/columns.h"
#include "core/uke/complaint.h"
#include "core/uke/edit.h"
#include "core/uke/scan.h"

namespace furikae::uke {
namespace {

constexpr int kDpcReColumns = 28;

// Reads the records of one receipt into `receipt_`. The first thing that cannot be read is kept as `complaint_`.
class Reader {
 public:
  Reader(const FileHead& head, std::string_view bytes, Receipt& receipt, Complaint& complaint)
      : receipt_(receipt), complaint_(complaint) {
    Become(head.flavour, head, bytes);
  }

  bool Read() {
    const char* p = receipt_.bytes.data();
    const char* const end = p + receipt_.bytes.size();
    for (line_number_ = 0; p < end; ++line_number_) {
      const char* newline = static_cast<const char*>(std::memchr(p, '\n', static_cast<size_t>(end - p)));
      const char* const next = newline == nullptr ? end : newline + 1;
      const char* stop = newline == nullptr ? end : newline;
      if (stop > p && stop[-1] == '\r') --stop;
      line_ = {p, static_cast<size_t>(stop - p)};
      p = next;
      if (line_.empty()) continue;
      plan_ = &plans_->Of(IdOf(line_));
      receipt_.seen |= plan_->seen;
      if (!ReadLine()) return false;
      if (restart_) {
        Become(Flavour::kDpc, receipt_.head, receipt_.bytes);
        return Read();
      }
    }
    line_number_ = 0;
    return sections_ > 0 || Fail(0, "the receipt has no RE record");
  }

 private:
  void Become(Flavour flavour, FileHead head, std::string_view bytes) {
    receipt_ = Receipt{};
    receipt_.head = head;
    receipt_.bytes = bytes;
    receipt_.flavour = flavour;
    plans_ = &PlansOf(flavour);
    sections_ = 0;
    has_ho_ = restart_ = false;
  }

  bool ReadLine() {
    switch (plan_->kind) {
      case RecordKind::kRe:
        return ReadRe();
      case RecordKind::kHo:
        return Detail() || ReadHo();
      case RecordKind::kKo:
        return Detail() || ReadKo();
      case RecordKind::kSn:
        return Detail() || ReadSn();
      case RecordKind::kJd:
        return Detail() || ReadJd();
      case RecordKind::kMf:
        return Detail() || ReadMf();
      case RecordKind::kBu:
        return ReadBu();
      case RecordKind::kRemark:
        return ReadRemark();
      default:
        // Only DPC has BU: a receipt of a 医科 file that has one is DPC, whatever its RE looked like.
        if (receipt_.flavour == Flavour::kMedical && IdOf(line_) == "BU") restart_ = true;
        return true;
    }
  }

  // A DPC 総括 group is described by its first section; the details repeat RE and HO for their own part.
  bool Detail() const { return sections_ > 1; }

  bool ReadRe() {
    if (++sections_ > 1) {
      receipt_.seen |= kSeenSummaryGroup;
      return true;
    }
    if (receipt_.flavour == Flavour::kMedical && std::count(line_.begin(), line_.end(), ',') + 1 == kDpcReColumns) {
      restart_ = true;
      return true;
    }
    std::fill(std::begin(values_), std::end(values_), std::string_view());
    TakeColumns(line_, *plan_, values_);
    int64_t number = 0, type = 0, class_of_burden = 0, summary = 0;
    std::optional<int64_t> rate;
    if (!Take(kReceiptNumber, 6, number) || !Take(kType, 4, type)) return false;
    receipt_.number = static_cast<uint32_t>(number);
    receipt_.type = static_cast<int>(type);
    if (number == 0) return FailWanted(kReceiptNumber, "a number from 1", "is no receipt number");
    if (values_[kType].size() != 4) return FailWanted(kType, "a code of four digits");
    const std::optional<ServiceMonth> month = MonthOf(values_[kServiceMonth]);
    if (!month) return FailWanted(kServiceMonth, "a month as YYYYMM or GYYMM");
    receipt_.service_month = *month;
    if (values_[kSex] != "1" && values_[kSex] != "2") return FailWanted(kSex, "1 or 2");
    receipt_.sex = values_[kSex] == "1" ? Sex::kMale : Sex::kFemale;
    const std::optional<Date> birth = DateOf(values_[kBirth]);
    if (!birth) return FailWanted(kBirth, "a date as YYYYMMDD or GYYMMDD");
    receipt_.birth = *birth;
    if (!TakeOptional(kRate, 3, rate)) return false;
    if (rate && *rate > 100) return FailWanted(kRate, "a percentage");
    if (rate) receipt_.rate = static_cast<int>(*rate);
    if (!values_[kAdmitted].empty()) {
      receipt_.admitted = DateOf(values_[kAdmitted]);
      if (!receipt_.admitted) return FailWanted(kAdmitted, "a date as YYYYMMDD or GYYMMDD");
    }
    if (!TakeOrZero(kBurdenClass, 1, class_of_burden) || !TakeOrZero(kSummaryClass, 1, summary)) return false;
    receipt_.burden_class = static_cast<int>(class_of_burden);
    receipt_.summary_class = static_cast<int>(summary);
    receipt_.name = values_[kName];
    receipt_.name_kana = values_[kKana];
    receipt_.notes = values_[kNotes];
    receipt_.search_number = values_[kSearchNumber];
    receipt_.discount_unit_price = values_[kDiscountUnitPrice];
    receipt_.not_visited = !values_[kNotVisited].empty() && values_[kNotVisited] != "00";
    return true;
  }

  bool ReadHo() {
    if (has_ho_) return Fail(0, "a second HO record; a receipt has at most one");
    has_ho_ = true;
    for (int item = kInsurerNumber; item <= kReductionAmount; ++item) values_[item] = {};
    TakeColumns(line_, *plan_, values_);
    receipt_.insurer_text = Trimmed(values_[kInsurerNumber]);
    receipt_.insurer = InsurerNumber::Parse(receipt_.insurer_text);
    receipt_.symbol = values_[kSymbol];
    receipt_.number_text = values_[kNumberText];
    int64_t days = 0, meals = 0, meal_amount = 0, work = 0, reduction = 0, reduction_rate = 0, reduction_amount = 0;
    std::optional<int64_t> copayment, standard_burden;
    if (!TakeOrZero(kActualDays, 2, days) || !Take(kTotalPoints, 8, receipt_.total_points) ||
        !TakeOrZero(kMealCount, 3, meals) || !TakeOrZero(kMealAmount, 8, meal_amount) ||
        !TakeOptional(kStandardBurden, 8, standard_burden) || !TakeOrZero(kWorkRelated, 1, work) ||
        !TakeOptional(kCopayment, 9, copayment) || !TakeOrZero(kReduction, 1, reduction) ||
        !TakeOrZero(kReductionRate, 3, reduction_rate) || !TakeOrZero(kReductionAmount, 6, reduction_amount)) {
      return false;
    }
    receipt_.actual_days = static_cast<int>(days);
    receipt_.meal_count = static_cast<int>(meals);
    receipt_.meal_amount = Yen{meal_amount};
    if (meals > 0 || meal_amount > 0) receipt_.seen |= kSeenMeals;
    if (standard_burden) receipt_.standard_burden = Yen{*standard_burden};
    receipt_.work_related = static_cast<int>(work);
    if (copayment) receipt_.copayment = Yen{*copayment};
    receipt_.reduction = reduction != 0 ? static_cast<int>(reduction) : reduction_rate + reduction_amount > 0 ? 9 : 0;
    return true;
  }

  bool ReadKo() {
    if (++receipt_.public_expenses > 1) return true;
    values_[kTotalPoints] = {};
    TakeColumns(line_, *plan_, values_);
    return TakeOrZero(kTotalPoints, 8, receipt_.first_public_points);
  }

  bool ReadSn() {
    TakeColumns(line_, *plan_, values_);
    if (values_[kPayerType] != "1" || receipt_.Has(kSeenSn)) return true;
    receipt_.seen |= kSeenSn;
    receipt_.sn_class = values_[kConfirmationClass];
    receipt_.branch = Trimmed(values_[kBranch]);
    return true;
  }

  // The days of payer type 1 alone; a JD without any day is no JD.
  bool ReadJd() {
    TakeColumns(line_, *plan_, values_);
    if (values_[kPayerType] != "1") return true;
    const char* p = values_[kPayerType].data() + values_[kPayerType].size();
    const char* const end = line_.data() + line_.size();
    for (int day = 1; day <= 31 && p < end; ++day) {
      ++p;  // the comma
      if (p == end || *p == ',') continue;
      const char value = *p++;
      const bool alone = p == end || *p == ',';
      if (!alone || (value != '0' && value != '1' && value != '2' && value != '9')) {
        return FailColumn(plan_->first_day_column + day - 1, "1, 2 or 9", "is no visit class");
      }
      if (value == '1') receipt_.jd_counted.Add(day);
      if (value == '2') receipt_.jd_uncounted.Add(day);
    }
    if (!receipt_.JdDays().Empty()) receipt_.seen |= kSeenJd;
    return true;
  }

  bool ReadMf() {
    TakeColumns(line_, *plan_, values_);
    int64_t burden = 0;
    if (!Take(kBurdenKind, 2, burden)) return false;
    receipt_.mf_class = static_cast<int>(burden);
    return true;
  }

  bool ReadBu() {
    TakeColumns(line_, *plan_, values_);
    if (values_[kDischarged].empty()) return true;
    receipt_.discharged = DateOf(values_[kDischarged]);
    return receipt_.discharged || FailWanted(kDischarged, "a date as YYYYMMDD or GYYMMDD");
  }

  bool ReadRemark() {
    if (receipt_.Has(kSeenRemark)) return true;
    TakeColumns(line_, *plan_, values_);
    if (values_[kCommentCode] == kFreeComment) receipt_.seen |= kSeenRemark;
    return true;
  }

  static std::string_view Trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
  }

  static std::optional<ServiceMonth> MonthOf(std::string_view text) {
    return (text.size() == 5 || text.size() == 6) && AllDigits(text) ? ServiceMonth::Parse(text) : std::nullopt;
  }
  static std::optional<Date> DateOf(std::string_view text) {
    return (text.size() == 7 || text.size() == 8) && AllDigits(text) ? Date::Parse(text) : std::nullopt;
  }

  bool Take(Item item, size_t max_digits, int64_t& value) {
    const std::optional<int64_t> parsed = ParseDigits(values_[item], max_digits);
    if (!parsed) return FailWanted(item, Sentence("up to ", max_digits, " digits"), "is not a number");
    value = *parsed;
    return true;
  }
  bool TakeOptional(Item item, size_t max_digits, std::optional<int64_t>& value) {
    int64_t parsed = 0;
    if (values_[item].empty()) return true;
    if (!Take(item, max_digits, parsed)) return false;
    value = parsed;
    return true;
  }
  bool TakeOrZero(Item item, size_t max_digits, int64_t& value) {
    value = 0;
    return values_[item].empty() || Take(item, max_digits, value);
  }

  int ColumnOf(Item item) const {
    for (const WantedColumn want : plan_->wanted) {
      if (want.item == item) return want.column;
    }
    return 0;
  }
  bool FailWanted(Item item, std::string_view expected, std::string_view what = "cannot be read") {
    return FailColumn(ColumnOf(item), expected, what);
  }
  bool FailColumn(int column, std::string_view expected, std::string_view what) {
    const std::string_view found = Column(line_, column);
    const std::string shown = Shown(plan_->layout->FieldAt(column), found);
    return Fail(column, found.empty() ? Sentence(shown, "; expected ", expected)
                                      : Sentence(shown, " ", what, "; expected ", expected));
  }
  bool Fail(int column, std::string reason) {
    complaint_ = {Complaint::Severity::kReceipt, line_number_ + 1, column, "", std::move(reason), receipt_.number};
    if (column > 0) complaint_.field = plan_->layout->NameAt(column);
    return false;
  }

  Receipt& receipt_;
  Complaint& complaint_;
  const Plans* plans_ = nullptr;
  const RecordPlan* plan_ = nullptr;
  std::string_view line_;
  uint32_t line_number_ = 0;
  int sections_ = 0;
  bool has_ho_ = false;
  bool restart_ = false;
  std::string_view values_[kItems];
};

}  // namespace

bool ReadReceiptInto(const FileHead& head, std::string_view bytes, Receipt& receipt, Complaint& complaint) {
  return Reader(head, bytes, receipt, complaint).Read();
}

absl::StatusOr<Receipt> ReadReceipt(const FileHead& head, std::string_view bytes) {
  Receipt receipt;
  Complaint complaint;
  if (!ReadReceiptInto(head, bytes, receipt, complaint)) {
    return absl::InvalidArgumentError(complaint.ToString("receipt"));
  }
  return receipt;
}

}  // namespace furikae::uke
