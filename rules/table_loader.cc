// The loader of decision tables: from JSON text to checked, compiled tables. What it refuses is listed in
// rules/table.h.
#include <algorithm>
#include <optional>
#include <set>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "core/concat.h"
#include "core/status.h"
#include "rules/table.h"
#include "rules/table_condition.h"
#include "rules/table_digest.h"
#include "rules/table_json.h"
#include "rules/table_matcher.h"
#include "rules/table_value_set.h"

namespace furikae::rules {

using nlohmann::json;

// Reads the tables and lists of one file. Its place (file, table or list, row) stands in every complaint.
class TableLoader {
 public:
  TableLoader(std::span<const FactDeclaration> facts, std::string file, std::vector<TableComplaint>& complaints)
      : facts_(facts), file_(std::move(file)), complaints_(complaints) {}

  // Tables and lists without a fault are added; the others have told their complaints.
  void Load(std::string_view text, std::vector<std::unique_ptr<Table>>& tables, std::vector<ValueList>& lists) {
    absl::StatusOr<json> document = ParseStrictJson(text);
    if (!document.ok()) {
      Tell(Complaint(StdView(document.status().message())));
    } else if (document->is_object()) {
      Tell(LoadMember(*document, tables, lists));
    } else if (!document->is_array() || document->empty()) {
      Tell(Complaint("expected a table or list, or an array of them"));
    } else {
      for (const json& member : *document) Tell(LoadMember(member, tables, lists));
    }
  }

 private:
  // What the "outputs" of a table declare.
  struct OutputType {
    enum Kind { kFlag, kNumber, kText } kind = kText;
    std::vector<std::string> allowed;  // of kText; empty = any
  };

  // Where it is comes with Tell.
  absl::Status Complaint(std::string_view reason) const { return absl::InvalidArgumentError(AbslView(reason)); }

  void Tell(const absl::Status& status) {
    if (absl::IsInvalidArgument(status))
      complaints_.push_back({file_, kind_, place_, row_, std::string(StdView(status.message()))});
  }
  static absl::Status Told() { return absl::CancelledError(); }

  absl::Status LoadMember(const json& member, std::vector<std::unique_ptr<Table>>& tables,
                          std::vector<ValueList>& lists) {
    place_.clear();
    row_.clear();
    if (member.is_object() && member.contains("list")) {
      ASSIGN_OR_RETURN(ValueList list, ReadList(member));
      lists.push_back(std::move(list));
      return absl::OkStatus();
    }
    if (!member.is_object() || !member.contains("table")) {
      return Complaint("expected an object with the key \"table\" or \"list\"");
    }
    ASSIGN_OR_RETURN(std::unique_ptr<Table> table, ReadTable(member));
    tables.push_back(std::move(table));
    return absl::OkStatus();
  }

  absl::StatusOr<ValueList> ReadList(const json& member) {
    ValueList list;
    ASSIGN_OR_RETURN(list.name, Identifier(member, "list"));
    kind_ = "list";
    place_ = list.name;
    RETURN_IF_ERROR(KnownKeys(member, {"list", "title", "values", "source", "status", "note"}));
    RETURN_IF_ERROR(ReadTitle(member, list.title_ja, list.title_en));
    RETURN_IF_ERROR(ReadOrigin(member, list.source, list.note, list.status));
    if (!member.contains("values") || !member["values"].is_array() || member["values"].empty()) {
      return Complaint("\"values\" must be an array of texts with at least one");
    }
    std::set<std::string> seen;
    for (const json& value : member["values"]) {
      if (!value.is_string() || value.get_ref<const std::string&>().empty())
        return Complaint("a value is no text or empty");
      if (!seen.insert(value.get<std::string>()).second) {
        return Complaint(Concat("the value \"", value.get<std::string>(), "\" stands twice"));
      }
      list.values.push_back(value.get<std::string>());
    }
    return list;
  }

  absl::StatusOr<std::unique_ptr<Table>> ReadTable(const json& member) {
    auto table = std::make_unique<Table>();
    ASSIGN_OR_RETURN(table->name_, Identifier(member, "table"));
    kind_ = "table";
    place_ = table->name_;
    RETURN_IF_ERROR(KnownKeys(member, {"table", "title", "hit", "dated_by", "outputs", "rows", "note"}));
    RETURN_IF_ERROR(ReadTitle(member, table->title_ja_, table->title_en_));
    ASSIGN_OR_RETURN(table->hit_, ReadHit(member));
    ASSIGN_OR_RETURN(std::optional<int> dated_by, ReadDatedBy(member));
    ASSIGN_OR_RETURN(auto outputs, ReadOutputTypes(member));
    if (!member.contains("rows") || !member["rows"].is_array() || member["rows"].empty()) {
      return Complaint("\"rows\" must be an array with at least one row");
    }
    std::vector<RowBox> boxes;
    const size_t told = complaints_.size();
    for (size_t i = 0; i < member["rows"].size(); ++i) {
      row_ = Concat("number ", i + 1);  // until its id is known
      Tell(ReadRow(member["rows"][i], dated_by, outputs, *table, boxes));
    }
    row_.clear();
    if (complaints_.size() == told) CheckReach(*table, boxes);
    if (complaints_.size() > told) return Told();
    if (table->hit_ == HitPolicy::kLookup) boxes.clear();  // nothing ever holds: rows are found by id
    table->matcher_ = std::make_shared<const RowMatcher>(boxes);
    table->conditions_ = std::move(boxes);
    table->dated_by_ = dated_by;
    table->file_ = file_;
    for (const auto& [name, type] : outputs) table->outputs_.push_back(name);
    return table;
  }

