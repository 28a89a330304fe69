// storage/scratch.h — files that live no longer than the process, on the disk that is trusted with the data.
//
//   ASSIGN_OR_RETURN(std::string directory, NewScratchDirectory("data"));   // data/scratch/k3Zq9A, for this user alone
//   …
//   RETURN_IF_ERROR(RemoveScratch("data"));   // at the next opening, whatever became of them
//
// Who is killed cannot clean up, and what lies in such files is about persons: so they are not left to the system's
// temporary directory. RemoveScratch is for who holds the lock of the data directory and has made none yet. Errors:
// Unavailable naming what could not be done. Thread-safe. Source: DESIGN §10 (kill -9); that nothing personal is left
// lying is our own rule.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace furikae::storage {

// The caller removes it when it is done.
absl::StatusOr<std::string> NewScratchDirectory(const std::string& data_dir);
absl::Status RemoveScratch(const std::string& data_dir);

}  // namespace furikae::storage
