// rules/table_digest.h — the fingerprint of a rule set: every decision names the one that made it.
//
// SHA-256 over each file's name and bytes in name order, each preceded by its length (8 bytes, big-endian), so that no
// two different sets of files read alike. Hex, 64 characters. Errors: Internal when OpenSSL fails. Thread-safe. Source:
// FIPS 180-4 (SHA-256); decisions.md §9.7, §9.11 (which tables decided); the framing is our own, of no standard.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"

namespace furikae::rules {

absl::StatusOr<std::string> DigestOfFiles(const std::map<std::string, std::string>& files);

}  // namespace furikae::rules
