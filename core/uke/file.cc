// ReadFile: the header, the receipts one by one, the trailer GO; what is wrong is said with line, column and reason.
#include <algorithm>
#include <bitset>
#include <cstring>

#include "absl/container/flat_hash_map.h"
#include "core/uke/columns.h"
#include "core/uke/complaint.h"
#include "core/uke/cp932.h"
#include "core/uke/edit.h"
#include "core/uke/file_head.h"
#include "core/uke/receipt.h"
#include "core/uke/scan.h"

namespace furikae::uke {
namespace {

constexpr char kEndMark = '\x1a';
constexpr int kLastVolume = 99;
constexpr size_t kMostComplaints = 1000;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

using Severity = Complaint::Severity;

// One record id out of all of two characters; ids of another shape share the last place.
constexpr uint16_t Kind(std::string_view id) {
  return id.size() == 2 ? static_cast<uint16_t>(static_cast<uint8_t>(id[0]) << 8 | static_cast<uint8_t>(id[1]))
                        : 0xffff;
}

// What a record is to the structure of a file.
enum class Role : uint8_t { kBody, kHead, kReceipt, kTrailer };
Role RoleOf(std::string_view id) {
  switch (Kind(id)) {
    case Kind("RE"):
      return Role::kReceipt;
    case Kind("GO"):
      return Role::kTrailer;
    case Kind("IR"):
    case Kind("UK"):
    case Kind("YK"):
    case Kind("HM"):
      return Role::kHead;
    default:
      return Role::kBody;
  }
}

bool LooksLikeId(std::string_view id) {
  return id.size() == 2 &&
         std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

class FileReader {
 public:
  FileReader(std::string_view name, ServiceMonth claim_month, ParsedFile& file)
      : name_(name), claim_month_(claim_month), file_(file) {}

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
    if (bytes_.empty()) return Refuse(0, 0, "", "the file is empty (0 bytes)");
    if (std::memchr(bytes_.data(), '\0', bytes_.size()) != nullptr) {
      return Refuse(0, 0, "", "the file holds NUL bytes: it is binary (or UTF-16), not a claim file");
    }
    valid_ = IsValidCp932(bytes_);
    if (valid_ || !IsValidUtf8(bytes_)) return true;
    if (bytes_.starts_with(kByteOrderMark)) bytes_.remove_prefix(kByteOrderMark.size());
    int replaced = 0;
    file_.converted = ToCp932Replacing(bytes_, &replaced);
    bytes_ = file_.converted;
    valid_ = true;
    std::string reason = "the file is in UTF-8 and was converted to CP932";
    if (replaced > 0) reason += Sentence("; characters without a place there, replaced by ？: ", replaced);
    Note(0, 0, "", std::move(reason));
    return !bytes_.empty() || Refuse(0, 0, "", "the file is empty (a byte order mark alone)");
  }

  bool CutAtEndMark() {
    const size_t mark = bytes_.find(kEndMark);
    if (mark == std::string_view::npos) return true;
    const bool nothing_after = bytes_.find_first_not_of("\r\n\x1a ", mark) == std::string_view::npos;
    bytes_ = bytes_.substr(0, mark);
    return nothing_after || Refuse(0, 0, "", "there is data after the end mark 0x1A");
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
        Note(line_number_, 0, "", "lines end with LF alone instead of CRLF");
      }
      line = {p, static_cast<size_t>(stop - p)};
      const char* const next = newline == nullptr ? end : newline + 1;
      TakeLine(line, p, next);
      p = next;
    }
    CloseReceipt(p);
    if (!go_on_ || file_.head.flavour == Flavour::kUnknown) return;
    if (go_line_ > 0) return;
    if (EndsInsideCharacter(line)) {
      Refuse(line_number_, 0, "", "the file ends in the middle of a character: it was cut in transmission");
    }
    Refuse(0, 0, "", "the file ends without a GO record: it was cut in transmission");
  }