  absl::Status ReadRow(const json& source, std::optional<int> dated_by,
                       const std::map<std::string, OutputType>& outputs, Table& table, std::vector<RowBox>& boxes) {
    if (!source.is_object()) return Complaint("expected an object");
    Row row;
    row.table = table.name_;
    ASSIGN_OR_RETURN(row.id, Identifier(source, "id"));
    row_ = row.id;
    if (table.FindRow(row.id) != nullptr) return Complaint("an earlier row has the same id");
    RETURN_IF_ERROR(KnownKeys(source, {"id", "title", "from", "until", "when", "then", "source", "status", "note"}));
    RETURN_IF_ERROR(ReadTitle(source, row.title_ja, row.title_en));
    RETURN_IF_ERROR(ReadOrigin(source, row.source, row.note, row.status));
    RowBox box;
    RETURN_IF_ERROR(ReadConditions(source, box));
    RETURN_IF_ERROR(ReadDates(source, dated_by, box));
    if (table.hit_ == HitPolicy::kLookup && !box.empty())
      return Complaint("a LOOKUP table has no conditions and no dates");
    RETURN_IF_ERROR(ReadOutputs(source, outputs, row));
    table.rows_.push_back(std::move(row));
    boxes.push_back(std::move(box));
    return absl::OkStatus();
  }

  absl::Status ReadConditions(const json& row, RowBox& box) const {
    if (!row.contains("when")) return absl::OkStatus();
    if (!row["when"].is_object()) return Complaint("\"when\" must be an object of facts and conditions");
    for (const auto& [name, condition] : row["when"].items()) {
      const std::optional<int> fact = FindFact(name);
      if (!fact) return Complaint(Concat("unknown fact \"", name, "\""));
      absl::StatusOr<ValueSet> set = ReadCondition(facts_[*fact], condition);
      if (!set.ok()) return Complaint(StdView(set.status().message()));
      box[*fact] = *std::move(set);
    }
    return absl::OkStatus();
  }

  // `from` and `until` are one more condition, on the month that dates the table.
  absl::Status ReadDates(const json& row, std::optional<int> dated_by, RowBox& box) const {
    if (!row.contains("from") && !row.contains("until")) return absl::OkStatus();
    if (!dated_by) return Complaint("the row has dates, but the table does not say by which month (\"dated_by\")");
    int64_t from = kAbsent + 1, until = std::numeric_limits<int64_t>::max();
    for (const auto& [key, bound] : {std::pair<const char*, int64_t*>{"from", &from}, {"until", &until}}) {
      if (!row.contains(key)) continue;
      const std::optional<ServiceMonth> month = ReadTableMonth(row[key]);
      if (!month) return Complaint(Concat("\"", key, "\" must be a month such as \"2023-03\""));
      *bound = month->index;
    }
    if (from > until) return Complaint("\"from\" is later than \"until\"");
    const auto condition = box.try_emplace(*dated_by, ValueSet::Everything()).first;
    condition->second = Intersection(condition->second, ValueSet::Between(from, until));
    if (condition->second.Empty()) {
      return Complaint(Concat("the row's dates and its condition on ", facts_[*dated_by].name, " exclude each other"));
    }
    return absl::OkStatus();
  }

  absl::Status ReadOutputs(const json& source, const std::map<std::string, OutputType>& types, Row& row) const {
    if (!source.contains("then") || !source["then"].is_object())
      return Complaint("\"then\" must be an object of outputs");
    for (const auto& [name, value] : source["then"].items()) {
      const auto type = types.find(name);
      if (type == types.end()) return Complaint(Concat("unknown output \"", name, "\""));
      OutputValue output;
      RETURN_IF_ERROR(ReadOutput(name, type->second, value, output));
      row.outputs.emplace_back(name, std::move(output));
    }
    return absl::OkStatus();
  }

