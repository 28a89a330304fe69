// ReadFile: the header, the receipts one by one, the trailer GO; what is wrong is said with line, column and reason.
#include <algorithm>
#include <cstring>

#include "absl/container/flat_hash_map.h"
#include "core/uke/columns.h"
#include "core/uke/complaint.h"
#include "core/uke/cp932.h"
#include "core/uke/edit.h"
#include "core/uke/field_checker.h"
#include "core/uke/file_head.h"
#include "core/uke/receipt.h"
#include "core/uke/scan.h"

namespace furikae::uke {
namespace {

constexpr char kEndMark = '\x1a';
constexpr int kLastVolume = 99;
constexpr int kSummaryColumn = 19;  // レセプト総括区分 of a DPC RE
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

using Severity = Complaint::Severity;

// What a record is to the structure of a file.
enum class Role : uint8_t { kBody, kHead, kReceipt, kTrailer };
Role RoleOf(std::string_view id) {
  switch (RecordId(id)) {
    case RecordId("RE"):
      return Role::kReceipt;
    case RecordId("GO"):
      return Role::kTrailer;
    case RecordId("IR"):
    case RecordId("UK"):
    case RecordId("YK"):
    case RecordId("HM"):
      return Role::kHead;
    default:
      return Role::kBody;
  }
}

class FileReader {
 public:
  FileReader(std::string_view name, ServiceMonth claim_month, ParsedFile& file)
      : name_(name), claim_month_(claim_month), file_(file), checker_(log_) {}

  void Read(std::string_view bytes) {
    bytes_ = bytes;
    if (PickEncoding() && CutAtEndMark()) {
      ReadLines();
      if (file_.head.flavour != Flavour::kUnknown) {
        Reconcile();
        CheckName();
      }
    }
    Finish();
  }

 private:
  // --- bytes -------------------------------------------------------------------------------------------------------

  bool PickEncoding() {
    if (bytes_.empty()) return log_.Refuse(0, 0, "", "the file is empty (0 bytes)");
    if (std::memchr(bytes_.data(), '\0', bytes_.size()) != nullptr) {
      return log_.Refuse(0, 0, "", "the file holds NUL bytes: it is binary (or UTF-16), not a claim file");
    }
    if (IsValidCp932(bytes_)) return true;
    if (!IsValidUtf8(bytes_)) {
      checker_.SetAllCharactersValid(false);
      return true;
    }
    if (bytes_.starts_with(kByteOrderMark)) bytes_.remove_prefix(kByteOrderMark.size());
    int replaced = 0;
    file_.converted = ToCp932Replacing(bytes_, &replaced);
    file_.converted.reserve(64);  // on the heap, where views survive a move of the string
    bytes_ = file_.converted;
    std::string reason = "the file is in UTF-8 and was converted to CP932";
    if (replaced > 0) reason += Sentence("; characters without a place there, replaced by ？: ", replaced);
    log_.Note(0, 0, "", std::move(reason));
    return !bytes_.empty() || log_.Refuse(0, 0, "", "the file is empty (a byte order mark alone)");
  }

  bool CutAtEndMark() {
    const size_t mark = bytes_.find(kEndMark);
    if (mark == std::string_view::npos) return true;
    const bool nothing_after = bytes_.find_first_not_of("\r\n\x1a ", mark) == std::string_view::npos;
    bytes_ = bytes_.substr(0, mark);
    return nothing_after || log_.Refuse(0, 0, "", "there is data after the end mark 0x1A");
  }

  // --- lines -------------------------------------------------------------------------------------------------------

