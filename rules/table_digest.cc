#include "rules/table_digest.h"

#include <openssl/evp.h>

#include <array>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"

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

}  // namespace furikae::rules