  absl::Status ReadOutput(const std::string& name, const OutputType& type, const json& value,
                          OutputValue& output) const {
    switch (type.kind) {
      case OutputType::kFlag:
        if (!value.is_boolean()) return Complaint(Concat("output \"", name, "\" must be true or false"));
        output.number = value.get<bool>() ? 1 : 0;
        return absl::OkStatus();
      case OutputType::kNumber:
        if (!value.is_number_integer() ||
            (value.is_number_unsigned() &&
             value.get<uint64_t>() > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()))) {
          return Complaint(Concat("output \"", name, "\" must be an integer"));
        }
        output.number = value.get<int64_t>();
        return absl::OkStatus();
      case OutputType::kText:
        if (!value.is_string()) return Complaint(Concat("output \"", name, "\" must be a text"));
        output.text = value.get<std::string>();
        if (!type.allowed.empty() &&
            std::find(type.allowed.begin(), type.allowed.end(), output.text) == type.allowed.end()) {
          return Complaint(
              Concat("output \"", name, "\" is \"", output.text, "\"; allowed: ", Joined(type.allowed, " ")));
        }
        return absl::OkStatus();
    }
    return absl::OkStatus();
  }

  // Rows that can never be the answer (FIRST), and rows that could both be (UNIQUE).
  void CheckReach(const Table& table, const std::vector<RowBox>& boxes) {
    for (size_t later = 1; later < boxes.size(); ++later) {
      row_ = table.rows_[later].id;
      if (table.hit_ == HitPolicy::kUnique) TellOverlaps(table, boxes, later);
      if (table.hit_ == HitPolicy::kFirst) TellHidden(table, boxes, later);
    }
    row_.clear();
  }

  void TellOverlaps(const Table& table, const std::vector<RowBox>& boxes, size_t later) {
    for (size_t earlier = 0; earlier < later; ++earlier) {
      if (!Overlap(boxes[earlier], boxes[later])) continue;
      Tell(Complaint(
          Concat("it can hold at the same time as row ", table.rows_[earlier].id, ", but the hit policy is UNIQUE")));
    }
  }

  void TellHidden(const Table& table, const std::vector<RowBox>& boxes, size_t later) {
    for (size_t earlier = 0; earlier < later; ++earlier) {
      if (!Hides(boxes[earlier], boxes[later])) continue;
      Tell(Complaint(Concat("it can never be reached: row ", table.rows_[earlier].id, " holds whenever it does")));
      return;
    }
    if (HideTogether({boxes.begin(), boxes.begin() + later}, Bounded(boxes, later)))
      Tell(Complaint("it can never be reached: the rows before it hold whenever it does"));
  }

  // The row's box with what the facts of earlier rows can be at all, so that "true", "false" and "absent" leave nothing
  // over.
  RowBox Bounded(const std::vector<RowBox>& boxes, size_t row) const {
    RowBox box = boxes[row];
    for (size_t earlier = 0; earlier < row; ++earlier) {
      for (const auto& [fact, set] : boxes[earlier]) box.try_emplace(fact, PossibleValues(facts_[fact]));
    }
    return box;
  }

  absl::StatusOr<HitPolicy> ReadHit(const json& table) const {
    const std::string hit = TextOf(table, "hit");
    if (hit == "UNIQUE") return HitPolicy::kUnique;
    if (hit == "FIRST") return HitPolicy::kFirst;
    if (hit == "COLLECT") return HitPolicy::kCollect;
    if (hit == "LOOKUP") return HitPolicy::kLookup;
    return Complaint("\"hit\" must be one of UNIQUE FIRST COLLECT LOOKUP");
  }

  absl::StatusOr<std::optional<int>> ReadDatedBy(const json& table) const {
    if (!table.contains("dated_by")) return std::optional<int>();
    const std::optional<int> fact = FindFact(TextOf(table, "dated_by"));
    if (!fact || facts_[*fact].type != FactType::kMonth) {
      return Complaint("\"dated_by\" must name a fact that is a month, such as claim_month or service_month");
    }
    return fact;
  }

  absl::StatusOr<std::map<std::string, OutputType>> ReadOutputTypes(const json& table) const {
    if (!table.contains("outputs") || !table["outputs"].is_object() || table["outputs"].empty()) {
      return Complaint("\"outputs\" must be an object: output name → flag, number, text or a list of texts");
    }
    std::map<std::string, OutputType> types;
    for (const auto& [name, declared] : table["outputs"].items()) {
      OutputType& type = types[name];
      if (declared == "flag") {
        type.kind = OutputType::kFlag;
      } else if (declared == "number") {
        type.kind = OutputType::kNumber;
      } else if (declared.is_array() && !declared.empty() &&
                 std::all_of(declared.begin(), declared.end(), [](const json& text) { return text.is_string(); })) {
        type.allowed = declared.get<std::vector<std::string>>();
      } else if (declared != "text") {
        return Complaint(Concat("output \"", name, "\" must be declared as flag, number, text or a list of texts"));
      }
    }
    return types;
  }

