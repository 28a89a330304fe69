#include "rules/export/output.h"

#include "core/csv.h"

namespace furikae::rules {
namespace {

constexpr size_t kChunkBytes = 1 << 20;

}  // namespace

void Output::Begin(std::string_view path) {
  if (open_ && path == path_) return;
  End().IgnoreError();  // kept in status_
  path_ = path;
  open_ = true;
  written_ = false;
  ++report_.files;
}

void Output::Append(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= kChunkBytes) Flush();
}

void Output::Line(const std::vector<std::string_view>& fields) {
  AppendCsvLine(fields, buffer_);
  if (buffer_.size() >= kChunkBytes) Flush();
}

absl::Status Output::End() {
  if (open_ && (!buffer_.empty() || !written_)) Flush();  // an empty file is a file too
  open_ = false;
  return status_;
}

void Output::Flush() {
  if (status_.ok()) {
    report_.bytes += static_cast<int64_t>(buffer_.size());
    status_ = sink_(path_, buffer_);
  }
  written_ = true;
  buffer_.clear();
}

}  // namespace furikae::rules
