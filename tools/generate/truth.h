// tools/generate/truth.h — the lines of truth.jsonl: for each receipt the person, the coverages, the decision it deserves.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tools/generate/story.h"

namespace furikae::generate {

// The claim id of a receipt in a file of these bytes (decisions.md §1).
std::string ClaimIdIn(std::string_view bytes, InstitutionCode institution, Agency agency, ServiceMonth month, uint32_t number);

void AppendTruth(const World& world, const std::string& claim_id, const Truth& truth, std::string& out);

}  // namespace furikae::generate
