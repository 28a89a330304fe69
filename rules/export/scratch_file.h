// rules/export/scratch_file.h — a file that lives while a library writes it and is then handed to the output.
//
//   ASSIGN_OR_RETURN(ScratchFile file, ScratchFile::Create(context.store));
//   … a library writes file.path() …
//   RETURN_IF_ERROR(file.CopyTo(output));     // removed when `file` goes
//
// For libraries that write only to paths (XLSX, SQLite). It lies below the data directory, whose next opening removes
// what a killed process has left. Errors: Unavailable, when the directory cannot be made or the file cannot be read
// back; what the sink says comes from Output::End. Source: files.md "Out" (apportionment.xlsx, furikae.sqlite); DESIGN
// §10 (kill -9).
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rules/export/output.h"
#include "storage/store.h"

namespace furikae::rules {

class ScratchFile {
 public:
  static absl::StatusOr<ScratchFile> Create(const storage::Store& store);
  ScratchFile(ScratchFile&& other) noexcept;
  ScratchFile& operator=(ScratchFile&&) = delete;
  ~ScratchFile();
  const std::string& directory() const { return directory_; }  // its own: for what a library puts down meanwhile
  const std::string& path() const { return path_; }
  absl::Status CopyTo(Output& output) const;

 private:
  ScratchFile() = default;
  std::string directory_, path_;
};

}  // namespace furikae::rules