  void TakeLine(std::string_view line, const char* begin, const char* next) {
    if (line.empty()) {
      if (!std::exchange(blank_line_seen_, true)) Note(line_number_, 0, "", "a blank line");
      return;
    }
    if (go_line_ > 0) {
      if (!std::exchange(data_after_go_seen_, true)) Refuse(line_number_, 0, "", "there is data after the GO record");
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
        Refuse(line_number_, 0, "", Sentence("a second header ", id, " within the file"));
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
          Refuse(line_number_, 0, "", "a record before the first RE");
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
    const std::string_view text = Column(line, 19);
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
      Refuse(line_number_, 0, "",
             Sentence("the file starts with ", LooksLikeId(id) ? id : "no record",
                      "; expected a header: IR, UK, YK or HM"));
      return;
    }
    file_.head.bytes = with_ending;
    for (Complaint& refusal : refusals) Add(std::move(refusal));
    Complaint none;
    CheckFields(line, line_number_, PlansOf(file_.head.flavour).Of(id), 0, none);
    if (file_.head.claim_month > claim_month_) {
      Refuse(line_number_, 0, "請求年月",
             Sentence(file_.head.claim_month.ToString(), " is later than the claim month ", claim_month_.ToString()));
    } else if (file_.head.claim_month < claim_month_ && file_.head.claim_month.index != 0) {
      Note(line_number_, 0, "請求年月",
           Sentence(file_.head.claim_month.ToString(), " is earlier than the claim month ", claim_month_.ToString(),
                    " (late or claimed again)"));
    }
  }

