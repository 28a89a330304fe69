// tools/generate/payments.h — payment records such that every rung of the ladder is needed somewhere.
//
// Most institutions have records of all twelve months; the first clinic has old ones only, the second none; home
// nursing has records in the neighbouring prefecture only; dentists have none of the second agency's insurers.
#pragma once

#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "tools/generate/world.h"

namespace furikae::generate {

absl::Status WritePayments(World& world,
                           absl::FunctionRef<absl::Status(std::string_view path, std::string_view bytes)> sink);

}  // namespace furikae::generate
