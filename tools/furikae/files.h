// tools/furikae/files.h — what lies in an input directory; and the files of an export, written.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rpc/proto/furikae/v1/services.grpc.pb.h"
#include "tools/furikae/session.h"

namespace furikae::tools {

// A file and its path relative to the input directory, with '/' between folders.
struct InputFile {
  std::filesystem::path file;
  std::string path;
};
struct InputFiles {
  std::vector<InputFile> tables;    // in the order in which they have to be loaded
  std::vector<InputFile> people;    // loaded after the receipts, which they speak about
  std::vector<InputFile> receipts;  // by path, as bytes
  std::vector<std::string> ignored;
};
absl::StatusOr<InputFiles> ListInput(const std::filesystem::path& directory);

// What a path on the command line stands for: the file itself, named by its last part, or what lies in the directory,
// named relative to it. Receipts are looked for in every folder below (below receipts/ alone where there is one, as in
// a month's input) and sorted by path as bytes; tables at the top only, in the order in which they have to be loaded.
// NotFound: nothing is there, or a directory without any such file; InvalidArgument: neither a file nor a directory.
absl::StatusOr<std::vector<InputFile>> ReceiptsAt(const std::filesystem::path& named);
absl::StatusOr<std::vector<InputFile>> TablesAt(const std::filesystem::path& named);

// Where an export to `output` goes, without links and dots. InvalidArgument: the directory that we are in, or one above
// it, which could not be replaced; FailedPrecondition: it holds something other than an earlier export.
absl::StatusOr<std::filesystem::path> ExportDirectory(const std::filesystem::path& output);

// Writes the exported files of a month to `output`, which is replaced as a whole once all of them have arrived. Errors
// as ExportDirectory.
absl::StatusOr<int64_t> ExportTo(Session& session, const v1::ExportRequest& request,
                                 const std::filesystem::path& output);

}  // namespace furikae::tools
