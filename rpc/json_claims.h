// rpc/json_claims.h — JSON lines of furikae.v1.Claim turned into receipts, so that everything behind intake is the
// same.
//
// Each line is a file of its own: it has its own digest and claim_id, comes after the lines before it, and so is
// compared with them too when duplicates are looked for (R08), which within one UKE file never happens.
//
// The call itself cannot fail. Line numbers count from 1, blank lines too. A complaint quotes nothing of a line.
// Thread-safe. Source: files.md "In" (JSON: one furikae.v1.Claim per line, protobuf JSON mapping);
// decisions.md §1 (claim_id), §10 (duplicate).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/engine.h"

namespace furikae::rpc {

// One claim per line; blank lines are skipped. A line that is no Claim, or lacks what a receipt needs, becomes a
// complaint with file, line, field and reason and is left out.
std::vector<rules::Engine::JsonClaim> ReadJsonClaims(std::string_view file, std::string_view bytes,
                                                     const rules::Rulebook& rulebook,
                                                     std::vector<std::string>& complaints);

}  // namespace furikae::rpc
