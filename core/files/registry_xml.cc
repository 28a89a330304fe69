#include "core/files/registry_xml.h"

#include <openssl/evp.h>

#include <array>
#include <pugixml.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/files/registry_csv.h"
#include "core/files/row_fields.h"
#include "core/text/name_keys.h"
#include "core/text/utf8.h"
#include "core/uke/cp932.h"

namespace furikae {
namespace {

// Reads the children of one ResultOfQualificationConfirmation; what is wrong becomes complaints of the row.
class Result {
 public:
  Result(pugi::xml_node node, std::string_view file, int64_t row, TableReport& report)
      : node_(node), file_(file), row_(row), report_(report) {}

  bool ok() const { return ok_; }

  void Refuse(std::string_view element, std::string_view reason) {
    ok_ = false;
    if (report_.complaints.size() < kMostComplaints) {
      report_.complaints.push_back({std::string(file_), row_, std::string(element), std::string(reason)});
    } else {
      ++report_.complaints_left_out;
    }
  }

  std::string_view Raw(const char* element) const {
    std::string_view text = node_.child_value(element);
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
  }

  std::string Text(const char* element) {
    const std::string_view value = Raw(element);
    if (value.size() > text::kLongestText) Refuse(element, "is too long");
    if (!text::IsUtf8(value)) Refuse(element, "is not valid text");
    return std::string(value.substr(0, text::kLongestText));
  }

  std::string RequiredText(const char* element) {
    if (Raw(element).empty()) Refuse(element, "must not be blank");
    return Text(element);
  }

  Date RequiredDay(const char* element) {
    const std::string_view value = Raw(element);
    const std::optional<Date> day = value.size() == 8 ? Date::Parse(value) : std::nullopt;
    if (!day) Refuse(element, "expected a date YYYYMMDD");
    return day.value_or(Date{});
  }

  Date OptionalDay(const char* element, Date blank) { return Raw(element).empty() ? blank : RequiredDay(element); }

  InsurerNumber Insurer(const char* element) {
    const std::optional<InsurerNumber> number = InsurerNumber::Parse(Raw(element));
    if (!number) {
      Refuse(element, "expected an insurer number of 1 to 8 digits");
    } else if (const std::string_view why = WhyNoInsurer(*number); !why.empty()) {
      Refuse(element, why);
    }
    return number.value_or(InsurerNumber{});
  }

  template <typename Value>
  Value Code(const char* element, std::optional<Value> (*parse)(std::string_view), std::string_view expected) {
    const std::optional<Value> value = parse(Raw(element));
    if (!value) Refuse(element, absl::StrCat("expected ", std::string(expected)));
    return value.value_or(Value{});
  }

 private:
  pugi::xml_node node_;
  std::string_view file_;
  int64_t row_;
  TableReport& report_;
  bool ok_ = true;
};

// The name a card shows may differ from the one in the family register, and so may the sex; 3 is "not stated".
std::optional<Sex> ParseSex(std::string_view code) {
  if (code == "1") return Sex::kMale;
  if (code == "2") return Sex::kFemale;
  if (code == "3") return Sex::kUnknown;
  return std::nullopt;
}

RegistryRow RowOf(Result& result) {
  RegistryRow row;
  row.card.insurer = result.Insurer("InsurerNumber");
  row.card.symbol = result.Text("InsuredCardSymbol");
  row.card.number = result.RequiredText("InsuredIdentificationNumber");
  row.card.branch = result.Text("InsuredBranchNumber");
  row.family = result.Code("PersonalFamilyClassification", &ParseFamily, "1, 2 or blank");
  row.name = result.RequiredText("Name");
  row.name_kana = result.Text("NameKana");
  row.birth = result.RequiredDay("Birthdate");
  row.sex = result.Code("Sex1", &ParseSex, "1, 2 or 3");
  row.post_number = result.Text("PostNumber");
  row.address = result.Text("Address");
  row.qualified = result.RequiredDay("InsuredCardValidDate");
  const Date last = result.OptionalDay("InsuredCardExpirationDate", kOpenEnd);
  row.disqualified = last == kOpenEnd ? kOpenEnd : last.Plus(1);
  row.loss_reason = result.Code("ReasonOfLoss", &ParseLossReason, "01, 02, 03, 99 or blank");
  row.issued = result.OptionalDay("InsuredCertificateIssuanceDate", Date{0});
  row.contribution_per_cent =
      result.Code("InsuredPartialContributionRatio", &ParseContributionPerCent, "010, 020, 030 or blank");
  if (result.ok() && row.disqualified <= row.qualified) {
    result.Refuse("InsuredCardExpirationDate", "lies before InsuredCardValidDate");
  }
  return row;
}

std::string SubjectOf(const RegistryRow& row) {
  const CardText card = FoldCard(row.card.symbol, row.card.number);
  const std::string kana = text::KanaKey(row.name_kana);
  const std::string identity = absl::StrCat(
      row.card.insurer.ToString(), "\x1f", card.symbol, "\x1f", card.number, "\x1f", BranchKey(row.card.branch), "\x1f",
      row.birth.ToCompact(), "\x1f", static_cast<int>(row.sex), "\x1f", kana.empty() ? text::KanjiKey(row.name) : kana);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  EVP_Digest(identity.data(), identity.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return absl::StrCat("oqs-",
                      absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(digest.data()), 16)));
}

// "20241031123456", Japan time.
std::optional<Moment> ParseExecutionTime(std::string_view text) {
  if (text.size() != 14) return std::nullopt;
  const auto part = [&](size_t from, size_t count) { return std::string(text.substr(from, count)); };
  return Moment::Parse(absl::StrCat(part(0, 4), "-", part(4, 2), "-", part(6, 2), "T", part(8, 2), ":", part(10, 2),
                                    ":", part(12, 2), "+09:00"));
}

// Walks a document of any depth without recursion and hands over each result with its ResultList and its message.
class Walker : public pugi::xml_tree_walker {
 public:
  Walker(std::string_view file, TableReport& report, absl::FunctionRef<void(RegistryRow&&)> deliver)
      : file_(file), report_(report), deliver_(deliver) {}

