#include "rules/export/scratch_file.h"

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "core/concat.h"
#include "core/status.h"

namespace furikae::rules {

absl::StatusOr<ScratchFile> ScratchFile::Create(const storage::Store& store) {
  ScratchFile file;
  ASSIGN_OR_RETURN(file.directory_, store.NewScratchDirectory());
  file.path_ = Concat(file.directory_, "/out");
  return file;
}

ScratchFile::ScratchFile(ScratchFile&& other) noexcept
    : directory_(std::exchange(other.directory_, {})), path_(std::exchange(other.path_, {})) {}

ScratchFile::~ScratchFile() {
  std::error_code ignored;
  if (!directory_.empty()) std::filesystem::remove_all(directory_, ignored);
}

absl::Status ScratchFile::CopyTo(Output& output) const {
  std::ifstream in(path_, std::ios::binary);
  std::vector<char> chunk(1 << 20);
  while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0) {
    output.Append({chunk.data(), static_cast<size_t>(in.gcount())});
  }
  if (!in.is_open() || in.bad()) return absl::UnavailableError("a temporary file could not be read back");
  return absl::OkStatus();
}

}  // namespace furikae::rules