  absl::Status ReadTitle(const json& from, std::string& ja, std::string& en) const {
    if (from.contains("title") && from["title"].is_object() && from["title"].size() == 2) {
      ja = TextOf(from["title"], "ja");
      en = TextOf(from["title"], "en");
    }
    return ja.empty() || en.empty() ? Complaint("\"title\" must give the texts \"ja\" and \"en\"") : absl::OkStatus();
  }

  absl::Status ReadOrigin(const json& from, std::string& source, std::string& note, RowStatus& status) const {
    source = TextOf(from, "source");
    if (source.empty()) return Complaint("\"source\" is missing: say where the rule comes from");
    if (from.contains("note") && !from["note"].is_string()) return Complaint("\"note\" must be a text");
    note = TextOf(from, "note");
    const std::string named = TextOf(from, "status");
    if (named != "sourced" && named != "assumed") return Complaint("\"status\" must be sourced or assumed");
    status = named == "sourced" ? RowStatus::kSourced : RowStatus::kAssumed;
    if (status == RowStatus::kAssumed && note.empty())
      return Complaint("an assumed rule needs a \"note\" that says why it was chosen");
    return absl::OkStatus();
  }

  absl::Status KnownKeys(const json& object, const std::set<std::string_view>& known) const {
    for (const auto& [key, value] : object.items()) {
      if (!known.contains(key)) return Complaint(Concat("unknown key \"", key, "\"; known: ", Joined(known, " ")));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::string> Identifier(const json& object, const char* key) const {
    const std::string id = TextOf(object, key);
    const bool plain = std::all_of(id.begin(), id.end(),
                                   [](char c) { return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.'; });
    if (id.empty() || !plain) return Complaint(Concat("\"", key, "\" must be a name of letters, digits, _ - ."));
    return id;
  }

  static std::string TextOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
  }

  std::optional<int> FindFact(std::string_view name) const {
    const auto found =
        std::find_if(facts_.begin(), facts_.end(), [name](const FactDeclaration& fact) { return fact.name == name; });
    return found == facts_.end() ? std::nullopt : std::optional<int>(static_cast<int>(found - facts_.begin()));
  }

  std::span<const FactDeclaration> facts_;
  std::string file_, kind_, place_, row_;
  std::vector<TableComplaint>& complaints_;
};

namespace {

template <typename Members, typename NameOf>
void SortByName(Members& members, std::string_view kind, NameOf name_of, std::vector<TableComplaint>& complaints) {
  std::sort(members.begin(), members.end(), [&](const auto& a, const auto& b) { return name_of(a) < name_of(b); });
  const auto twin = std::adjacent_find(members.begin(), members.end(),
                                       [&](const auto& a, const auto& b) { return name_of(a) == name_of(b); });
  if (twin == members.end()) return;
  complaints.push_back({"", "", "", "", Concat("the ", kind, " ", name_of(*twin), " stands twice in the regulations")});
}

}  // namespace

std::string TableComplaint::ToString() const {
  std::string where = file;
  if (!table.empty()) where = Concat(where, ", ", kind, " ", table);
  if (!row.empty()) where = Concat(where, ", row ", row);
  return where.empty() ? reason : Concat(where, ": ", reason);
}

absl::StatusOr<Rulebook> Rulebook::Load(std::span<const FactDeclaration> declarations,
                                        const std::map<std::string, std::string>& files) {
  std::vector<TableComplaint> complaints;
  ASSIGN_OR_RETURN(Rulebook book, LoadGood(declarations, files, complaints));
  if (complaints.empty()) return book;
  return absl::InvalidArgumentError(complaints.front().ToString());
}

absl::StatusOr<Rulebook> Rulebook::LoadGood(std::span<const FactDeclaration> declarations,
                                            const std::map<std::string, std::string>& files,
                                            std::vector<TableComplaint>& complaints) {
  if (declarations.size() > static_cast<size_t>(kMaxFacts)) {
    return absl::InvalidArgumentError(Concat(declarations.size(), " facts are declared; at most ", kMaxFacts, " fit"));
  }
  Rulebook book;
  for (const auto& [name, text] : files)
    TableLoader(declarations, name, complaints).Load(text, book.tables_, book.lists_);
  SortByName(
      book.tables_, "table", [](const std::unique_ptr<Table>& table) { return table->name(); }, complaints);
  SortByName(
      book.lists_, "list", [](const ValueList& list) -> std::string_view { return list.name; }, complaints);
  book.files_ = files;
  ASSIGN_OR_RETURN(book.digest_, DigestOfFiles(files));
  return book;
}

}  // namespace furikae::rules
