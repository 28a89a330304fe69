#include "storage/column_families.h"

#include "rocksdb/filter_policy.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/table.h"
#include "storage/merge_operators.h"

namespace furikae::storage {
namespace {

constexpr bool TableFollowsEnumeration() {
  for (size_t i = 0; i < kColumnFamilies.size(); ++i) {
    if (Index(kColumnFamilies[i].family) != i) return false;
  }
  return true;
}
static_assert(TableFollowsEnumeration(), "kColumnFamilies and ColumnFamily must list the families in the same order");

constexpr int kBloomBitsPerKey = 10;

// Tables of the first level that wait before they are merged. Merging at every fourth, as is usual, writes large
// families over again in the middle of a month's run; with 12 a receipt of 1,000,000 took about a seventh less CPU
// time.
constexpr int kFirstLevelTables = 12;

// Keys come in arrival order, but in several orders side by side: events by number and by claim (told apart by the
// first byte), claims written again between their older versions, fingerprints within their institution. The memtable
// remembers the last place per such order, instead of searching from the top for each key.
constexpr size_t kOrderPrefixBytes = 1, kFingerprintOrderPrefixBytes = 8;

bool AnswersPointReads(Access access) {
  return access == Access::kPoint || access == Access::kArchive || access == Access::kKeySet;
}

}  // namespace

rocksdb::ColumnFamilyOptions OptionsFor(Access access, const FamilySettings& settings) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = settings.write_buffer_bytes;
  options.max_write_buffer_number =
      3;  // one filling, one flushing, one waiting: a flush never stops the writer at once
  options.level_compaction_dynamic_level_bytes = true;
  options.level0_file_num_compaction_trigger = kFirstLevelTables;
  options.level0_slowdown_writes_trigger = 2 * kFirstLevelTables;
  options.level0_stop_writes_trigger = 4 * kFirstLevelTables;
  options.compression = rocksdb::kLZ4Compression;

  rocksdb::BlockBasedTableOptions table;
  table.block_cache = settings.block_cache;
  table.format_version = 5;
  table.block_size = 16 << 10;
  if (AnswersPointReads(access)) table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));

  if (access == Access::kPoint || access == Access::kKeySet) {
    options.memtable_insert_with_hint_prefix_extractor.reset(
        rocksdb::NewFixedPrefixTransform(access == Access::kKeySet ? kFingerprintOrderPrefixBytes : kOrderPrefixBytes));
  }
  if (access == Access::kArchive) {
    options.compression = rocksdb::kZSTD;
    options.compression_opts.level = 1;  // measured: the flush keeps up with the writer; higher levels gain little
    table.block_size = 64 << 10;
  }
  if (access == Access::kSum) options.merge_operator = std::make_shared<SumOperator>();
  if (access == Access::kKeySet) {
    options.merge_operator = std::make_shared<KeySetOperator>();
    options.memtable_prefix_bloom_size_ratio = 0.05;  // most fingerprints are new: say so without a search
    options.memtable_whole_key_filtering = true;
  }
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace furikae::storage
