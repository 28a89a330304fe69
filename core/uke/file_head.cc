#include "core/uke/file_head.h"

#include "absl/strings/ascii.h"
#include "core/uke/complaint.h"
#include "core/uke/edit.h"
#include "core/uke/layouts.h"
#include "core/uke/scan.h"

namespace furikae::uke {
namespace {

struct HeadRecord {
  std::string_view id;
  Flavour flavour;
  int point_table;
  std::string_view code_name;  // what the flavour calls the institution's code
};
constexpr HeadRecord kHeadRecords[] = {
    {"IR", Flavour::kMedical, 1, "医療機関コード"},
    {"UK", Flavour::kDental, 3, "医療機関コード"},
    {"YK", Flavour::kPharmacy, 4, "薬局コード"},
    {"HM", Flavour::kNursing, 6, "訪問看護ステーションコード"},
};
constexpr int kPrefectures = 47;

const HeadRecord* Find(std::string_view id) {
  for (const HeadRecord& record : kHeadRecords) {
    if (record.id == id) return &record;
  }
  return nullptr;
}

struct FileNamePart {
  std::string_view prefix;
  Flavour flavour;
};
constexpr FileNamePart kFileNames[] = {{"RECEIPTC", Flavour::kMedical},
                                       {"RECEIPTD", Flavour::kDpc},
                                       {"RECEIPTS", Flavour::kDental},
                                       {"RECEIPTY", Flavour::kPharmacy}};

}  // namespace

bool ReadFileHead(std::string_view line, uint32_t line_number, FileHead& head, std::vector<Complaint>& refusals) {
  const HeadRecord* record = Find(IdOf(line));
  if (record == nullptr) return false;
  const RecordLayout& layout = *FindRecord(record->flavour, record->id);
  head.flavour = record->flavour;
  const auto refuse = [&](std::string_view name, std::string_view expected) {
    const int column = layout.ColumnOf(name);
    refusals.push_back({Complaint::Severity::kFile, line_number, column, std::string(name),
                        Sentence(Shown(layout.FieldAt(column), Column(line, column)), "; expected ", expected)});
  };
  const auto number = [&](std::string_view name, size_t digits) -> int64_t {
    const std::string_view text = Column(line, layout.ColumnOf(name));
    return text.size() == digits ? ParseDigits(text, digits).value_or(-1) : -1;
  };

  const int64_t agency = number("審査支払機関", 1);
  if (agency != 1 && agency != 2) refuse("審査支払機関", "1 or 2");
  const int64_t prefecture = number("都道府県", 2);
  if (prefecture < 1 || prefecture > kPrefectures) refuse("都道府県", "01 to 47");
  if (number("点数表", 1) != record->point_table) refuse("点数表", Sentence(record->point_table));
  const int64_t code = number(record->code_name, 7);
  if (code < 0) refuse(record->code_name, "exactly 7 digits");
  const std::string_view month_text = Column(line, layout.ColumnOf("請求年月"));
  const std::optional<ServiceMonth> month = AllDigits(month_text) ? ServiceMonth::Parse(month_text) : std::nullopt;
  if (!month) refuse("請求年月", "a month as YYYYMM or GYYMM");
  constexpr std::string_view kVolume = "マルチボリューム識別情報";
  const std::string_view volume_text = Column(line, layout.ColumnOf(kVolume));
  const std::optional<int64_t> volume = volume_text.empty() ? 0 : ParseDigits(volume_text, 2);
  if (!volume) refuse(kVolume, "two digits");
  if (!refusals.empty()) return true;

  head.agency = static_cast<Agency>(agency);
  head.institution =
      InstitutionCode::Of(static_cast<int>(prefecture), record->point_table, static_cast<uint32_t>(code));
  head.claim_month = *month;
  head.volume = static_cast<int>(*volume);
  return true;
}

Flavour FlavourOfFileName(std::string_view path) {
  const std::string name = absl::AsciiStrToUpper(std::string(path.substr(path.find_last_of("/\\") + 1)));
  if (name.ends_with(".CYO")) return Flavour::kPharmacy;
  for (const FileNamePart& part : kFileNames) {
    const bool begins = name.starts_with(part.prefix);
    if (begins && (name.size() == part.prefix.size() ||
                   !absl::ascii_isalpha(static_cast<unsigned char>(name[part.prefix.size()])))) {
      return part.flavour;
    }
  }
  return Flavour::kUnknown;
}

}  // namespace furikae::uke