  void ReadLines() {
    const char* p = bytes_.data();
    const char* const end = p + bytes_.size();
    std::string_view line;
    while (p < end && go_on_) {
      const char* newline = static_cast<const char*>(std::memchr(p, '\n', static_cast<size_t>(end - p)));
      const char* stop = newline == nullptr ? end : newline;
      const bool carriage = stop > p && stop[-1] == '\r';
      if (carriage) --stop;
      ++line_number_;
      if (newline != nullptr && !carriage && !std::exchange(lone_newline_seen_, true)) {
        log_.Note(line_number_, 0, "", "lines end with LF alone instead of CRLF");
      }
      line = {p, static_cast<size_t>(stop - p)};
      const char* const next = newline == nullptr ? end : newline + 1;
      TakeLine(line, p, next);
      p = next;
    }
    CloseReceipt(p);
    if (!go_on_ || go_line_ > 0) return;
    if (file_.head.flavour == Flavour::kUnknown) {
      log_.Refuse(0, 0, "", "the file holds no record");
      return;
    }
    if (EndsInsideCharacter(line)) {
      log_.Refuse(line_number_, 0, "", "the file ends in the middle of a character: it was cut in transmission");
    }
    log_.Refuse(0, 0, "", "the file ends without a GO record: it was cut in transmission");
  }

  void TakeLine(std::string_view line, const char* begin, const char* next) {
    if (line.empty()) {
      if (!std::exchange(blank_line_seen_, true)) log_.Note(line_number_, 0, "", "a blank line");
      return;
    }
    if (go_line_ > 0) {
      if (!std::exchange(data_after_go_seen_, true)) {
        log_.Refuse(line_number_, 0, "", "there is data after the GO record");
      }
      return;
    }
    if (file_.head.flavour == Flavour::kUnknown) return TakeHead(line, {begin, static_cast<size_t>(next - begin)});
    const std::string_view id = IdOf(line);
    const bool dental_head = id == "IR" && file_.head.flavour == Flavour::kDental;  // stands before every receipt
    switch (RoleOf(id)) {
      case Role::kTrailer:
        CloseReceipt(begin);
        go_line_ = line_number_;
        return TakeTrailer(line);
      case Role::kHead:
        CloseReceipt(begin);
        if (dental_head) return OpenReceipt(begin, false, '\0');
        log_.Refuse(line_number_, 0, "", Sentence("a second header ", id, " within the file"));
        return;
      case Role::kReceipt: {
        const char summary = SummaryClass(line);
        if (ContinuesReceipt(summary)) {
          has_re_ = true;
          return;
        }
        CloseReceipt(begin);
        return OpenReceipt(begin, true, summary);
      }
      case Role::kBody:
        if (receipt_begin_ == nullptr && !std::exchange(stray_seen_, true)) {
          log_.Refuse(line_number_, 0, "", "a record before the first RE");
        }
    }
  }

  void OpenReceipt(const char* begin, bool has_re, char summary) {
    receipt_begin_ = begin;
    receipt_line_ = line_number_;
    has_re_ = has_re;
    in_group_ = summary == '1';
  }

  // An RE does not start a receipt after the IR of a dental receipt, nor as a detail of a DPC 総括 group.
  bool ContinuesReceipt(char summary) const {
    if (receipt_begin_ == nullptr) return false;
    return !has_re_ || (in_group_ && (summary == '2' || summary == '3'));
  }

  // レセプト総括区分 of a DPC RE; '\0' when the RE is none. (The same column of 医科 is a number of 17 digits or more.)
  char SummaryClass(std::string_view line) const {
    if (file_.head.flavour != Flavour::kMedical) return '\0';
    const std::string_view text = Column(line, kSummaryColumn);
    return text.size() == 1 ? text[0] : '\0';
  }

  // The file's bytes stop at the first byte of a pair.
  static bool EndsInsideCharacter(std::string_view last_line) {
    size_t at = 0;
    while (at < last_line.size()) at += kByteClass[static_cast<uint8_t>(last_line[at])] == kLead ? 2 : 1;
    return at > last_line.size();
  }

  // --- head, trailer -----------------------------------------------------------------------------------------------

