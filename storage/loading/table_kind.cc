#include <array>

#include "absl/strings/ascii.h"
#include "storage/loading/loading.h"

namespace furikae::storage {
namespace {

struct NamePattern {
  std::string_view beginning, ending;  // lower case
  TableKind kind;
};
constexpr std::array<NamePattern, 8> kPatterns = {{
    {"registry", ".csv", TableKind::kRegistry},
    {"registry", ".xml", TableKind::kRegistryXml},
    {"insurers", ".csv", TableKind::kInsurers},
    {"institutions", ".csv", TableKind::kInstitutions},
    {"payments", ".csv", TableKind::kPayments},
    {"people", ".csv", TableKind::kPeople},
    {"ken_all", ".csv", TableKind::kTowns},
    {"towns", ".csv", TableKind::kTowns},
}};

}  // namespace

std::optional<TableKind> KindOfFile(std::string_view path) {
  std::string name(path.substr(path.find_last_of('/') + 1));  // npos + 1 is 0
  absl::AsciiStrToLower(&name);
  for (const NamePattern& pattern : kPatterns) {
    const bool long_enough = name.size() >= pattern.beginning.size() + pattern.ending.size();
    if (long_enough && name.starts_with(pattern.beginning) && name.ends_with(pattern.ending)) return pattern.kind;
  }
  return std::nullopt;
}

std::string_view TableKindName(TableKind kind) {
  switch (kind) {
    case TableKind::kRegistry:
      return "registry";
    case TableKind::kRegistryXml:
      return "registry_xml";
    case TableKind::kInsurers:
      return "insurers";
    case TableKind::kInstitutions:
      return "institutions";
    case TableKind::kPayments:
      return "payments";
    case TableKind::kTowns:
      return "towns";
    case TableKind::kPeople:
      return "people";
  }
  return "";
}

}  // namespace furikae::storage
