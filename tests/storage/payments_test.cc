// Payment records by institution and by prefecture × point table, on disk and in memory alike.
#include "storage/payments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/storage/bare_database.h"

namespace furikae::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr InstitutionCode kTokyoClinic{1311234567}, kTokyoOther{1317654321}, kTokyoDentist{1331234567},
    kOsakaClinic{2711234567};

ServiceMonth Month(const char* text) { return *ServiceMonth::Parse(text); }
PaymentRow Paid(InstitutionCode institution, const char* month, uint32_t insurer, int64_t yen) {
  return {.institution = institution,
          .insurer = {insurer},
          .month = Month(month),
          .receipts = 1,
          .points = yen / 10,
          .amount = {yen}};
}
Digest File(uint8_t name) {
  Digest digest{};
  digest[0] = name;
  return digest;
}

class PaymentsTest : public ::testing::TestWithParam<bool> {
 protected:
  Payments Fresh() { return GetParam() ? Payments(disk.db(), disk["payments"]) : Payments(); }
  static std::vector<PaymentRow> Found(const Payments& payments, const PaymentRange& range) {
    std::vector<PaymentRow> rows;
    EXPECT_TRUE(payments
                    .ForEach(range,
                             [&](const PaymentRow& row) {
                               rows.push_back(row);
                               return absl::OkStatus();
                             })
                    .ok());
    return rows;
  }
  BareDatabase disk{{"payments"}};
};

TEST_P(PaymentsTest, AnInstitutionsMonthsAreBothIncluded) {
  Payments payments = Fresh();
  int64_t row = 1;
  for (const char* month : {"2024-08", "2024-05", "2024-07", "2024-06", "2024-04"}) {
    ASSERT_TRUE(payments.Put(Paid(kTokyoClinic, month, 1130012, 1000), File(1), ++row).ok());
    ASSERT_TRUE(payments.Put(Paid(kTokyoOther, month, 1130012, 2000), File(1), ++row).ok());
  }
  ASSERT_TRUE(payments.Flush().ok());
  EXPECT_THAT(Found(payments, {.institution = kTokyoClinic, .from = Month("2024-05"), .to = Month("2024-07")}),
              ElementsAre(Paid(kTokyoClinic, "2024-05", 1130012, 1000), Paid(kTokyoClinic, "2024-06", 1130012, 1000),
                          Paid(kTokyoClinic, "2024-07", 1130012, 1000)));
  EXPECT_THAT(Found(payments, {.institution = kTokyoClinic, .from = Month("2024-07"), .to = Month("2024-05")}),
              IsEmpty());
  EXPECT_THAT(Found(payments, {.institution = kOsakaClinic, .from = Month("2024-01"), .to = Month("2024-12")}),
              IsEmpty());
}

TEST_P(PaymentsTest, APrefectureAndThePointTableEverywhere) {
  Payments payments = Fresh();
  int64_t row = 1;
  for (InstitutionCode institution : {kOsakaClinic, kTokyoDentist, kTokyoOther, kTokyoClinic}) {
    for (const char* month : {"2024-01", "2024-05", "2024-06", "2024-12"}) {
      ASSERT_TRUE(payments.Put(Paid(institution, month, 1130012, 10), File(1), ++row).ok());
    }
  }
  ASSERT_TRUE(payments.Flush().ok());
  const ServiceMonth from = Month("2024-05"), to = Month("2024-06");
  const auto institutions = [&](int prefecture, int point_table) {
    std::vector<uint64_t> codes;
    for (const PaymentRow& row :
         Found(payments, {.prefecture = prefecture, .point_table = point_table, .from = from, .to = to})) {
      EXPECT_TRUE(row.month == from || row.month == to);
      codes.push_back(row.institution.value);
    }
    return codes;
  };
  const uint64_t tokyo = kTokyoClinic.value, other = kTokyoOther.value, osaka = kOsakaClinic.value;
  EXPECT_THAT(institutions(13, 1), ElementsAre(tokyo, tokyo, other, other));
  EXPECT_THAT(institutions(13, 3), ElementsAre(kTokyoDentist.value, kTokyoDentist.value));
  EXPECT_THAT(institutions(0, 1), ElementsAre(tokyo, tokyo, other, other, osaka, osaka));
  EXPECT_THAT(institutions(1, 1), IsEmpty());
}

TEST_P(PaymentsTest, TheSameFileCountsOnceAndRowsOfDifferentFilesAddUp) {
  Payments payments = Fresh();
  const PaymentRow row = Paid(kTokyoClinic, "2024-05", 1130012, 500);
  for (int again = 0; again < 2; ++again) {
    ASSERT_TRUE(payments.Put(row, File(1), 2).ok());
    ASSERT_TRUE(payments.Put(row, File(1), 3).ok());  // two equal rows of one file are two
    ASSERT_TRUE(payments.Put(row, File(2), 2).ok());
    ASSERT_TRUE(payments.Flush().ok());
  }
  EXPECT_THAT(Found(payments, {.institution = kTokyoClinic, .from = Month("2024-05"), .to = Month("2024-05")}),
              ElementsAre(row, row, row));
}

TEST_P(PaymentsTest, TheVisitorCanStop) {
  Payments payments = Fresh();
  for (int row = 2; row < 12; ++row)
    ASSERT_TRUE(payments.Put(Paid(kTokyoClinic, "2024-05", row, -5), File(1), row).ok());
  ASSERT_TRUE(payments.Flush().ok());
  int seen = 0;
  const absl::Status status = payments.ForEach(
      {.institution = kTokyoClinic, .from = Month("2024-05"), .to = Month("2024-05")}, [&](const PaymentRow& row) {
        EXPECT_EQ(row.amount, Yen{-5});
        return ++seen == 3 ? absl::CancelledError("enough") : absl::OkStatus();
      });
  EXPECT_TRUE(absl::IsCancelled(status));
  EXPECT_EQ(seen, 3);
}

INSTANTIATE_TEST_SUITE_P(Payments, PaymentsTest, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "OnDisk" : "InMemory"; });

TEST(PaymentsOnDisk, LargeLoadsAreWrittenInGroupsAndSurviveARestart) {
  BareDatabase disk({"payments"});
  {
    Payments payments(disk.db(), disk["payments"]);
    for (int row = 0; row < 25'000; ++row)
      ASSERT_TRUE(payments.Put(Paid(kTokyoClinic, "2024-05", 1130012, 1), File(1), row).ok());
    ASSERT_TRUE(payments.Flush().ok());
  }
  disk.Reopen();
  int64_t sum = 0;
  ASSERT_TRUE(Payments(disk.db(), disk["payments"])
                  .ForEach({.institution = kTokyoClinic, .from = Month("2024-05"), .to = Month("2024-05")},
                           [&](const PaymentRow& row) {
                             sum += row.amount.value;
                             return absl::OkStatus();
                           })
                  .ok());
  EXPECT_EQ(sum, 25'000);
}

}  // namespace
}  // namespace furikae::storage
