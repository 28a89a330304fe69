#include "storage/event_chain.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstring>

#include "storage/keys.h"

namespace furikae::storage {
namespace {

// Field 7, length-delimited, 32 bytes (event.proto).
constexpr std::string_view kHashHead = "\x3a\x20";
constexpr size_t kHashFieldBytes = kHashHead.size() + sizeof(Digest);

}  // namespace

EventHasher::EventHasher() : context_(EVP_MD_CTX_new()) { EVP_DigestInit_ex(context_, EVP_sha256(), nullptr); }

EventHasher::~EventHasher() { EVP_MD_CTX_free(context_); }

Digest EventHasher::Hash(const Digest& previous, uint64_t sequence, std::string_view body) {
  std::string number;
  keys::Append64(sequence, number);
  Digest hash;
  EVP_DigestInit_ex(context_, nullptr, nullptr);  // the same algorithm again, without looking it up
  EVP_DigestUpdate(context_, previous.data(), previous.size());
  EVP_DigestUpdate(context_, number.data(), number.size());
  EVP_DigestUpdate(context_, body.data(), body.size());
  EVP_DigestFinal_ex(context_, hash.data(), nullptr);
  return hash;
}

std::string EncodeChainEnd(const ChainEnd& end) {
  std::string out;
  keys::Append64(end.sequence, out);
  out.append(reinterpret_cast<const char*>(end.hash.data()), end.hash.size());
  return out;
}

bool DecodeChainEnd(std::string_view bytes, ChainEnd* end) {
  if (bytes.size() != 8 + sizeof(Digest)) return false;
  end->sequence = keys::Read64(bytes);
  std::memcpy(end->hash.data(), bytes.data() + 8, sizeof(Digest));
  return true;
}

void AppendHash(const Digest& hash, std::string& event_bytes) {
  event_bytes.append(kHashHead);
  event_bytes.append(reinterpret_cast<const char*>(hash.data()), hash.size());
}

std::string_view BodyOf(std::string_view event_bytes) {
  if (event_bytes.size() < kHashFieldBytes) return {};
  const std::string_view body = event_bytes.substr(0, event_bytes.size() - kHashFieldBytes);
  return event_bytes.substr(body.size(), kHashHead.size()) == kHashHead ? body : std::string_view();
}

}  // namespace furikae::storage
