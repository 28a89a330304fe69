// tools/generate/truth.h — the lines of truth.jsonl: for each receipt the person, the coverages, the decision it
// deserves.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/records.h"
#include "tools/generate/story.h"

namespace furikae::generate {

// The submission that a file of these bytes becomes, as far as claim ids need it: storage::ClaimIdOf(…, number)
// (decisions.md §1).
storage::Submission SubmissionOf(std::string_view bytes, InstitutionCode institution, Agency agency,
                                 ServiceMonth month);

void AppendTruth(const World& world, const std::string& claim_id, const Truth& truth, std::string& out);

}  // namespace furikae::generate
