// rules/export/scratch_file.h — a file that lives while a library writes it and is then handed to the output.
//
//   ASSIGN_OR_RETURN(ScratchFile file, ScratchFile::Create());
//   … a library writes file.path() …
//   RETURN_IF_ERROR(file.CopyTo(output));     // removed when `file` goes
//
// For libraries that write only to paths (XLSX, SQLite). Errors: Unavailable naming what could not be done.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rules/export/output.h"

namespace furikae::rules {

class ScratchFile {
 public:
  static absl::StatusOr<ScratchFile> Create();  // in a new private directory under the system's temporary one
  ScratchFile(ScratchFile&& other) noexcept;
  ScratchFile& operator=(ScratchFile&&) = delete;
  ~ScratchFile();
  const std::string& path() const { return path_; }
  absl::Status CopyTo(Output& output) const;

 private:
  ScratchFile() = default;
  std::string directory_, path_;
};

}  // namespace furikae::rules
