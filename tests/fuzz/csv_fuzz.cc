// Any bytes may come as an input table: every reader ends, within bounds, with a report that adds up.
#include <cstdlib>

#include "core/files/institutions_csv.h"
#include "core/files/insurers_csv.h"
#include "core/files/payments_csv.h"
#include "core/files/people_csv.h"
#include "core/files/registry_csv.h"
#include "core/files/registry_xml.h"
#include "core/files/towns_csv.h"
#include "core/text/name_keys.h"

namespace furikae {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

template <typename Row>
void Read(absl::StatusOr<TableReport> (*read)(std::string_view, std::string_view, absl::FunctionRef<void(Row&&)>),
          std::string_view bytes) {
  int64_t delivered = 0;
  const auto report = read("fuzz", bytes, [&](Row&&) { ++delivered; });
  if (!report.ok()) return;
  Require(report->rows == report->loaded + report->refused);
  Require(delivered <= report->loaded && report->complaints.size() <= kMostComplaints);
}

// With the header in front, the fuzzer spends its time on the rows.
template <typename Row>
void ReadBoth(absl::StatusOr<TableReport> (*read)(std::string_view, std::string_view, absl::FunctionRef<void(Row&&)>),
              void (*header)(std::string&), std::string_view bytes) {
  std::string with_header;
  header(with_header);
  with_header += bytes;
  Read<Row>(read, with_header);
  Read<Row>(read, bytes);
}

void Keys(std::string_view text) {
  Require(text::KanjiKey(text::KanjiKey(text)) == text::KanjiKey(text) || text.size() * 2 > text::kLongestText);
  text::SameAddress(text::AddressKey(text), text::AddressKey(text));
  text::SameInsurer(text::InsurerKey(text), text::WorkplaceKey(text));
  text::HashKey(text::PhoneKey(text));
}

}  // namespace
}  // namespace furikae

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace furikae;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 8) {
    case 0:
      ReadBoth<RegistryRow>(&ReadRegistryCsv, &AppendRegistryCsvHeader, bytes);
      break;
    case 1:
      ReadBoth<InsurerRow>(&ReadInsurersCsv, &AppendInsurersCsvHeader, bytes);
      break;
    case 2:
      ReadBoth<InstitutionRow>(&ReadInstitutionsCsv, &AppendInstitutionsCsvHeader, bytes);
      break;
    case 3:
      ReadBoth<PaymentRow>(&ReadPaymentsCsv, &AppendPaymentsCsvHeader, bytes);
      break;
    case 4:
      ReadBoth<PeopleRow>(&ReadPeopleCsv, &AppendPeopleCsvHeader, bytes);
      break;
    case 5:
      Read<TownRow>(&ReadTownsCsv, bytes);
      break;
    case 6:
      Read<RegistryRow>(&ReadRegistryXml, bytes);
      break;
    default:
      Keys(bytes);
      break;
  }
  return 0;
}
