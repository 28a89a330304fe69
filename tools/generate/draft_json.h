// tools/generate/draft_json.h — a draft as one line of JSON (furikae.v1.Claim), the way receipts come that were typed
// from paper.
#pragma once

#include <string>

#include "tools/generate/draft.h"

namespace furikae::generate {

std::string DraftAsJson(const Draft& draft, ServiceMonth claim_month);  // without the line end

}  // namespace furikae::generate
