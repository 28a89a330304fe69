// What a sender of JSON is told, and what is kept from whoever reads the complaints.
#include "rpc/json_fault.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "core/concat.h"
#include "rpc/proto/furikae/v1/claim.pb.h"

namespace furikae::rpc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Fault(const std::string& text) {
  v1::Claim message;
  EXPECT_FALSE(google::protobuf::util::JsonStringToMessage(text, &message).ok()) << text;
  return JsonFault(text, *v1::Claim::descriptor());
}

TEST(JsonFault, NamesTheFieldAndWhatItExpects) {
  const struct {
    const char* text;
    const char* fault;
  } kCases[] = {
      {R"({"agency":"山田"})", "agency: expected a whole number"},
      {R"({"agency":1,"paper":"山田"})", "paper: expected true or false"},
      {R"({"totalPoints":1.5})", "total_points: expected a whole number"},
      {R"({"agency":99999999999})", "agency: expected a whole number"},
      {R"({"flavour":7})", "flavour: expected a text in quotes"},
      {R"({"patient":{"name":"山田","sex":"女"}})", "patient.sex: expected a whole number"},
      {R"({"patient":"山田"})", "patient: expected an object in { }"},
      {R"({"visitDays":"山田"})", "visit_days: expected a list in [ ], each of it a whole number"},
      {R"({"visit_days":[5,"山田"]})", "visit_days[1]: expected a whole number"},
      {R"({"lines":[{"kind":"SI"},{"points":"山田"}]})", "lines[1].points: expected a whole number"},
      {R"({"lines":[{"counts":{"5":1,"山田":1}}]})",
       "lines[0].counts: member 2: expected a whole number in quotes, and a whole number for each"},
      {R"({"lines":[{"counts":[5]}]})",
       "lines[0].counts: expected an object in { }: a whole number in quotes, and a whole number for each"},
      {R"(["山田"])", "expected an object in { }"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Fault(c.text), c.fault) << c.text;
}

TEST(JsonFault, QuotesAnUnknownFieldOnlyWhenItLooksLikeOne) {
  EXPECT_EQ(Fault(R"({"agency":1,"colour":"山田"})"), "member 2 (\"colour\") is an unknown field");
  EXPECT_EQ(Fault(R"({"patient":{"sex":1,"name":"山田","nick_name2":"山"}})"),
            "patient: member 3 (\"nick_name2\") is an unknown field");
  EXPECT_EQ(Fault(R"({"lines":[{},{"山田　花子":1}]})"), "lines[1]: member 1 is an unknown field");
  EXPECT_EQ(Fault(R"({"1985-04-02":1})"), "member 1 is an unknown field");
  EXPECT_EQ(Fault(R"({"":1})"), "member 1 is an unknown field");
  EXPECT_THAT(Fault("{\"" + std::string(40, 'a') + "\":1}"), HasSubstr("\"aaaa"));
  EXPECT_THAT(Fault("{\"" + std::string(41, 'a') + "\":1}"), Not(HasSubstr("a\"")));
}

TEST(JsonFault, SaysWhereTheSyntaxBreaks) {
  EXPECT_EQ(Fault(R"({"agency":1,,})"), "syntax error of JSON at character 13 (byte 13 of the line)");
  EXPECT_EQ(Fault(R"({"patient":{"name":"山田" oops)"), "syntax error of JSON at character 25 (byte 29 of the line)");
  EXPECT_EQ(Fault(R"({"patient":{"name":"山田")"), "the JSON stops before its end: something is not closed");
  EXPECT_EQ(Fault(R"({"patient":{"name":"山田)"), "the JSON stops before its end: something is not closed");
  EXPECT_EQ(Fault(R"({"agency":1}})"), "syntax error of JSON at character 13 (byte 13 of the line)");
}

TEST(JsonFault, IsNotBroughtDownByDepth) {
  const std::string open(200'000, '[');
  EXPECT_EQ(Fault(R"({"agency":)" + open), "nested deeper than 32 levels");
  EXPECT_EQ(Fault(R"({"agency":)" + open + std::string(200'000, ']') + "}"), "nested deeper than 32 levels");
}

TEST(JsonFault, IsNotBroughtDownByWidth) {
  const auto object_of = [](int members) {
    std::string text = "{";
    for (int i = 1; i <= members; ++i) text += Concat(i == 1 ? "" : ",", "\"field", i, "\":1");
    return text + "}";
  };
  EXPECT_EQ(Fault(object_of(1'000)), "member 1 (\"field1\") is an unknown field");
  EXPECT_EQ(Fault(object_of(1'001)), "an object in it has more than 1000 members");
  EXPECT_EQ(Fault(R"({"patient":)" + object_of(1'000'000) + "}"), "an object in it has more than 1000 members");
}

}  // namespace
}  // namespace furikae::rpc
