#include "tools/furikae/files.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "rpc/reactors.h"
#include "rpc/status.h"
#include "storage/loading/loading.h"
#include "tools/furikae/console.h"

namespace furikae::tools {
namespace {

namespace fs = std::filesystem;

bool IsReceipts(const std::string& path) {
  return absl::EndsWithIgnoreCase(path, ".uke") || absl::EndsWithIgnoreCase(path, ".cyo") ||
         absl::EndsWithIgnoreCase(path, ".jsonl");
}

// Insurers and institutions first: what follows refers to them.
int LoadOrder(storage::TableKind kind) {
  switch (kind) {
    case storage::TableKind::kInsurers:
      return 0;
    case storage::TableKind::kInstitutions:
      return 1;
    case storage::TableKind::kTowns:
      return 2;
    case storage::TableKind::kRegistry:
      return 3;
    case storage::TableKind::kRegistryXml:
      return 4;
    case storage::TableKind::kPayments:
      return 5;
    case storage::TableKind::kPeople:
      return 6;
  }
  return 7;
}

// Every file below `folder`, if there is one.
absl::Status CollectFiles(const fs::path& root, const fs::path& folder, std::vector<InputFile>& files) {
  std::error_code error;
  if (!fs::exists(folder, error)) return absl::OkStatus();
  for (fs::recursive_directory_iterator it(folder, fs::directory_options::follow_directory_symlink, error), end;
       !error && it != end; it.increment(error)) {
    if (it->is_regular_file(error)) files.push_back({it->path(), it->path().lexically_relative(root).generic_string()});
  }
  if (!error) return absl::OkStatus();
  return absl::PermissionDeniedError(absl::StrCat("cannot list ", folder.string(), ": ", error.message()));
}

bool ByPath(const InputFile& a, const InputFile& b) { return a.path < b.path; }

void SortForLoading(std::vector<InputFile>& tables) {
  std::stable_sort(tables.begin(), tables.end(), [](const InputFile& a, const InputFile& b) {
    return LoadOrder(*storage::KindOfFile(a.path)) < LoadOrder(*storage::KindOfFile(b.path));
  });
}

// The one file that `named` is; nullopt for a directory.
absl::StatusOr<std::optional<InputFile>> FileItself(const fs::path& named) {
  std::error_code error;
  const fs::file_status status = fs::status(named, error);
  if (fs::is_regular_file(status)) return InputFile{named, named.filename().string()};
  if (fs::is_directory(status)) return std::nullopt;
  if (fs::exists(status))
    return absl::InvalidArgumentError(absl::StrCat(named.string(), " is neither a file nor a directory"));
  return absl::NotFoundError(absl::StrCat("cannot read ", named.string(), "; does it exist and may you read it?"));
}

// An earlier export can be told by its summary; anything else in the way is not ours to remove.
absl::Status CheckReplaceable(const fs::path& directory) {
  std::error_code error;
  if (!fs::exists(directory, error) || fs::is_empty(directory, error)) return absl::OkStatus();
  if (fs::exists(directory / "summary.json", error) && fs::exists(directory / "decisions.jsonl", error))
    return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      directory.string(), " holds files that no export wrote; name another directory with --output or empty this one"));
}

// By renaming, so that being killed in between leaves an export whole or none, never half of one in the way of the
// next.
absl::Status Replace(const fs::path& written, const fs::path& directory) {
  fs::path earlier = directory;
  earlier += ".furikae-earlier";
  std::error_code error;
  fs::remove_all(earlier, error);
  if (!error && fs::exists(directory, error)) fs::rename(directory, earlier, error);
  if (!error) fs::rename(written, directory, error);
  if (!error) fs::remove_all(earlier, error);
  if (error)
    return absl::UnavailableError(absl::StrCat("cannot put the export at ", directory.string(), ": ", error.message()));
  return absl::OkStatus();
}

// The files of an export as they arrive, each path after the one before it.
class Writer {
 public:
  explicit Writer(fs::path directory) : directory_(std::move(directory)) {}

  absl::Status Take(const v1::FileChunk& chunk) {
    if (chunk.path() != path_) RETURN_IF_ERROR(Begin(chunk.path()));
    out_.write(chunk.data().data(), static_cast<std::streamsize>(chunk.data().size()));
    return Check();
  }
  absl::Status End() {
    if (!out_.is_open()) return absl::OkStatus();
    out_.close();
    return Check();
  }
  int64_t files() const { return files_; }

 private:
  absl::Status Begin(const std::string& path) {
    RETURN_IF_ERROR(End());
    path_ = path;
    const fs::path target = directory_ / path;
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    out_.clear();
    out_.open(target, std::ios::binary | std::ios::trunc);
    ++files_;
    return Check();
  }
  absl::Status Check() const {
    if (out_.good()) return absl::OkStatus();
    return absl::UnavailableError(
        absl::StrCat("cannot write ", (directory_ / path_).string(), "; is the disk full or the directory read-only?"));
  }

  fs::path directory_;
  std::string path_;
  std::ofstream out_;
  int64_t files_ = 0;
};

}  // namespace

