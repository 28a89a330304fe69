// storage/column_families.h — the column families of a data directory: one table, name by name.
//
//   db->Get(read, handles[Index(ColumnFamily::kClaims)], key, &value);
//
// WARNING. The names are on disk: a family is never renamed, and a name once used is never given to other data. The
// order of the enumerators is the order of the table and of the open handles, so both change together; new families go
// to the end. RocksDB's own family "default" is opened beside these and stays empty. Source: DESIGN §5.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>

#include "rocksdb/options.h"

namespace furikae::storage {

enum class ColumnFamily : size_t {
  kSubmissions,
  kReceipts,
  kClaims,
  kEvents,
  kDeclarations,
  kRegistryPerson,
  kRegistryCard,
  kRegistryBlock,
  kInsurers,
  kInstitutions,
  kPayments,
  kLedger,
  kRollups,
  kQueue,
  kMeta,
  kPools,
  kFingerprints,
};
constexpr size_t Index(ColumnFamily family) { return static_cast<size_t>(family); }

// How a family is read and written, which decides its options.
enum class Access {
  kPoint,    // rows found by key: bloom filter, lz4
  kArchive,  // large values written once, read rarely or in a row: big blocks, zstd
  kScan,     // read by range only: lz4, no filter
  kSum,      // merged by addition (storage/merge_operators.h)
  kKeySet,   // merged by union of claim keys; mostly asked for keys that are absent
};

struct ColumnFamilyInfo {
  ColumnFamily family;
  std::string_view name;
  Access access;
  std::string_view purpose;
};

inline constexpr std::array kColumnFamilies = {
    ColumnFamilyInfo{ColumnFamily::kSubmissions, "submissions", Access::kPoint,
                     "files as sent: by sequence, and by digest"},
    ColumnFamilyInfo{ColumnFamily::kReceipts, "receipts", Access::kArchive, "receipts byte for byte, in arrival order"},
    ColumnFamilyInfo{ColumnFamily::kClaims, "claims", Access::kPoint,
                     "state and decision of each receipt, in arrival order"},
    ColumnFamilyInfo{ColumnFamily::kEvents, "events", Access::kPoint,
                     "the hash-chained event log, and which events a claim has"},
    ColumnFamilyInfo{ColumnFamily::kDeclarations, "declarations", Access::kPoint,
                     "self-declarations, apart from the receipts"},
    ColumnFamilyInfo{ColumnFamily::kRegistryPerson, "registry_person", Access::kPoint, "full rows of the registry"},
    ColumnFamilyInfo{ColumnFamily::kRegistryCard, "registry_card", Access::kScan,
                     "flat rows from which the index is built"},
    ColumnFamilyInfo{ColumnFamily::kRegistryBlock, "registry_block", Access::kScan, "blocking keys of identification"},
    ColumnFamilyInfo{ColumnFamily::kInsurers, "insurers", Access::kScan, "periods of insurers"},
    ColumnFamilyInfo{ColumnFamily::kInstitutions, "institutions", Access::kScan, "periods of institutions"},
    ColumnFamilyInfo{ColumnFamily::kPayments, "payments", Access::kScan, "payment records by institution and month"},
    ColumnFamilyInfo{ColumnFamily::kLedger, "ledger", Access::kScan, "balanced entries by month, then claim or pool"},
    ColumnFamilyInfo{ColumnFamily::kRollups, "rollups", Access::kSum, "sums by month, dimension and member"},
    ColumnFamilyInfo{ColumnFamily::kQueue, "queue", Access::kPoint,
                     "open work; empty until the work list needs an index"},
    ColumnFamilyInfo{ColumnFamily::kMeta, "meta", Access::kPoint,
                     "schema version, counters, closed months, rule sets, loads"},
    // Pools are read and rewritten by key at every late identification, long after their events; so they are state, not
    // log.
    ColumnFamilyInfo{ColumnFamily::kPools, "pools", Access::kPoint,
                     "apportionments by institution, agency, service month"},
    // Every receipt asks here whether it was sent before (R08); its own keys are hashes, which would spoil the order of
    // others.
    ColumnFamilyInfo{ColumnFamily::kFingerprints, "fingerprints", Access::kKeySet,
                     "receipts that look alike, by fingerprint"},
};

// What all families of one database share.
struct FamilySettings {
  size_t write_buffer_bytes = 64 << 20;
  std::shared_ptr<rocksdb::Cache> block_cache;
};
rocksdb::ColumnFamilyOptions OptionsFor(Access access, const FamilySettings& settings);

}  // namespace furikae::storage
