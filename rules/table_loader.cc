// The loader of decision tables: from JSON text to checked, compiled tables. What it refuses is listed in
// rules/table.h.
#include <algorithm>
#include <optional>
#include <set>

#include "absl/status/status.h"
#include "core/concat.h"
#include "core/status.h"
#include "rules/table.h"
#include "rules/table_condition.h"
#include "rules/table_digest.h"
#include "rules/table_json.h"
#include "rules/table_matcher.h"
#include "rules/table_member.h"
#include "rules/table_outputs.h"
#include "rules/table_reach.h"
#include "rules/table_sets.h"

namespace furikae::rules {

using nlohmann::json;

// Reads the members of one file. Its place (file, table, list or set, row) stands in every complaint. Sets first, those
// of all files: rows name them.
class TableLoader {
 public:
  TableLoader(std::span<const FactDeclaration> facts, std::string file, std::string_view text,
              std::vector<TableComplaint>& complaints)
      : facts_(facts), file_(std::move(file)), complaints_(complaints) {
    Tell(ReadMembers(text));
  }

  // Those without a fault are added; the others have told their complaints.
  void LoadSets(NamedSets& sets) {
    for (const json& member : members_) {
      if (Is(member, "set")) Tell(LoadSet(member, sets));
    }
  }
  void LoadTables(NamedSets& sets, std::vector<std::unique_ptr<Table>>& tables, std::vector<ValueList>& lists) {
    for (const json& member : members_) {
      if (!Is(member, "set")) Tell(LoadMember(member, sets, tables, lists));
    }
  }

 private:
  // Where it is comes with Tell.
  absl::Status Complaint(std::string_view reason) const { return absl::InvalidArgumentError(AbslView(reason)); }

  void Tell(const absl::Status& status) {
    if (absl::IsInvalidArgument(status))
      complaints_.push_back({file_, kind_, place_, row_, std::string(StdView(status.message()))});
  }
  static absl::Status Told() { return absl::CancelledError(); }

  static bool Is(const json& member, const char* kind) { return member.is_object() && member.contains(kind); }

  absl::Status ReadMembers(std::string_view text) {
    ASSIGN_OR_RETURN(json document, ParseStrictJson(text));
    if (document.is_object()) {
      if (document.contains(kSchemaKey) && !document[kSchemaKey].is_string())
        return Complaint("\"$schema\" must be a text: where the JSON Schema is");
      document.erase(kSchemaKey);
      members_.push_back(std::move(document));
    } else if (!document.is_array() || document.empty()) {
      return Complaint("expected a table, list or set, or an array of them");
    } else {
      members_ = document.get<std::vector<json>>();
    }
    return absl::OkStatus();
  }

  void Enter(const char* kind) {
    kind_ = kind;
    place_.clear();
    row_.clear();
  }

  absl::Status LoadSet(const json& member, NamedSets& sets) {
    Enter("set");
    return sets.Read(file_, member, place_);
  }

  absl::Status LoadMember(const json& member, NamedSets& sets, std::vector<std::unique_ptr<Table>>& tables,
                          std::vector<ValueList>& lists) {
    Enter("table");
    if (Is(member, "list")) {
      ASSIGN_OR_RETURN(ValueList list, ReadList(member));
      lists.push_back(std::move(list));
      return absl::OkStatus();
    }
    if (!Is(member, "table")) {
      return Complaint("expected an object with the key \"table\", \"list\" or \"set\"");
    }
    ASSIGN_OR_RETURN(std::unique_ptr<Table> table, ReadTable(member, sets));
    tables.push_back(std::move(table));
    return absl::OkStatus();
  }

