// tools/generate/institutions.h — the hospitals, clinics, dentists, pharmacies and nursing stations of the made-up
// prefecture.
//
//   std::vector<InstitutionRow> rows = MakeInstitutions(40, ServiceMonth::Of(2024, 10));
//
// Kinds in fixed proportion among each forty; codes pass their check digits. Thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "core/calendar.h"
#include "core/masters.h"

namespace furikae::generate {

// In force since ten years before `month`.
std::vector<InstitutionRow> MakeInstitutions(int64_t count, ServiceMonth month);

}  // namespace furikae::generate
