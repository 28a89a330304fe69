#include "core/uke/writer.h"

#include <algorithm>

#include "core/uke/cp932.h"
#include "core/uke/layouts.h"

namespace furikae::uke {
namespace {

constexpr int kLastVolume = 99;
constexpr char kEndMark = '\x1a';

std::string FieldOf(std::string_view utf8) {
  std::string bytes = ToCp932Replacing(utf8);
  const auto breaks_structure = [](char c) { return c == ',' || c == '"' || static_cast<unsigned char>(c) < 0x20; };
  std::replace_if(bytes.begin(), bytes.end(), breaks_structure, ' ');  // never a second byte: those are 0x40 and above
  return bytes;
}

std::string Make(const RecordLayout* layout, const std::vector<NamedValue>& values) {
  if (layout == nullptr) return "";
  std::vector<std::string> columns(static_cast<size_t>(layout->columns));
  columns[0] = layout->id;
  for (const NamedValue& value : values) {
    const int column = layout->ColumnOf(value.name);
    if (column == 0) return "";
    columns[static_cast<size_t>(column - 1)] = FieldOf(value.value);
  }
  std::string out;
  for (const std::string& column : columns) {
    if (!out.empty()) out += ',';
    out += column;
  }
  return out + "\r\n";
}

}  // namespace

std::string MakeRecord(Flavour flavour, std::string_view id, const std::vector<NamedValue>& values) {
  return Make(FindRecord(flavour, id), values);
}

std::string MakeAgencyRecord(std::string_view id, const std::vector<NamedValue>& values) {
  return Make(FindAgencyRecord(id), values);
}

std::string MakeTrailer(const Trailer& trailer) {
  std::string out = "GO,";
  if (trailer.volume == kLastVolume) out += std::to_string(trailer.claims);
  out += ',';
  if (trailer.volume == kLastVolume) out += std::to_string(trailer.points);
  out += trailer.volume < 10 ? ",0" : ",";
  out += std::to_string(trailer.volume);
  out += "\r\n";
  return out + kEndMark;
}

}  // namespace furikae::uke
