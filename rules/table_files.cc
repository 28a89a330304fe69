// Where regulations come from as files: a directory, laid over those that it includes.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "absl/status/status.h"
#include "core/concat.h"
#include "core/status.h"
#include "rules/rule_cases.h"
#include "rules/table.h"
#include "rules/table_json.h"
#include "rules/table_member.h"

namespace furikae::rules {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

constexpr char kIncludeFile[] = "include.json";
constexpr char kBuiltIn[] = "built-in";

absl::StatusOr<std::string> ReadBytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  if (in.peek() != std::ifstream::traits_type::eof()) bytes << in.rdbuf();
  if (in.bad() || !in.is_open()) return absl::UnavailableError(Concat(path.string(), ": cannot be read"));
  return std::move(bytes).str();
}

// The files *.json of one directory.
absl::StatusOr<Files> ReadDirectory(const fs::path& directory) {
  std::error_code error;
  fs::directory_iterator entries(directory, error);
  if (error) {
    return absl::NotFoundError(
        Concat(directory.string(), ": the directory of regulations cannot be read: ", error.message()));
  }
  Files files;
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    const fs::path& path = entries->path();
    std::error_code not_regular;
    if (path.extension() != ".json" || !entries->is_regular_file(not_regular)) continue;
    ASSIGN_OR_RETURN(files[path.filename().string()], ReadBytes(path));
  }
  if (error) return absl::UnavailableError(Concat(directory.string(), ": cannot be listed: ", error.message()));
  return files;
}

// {"include": ["built-in", "../common"]} → the two texts.
absl::StatusOr<std::vector<std::string>> ReadIncludes(std::string_view text) {
  static constexpr char kExpected[] =
      "expected {\"include\": […]} with at least one of \"built-in\" and directories, each once";
  ASSIGN_OR_RETURN(nlohmann::json document, ParseStrictJson(text));
  if (document.is_object()) document.erase(kSchemaKey);
  if (!document.is_object() || document.size() != 1 || !document.contains("include") ||
      !document["include"].is_array() || document["include"].empty()) {
    return absl::InvalidArgumentError(kExpected);
  }
  std::vector<std::string> names;
  for (const nlohmann::json& name : document["include"]) {
    if (!name.is_string() || name.get_ref<const std::string&>().empty() ||
        std::find(names.begin(), names.end(), name.get_ref<const std::string&>()) != names.end()) {
      return absl::InvalidArgumentError(kExpected);
    }
    names.push_back(name.get<std::string>());
  }
  return names;
}

// What of a rule set is read: its tables, or the example cases beside them.
struct Part {
  const char* folder;
  const Files& (*built_in)();
};
constexpr Part kTables{"", EmbeddedRegulations}, kCases{"cases", EmbeddedRuleCases};

void LayOver(Files& below, const Files& above) {
  for (const auto& [name, text] : above) below[name] = text;
}

class RuleSetReader {
 public:
  explicit RuleSetReader(const Part& part) : part_(part) {}

  // The files of the directory over those that it includes.
  absl::StatusOr<Files> Read(const fs::path& directory) {
    std::error_code error;
    const fs::path place = fs::canonical(directory, error);
    if (error) {
      return absl::NotFoundError(
          Concat(directory.string(), ": the directory of regulations cannot be read: ", error.message()));
    }
    if (const auto known = read_.find(place); known != read_.end()) return known->second;
    if (std::find(open_.begin(), open_.end(), place) != open_.end())
      return absl::InvalidArgumentError(Concat(directory.string(), ", which includes it: that would never end"));
    open_.push_back(place);
    ASSIGN_OR_RETURN(Files files, ReadIncluded(directory));
    open_.pop_back();
    const fs::path own = *part_.folder == '\0' ? directory : directory / part_.folder;
    if (fs::exists(own, error)) {
      ASSIGN_OR_RETURN(Files own_files, ReadDirectory(own));
      own_files.erase(kIncludeFile);
      LayOver(files, own_files);
    }
    return read_[place] = std::move(files);
  }

 private:
  absl::StatusOr<Files> ReadIncluded(const fs::path& directory) {
    Files files;
    const fs::path include = directory / kIncludeFile;
    std::error_code error;
    if (!fs::exists(include, error)) return files;
    ASSIGN_OR_RETURN(const std::string text, ReadBytes(include));
    const auto names = ReadIncludes(text);
    if (!names.ok())
      return absl::InvalidArgumentError(Concat(include.string(), ": ", StdView(names.status().message())));
    for (const std::string& name : *names) {
      const absl::StatusOr<Files> included =
          name == kBuiltIn ? part_.built_in() : Read((directory / name).lexically_normal());
      if (!included.ok()) {
        return absl::Status(included.status().code(),
                            Concat(include.string(), " includes ", StdView(included.status().message())));
      }
      LayOver(files, *included);
    }
    return files;
  }

  const Part& part_;
  std::vector<fs::path> open_;      // directories that are being read, each included by the one before it
  std::map<fs::path, Files> read_;  // those that were read: many may include the same
};

}  // namespace

absl::StatusOr<Files> ReadRegulations(const std::string& directory) {
  ASSIGN_OR_RETURN(Files files, RuleSetReader(kTables).Read(directory));
  if (files.empty()) return absl::NotFoundError(Concat(directory, ": holds no regulations (*.json)"));
  return files;
}

absl::StatusOr<Files> ReadRuleCaseFiles(const std::string& directory) {
  const fs::path rules(directory), cases = rules / kCases.folder;
  std::error_code error;
  if (!fs::is_directory(cases, error) && !fs::exists(rules / kIncludeFile, error)) {
    return absl::NotFoundError(Concat(cases.string(), ": there is no such directory; example cases (*.json) go there"));
  }
  ASSIGN_OR_RETURN(Files files, RuleSetReader(kCases).Read(directory));
  if (files.empty()) return absl::NotFoundError(Concat(cases.string(), ": holds no example cases (*.json)"));
  return files;
}

}  // namespace furikae::rules