absl::StatusOr<InputFiles> ListInput(const fs::path& directory) {
  std::error_code error;
  if (!fs::is_directory(directory, error)) {
    return absl::NotFoundError(
        absl::StrCat(directory.string(), " is no directory; --input names the folder with the month's files"));
  }
  std::vector<InputFile> all;
  InputFiles input;
  RETURN_IF_ERROR(CollectFiles(directory, directory / "receipts", all));
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file(error)) {
      all.push_back({entry.path(), name});
    } else if (name != "receipts") {
      input.ignored.push_back(name + "/");
    }
  }
  if (error)
    return absl::PermissionDeniedError(absl::StrCat("cannot list ", directory.string(), ": ", error.message()));
  std::sort(all.begin(), all.end(), ByPath);

  for (InputFile& found : all) {
    const bool at_top = found.path.find('/') == std::string::npos;
    const auto kind = at_top ? storage::KindOfFile(found.path) : std::nullopt;
    if (absl::StartsWith(found.path, "receipts/") && IsReceipts(found.path)) {
      input.receipts.push_back(std::move(found));
    } else if (kind == storage::TableKind::kPeople) {
      input.people.push_back(std::move(found));
    } else if (kind) {
      input.tables.push_back(std::move(found));
    } else {
      input.ignored.push_back(found.path);
    }
  }
  std::sort(input.ignored.begin(), input.ignored.end());
  SortForLoading(input.tables);
  return input;
}

absl::StatusOr<std::vector<InputFile>> ReceiptsAt(const fs::path& named) {
  ASSIGN_OR_RETURN(const std::optional<InputFile> itself, FileItself(named));
  if (itself) return std::vector<InputFile>{*itself};
  std::error_code error;
  const fs::path receipts = named / "receipts";
  std::vector<InputFile> files;
  RETURN_IF_ERROR(CollectFiles(named, fs::is_directory(receipts, error) ? receipts : named, files));
  std::erase_if(files, [](const InputFile& file) { return !IsReceipts(file.path); });
  if (files.empty())
    return absl::NotFoundError(absl::StrCat(named.string(), " holds no receipts (*.UKE, *.CYO, *.jsonl)"));
  std::sort(files.begin(), files.end(), ByPath);
  return files;
}

absl::StatusOr<std::vector<InputFile>> TablesAt(const fs::path& named) {
  ASSIGN_OR_RETURN(const std::optional<InputFile> itself, FileItself(named));
  if (itself) return std::vector<InputFile>{*itself};
  ASSIGN_OR_RETURN(InputFiles input, ListInput(named));
  std::vector<InputFile> files = std::move(input.tables);
  std::move(input.people.begin(), input.people.end(), std::back_inserter(files));
  if (!files.empty()) return files;
  return absl::NotFoundError(
      absl::StrCat(named.string(), " holds no table that furikae knows by its name; see furikae load --help"));
}

absl::StatusOr<fs::path> ExportDirectory(const fs::path& output) {
  std::error_code error;
  const fs::path here = fs::canonical(fs::current_path(error), error);
  fs::path directory = fs::weakly_canonical(fs::absolute(output, error), error);
  if (output.empty() || error)
    return absl::InvalidArgumentError(absl::StrCat("--output \"", output.string(), "\" cannot be a folder"));
  if (!directory.has_filename()) directory = directory.parent_path();  // "out/" is "out"
  const auto differ = std::mismatch(directory.begin(), directory.end(), here.begin(), here.end());
  if (differ.first == directory.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--output ", output.string(), " is the directory you are in, or one above it, and an export ",
                     "replaces its folder as a whole; name a folder of its own, such as --output out"));
  }
  RETURN_IF_ERROR(CheckReplaceable(directory));
  return directory;
}

absl::StatusOr<int64_t> ExportTo(Session& session, const v1::ExportRequest& request, const fs::path& output) {
  ASSIGN_OR_RETURN(const fs::path directory, ExportDirectory(output));
  fs::path partial = directory;
  partial += ".partial";
  std::error_code error;
  fs::remove_all(partial, error);
  fs::create_directories(partial, error);
  if (error) return absl::PermissionDeniedError(absl::StrCat("cannot make ", partial.string(), ": ", error.message()));

  auto stub = v1::AdminService::NewStub(session.channel());
  grpc::ClientContext context;
  auto stream = stub->ExportMonth(&context, request);
  Writer writer(partial);
  v1::FileChunk chunk;
  bool complete = false;
  while (stream->Read(&chunk)) {
    complete = chunk.last();
    if (complete) PrintNotes(chunk.notes());
    if (complete) continue;
    if (const absl::Status written = writer.Take(chunk); !written.ok()) {
      context.TryCancel();
      (void)stream->Finish();
      return written;
    }
  }
  RETURN_IF_ERROR(rpc::FromGrpc(stream->Finish()));
  RETURN_IF_ERROR(writer.End());
  if (!complete) return absl::DataLossError("the export ended before its last file; try again");
  RETURN_IF_ERROR(Replace(partial, directory));
  return writer.files();
}

}  // namespace furikae::tools
