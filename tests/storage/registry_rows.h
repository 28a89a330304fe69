// tests/storage/registry_rows.h — registry rows for tests: a person who is covered, changed in what the test is about.
//
//   ARow({.subject = "child", .branch = "02", .until = "2024-10-16"})
#pragma once

#include <string>

#include "core/coverage.h"

namespace furikae::storage {

inline Date Day(const std::string& text) { return *Date::Parse(text); }
// The first second of a day in Japan.
inline Moment At(const std::string& day) { return *Moment::Parse(day + "T00:00:00+09:00"); }

struct RowWords {
  std::string subject = "subject";
  std::string birth = "1985-04-02";
  uint32_t insurer = 1130012;
  std::string number = "345";
  std::string from = "2020-04-01";
  std::string until = "";
  std::string branch = "";
  std::string registered = "2020-04-10";
  bool suspended = false;
  bool withdrawn = false;
};

inline RegistryRow ARow(const RowWords& words = {}) {
  RegistryRow row;
  row.subject_id = words.subject;
  row.card = {InsurerNumber{words.insurer}, "12", words.number, words.branch};
  row.family = Family::kSelf;
  row.name = "山田 花子";
  row.name_kana = "ヤマダ ハナコ";
  row.birth = Day(words.birth);
  row.sex = Sex::kFemale;
  row.post_number = "1000001";
  row.address = "東京都千代田区千代田1-1";
  row.telephone = "0312345678";
  row.workplace = "株式会社ふりかえ";
  row.qualified = Day(words.from);
  if (!words.until.empty()) row.disqualified = Day(words.until);
  row.registered_at = At(words.registered);
  row.suspended = words.suspended;
  row.withdrawn = words.withdrawn;
  return row;
}

}  // namespace furikae::storage