  void TakeTrailer(std::string_view line) {
    const RecordPlan& plan = PlansOf(file_.head.flavour).Of("GO");
    Complaint none;
    CheckFields(line, line_number_, plan, 0, none);
    const auto number = [&](int column, size_t digits, int64_t& value) {
      const std::string_view text = Column(line, column);
      if (text.empty()) return;
      if (const std::optional<int64_t> parsed = ParseDigits(text, digits)) {
        value = *parsed;
      } else {
        Refuse(line_number_, column, plan.layout->NameAt(column),
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
      Note(line_number_, 4, plan.layout->NameAt(4), "blank; taken as 99, the last or only volume");
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
      Refuse(go_line_, column, field, Sentence("blank; the receipts of this file make ", counted, " ", what));
    } else if (stated != counted) {
      Refuse(go_line_, column, field,
             Sentence("says ", stated, " ", what, ", the receipts of this file make ", counted));
    }
  }

  void CheckName() {
    const Flavour named = FlavourOfFileName(name_);
    const Flavour found = file_.head.flavour;
    if (named == Flavour::kUnknown || named == found) return;
    if (named == Flavour::kDpc && found == Flavour::kMedical && dpc_seen_) return;
    Note(0, 0, "",
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
    Complaint refusal;
    bool accepted = ReadReceiptInto(file_.head, bytes, receipt, refusal);
    refusal.line += receipt_line_ - 1;
    if (receipt.flavour == Flavour::kDpc) dpc_seen_ = true;
    Count(receipt, accepted);
    accepted = CheckReceipt(receipt, accepted, refusal);
    if (accepted && (receipt.summary_class == 2 || receipt.summary_class == 3)) {
      accepted = false;
      refusal = {Severity::kReceipt, receipt_line_, 19, "レセプト総括区分",
                 "a detail of a group without the group's first RE"};
    }
    if (accepted) {
      const auto [known, fresh] = line_of_number_.try_emplace(receipt.number, receipt_line_);
      accepted = fresh;
      if (!fresh) {
        refusal = {Severity::kReceipt, receipt_line_, 2, "レセプト番号",
                   Sentence("\"", receipt.number, "\" was used already, on line ", known->second)};
      }
    }
    if (!accepted) {
      ++file_.refused;
      refusal.receipt = receipt.number;
      Add(std::move(refusal));
      return;
    }
    file_.receipts.push_back(std::move(receipt));
    file_.first_line.push_back(receipt_line_);
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

  // Every column of every line. Tells whether the receipt may still be accepted.
  bool CheckReceipt(const Receipt& receipt, bool accepted, Complaint& refusal) {
    const Plans& plans = PlansOf(receipt.flavour);
    ForEachLine(receipt.bytes, [&](std::string_view line, uint32_t number) {
      if (line.empty()) return true;
      const std::string_view id = IdOf(line);
      const RecordPlan& plan = plans.Of(id);
      const uint32_t line_number = receipt_line_ + number;
      if (plan.layout != nullptr) {
        const bool readable = CheckFields(line, line_number, plan, accepted ? 0 : refusal.column, refusal);
        accepted = accepted && readable;
      } else if ((plan.seen & kSeenUnknown) && !unknown_noted_[Kind(id)]) {
        unknown_noted_[Kind(id)] = true;
        Note(line_number, 0, "",
             Sentence("unknown record ", LooksLikeId(id) ? id : "", " is carried through as it is"));
      }
      return true;
    });
    return accepted;
  }

  // False when a column that decisions need holds bytes that are no characters; `refusal` then says so. A column
  // already refused (`refused_column` on refusal.line) is not complained about twice.
  bool CheckFields(std::string_view line, uint32_t line_number, const RecordPlan& plan, int refused_column,
                   Complaint& refusal) {
    bool readable = true;
    CheckLine(line, plan.rules, [&](int column, std::string_view text, Violation what) {
      if (refused_column == column && refusal.line == line_number) return;
      if (IsRefused(line_number, column)) return;
      if (what == Violation::kExtra) {
        if (!extra_noted_[Kind(plan.layout->id)]) {
          extra_noted_[Kind(plan.layout->id)] = true;
          Note(line_number, column, "",
               Sentence(plan.layout->id, " has more than its ", plan.layout->columns,
                        " columns; they are carried through"));
        }
        return;
      }
      const FieldLayout& field = *plan.layout->FieldAt(column);
      if (what == Violation::kForbidden && plan.Wants(column) && !IsValidCp932(text) && readable &&
          refused_column == 0) {
        readable = false;
        refusal = {Severity::kReceipt, line_number, column, plan.layout->NameAt(column), "bytes that are no character"};
        return;
      }
      Note(line_number, column, plan.layout->NameAt(column), ReasonOf(what, field, text));
    });
    if (!valid_ && readable) readable = CheckCharacters(line, line_number, plan, refused_column, refusal);
    return readable;
  }

  // Pairs that have the shape of a character but are none. Only for files that hold such bytes at all.
  bool CheckCharacters(std::string_view line, uint32_t line_number, const RecordPlan& plan, int refused_column,
                       Complaint& refusal) {
    if (IsValidCp932(line)) return true;
    for (const WantedColumn want : plan.wanted) {
      const std::string_view text = Column(line, want.column);
      if (IsValidCp932(text) || refused_column != 0) continue;
      refusal = {Severity::kReceipt, line_number, want.column, plan.layout->NameAt(want.column),
                 "bytes that are no character"};
      return false;
    }
    if (IsWellFormed(line)) Note(line_number, 0, "", "holds bytes that are no character");
    return true;
  }

  static bool IsWellFormed(std::string_view line) {
    bool well = true;
    CheckLine(line, std::vector<ColumnRule>(256), [&](int, std::string_view, Violation what) {
      if (what == Violation::kForbidden) well = false;
    });
    return well;
  }

  static std::string ReasonOf(Violation what, const FieldLayout& field, std::string_view text) {
    if (what == Violation::kMixed) return "mixes half-width and full-width characters (a space counts)";
    if (what == Violation::kForbidden)
      return "holds a control character, a quotation mark or a byte that is no character";
    const std::string expected = what == Violation::kLength ? ExpectedLength(field) : Expected(field);
    return Sentence(Shown(&field, text), "; expected ", expected);
  }

  // --- complaints --------------------------------------------------------------------------------------------------

  // Whether the whole file is refused already for this column (the head's and GO's columns).
  bool IsRefused(uint32_t line, int column) const {
    return std::any_of(head_refusals_.begin(), head_refusals_.end(),
                       [&](const auto& at) { return at.first == line && at.second == column; });
  }

  void Add(Complaint complaint) {
    if (complaint.severity == Severity::kFile) {
      file_.refused_whole = true;
      head_refusals_.emplace_back(complaint.line, complaint.column);
    } else if (file_.complaints.size() >= kMostComplaints) {
      ++dropped_;
      return;
    }
    file_.complaints.push_back(std::move(complaint));
  }
  void Note(uint32_t line, int column, std::string_view field, std::string reason) {
    Add({Severity::kNote, line, column, std::string(field), std::move(reason)});
  }
  bool Refuse(uint32_t line, int column, std::string_view field, std::string reason) {
    Add({Severity::kFile, line, column, std::string(field), std::move(reason)});
    return false;
  }

  void Finish() {
    std::stable_sort(file_.complaints.begin(), file_.complaints.end(),
                     [](const Complaint& a, const Complaint& b) { return a.line < b.line; });
    if (dropped_ > 0) {
      file_.complaints.push_back({Severity::kNote, line_number_, 0, "", Sentence("and ", dropped_, " more")});
    }
    if (file_.refused_whole) {
      file_.receipts.clear();
      file_.first_line.clear();
    }
  }

  const std::string_view name_;
  const ServiceMonth claim_month_;
  ParsedFile& file_;
  std::string_view bytes_;
  bool valid_ = true;  // every byte is a CP932 character

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
  std::bitset<0x10000> unknown_noted_, extra_noted_;
  std::vector<std::pair<uint32_t, int>> head_refusals_;
  uint64_t dropped_ = 0;
};

}  // namespace

ParsedFile ReadFile(std::string_view name, std::string_view bytes, ServiceMonth claim_month) {
  ParsedFile file;
  FileReader(name, claim_month, file).Read(bytes);
  return file;
}

}  // namespace furikae::uke