  absl::StatusOr<ValueList> ReadList(const json& member) {
    Enter("list");
    ValueList list;
    ASSIGN_OR_RETURN(list.name, ReadName(member, "list"));
    place_ = list.name;
    list.file = file_;
    RETURN_IF_ERROR(KnownKeys(member, kListKeys));
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

  absl::StatusOr<std::unique_ptr<Table>> ReadTable(const json& member, NamedSets& sets) {
    auto table = std::make_unique<Table>();
    ASSIGN_OR_RETURN(table->name_, ReadName(member, "table"));
    place_ = table->name_;
    RETURN_IF_ERROR(KnownKeys(member, kTableKeys));
    RETURN_IF_ERROR(ReadTitle(member, table->title_ja_, table->title_en_));
    std::string note;  // for readers of the file alone
    RETURN_IF_ERROR(ReadNote(member, note));
    ASSIGN_OR_RETURN(table->hit_, ReadHit(member));
    ASSIGN_OR_RETURN(table->dated_by_, ReadDatedBy(member));
    ASSIGN_OR_RETURN(table->outputs_, ReadOutputTypes(member));
    table->file_ = file_;
    RETURN_IF_ERROR(ReadRows(member, sets, *table));
    return table;
  }

  absl::Status ReadRows(const json& member, NamedSets& sets, Table& table) {
    if (!member.contains("rows") || !member["rows"].is_array() || member["rows"].empty()) {
      return Complaint("\"rows\" must be an array with at least one row");
    }
    std::vector<RowBox>& boxes = table.conditions_;
    const size_t told = complaints_.size();
    for (size_t i = 0; i < member["rows"].size(); ++i) {
      row_ = Concat("number ", i + 1);  // until its id is known
      Tell(ReadRow(member["rows"][i], sets, table));
    }
    if (complaints_.size() == told) {
      for (const ReachFault& fault : FindReachFaults(table.hit_, table.rows_, boxes, facts_)) {
        row_ = table.rows_[fault.row].id;
        Tell(Complaint(fault.reason));
      }
    }
    row_.clear();
    if (complaints_.size() > told) return Told();
    if (table.hit_ == HitPolicy::kLookup) boxes.clear();  // nothing ever holds: rows are found by id
    table.matcher_ = std::make_shared<const RowMatcher>(boxes);
    return absl::OkStatus();
  }

  absl::Status ReadRow(const json& source, NamedSets& sets, Table& table) {
    if (!source.is_object()) return Complaint("expected an object");
    Row row;
    row.table = table.name_;
    ASSIGN_OR_RETURN(row.id, ReadName(source, "id"));
    row_ = row.id;
    if (table.FindRow(row.id) != nullptr) return Complaint("an earlier row has the same id");
    RETURN_IF_ERROR(KnownKeys(source, kRowKeys));
    RETURN_IF_ERROR(ReadTitle(source, row.title_ja, row.title_en));
    RETURN_IF_ERROR(ReadOrigin(source, row.source, row.note, row.status));
    RowBox box;
    RETURN_IF_ERROR(ReadConditions(source, sets, box));
    RETURN_IF_ERROR(ReadDates(source, table.dated_by_, box));
    if (table.hit_ == HitPolicy::kLookup && !box.empty())
      return Complaint("a LOOKUP table has no conditions and no dates");
    RETURN_IF_ERROR(ReadOutputs(source, table.outputs_, row));
    table.rows_.push_back(std::move(row));
    table.conditions_.push_back(std::move(box));
    return absl::OkStatus();
  }

  absl::Status ReadConditions(const json& row, NamedSets& sets, RowBox& box) const {
    if (!row.contains("when")) return absl::OkStatus();
    if (!row["when"].is_object()) return Complaint("\"when\" must be an object of facts and conditions");
    for (const auto& [name, condition] : row["when"].items()) {
      const std::optional<int> fact = FindFact(facts_, name);
      if (!fact) return Complaint(Concat("unknown fact \"", name, "\""));
      ASSIGN_OR_RETURN(box[*fact], ReadCondition(facts_[*fact], condition, &sets));
    }
    return absl::OkStatus();
  }

  // `from` and `until` are one more condition, on the month that dates the table.
  absl::Status ReadDates(const json& row, std::optional<int> dated_by, RowBox& box) const {
    if (!row.contains("from") && !row.contains("until")) return absl::OkStatus();
    if (!dated_by) return Complaint("the row has dates, but the table does not say by which month (\"dated_by\")");
    ASSIGN_OR_RETURN(const ValueSet period, ReadPeriod(row));
    const auto condition = box.try_emplace(*dated_by, ValueSet::Everything()).first;
    condition->second = Intersection(condition->second, period);
    if (condition->second.Empty()) {
      return Complaint(Concat("the row's dates and its condition on ", facts_[*dated_by].name, " exclude each other"));
    }
    return absl::OkStatus();
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
    const std::optional<int> fact = FindFact(facts_, TextOf(table, "dated_by"));
    if (!fact || facts_[*fact].type != FactType::kMonth) {
      return Complaint("\"dated_by\" must name a fact that is a month, such as claim_month or service_month");
    }
    return fact;
  }

  std::span<const FactDeclaration> facts_;
  std::string file_, kind_, place_, row_;
  std::vector<json> members_;
  std::vector<TableComplaint>& complaints_;
};

namespace {

const std::string& NameOf(const ValueList& list) { return list.name; }
std::string NameOf(const std::unique_ptr<Table>& table) { return std::string(table->name()); }
std::string FileOf(const ValueList& list) { return list.file; }
std::string FileOf(const std::unique_ptr<Table>& table) { return std::string(table->file()); }

// By name; of those with one name the first stays.
template <typename Member>
void SortByName(std::vector<Member>& members, const char* kind, std::vector<TableComplaint>& complaints) {
  std::stable_sort(members.begin(), members.end(),
                   [](const Member& a, const Member& b) { return NameOf(a) < NameOf(b); });
  for (auto next = members.begin(); next != members.end();) {
    if (next == members.begin() || NameOf(*next) != NameOf(*(next - 1))) {
      ++next;
      continue;
    }
    complaints.push_back(
        {FileOf(*next), kind, NameOf(*next), "", Concat("it stands twice; the first is in ", FileOf(*(next - 1)))});
    next = members.erase(next);
  }
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
  NamedSets sets(declarations);
  std::vector<TableLoader> loaders;
  for (const auto& [name, text] : files) loaders.emplace_back(declarations, name, text, complaints).LoadSets(sets);
  for (TableLoader& loader : loaders) loader.LoadTables(sets, book.tables_, book.lists_);
  book.sets_ = sets.Take();
  SortByName(book.tables_, "table", complaints);
  SortByName(book.lists_, "list", complaints);
  book.files_ = files;
  ASSIGN_OR_RETURN(book.digest_, DigestOfFiles(files));
  return book;
}

}  // namespace furikae::rules
