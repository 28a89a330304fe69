#include "core/uke/layouts.h"

#include <array>
#include <bit>
#include <string>

namespace furikae::uke {
namespace {

constexpr FieldLayout Field(int column, std::string_view name, Mode mode, int max_bytes, bool fixed) {
  return {column, 1, 1, name, mode, max_bytes, fixed};
}
constexpr FieldLayout D(int column, std::string_view name, int max) {
  return Field(column, name, Mode::kDigits, max, false);
}
constexpr FieldLayout A(int column, std::string_view name, int max) {
  return Field(column, name, Mode::kAscii, max, false);
}
constexpr FieldLayout K(int column, std::string_view name, int max) {
  return Field(column, name, Mode::kKanji, max, false);
}
constexpr FieldLayout E(int column, std::string_view name, int max) {
  return Field(column, name, Mode::kAsciiOrKanji, max, false);
}
constexpr FieldLayout X(int column, std::string_view name, int max) {
  return Field(column, name, Mode::kAny, max, false);
}
constexpr FieldLayout DF(int column, std::string_view name, int max) {
  return Field(column, name, Mode::kDigits, max, true);
}
constexpr FieldLayout AF(int column, std::string_view name, int max) {
  return Field(column, name, Mode::kAscii, max, true);
}
constexpr FieldLayout Many(int repeat, int group, FieldLayout field) {
  field.repeat = repeat;
  field.group = group;
  return field;
}

enum FlavourBit : unsigned {
  kMedicalBit = 1u << static_cast<int>(Flavour::kMedical),
  kDpcBit = 1u << static_cast<int>(Flavour::kDpc),
  kDentalBit = 1u << static_cast<int>(Flavour::kDental),
  kPharmacyBit = 1u << static_cast<int>(Flavour::kPharmacy),
  kNursingBit = 1u << static_cast<int>(Flavour::kNursing),
  kEveryFlavour = kMedicalBit | kDpcBit | kDentalBit | kPharmacyBit | kNursingBit,
  kAgencyBit = 1u << 0,
};

#include "core/uke/layout_rows.inc"

constexpr int kLetters = 26;

// Position of a two-letter record id in a table of all of them; -1 for anything else.
int IdIndex(std::string_view id) {
  if (id.size() != 2) return -1;
  const unsigned first = static_cast<unsigned char>(id[0]) - 'A', second = static_cast<unsigned char>(id[1]) - 'A';
  return first < kLetters && second < kLetters ? static_cast<int>(first * kLetters + second) : -1;
}

using Index = std::array<const RecordLayout*, kLetters * kLetters>;

Index IndexOf(unsigned flavour_bit) {
  Index index{};
  for (const Row& row : kRows) {
    if (row.flavours & flavour_bit) index[IdIndex(row.record.id)] = &row.record;
  }
  return index;
}

const RecordLayout* Find(unsigned flavour_bit, std::string_view id) {
  static const std::array<Index, 6> kIndexes = {IndexOf(1u << 0), IndexOf(1u << 1), IndexOf(1u << 2),
                                                IndexOf(1u << 3), IndexOf(1u << 4), IndexOf(1u << 5)};
  const int position = IdIndex(id);
  return position < 0 ? nullptr : kIndexes[std::countr_zero(flavour_bit)][position];
}

// Whether `name` is the row's name, with a number in place of its "#"; the number is 1 when there is no "#".
bool NameMatches(std::string_view row_name, std::string_view name, int* number) {
  *number = 1;
  const size_t mark = row_name.find('#');
  if (mark == std::string_view::npos) return row_name == name;
  const std::string_view before = row_name.substr(0, mark), after = row_name.substr(mark + 1);
  if (name.size() < before.size() + after.size() || !name.starts_with(before) || !name.ends_with(after)) return false;
  const std::string_view digits = name.substr(before.size(), name.size() - before.size() - after.size());
  if (digits == "#") return true;
  if (digits.empty() || digits.size() > 3) return false;
  *number = 0;
  for (char c : digits) {
    if (c < '0' || c > '9') return false;
    *number = *number * 10 + (c - '0');
  }
  return *number >= 1;
}

}  // namespace

int RecordLayout::ColumnOf(std::string_view field_name) const {
  for (const FieldLayout& field : fields) {
    int number = 1;
    if (NameMatches(field.name, field_name, &number) && number <= field.repeat) {
      return field.column + (number - 1) * field.group;
    }
  }
  return 0;
}

const FieldLayout* RecordLayout::FieldAt(int column) const {
  for (const FieldLayout& field : fields) {
    const int distance = column - field.column;
    if (distance >= 0 && distance % field.group == 0 && distance / field.group < field.repeat) return &field;
  }
  return nullptr;
}

std::string RecordLayout::NameAt(int column) const {
  const FieldLayout* field = FieldAt(column);
  if (field == nullptr) return "";
  std::string name(field->name);
  const size_t mark = name.find('#');
  if (mark != std::string::npos) name.replace(mark, 1, std::to_string((column - field->column) / field->group + 1));
  return name;
}

const RecordLayout* FindRecord(Flavour flavour, std::string_view id) {
  const RecordLayout* found = Find(1u << static_cast<int>(flavour), id);
  if (found == nullptr && flavour == Flavour::kDpc) found = Find(kMedicalBit, id);
  return flavour == Flavour::kUnknown ? nullptr : found;
}

const RecordLayout* FindAgencyRecord(std::string_view id) { return Find(kAgencyBit, id); }

}  // namespace furikae::uke
