#include "tools/generate/institutions.h"

#include <string>

#include "absl/strings/str_format.h"
#include "core/institution_code.h"
#include "core/insurer_number.h"

namespace furikae::generate {
namespace {

// What kinds stand among the first forty institutions, over and over in larger months.
struct KindShare {
  InstitutionKind kind;
  int point_table;
  int of_forty;
  const char* name;
};
constexpr KindShare kKinds[] = {
    {InstitutionKind::kHospital, 1, 4, "病院"},
    {InstitutionKind::kClinic, 1, 17, "クリニック"},
    {InstitutionKind::kDentist, 3, 8, "歯科医院"},
    {InstitutionKind::kPharmacy, 4, 9, "薬局"},
    {InstitutionKind::kNursingStation, 6, 2, "訪問看護ステーション"},
};

}  // namespace

std::vector<InstitutionRow> MakeInstitutions(int64_t count, ServiceMonth month) {
  std::vector<InstitutionRow> rows;
  uint32_t serial = 10001;
  while (static_cast<int64_t>(rows.size()) < count) {
    for (const KindShare& share : kKinds) {
      for (int i = 0; i < share.of_forty && static_cast<int64_t>(rows.size()) < count; ++i, ++serial) {
        const std::string nine = absl::StrFormat("19%d%06d", share.point_table, serial);
        const auto code = static_cast<uint32_t>(serial * 10 + static_cast<uint32_t>(CheckDigit(nine)));
        rows.push_back({InstitutionCode::Of(19, share.point_table, code),
                        absl::StrFormat("山梨第%d%s", serial - 10000, share.name), share.kind,
                        month.Plus(-120).FirstDay(), kOpenEnd});
      }
    }
  }
  return rows;
}

}  // namespace furikae::generate