  void TakeHead(std::string_view line, std::string_view with_ending) {
    const std::string_view id = IdOf(line);
    std::vector<Complaint> refusals;
    if (!ReadFileHead(line, line_number_, file_.head, refusals)) {
      go_on_ = false;
      log_.Refuse(line_number_, 0, "",
                  Sentence("the file starts with ", LooksLikeRecordId(id) ? id : "no record",
                           "; expected a header: IR, UK, YK or HM"));
      return;
    }
    file_.head.bytes = with_ending;
    for (Complaint& refusal : refusals) log_.Add(std::move(refusal));
    std::optional<Complaint> none;
    checker_.CheckRecord(line, line_number_, PlansOf(file_.head.flavour).Of(id), none);
    CompareClaimMonth(id);
  }

  void CompareClaimMonth(std::string_view head_id) {
    constexpr std::string_view kField = "請求年月";
    const ServiceMonth written = file_.head.claim_month;
    const int column = FindRecord(file_.head.flavour, head_id)->ColumnOf(kField);
    if (written > claim_month_) {
      log_.Refuse(line_number_, column, kField,
                  Sentence(written.ToString(), " is later than the claim month ", claim_month_.ToString()));
    } else if (written < claim_month_ && written.index != 0) {
      log_.Note(line_number_, column, kField,
                Sentence(written.ToString(), " is earlier than the claim month ", claim_month_.ToString(),
                         " (late or claimed again)"));
    }
  }

  void TakeTrailer(std::string_view line) {
    const RecordPlan& plan = PlansOf(file_.head.flavour).Of("GO");
    std::optional<Complaint> none;
    checker_.CheckRecord(line, line_number_, plan, none);
    const auto number = [&](int column, size_t digits, int64_t& value) {
      const std::string_view text = Column(line, column);
      if (text.empty()) return;
      if (const std::optional<int64_t> parsed = ParseDigits(text, digits)) {
        value = *parsed;
      } else {
        log_.Refuse(line_number_, column, plan.layout->NameAt(column),
                    Sentence(Shown(plan.layout->FieldAt(column), text), " is not a number; expected up to ", digits,
                             " digits"));
      }
    };
    int64_t volume = -1;
    number(2, 6, file_.go_claims);
    number(3, 10, file_.go_points);
    number(4, 2, volume);
    if (volume < 0) {
      volume = kLastVolume;
      log_.Note(line_number_, 4, plan.layout->NameAt(4), "blank; taken as 99, the last or only volume");
    }
    file_.go_volume = static_cast<int>(volume);
  }

  // A file of one volume has to contain what its GO says. Zeros are what agencies write for moved receipts.
  void Reconcile() {
    if (go_line_ == 0 || file_.head.volume != 0 || file_.go_volume != kLastVolume) return;
    if (file_.go_claims == 0 && file_.go_points == 0) return;
    CompareTotal(2, file_.go_claims, file_.counted_claims, "claims");
    if (points_known_) CompareTotal(3, file_.go_points, file_.counted_points, "points");
  }

  void CompareTotal(int column, int64_t stated, int64_t counted, std::string_view what) {
    const std::string field = FindRecord(file_.head.flavour, "GO")->NameAt(column);
    if (stated < 0) {
      log_.Refuse(go_line_, column, field, Sentence("blank; the receipts of this file make ", counted, " ", what));
    } else if (stated != counted) {
      log_.Refuse(go_line_, column, field,
                  Sentence("says ", stated, " ", what, ", the receipts of this file make ", counted));
    }
  }

  void CheckName() {
    const Flavour named = FlavourOfFileName(name_);
    const Flavour found = file_.head.flavour;
    if (named == Flavour::kUnknown || named == found) return;
    if (named == Flavour::kDpc && found == Flavour::kMedical && dpc_seen_) return;
    log_.Note(0, 0, "",
              Sentence("the name is that of a ", FlavourJapanese(named), " file, the header that of ",
                       FlavourJapanese(found)));
  }

  // --- receipts ----------------------------------------------------------------------------------------------------

