#include "storage/scratch.h"

#include <stdlib.h>  // mkdtemp

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "core/concat.h"

namespace furikae::storage {
namespace {

namespace fs = std::filesystem;

std::string ScratchOf(const std::string& data_dir) { return Concat(data_dir, "/scratch"); }

}  // namespace

absl::StatusOr<std::string> NewScratchDirectory(const std::string& data_dir) {
  const std::string scratch = ScratchOf(data_dir);
  std::error_code error;
  fs::create_directory(scratch, error);
  std::string made = Concat(scratch, "/XXXXXX");
  if (!error && mkdtemp(made.data()) == nullptr) error = {errno, std::generic_category()};
  if (error) return absl::UnavailableError(Concat("no directory can be made in ", scratch, ": ", error.message()));
  return made;
}

absl::Status RemoveScratch(const std::string& data_dir) {
  const std::string scratch = ScratchOf(data_dir);
  std::error_code error;
  fs::remove_all(scratch, error);
  if (!error) return absl::OkStatus();
  return absl::UnavailableError(Concat("what an earlier process left in ", scratch, " cannot be removed: ",
                                       error.message(), ". Remove it by hand; it is not needed"));
}

}  // namespace furikae::storage
