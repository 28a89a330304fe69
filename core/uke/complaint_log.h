// core/uke/complaint_log.h — gathers what is wrong with one file; bounded, so that a hostile file cannot fill memory.
// Private to the reader.
//
// Lines and columns count from 1, 0 being none. Nothing can fail. Not thread-safe: one log per file. Source: DESIGN
// §2.1 (line, column and reason; a file refused as a whole), §10 (hostile input).
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/uke/complaint.h"
#include "core/uke/receipt.h"

namespace furikae::uke {

class ComplaintLog {
 public:
  // Refusals of the whole file are always kept (they are few); of the rest the first 1,000, the others are counted.
  void Add(Complaint complaint) {
    if (complaint.severity == Complaint::Severity::kFile) {
      file_refusals_.emplace_back(complaint.line, complaint.column);
    } else if (complaints_.size() >= kMost) {
      ++dropped_;
      return;
    }
    complaints_.push_back(std::move(complaint));
  }
  void Note(uint32_t line, int column, std::string_view field, std::string reason) {
    Add({Complaint::Severity::kNote, line, column, std::string(field), std::move(reason)});
  }
  // Always false, for "return log.Refuse(…)".
  bool Refuse(uint32_t line, int column, std::string_view field, std::string reason) {
    Add({Complaint::Severity::kFile, line, column, std::string(field), std::move(reason)});
    return false;
  }

  bool RefusesFile() const { return !file_refusals_.empty(); }
  // Whether this column of the header or trailer is a reason to refuse the file already.
  bool RefusesFileAt(uint32_t line, int column) const {
    return std::find(file_refusals_.begin(), file_refusals_.end(), std::pair(line, column)) != file_refusals_.end();
  }

  // By line; at the end how many were left out.
  std::vector<Complaint> Take(uint32_t last_line) {
    std::stable_sort(complaints_.begin(), complaints_.end(),
                     [](const Complaint& a, const Complaint& b) { return a.line < b.line; });
    if (dropped_ > 0) {
      complaints_.push_back({Complaint::Severity::kNote, last_line, 0, "", Sentence("and ", dropped_, " more")});
    }
    return std::move(complaints_);
  }

 private:
  static constexpr size_t kMost = 1000;
  std::vector<Complaint> complaints_;
  std::vector<std::pair<uint32_t, int>> file_refusals_;
  uint64_t dropped_ = 0;
};

}  // namespace furikae::uke
