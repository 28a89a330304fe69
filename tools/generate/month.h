// tools/generate/month.h — a whole made-up month: tables, receipts, what people decided, and the truth about every
// receipt.
//
//   RETURN_IF_ERROR(GenerateMonth({.seed = 7}, [&](std::string_view path, std::string_view bytes) { … }));
//
// The same options give the same bytes at any size. In a month of enough receipts every story is told at least once.
// Files: registry.csv insurers.csv institutions.csv payments.csv people.csv receipts/** truth.jsonl.
#pragma once

#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "tools/generate/story.h"

namespace furikae::generate {

absl::Status GenerateMonth(const Options& options,
                           absl::FunctionRef<absl::Status(std::string_view path, std::string_view bytes)> sink);

}  // namespace furikae::generate
