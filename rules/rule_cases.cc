// The reading of example cases. What is refused is listed in rules/rule_cases.h.
#include "rules/rule_cases.h"

#include <algorithm>
#include <limits>
#include <set>

#include "absl/status/status.h"
#include "core/concat.h"
#include "core/status.h"
#include "rules/table_condition.h"
#include "rules/table_json.h"

namespace furikae::rules {
namespace {

using nlohmann::json;

std::string Written(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

// Reads the cases of one file. File and case stand in every complaint.
class CaseReader {
 public:
  CaseReader(const Rulebook& book, std::span<const FactDeclaration> facts, std::string file)
      : book_(book), facts_(facts), file_(std::move(file)) {}

  absl::Status Read(std::string_view text, std::vector<RuleCase>& cases) {
    const absl::StatusOr<json> document = ParseStrictJson(text);
    if (!document.ok()) return Complaint(StdView(document.status().message()));
    if (!document->is_array() || document->empty()) return Complaint("expected an array of cases with at least one");
    for (const json& member : *document) {
      ++number_;
      name_.clear();
      ASSIGN_OR_RETURN(RuleCase read, ReadCase(member));
      cases.push_back(std::move(read));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Complaint(std::string_view reason) const {
    const std::string place = !name_.empty() ? Concat(", case \"", name_, "\"")
                              : number_ > 0  ? Concat(", case number ", number_)
                                             : std::string();
    return absl::InvalidArgumentError(Concat("cases/", file_, place, ": ", reason));
  }

  absl::StatusOr<RuleCase> ReadCase(const json& member) {
    RuleCase read;
    if (!member.is_object()) return Complaint("expected an object");
    name_ = TextOf(member, "case");
    if (name_.empty()) return Complaint("\"case\" must be a sentence that says what the case shows");
    if (!names_.insert(name_).second) return Complaint("an earlier case of this file has the same name");
    RETURN_IF_ERROR(KnownKeys(member));
    read.file = file_;
    read.name = name_;
    read.table = book_.Find(TextOf(member, "table"));
    if (read.table == nullptr) {
      return Complaint(member.contains("table") ? Concat("unknown table ", Written(member["table"]))
                                                : "\"table\" is missing: say which table is asked");
    }
    RETURN_IF_ERROR(ReadGiven(member, read));
    RETURN_IF_ERROR(ReadExpected(member, read));
    RETURN_IF_ERROR(ReadOutputs(member, read));
    return read;
  }

  absl::Status KnownKeys(const json& member) const {
    static constexpr std::string_view kKnown[] = {"case", "table", "given", "expect", "then"};
    for (const auto& [key, value] : member.items()) {
      if (std::find(std::begin(kKnown), std::end(kKnown), key) == std::end(kKnown)) {
        return Complaint(Concat("unknown key \"", key, "\"; known: ", Joined(kKnown, " ")));
      }
    }
    return absl::OkStatus();
  }

  absl::Status ReadGiven(const json& member, RuleCase& read) const {
    if (read.table->hit() == HitPolicy::kLookup) {
      if (!member.contains("given")) return absl::OkStatus();
      return Complaint("a row of a LOOKUP table is found by its id; it takes no \"given\"");
    }
    if (!member.contains("given") || !member["given"].is_object()) {
      return Complaint("\"given\" must be an object of facts and values");
    }
    for (const auto& [name, value] : member["given"].items()) RETURN_IF_ERROR(ReadFact(name, value, read.facts));
    return absl::OkStatus();
  }

  absl::Status ReadFact(const std::string& name, const json& value, Facts& facts) const {
    const std::optional<int> fact = FindFact(facts_, name);
    if (!fact) return Complaint(Concat("unknown fact \"", name, "\""));
    if (value.is_structured()) {
      return Complaint(Concat("the fact ", name, " has one value in a case, not ", Written(value).substr(0, 80)));
    }
    const absl::StatusOr<ValueSet> set = ReadCondition(facts_[*fact], value);
    if (!set.ok()) return Complaint(StdView(set.status().message()));
    facts.Set(*fact, set->intervals().front().low);
    return absl::OkStatus();
  }

  absl::Status ReadExpected(const json& member, RuleCase& read) const {
    const bool several = read.table->hit() == HitPolicy::kCollect;
    const auto expect = member.find("expect");
    if (expect == member.end()) return Complaint("\"expect\" is missing: name the row, or null when none answers");
    const bool none = expect->is_null() || (expect->is_array() && expect->empty());
    if (none && read.table->hit() != HitPolicy::kLookup) return absl::OkStatus();
    if (several ? !expect->is_array() : !expect->is_string()) {
      return Complaint(several ? "\"expect\" must be the list of the rows that hold, in table order"
                               : "\"expect\" must be the id of one row");
    }
    const json rows = several ? *expect : json::array({*expect});
    for (const json& id : rows) {
      const Row* row = id.is_string() ? read.table->FindRow(id.get_ref<const std::string&>()) : nullptr;
      if (row == nullptr) return Complaint(Concat("the table ", read.table->name(), " has no row ", Written(id)));
      read.expected.push_back(row);
    }
    return absl::OkStatus();
  }

  absl::Status ReadOutputs(const json& member, RuleCase& read) const {
    const auto then = member.find("then");
    if (then == member.end()) {
      if (read.table->hit() != HitPolicy::kLookup) return absl::OkStatus();
      return Complaint("\"then\" is missing: a case of a LOOKUP table says what the row gives");
    }
    const bool several = read.table->hit() == HitPolicy::kCollect;
    const json rows = several ? *then : json::array({*then});
    if (!rows.is_array() || rows.size() != read.expected.size()) {
      return Complaint(several ? "\"then\" must be a list with the outputs of each expected row"
                               : "\"then\" needs a row in \"expect\" that gives it");
    }
    read.checks_outputs = true;
    for (const json& outputs : rows) {
      ASSIGN_OR_RETURN(std::vector<ExpectedOutput> expected, ReadRowOutputs(outputs, *read.table));
      read.outputs.push_back(std::move(expected));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<ExpectedOutput>> ReadRowOutputs(const json& outputs, const Table& table) const {
    if (!outputs.is_object()) return Complaint("\"then\" must be an object of outputs");
    std::vector<ExpectedOutput> expected;
    for (const auto& [name, value] : outputs.items()) {
      if (!table.outputs().contains(name)) {
        return Complaint(Concat("the table ", table.name(), " has no output \"", name, "\""));
      }
      ExpectedOutput output{name, {}, Written(value)};
      if (value.is_string()) {
        output.value.text = value.get<std::string>();
      } else if (value.is_boolean()) {
        output.value.number = value.get<bool>() ? 1 : 0;
      } else if (value.is_number_integer() && !IsTooLarge(value)) {
        output.value.number = value.get<int64_t>();
      } else {
        return Complaint(Concat("output \"", name, "\" must be true, false, an integer or a text"));
      }
      expected.push_back(std::move(output));
    }
    return expected;
  }

  static bool IsTooLarge(const json& value) {
    return value.is_number_unsigned() &&
           value.get<uint64_t>() > static_cast<uint64_t>(std::numeric_limits<int64_t>::max());
  }

  static std::string TextOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
  }

  const Rulebook& book_;
  std::span<const FactDeclaration> facts_;
  std::string file_, name_;
  std::set<std::string> names_;
  int number_ = 0;
};

}  // namespace

absl::StatusOr<std::vector<RuleCase>> ReadRuleCases(const Rulebook& book, std::span<const FactDeclaration> declarations,
                                                    const std::map<std::string, std::string>& files) {
  std::vector<RuleCase> cases;
  for (const auto& [file, text] : files) RETURN_IF_ERROR(CaseReader(book, declarations, file).Read(text, cases));
  return cases;
}

}  // namespace furikae::rules
