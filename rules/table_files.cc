// Where regulations come from as files: a directory; and the fingerprint of a set of them.
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "core/concat.h"
#include "rules/table.h"
#include "rules/table_digest.h"

namespace furikae::rules {
namespace {

bool AddSized(EVP_MD_CTX* context, std::string_view bytes) {
  std::array<unsigned char, 8> size;
  for (int i = 0; i < 8; ++i) size[i] = static_cast<unsigned char>(bytes.size() >> (56 - 8 * i));
  return EVP_DigestUpdate(context, size.data(), size.size()) == 1 &&
         EVP_DigestUpdate(context, bytes.data(), bytes.size()) == 1;
}

}  // namespace

absl::StatusOr<std::string> DigestOfFiles(const std::map<std::string, std::string>& files) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  bool done = context != nullptr && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  for (const auto& [name, bytes] : files)
    done = done && AddSized(context.get(), name) && AddSized(context.get(), bytes);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  if (!done || EVP_DigestFinal_ex(context.get(), digest.data(), &size) != 1) {
    return absl::InternalError("the SHA-256 of the regulations could not be computed");
  }
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(digest.data()), size));
}

absl::StatusOr<std::map<std::string, std::string>> ReadRegulations(const std::string& directory) {
  std::error_code error;
  std::filesystem::directory_iterator entries(directory, error);
  if (error)
    return absl::NotFoundError(Concat(directory, ": the directory of regulations cannot be read: ", error.message()));
  std::map<std::string, std::string> files;
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    const std::filesystem::path& path = entries->path();
    std::error_code not_regular;
    if (path.extension() != ".json" || !entries->is_regular_file(not_regular)) continue;
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    if (in.peek() != std::ifstream::traits_type::eof()) bytes << in.rdbuf();
    if (in.bad() || !in.is_open()) return absl::UnavailableError(Concat(path.string(), ": cannot be read"));
    files[path.filename().string()] = std::move(bytes).str();
  }
  if (error) return absl::UnavailableError(Concat(directory, ": cannot be listed: ", error.message()));
  if (files.empty()) return absl::NotFoundError(Concat(directory, ": holds no regulations (*.json)"));
  return files;
}

}  // namespace furikae::rules
