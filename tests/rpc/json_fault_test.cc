// What a sender of JSON is told, and what is kept from whoever reads the complaints.
#include "rpc/json_fault.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "core/concat.h"
#include "rpc/proto/furikae/v1/claim.pb.h"

namespace furikae::rpc {
namespace {

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
      {R"({"agency":99999999999})", "agency: expected a whole number that is not so large"},
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

// Its name may be a patient's.
TEST(JsonFault, TellsAnUnknownFieldByItsPlace) {
  EXPECT_EQ(Fault(R"({"agency":1,"colour":"山田"})"), "member 2 is an unknown field");
  EXPECT_EQ(Fault(R"({"patient":{"sex":1,"name":"山田","YamadaHanako":"山"}})"),
            "patient: member 3 is an unknown field");
  EXPECT_EQ(Fault(R"({"lines":[{},{"山田　花子":1}]})"), "lines[1]: member 1 is an unknown field");
  EXPECT_EQ(Fault(R"({"":1})"), "member 1 is an unknown field");
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
  EXPECT_EQ(Fault(object_of(1'000)), "member 1 is an unknown field");
  EXPECT_EQ(Fault(object_of(1'001)), "an object in it has more than 1000 members");
  EXPECT_EQ(Fault(R"({"patient":)" + object_of(1'000'000) + "}"), "an object in it has more than 1000 members");
}

TEST(JsonFault, IsNotBroughtDownByLength) {
  const auto days = [](int good) {
    std::string text = R"({"visit_days":[)";
    for (int i = 0; i < good; ++i) text += "1,";
    return text + R"("x",1,"x"]})";
  };
  EXPECT_EQ(Fault(days(0)), "visit_days[0]: expected a whole number");
  EXPECT_EQ(Fault(days(7)), "visit_days[7]: expected a whole number");
  EXPECT_EQ(Fault(days(500'000)), "visit_days[500000]: expected a whole number");
  EXPECT_EQ(Fault(days(1'000'000)), "is no furikae.v1.Claim, and too long to look for why");
  EXPECT_EQ(Fault(days(1'000'000) + "]"), "syntax error of JSON at character 2000027 (byte 2000027 of the line)");
}

}  // namespace
}  // namespace furikae::rpc
