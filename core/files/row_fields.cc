#include "core/files/row_fields.h"

#include <charconv>

#include "absl/strings/str_cat.h"
#include "core/individual_number.h"
#include "core/text/name_keys.h"
#include "core/text/utf8.h"

namespace furikae {
namespace {

constexpr int kFirstYear = 1868;  // 明治元年: no coverage, insurer or patient is of before
constexpr char kTooEarly[] = "lies before 1868";

// 点数表: 医科, 歯科, 調剤, 訪問看護.
bool IsPointTable(int number) { return number == 1 || number == 3 || number == 4 || number == 6; }

}  // namespace

void RowFields::Refuse(int column, std::string reason) {
  ok_ = false;
  csv_.Refuse(column, std::move(reason));
}

std::string_view RowFields::Raw(int column) const {
  std::string_view field = csv_.Field(column);
  while (field.starts_with(' ')) field.remove_prefix(1);
  while (field.ends_with(' ')) field.remove_suffix(1);
  return field;
}

std::string RowFields::OptionalText(int column) {
  const std::string_view text = Raw(column);
  if (text.size() > text::kLongestText) {
    Refuse(column, absl::StrCat("longer than ", text::kLongestText, " bytes"));
    return {};
  }
  bool control = false;
  for (char c : text) control = control || static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  if (control) Refuse(column, "contains a control character");
  if (!text::IsUtf8(text)) Refuse(column, "is not valid UTF-8");
  return std::string(text);
}

std::string RowFields::RequiredText(int column) {
  std::string text = OptionalText(column);
  if (text.empty()) Refuse(column, "must not be blank");
  return text;
}

std::string RowFields::SubjectId(int column, bool required) {
  std::string subject = required ? RequiredText(column) : OptionalText(column);
  if (IsIndividualNumber(subject)) {
    Refuse(column, "is an Individual Number (マイナンバー), which must not be held here; use an opaque identifier");
  }
  return subject;
}

Date RowFields::RequiredDate(int column) {
  // Wareki is for receipts: in a table seven digits are a slip.
  const std::string_view text = Raw(column);
  const std::optional<Date> day = text.size() == 10 ? Date::Parse(text) : std::nullopt;
  if (!day) Refuse(column, "expected a date YYYY-MM-DD");
  if (day && day->Year() < kFirstYear) Refuse(column, kTooEarly);
  return day.value_or(Date{});
}

Date RowFields::OptionalDate(int column, Date blank) { return Blank(column) ? blank : RequiredDate(column); }

ServiceMonth RowFields::RequiredMonth(int column) {
  const std::string_view text = Raw(column);
  const std::optional<ServiceMonth> month = text.size() == 7 ? ServiceMonth::Parse(text) : std::nullopt;
  if (!month) Refuse(column, "expected a month YYYY-MM");
  if (month && month->Year() < kFirstYear) Refuse(column, kTooEarly);
  return month.value_or(ServiceMonth{});
}

Moment RowFields::RequiredMoment(int column) {
  const std::optional<Moment> moment = Moment::Parse(Raw(column));
  if (!moment) Refuse(column, "expected a moment YYYY-MM-DDThh:mm:ss+09:00");
  return moment.value_or(Moment{});
}

InsurerNumber RowFields::RequiredInsurer(int column) {
  const std::optional<InsurerNumber> number = InsurerNumber::Parse(Raw(column));
  if (!number) Refuse(column, "expected an insurer number of 1 to 8 digits");
  return number.value_or(InsurerNumber{});
}

InsurerNumber RowFields::OptionalInsurer(int column) {
  return Blank(column) ? InsurerNumber{} : RequiredInsurer(column);
}

// Under a number whose check digit does not fit no insurer can be billed, and its own receipts would be returned.
InsurerNumber RowFields::PossibleInsurer(int column) {
  const InsurerNumber number = RequiredInsurer(column);
  if (number.value == 0) return number;
  if (const std::string_view why = WhyNoInsurer(number); !why.empty()) Refuse(column, std::string(why));
  return number;
}

InstitutionCode RowFields::RequiredInstitution(int column) {
  const std::optional<InstitutionCode> code = InstitutionCode::Parse(Raw(column));
  if (!code || !IsPrefecture(code->Prefecture()) || !IsPointTable(code->PointTable())) {
    Refuse(column, "expected an institution code of 10 digits (prefecture 01 to 47, point table 1 3 4 or 6, 7 digits)");
  }
  return code.value_or(InstitutionCode{});
}

int64_t RowFields::RequiredInteger(int column, int64_t least, int64_t most) {
  const std::string_view text = Raw(column);
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
    Refuse(column, absl::StrCat("expected a whole number from ", least, " to ", most));
  }
  return value;
}

bool RowFields::Switch(int column) {
  const std::string_view text = Raw(column);
  if (!text.empty() && text != "0" && text != "1") Refuse(column, "expected 0 or 1");
  return text == "1";
}

std::string_view WhyNoInsurer(InsurerNumber number) {
  if (!number.CheckDigitHolds()) return "the check digit (the last one) does not fit the digits before it";
  if (!IsPrefecture(number.Prefecture())) return "names no prefecture: its 3rd and 4th of 8 digits must be 01 to 47";
  return {};
}

TableReport ReportOf(const CsvReader& csv, int64_t loaded) {
  return {loaded + csv.refused(),    loaded,      csv.refused(), csv.complaints(),
          csv.complaints_left_out(), csv.notes(), csv.gaps()};
}

}  // namespace furikae
