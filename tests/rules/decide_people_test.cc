// What people decide (decisions.md §6) and what an agency sets as policy (§3).
#include <gtest/gtest.h>

#include "rules/receipt_facts.h"
#include "tests/rules/decide_fixture.h"

namespace furikae::rules {
namespace {

// Two records nobody can tell apart.
World WithTwo() {
  World world;
  world.Add(Unlinked("S-one"), {.number = "1"});
  world.Add(Unlinked("S-two"), {.insurer = kSociety, .number = "2"});
  return world;
}
const Claim kClaim = UnidentifiedClaim();

TEST(DecidePeople, AnAcceptedPersonsCoverageDecides) {
  World world = WithTwo();
  EXPECT_EQ(Result(world.Decide(kClaim)), "IN_REVIEW");
  world.Said(Action::kAccept, "S-two");
  EXPECT_EQ(Parts(world.Decide(kClaim)), "06130488: 3 10 22 = 846");
  world.Said(Action::kAccept, "S-one");
  EXPECT_EQ(Parts(world.Decide(kClaim)), "01130012: 3 10 22 = 846") << "the last answer decides";
  world.Said(Action::kUndo);
  EXPECT_EQ(Parts(world.Decide(kClaim)), "06130488: 3 10 22 = 846") << "undo takes back the latest";
}

TEST(DecidePeople, AnUnknownSubjectStaysOpen) {
  World world = WithTwo();
  world.Said(Action::kAccept, "S-nobody");
  EXPECT_EQ(Result(world.Decide(kClaim)), "IN_REVIEW");
}

TEST(DecidePeople, RejectingAllIsAsIfThereWereNoMatch) {
  World world = WithTwo();
  world.Said(Action::kReject);
  const Decision d = world.Decide(kClaim);
  EXPECT_EQ(Result(d), "APPORTIONED");
  EXPECT_EQ(Flags(d), "") << "somebody answered";
}

TEST(DecidePeople, AnInquiryIsOpenUntilAnswered) {
  World world = WithTwo();
  EXPECT_FALSE(world.Decide(kClaim).inquiry_needed);
  world.Said(Action::kInquire);
  EXPECT_TRUE(world.Decide(kClaim).inquiry_needed);
  world.Said(Action::kConfirm, "", kSociety);
  EXPECT_EQ(Parts(world.Decide(kClaim)), "06130488: 3 10 22 = 846");
}

TEST(DecidePeople, TwoConfirmationsByDifferentInsurersAreForAReviewer) {
  World world = WithTwo();
  world.Said(Action::kConfirm, "", kSociety);
  world.Said(Action::kConfirm, "", kKyokai);
  const Decision d = world.Decide(kClaim);
  EXPECT_EQ(Result(d), "IN_REVIEW");
  EXPECT_EQ(Rows(d, "routing_identified"), "CONTRADICTED");
  world.Said(Action::kDeny, "", kSociety);
  EXPECT_EQ(Parts(world.Decide(kClaim)), "01130012: 3 10 22 = 846") << "one took its word back";
}

TEST(DecidePeople, WhoeverDeniesIsLeftOut) {
  World world = WithTwo();
  world.Said(Action::kDeny, "", kSociety);
  const Decision d = world.Decide(kClaim);
  EXPECT_EQ(Result(d), "IN_REVIEW") << "one candidate without an anchor is left";
  EXPECT_EQ(GradeName(d.identification.value().grade), "PROBABLE");
  world.Said(Action::kDeny, "", kKyokai);
  EXPECT_EQ(Result(world.Decide(kClaim)), "APPORTIONED");
}

TEST(DecidePeople, ADenialThatNamesNobodyRulesOutAll) {
  World world = WithTwo();
  world.Said(Action::kDeny);
  EXPECT_EQ(Result(world.Decide(kClaim)), "APPORTIONED");
}

TEST(DecidePeople, AnInsurerMayConfirmSomebodyWhomTheRegistryDoesNotHold) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-16"});
  world.Said(Action::kConfirm, "", kMutual);
  const Decision d = world.Decide({});
  EXPECT_EQ(Result(d), "SPLIT 05") << "the claimed card keeps the days it covers";
  EXPECT_EQ(Parts(d), "01130012: 3 10 = 564; 33120015: 22 = 282");
}

TEST(DecidePeople, AnswersAfterTheMomentDoNotCount) {
  World world = WithTwo();
  world.Said(Action::kAccept, "S-two");
  world.people.back().at = Moment::LastSecondOf(ServiceMonth::Of(2024, 11));
  EXPECT_EQ(Result(world.Decide(kClaim)), "IN_REVIEW");
}

TEST(DecidePeople, AValidReceiptIsNeverMoved) {
  World world;
  world.Add(Hanako(), {});
  world.Add(Unlinked("S-two"), {.insurer = kSociety, .number = "2"});
  world.Said(Action::kAccept, "S-two");
  EXPECT_EQ(Result(world.Decide({})), "AS_CLAIMED 02");
}

TEST(DecidePeople, AtCloseAnOpenReviewGetsWhatItStandsFor) {
  World world = WithTwo();
  world.context.settle_open = true;
  const Decision d = world.Decide(kClaim);
  EXPECT_EQ(Result(d), "APPORTIONED");
  EXPECT_EQ(Flags(d), "REVIEW_OPEN");
}

// Policies are rows of tables: another row, another outcome, no other program.

constexpr char kRow[] =
    R"({"table": "%T", "title": {"ja": "試", "en": "test"}, "hit": "FIRST", "dated_by": "claim_month", "outputs": {%O}, "rows": [)"
    R"({"id": "OTHER", "title": {"ja": "他", "en": "the other choice"}, "when": {%W}, "then": {%N}, "source": "test", "status": "assumed", "note": "test"}]})";

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

// policy.json with one of its tables replaced by another with a single row.
std::string PolicyWith(const std::string& table, const std::string& outputs, const std::string& when,
                       const std::string& then) {
  const std::string& policy = EmbeddedRegulations().at("policy.json");
  const size_t named = policy.find("\"table\": \"" + table + "\"");
  const size_t begin = policy.rfind('{', named), end = policy.find("\n   ]}", named) + 6;
  std::string row = Replaced(Replaced(Replaced(Replaced(kRow, "%T", table), "%O", outputs), "%W", when), "%N", then);
  return policy.substr(0, begin) + row + policy.substr(end);
}

TEST(DecidePolicy, AFormerQualificationMayBeReturned) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-01"});
  world.UseTables("policy.json",
                  PolicyWith("former_qualification_unregistered", R"("outcome": "text", "reason": "number")", "",
                             R"("outcome": "RETURNED", "reason": 10)"));
  world.context.closing_month = ServiceMonth::Of(2024, 12);
  Claim claim;
  claim.remarks = {"旧資格情報"};
  EXPECT_EQ(Result(world.Decide(claim)), "RETURNED R10");
}