  void CloseReceipt(const char* end) {
    if (receipt_begin_ == nullptr) return;
    const std::string_view bytes(receipt_begin_, static_cast<size_t>(end - receipt_begin_));
    receipt_begin_ = nullptr;
    in_group_ = false;
    Receipt receipt;
    Complaint unreadable;
    std::optional<Complaint> refusal;
    if (!ReadReceiptInto(file_.head, bytes, receipt, unreadable)) {
      refusal = std::move(unreadable);
      refusal->line += receipt_line_ - 1;
    }
    if (receipt.flavour == Flavour::kDpc) dpc_seen_ = true;
    Count(receipt, !refusal);
    checker_.CheckReceipt(receipt, receipt_line_, refusal);
    if (!refusal) refusal = CheckPlace(receipt);
    if (refusal) {
      ++file_.refused;
      refusal->receipt = receipt.number;
      log_.Add(*std::move(refusal));
      return;
    }
    file_.receipts.push_back(std::move(receipt));
    file_.first_line.push_back(receipt_line_);
  }

  // What is wrong with a readable receipt only because of where it stands.
  std::optional<Complaint> CheckPlace(const Receipt& receipt) {
    if (receipt.summary_class == 2 || receipt.summary_class == 3) {
      return Complaint{Severity::kReceipt, receipt_line_, kSummaryColumn, "レセプト総括区分",
                       "a detail of a group without the group's first RE"};
    }
    const auto [known, fresh] = line_of_number_.try_emplace(receipt.number, receipt_line_);
    if (fresh) return std::nullopt;
    return Complaint{Severity::kReceipt, receipt_line_, 2, "レセプト番号",
                     Sentence("\"", receipt.number, "\" was used already, on line ", known->second)};
  }

  // As GO counts: one per HO and one per KO; the points of HO, or of the first KO when there is none.
  void Count(const Receipt& receipt, bool readable) {
    if (readable) {
      file_.counted_claims += receipt.Has(kSeenHo) + receipt.public_expenses;
      file_.counted_points += receipt.Has(kSeenHo) ? receipt.total_points : receipt.first_public_points;
      return;
    }
    std::optional<int64_t> insured, public_expense;
    int sections = 0;
    ForEachLine(receipt.bytes, [&](std::string_view line, uint32_t) {
      const RecordPlan& plan = PlansOf(receipt.flavour).Of(IdOf(line));
      if (plan.kind == RecordKind::kRe && ++sections > 1) return false;
      if (plan.kind != RecordKind::kHo && plan.kind != RecordKind::kKo) return true;
      std::string_view values[kItems];
      TakeColumns(line, plan, values);
      const std::optional<int64_t> points = ParseDigits(values[kTotalPoints], 8);
      if (!points) points_known_ = false;
      ++file_.counted_claims;
      std::optional<int64_t>& total = plan.kind == RecordKind::kHo ? insured : public_expense;
      if (!total) total = points.value_or(0);
      return true;
    });
    file_.counted_points += insured.value_or(public_expense.value_or(0));
  }

  void Finish() {
    file_.refused_whole = log_.RefusesFile();
    file_.complaints = log_.Take(line_number_);
    if (file_.refused_whole) {
      file_.receipts.clear();
      file_.first_line.clear();
    }
  }

  const std::string_view name_;
  const ServiceMonth claim_month_;
  ParsedFile& file_;
  std::string_view bytes_;
  ComplaintLog log_;
  FieldChecker checker_;

  uint32_t line_number_ = 0;  // 1-based, of the line being read
  uint32_t go_line_ = 0;
  bool go_on_ = true;
  bool lone_newline_seen_ = false, blank_line_seen_ = false, data_after_go_seen_ = false, stray_seen_ = false;
  bool dpc_seen_ = false;
  bool points_known_ = true;

  const char* receipt_begin_ = nullptr;  // of the receipt being gathered
  uint32_t receipt_line_ = 0;
  bool has_re_ = false;
  bool in_group_ = false;

  absl::flat_hash_map<uint32_t, uint32_t> line_of_number_;
};

}  // namespace

ParsedFile ReadFile(std::string_view name, std::string_view bytes, ServiceMonth claim_month) {
  ParsedFile file;
  FileReader(name, claim_month, file).Read(bytes);
  return file;
}

}  // namespace furikae::uke
