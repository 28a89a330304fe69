#include "core/sha256.h"

#include <openssl/evp.h>

#include <memory>

namespace furikae {

std::array<uint8_t, 32> Sha256(std::string_view bytes) {
  using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
  thread_local const Context context = [] {
    Context made(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_DigestInit_ex(made.get(), EVP_sha256(), nullptr);
    return made;
  }();
  std::array<uint8_t, 32> digest;
  EVP_DigestInit_ex(context.get(), nullptr, nullptr);  // the same algorithm again
  EVP_DigestUpdate(context.get(), bytes.data(), bytes.size());
  EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
  return digest;
}

}  // namespace furikae