TEST(DecidePolicy, AnUnmatchedCardMayBeBilledToTheClaimedInsurer) {
  World world;
  world.UseTables("policy.json", PolicyWith("unmatched_card", R"("outcome": "text", "class": "number")", "",
                                            R"("outcome": "BILLED_TO_CLAIMED", "class": 3)"));
  const Decision d = world.Decide({});
  EXPECT_EQ(Result(d), "BILLED_TO_CLAIMED 03");
  EXPECT_EQ(Parts(d), "01130012: 3 10 22 = 846");
}

TEST(DecidePolicy, CrossingTheAgenciesMayBeReturned) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-01"});
  world.Add(Hanako(), {.insurer = kKokuho, .from = "2024-09-01"});
  EXPECT_EQ(Result(world.Decide({})), "TRANSFERRED 04");
  world.UseTables("policy.json", PolicyWith("cross_agency", R"("action": "text", "reason": "number")",
                                            R"("agency_crossed": true)", R"("action": "RETURN", "reason": 11)"));
  const Decision d = world.Decide({});
  EXPECT_EQ(Result(d), "RETURNED R11");
  EXPECT_TRUE(d.parts.empty());
  EXPECT_EQ(Flags(d), "");
}

TEST(DecidePolicy, AMissingTableIsNamed) {
  std::map<std::string, std::string> files = EmbeddedRegulations();
  files.erase("origin.json");
  const auto book = Rulebook::Load(Declarations(), files);
  ASSERT_TRUE(book.ok()) << book.status();
  const storage::MemoryRegistry registry;
  const storage::Masters masters;
  const Decider decider(*book, registry.index(), registry, masters);
  const auto decision = decider.Decide(uke::Receipt{}, {});
  EXPECT_EQ(decision.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(decision.status().message().find("origin"), std::string_view::npos);
}

}  // namespace
}  // namespace furikae::rules
