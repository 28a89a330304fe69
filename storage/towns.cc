#include "storage/towns.h"

#include <memory>

#include "core/status.h"
#include "core/text/name_keys.h"
#include "storage/schema/town.pb.h"
#include "storage/synced_write.h"

namespace furikae::storage {
namespace {

constexpr size_t kRowsPerWrite = 10'000;

std::string KeyOfTown(const TownRow& row) {
  std::string key = row.post_number;
  key += '\0';
  key += text::AddressKey(row.town);
  key += '\0';
  return key + row.municipality_code;
}

absl::StatusOr<TownRow> ParseTownRow(std::string_view bytes) {
  schema::TownRow message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::DataLossError("a stored town is damaged; load the towns' file anew");
  }
  return TownRow{message.municipality_code(), message.post_number(), message.prefecture(), message.city(),
                 message.town()};
}

}  // namespace

std::string SerializeRow(const TownRow& row) {
  schema::TownRow message;
  message.set_municipality_code(row.municipality_code);
  message.set_post_number(row.post_number);
  message.set_prefecture(row.prefecture);
  message.set_city(row.city);
  message.set_town(row.town);
  return message.SerializeAsString();
}

absl::Status Towns::Put(const TownRow& row) {
  unwritten_[KeyOfTown(row)] = SerializeRow(row);
  return unwritten_.size() >= kRowsPerWrite ? Flush() : absl::OkStatus();
}

absl::Status Towns::Flush() {
  if (unwritten_.empty()) return absl::OkStatus();
  rocksdb::WriteBatch batch;
  for (const auto& [key, value] : unwritten_) {
    RETURN_IF_ERROR(FromRocksDb(batch.Put(family_, key, value), "collecting towns"));
  }
  RETURN_IF_ERROR(WriteSynced(db_, batch, "writing towns"));
  unwritten_.clear();
  return absl::OkStatus();
}

absl::StatusOr<std::vector<TownRow>> Towns::OfPostNumber(std::string_view seven_digits) const {
  std::vector<TownRow> towns;
  std::string prefix(seven_digits);
  prefix += '\0';
  std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator(rocksdb::ReadOptions(), family_));
  for (rows->Seek(prefix); rows->Valid() && rows->key().starts_with(prefix); rows->Next()) {
    ASSIGN_OR_RETURN(TownRow row, ParseTownRow(rows->value().ToStringView()));
    towns.push_back(std::move(row));
  }
  RETURN_IF_ERROR(FromRocksDb(rows->status(), "reading towns"));
  return towns;
}

}  // namespace furikae::storage