  bool for_each(pugi::xml_node& node) override {
    const std::string_view name = node.name();
    if (name == "ProcessExecutionTime") processed_ = ParseExecutionTime(node.child_value());
    if (name == "ResultList") {
      persons_.clear();
      one_reply_ = std::distance(node.children().begin(), node.children().end()) <= kMostResultsOfAPerson;
    }
    if (name == "ResultOfQualificationConfirmation") Take(node);
    return true;
  }

 private:
  struct Person {
    Date birth;
    Sex sex;
    std::string name;  // key
    std::string subject;
  };

  void Take(pugi::xml_node node) {
    ++report_.rows;
    Result result(node, file_, report_.rows, report_);
    RegistryRow row = RowOf(result);
    if (processed_) {
      row.registered_at = *processed_;
    } else {
      result.Refuse("ProcessExecutionTime", "expected YYYYMMDDhhmmss in front of the results");
    }
    if (!result.ok()) {
      ++report_.refused;
      AddGap(report_.rows, report_.gaps);
      return;
    }
    row.subject_id = SubjectInList(row);
    deliver_(std::move(row));
    ++report_.loaded;
  }

  // A long list is about many people, of whom two may share name, birth date and sex: nobody is linked there.
  static constexpr std::ptrdiff_t kMostResultsOfAPerson = 4;

  std::string SubjectInList(const RegistryRow& row) {
    std::string name = text::KanjiKey(row.name);
    for (const Person& person : persons_) {
      if (one_reply_ && person.birth == row.birth && person.sex == row.sex && person.name == name)
        return person.subject;
    }
    if (!one_reply_) return SubjectOf(row);
    return persons_.emplace_back(Person{row.birth, row.sex, std::move(name), SubjectOf(row)}).subject;
  }

  std::string_view file_;
  TableReport& report_;
  absl::FunctionRef<void(RegistryRow&&)> deliver_;
  std::optional<Moment> processed_;
  std::vector<Person> persons_;  // of the ResultList being read
  bool one_reply_ = false;       // its results can be about one person
};

// The declaration is ASCII in every encoding but UTF-16, which pugixml recognises by itself.
bool DeclaresShiftJis(std::string_view bytes) {
  const std::string_view declaration = bytes.substr(0, std::min(bytes.find('>'), size_t{200}));
  for (std::string_view name : {"Shift_JIS", "shift_jis", "SHIFT_JIS", "Windows-31J", "windows-31j"}) {
    if (declaration.find(name) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<TableReport> ReadRegistryXml(std::string_view file, std::string_view bytes,
                                            absl::FunctionRef<void(RegistryRow&&)> deliver) {
  const std::string name(file);
  if (bytes.size() > kLongestXml)
    return absl::InvalidArgumentError(absl::StrCat(name, " is larger than ", kLongestXml, " bytes; split it"));
  std::string converted;
  if (DeclaresShiftJis(bytes)) bytes = converted = uke::FromCp932(bytes);
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(
      bytes.data(), bytes.size(), pugi::parse_default, converted.empty() ? pugi::encoding_auto : pugi::encoding_utf8);
  if (!parsed)
    return absl::InvalidArgumentError(absl::StrCat(name, ": byte ", parsed.offset, ": ", parsed.description()));
  TableReport report;
  Walker walker(file, report, deliver);
  document.traverse(walker);
  if (report.rows == 0)
    return absl::InvalidArgumentError(absl::StrCat(name, " holds no ResultOfQualificationConfirmation"));
  return report;
}

}  // namespace furikae
