// tests/bench/generated_month.h — a made-up month on disk for the benchmarks, made once per size and process.
//
//   const GeneratedMonth& month = GeneratedMonth::Of(100'000);    // two registry rows to each receipt
//   for (const std::string& path : month.tables()) engine.LoadTable(…, path, month.Read(path), …);
#pragma once

#include <string>
#include <vector>

#include "tests/bench/scratch_directory.h"

namespace furikae::bench {

class GeneratedMonth {
 public:
  static const GeneratedMonth& Of(int receipts);

  const std::vector<std::string>& tables() const { return tables_; }  // in the order in which they are to be loaded
  const std::vector<std::string>& receipts() const { return receipts_; }
  std::string Read(const std::string& path) const;

 private:
  explicit GeneratedMonth(int receipts);
  ScratchDirectory directory_;
  std::vector<std::string> tables_, receipts_;
};

}  // namespace furikae::bench
