// rpc/json_claims.h — JSON lines of furikae.v1.Claim turned into receipts, so that everything behind intake is the
// same.
//
// The call itself cannot fail. Line numbers count from 1, blank lines too. A complaint quotes nothing of a line.
// Thread-safe. Source: files.md "In" (JSON: one furikae.v1.Claim per line, protobuf JSON mapping).
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
