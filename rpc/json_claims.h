// rpc/json_claims.h — JSON lines of furikae.v1.Claim turned into receipts, so that everything behind intake is the
// same.
//
//   const auto claims = ReadJsonClaims(bytes, rulebook);   // claims[1].uke.status(): lines[0].code: expected 9 digits
//   engine.SubmitJson("receipts/claims.jsonl", claims, run);
//
// Each line is a file of its own: it has its own digest and claim_id, comes after the lines before it, and so is
// compared with them too when duplicates are looked for (R08), which within one UKE file never happens.
//
// The call itself cannot fail. A byte order mark is skipped. Line numbers count from 1, blank lines too. A refusal
// quotes no value of a line. Thread-safe. Source: files.md "In" (JSON: one furikae.v1.Claim per line, protobuf JSON
// mapping); decisions.md §1 (claim_id), §10 (duplicate).
#pragma once

#include <string_view>
#include <vector>

#include "rules/engine.h"

namespace furikae::rpc {

// One claim per line; blank lines are skipped. A line that is no Claim, or lacks what a receipt needs, is refused:
// `uke` names the field and the reason. Of very many such lines the first are kept, the others counted.
std::vector<rules::Engine::JsonClaim> ReadJsonClaims(std::string_view bytes, const rules::Rulebook& rulebook);

}  // namespace furikae::rpc
