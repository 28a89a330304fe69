// Periods of insurers and institutions, their successors, and to which agency an insurer belongs.
#include "storage/masters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/storage/bare_database.h"

namespace furikae::storage {
namespace {

using ::testing::HasSubstr;

Date Day(const char* text) { return *Date::Parse(text); }
ServiceMonth Month(const char* text) { return *ServiceMonth::Parse(text); }

InsurerRow Insurer(uint32_t number, const char* from, const char* to = "", uint32_t successor = 0,
                   Agency agency = Agency::kShaho) {
  InsurerRow row{.number = {number}, .name = "組合", .kind = InsurerKind::kSociety, .prefecture = 13, .agency = agency};
  row.valid_from = Day(from);
  if (*to != '\0') row.valid_to = Day(to);
  row.successor = {successor};
  return row;
}

// For whom no law code tells the agency.
Agency Nobody(int, ServiceMonth) { return Agency::kUnknown; }

InstitutionRow Clinic(uint64_t code, const char* from, const char* to = "") {
  InstitutionRow row{.code = {code}, .name = "診療所", .kind = InstitutionKind::kClinic};
  row.valid_from = Day(from);
  if (*to != '\0') row.valid_to = Day(to);
  return row;
}

TEST(Masters, ANumberStandsInAMonthByItsPeriods) {
  Masters masters;
  ASSERT_TRUE(masters.Put(Insurer(6130488, "2020-04-01", "2022-03-31")).ok());
  ASSERT_TRUE(masters.Put(Insurer(6130488, "2023-04-15")).ok());
  const struct {
    const char* month;
    Standing standing;
    const char* period_from;
  } cases[] = {
      {"2020-03", Standing::kNotYet, nullptr},       {"2020-04", Standing::kInForce, "2020-04-01"},
      {"2022-03", Standing::kInForce, "2020-04-01"}, {"2022-04", Standing::kCeased, "2020-04-01"},
      {"2023-03", Standing::kCeased, "2020-04-01"},  {"2023-04", Standing::kInForce, "2023-04-15"},
      {"2030-01", Standing::kInForce, "2023-04-15"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(masters.StandingOf({6130488}, Month(c.month)), c.standing) << c.month;
    const InsurerRow* row = masters.InsurerIn({6130488}, Month(c.month));
    ASSERT_EQ(row == nullptr, c.period_from == nullptr) << c.month;
    if (row != nullptr) {
      EXPECT_EQ(row->valid_from, Day(c.period_from)) << c.month;
    }
  }
  EXPECT_EQ(masters.StandingOf({6130489}, Month("2024-10")), Standing::kUnknown);
  EXPECT_EQ(masters.InsurerIn({6130489}, Month("2024-10")), nullptr);
}

TEST(Masters, ARowForTheSameFirstDayReplacesAndAnOverlapIsRefused) {
  Masters masters;
  ASSERT_TRUE(masters.Put(Insurer(1130012, "2010-01-01")).ok());
  ASSERT_TRUE(masters.Put(Insurer(1130012, "2010-01-01", "2024-03-31")).ok());
  EXPECT_EQ(masters.insurers().at({1130012}).size(), 1u);
  const absl::Status refused = masters.Put(Insurer(1130012, "2024-03-31"));
  EXPECT_TRUE(absl::IsFailedPrecondition(refused));
  EXPECT_THAT(std::string(refused.message()),
              HasSubstr("insurer 01130012: period 2024-03-31 to open overlaps period 2010-01-01 to 2024-03-31"));
  EXPECT_TRUE(masters.Put(Insurer(1130012, "2024-04-01")).ok());
  // Lengthening the first period into the second is an overlap too, and changes nothing.
  EXPECT_FALSE(masters.Put(Insurer(1130012, "2010-01-01", "2024-04-01")).ok());
  EXPECT_EQ(masters.insurers().at({1130012})[0].valid_to, Day("2024-03-31"));
}

TEST(Masters, APeriodThatEndsBeforeItBeginsIsRefusedAndLeavesNothing) {
  Masters masters;
  EXPECT_TRUE(absl::IsInvalidArgument(masters.Put(Insurer(1130012, "2024-04-01", "2024-03-31"))));
  EXPECT_EQ(masters.StandingOf({1130012}, Month("2024-04")), Standing::kUnknown);
}

TEST(Masters, TheSuccessorIsFoundAlongTheChain) {
  Masters masters;
  ASSERT_TRUE(masters.Put(Insurer(1, "2000-01-01", "2020-03-31", 2)).ok());
  ASSERT_TRUE(masters.Put(Insurer(2, "2000-01-01", "2022-03-31", 3)).ok());
  ASSERT_TRUE(masters.Put(Insurer(3, "2000-01-01")).ok());
  const auto bearer = [&](const char* day) { return masters.LivingSuccessor({1}, Day(day), Nobody)->value; };
  EXPECT_EQ(bearer("2020-03-31"), 1u) << "valid on its last day";
  EXPECT_EQ(bearer("2020-04-01"), 2u);
  EXPECT_EQ(bearer("2022-04-01"), 3u);
  EXPECT_EQ(bearer("1990-01-01"), 1u) << "not ceased before it began";
}

TEST(Masters, AChainThatLeadsNowhereSaysWhy) {
  Masters masters;
  ASSERT_TRUE(masters.Put(Insurer(1, "2000-01-01", "2020-03-31", 2)).ok());
  ASSERT_TRUE(masters.Put(Insurer(2, "2000-01-01", "2020-03-31", 1)).ok());
  ASSERT_TRUE(masters.Put(Insurer(3, "2000-01-01", "2020-03-31")).ok());
  ASSERT_TRUE(masters.Put(Insurer(4, "2000-01-01", "2020-03-31", 99)).ok());
  ASSERT_TRUE(masters.Put(Insurer(5, "2000-01-01", "2020-03-31", 6)).ok());
  ASSERT_TRUE(masters.Put(Insurer(6, "2000-01-01", "", 0, Agency::kKokuho)).ok());
  ASSERT_TRUE(masters.Put(Insurer(7, "2000-01-01", "2020-03-31", 7)).ok());
  const struct {
    uint32_t number;
    absl::StatusCode code;
    const char* reason;
  } cases[] = {
      {1, absl::StatusCode::kFailedPrecondition, "lead back to it"},
      {3, absl::StatusCode::kNotFound, "names no successor"},
      {4, absl::StatusCode::kNotFound, "successor 00000099 is in no row"},
      {5, absl::StatusCode::kFailedPrecondition, "other agency"},
      {7, absl::StatusCode::kFailedPrecondition, "lead back to it"},
      {8, absl::StatusCode::kNotFound, "insurer 00000008 is in no row"},
  };
  for (const auto& c : cases) {
    const absl::Status status = masters.LivingSuccessor({c.number}, Day("2024-10-01"), Nobody).status();
    EXPECT_EQ(status.code(), c.code) << c.number;
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.reason)) << c.number;
  }
}

TEST(Masters, TheAgencyIsTheMastersElseWhatTheCallerKnowsOfTheLawCode) {
  Masters masters;
  ASSERT_TRUE(masters.Put(Insurer(6130488, "2020-04-01", "", 0, Agency::kKokuho)).ok());
  const auto from_2024 = [](int law_code, ServiceMonth month) {
    return law_code == 6 && month >= Month("2024-01") ? Agency::kShaho : Agency::kUnknown;
  };
  EXPECT_EQ(masters.AgencyOf({6130488}, Month("2024-10"), from_2024), Agency::kKokuho);
  EXPECT_EQ(masters.AgencyOf({6130489}, Month("2024-10"), from_2024), Agency::kShaho);
  EXPECT_EQ(masters.AgencyOf({6130489}, Month("2023-12"), from_2024), Agency::kUnknown);
  EXPECT_EQ(masters.AgencyOf({6130488}, Month("2019-10"), from_2024), Agency::kUnknown) << "no period has begun";
}

TEST(Masters, ASuccessorWhoseAgencyOnlyTheLawCodeTellsIsFoundToo) {
  Masters masters;
  ASSERT_TRUE(masters.Put(Insurer(6130488, "2000-01-01", "2020-03-31", 1130012, Agency::kShaho)).ok());
  ASSERT_TRUE(masters.Put(Insurer(1130012, "2000-01-01", "", 0, Agency::kUnknown)).ok());
  const auto shaho = [](int law_code, ServiceMonth) { return law_code == 1 ? Agency::kShaho : Agency::kUnknown; };
  EXPECT_EQ(masters.LivingSuccessor({6130488}, Day("2024-10-01"), shaho)->value, 1130012u);
  EXPECT_EQ(masters.LivingSuccessor({6130488}, Day("2024-10-01"), Nobody).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(Masters, InstitutionsHavePeriodsToo) {
  Masters masters;
  ASSERT_TRUE(masters.Put(Clinic(1311234567, "2000-01-01", "2020-12-31")).ok());
  ASSERT_TRUE(masters.Put(Clinic(1311234567, "2021-01-01")).ok());
  EXPECT_EQ(masters.InstitutionIn({1311234567}, Month("1999-12")), nullptr);
  EXPECT_EQ(masters.InstitutionIn({1311234567}, Month("2020-12"))->valid_from, Day("2000-01-01"));
  EXPECT_EQ(masters.InstitutionIn({1311234567}, Month("2021-01"))->valid_from, Day("2021-01-01"));
  EXPECT_EQ(masters.InstitutionIn({1311234568}, Month("2021-01")), nullptr);
}

TEST(Masters, WhatWasFlushedIsThereAfterARestart) {
  BareDatabase disk({"insurers", "institutions"});
  const InsurerRow old_period = Insurer(6130488, "1960-04-01", "2022-03-31", 1130012);
  const InsurerRow new_period = Insurer(6130488, "2023-04-15");
  {
    Masters masters(disk.db(), disk["insurers"], disk["institutions"]);
    ASSERT_TRUE(masters.Load().ok());
    ASSERT_TRUE(masters.Put(new_period).ok());
    ASSERT_TRUE(masters.Put(old_period).ok());
    ASSERT_TRUE(masters.Put(Clinic(1311234567, "2000-01-01")).ok());
    ASSERT_TRUE(masters.Flush().ok());
    ASSERT_TRUE(masters.Put(Insurer(1130012, "2000-01-01")).ok());  // and a crash before the next Flush
  }
  disk.Reopen();
  Masters masters(disk.db(), disk["insurers"], disk["institutions"]);
  ASSERT_TRUE(masters.Load().ok());
  EXPECT_THAT(masters.insurers().at({6130488}), ::testing::ElementsAre(old_period, new_period));
  EXPECT_THAT(masters.institutions().at({1311234567}), ::testing::ElementsAre(Clinic(1311234567, "2000-01-01")));
  EXPECT_EQ(masters.StandingOf({1130012}, Month("2024-10")), Standing::kUnknown);
}

}  // namespace
}  // namespace furikae::storage
