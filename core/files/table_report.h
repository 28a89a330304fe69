// core/files/table_report.h — what a reader of an input table says about it: how many rows, which were refused and why.
//
//   ASSIGN_OR_RETURN(TableReport report, ReadRegistryCsv("registry.csv", bytes, [&](RegistryRow&& row) { … }));
//   for (const RowComplaint& complaint : report.complaints) std::cerr << complaint.ToString() << '\n';
//
// The readers of core/files/ take bytes and deliver good rows one at a time, in file order; they do no I/O and keep no
// rows. A file that cannot be read as that table at all is InvalidArgument and delivers nothing; a bad row is a
// complaint and the rows around it are delivered. Complaints never quote a value: it may be personal. Source: files.md.
// Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/csv.h"

namespace furikae {

struct TableReport {
  int64_t rows = 0;  // data rows seen = loaded + refused
  int64_t loaded = 0;
  int64_t refused = 0;
  std::vector<RowComplaint> complaints;  // the first kMostComplaints
  int64_t complaints_left_out = 0;
  std::vector<std::string> notes;  // unknown columns and the like
  std::vector<RowGap> gaps;        // every row that was not delivered, blank lines too
};

}  // namespace furikae
