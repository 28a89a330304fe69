// rules/table.h — decision tables as data: loaded from JSON, checked, evaluated; every answer names the row that gave
// it.
//
//   ASSIGN_OR_RETURN(Rulebook book, Rulebook::Load(Declarations(), files));   // files: name → JSON text
//   const Table* origin = book.Find("origin");
//   if (const Row* row = origin->First(facts)) { row->Output("origin"); trace.push_back(row->Trace()); }
//
// A file holds one table, list or set, or a JSON array of several:
//   {"table": "exclusions", "title": {"ja": "…", "en": "…"}, "hit": "COLLECT",
//    "dated_by": "claim_month" | "service_month",
//    "outputs": {"transfer": "flag", "split": "flag"},
//    "rows": [{"id": "E1", "title": {"ja": "…", "en": "…"}, "from": "2021-09", "until": "2023-02",
//              "when": {"has_mf": false, "type_digit_2": [1, 2], "total_points": {"max": 11800},
//                       "insurer_standing": {"not": ["CEASED"]},
//                       "copayment": null, "discharged": {"present": true}},
//              "then": {"transfer": false, "split": false}, "source": "sources_transfer.md §5 E1", "status": "sourced",
//              "note": "…"}]}
//   {"list": "card_forgotten_words", "title": {…}, "values": ["保険証忘れ", …], "source": "…", "status": "sourced"}
//   {"set": "preschool_types", "fact": "type_digit_4", "title": {…}, "values": [3, {"min": 4, "max": 4}], "source": …}
// Conditions, all of which must hold: a value; a list of values; {"min", "max"} (both included, either may be missing);
// {"in": a set, of any file}; {"not": any of these}; null = the fact must be absent (also as a member of a list);
// {"present": true | false}. Months are "2023-03", dates "2024-05-31", choices their names. A condition holds on an
// absent fact only when it asks for absence. `from`/`until` are months, both included, of the fact named by `dated_by`.
// Outputs are "flag", "number" (integer), "text", or the list of texts allowed. Hit policies: UNIQUE, FIRST, COLLECT,
// and LOOKUP for code tables whose rows have no conditions and are found by id alone. The loader refuses, naming file,
// table, row and reason: unknown facts, outputs or keys, wrong types, values that no fact can have, conditions that
// nothing satisfies, doubled ids, missing titles, sources or status, an assumed row without a note, a row that earlier
// ones always hide (FIRST), two rows that overlap (UNIQUE), empty or backward dates. Thread-safe once loaded. Source:
// DESIGN §6; decisions.md (opening).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "core/decision.h"
#include "rules/facts.h"
#include "rules/table_value_set.h"

namespace furikae::rules {

class RowMatcher;

// What a row gives: a flag or number, or a text (a code such as "RETURNED", a Japanese text).
struct OutputValue {
  int64_t number = 0;
  std::string text;
  bool operator==(const OutputValue&) const = default;
};

struct Row {
  std::string table;
  std::string id;
  std::string title_ja, title_en;
  std::string source;
  std::string note;
  RowStatus status = RowStatus::kSourced;
  std::vector<std::pair<std::string, OutputValue>> outputs;

  const OutputValue* Output(std::string_view name) const;  // nullptr when the row does not set it
  int64_t Number(std::string_view name, int64_t otherwise = 0) const;
  std::string_view Text(std::string_view name) const;  // "" when not set
  TraceRow Trace() const { return {table, id, status}; }
};

using RowHits = absl::InlinedVector<const Row*, 8>;

// What a table says of one of its outputs.
struct OutputType {
  enum Kind : uint8_t { kFlag, kNumber, kText } kind = kText;
  std::vector<std::string> allowed;  // of kText; empty = any
};
using OutputTypes = std::map<std::string, OutputType, std::less<>>;

enum class HitPolicy : uint8_t { kUnique, kFirst, kCollect, kLookup };

class Table {
 public:
  std::string_view name() const { return name_; }
  std::string_view file() const { return file_; }  // that it stands in
  std::string_view title_ja() const { return title_ja_; }
  std::string_view title_en() const { return title_en_; }
  HitPolicy hit() const { return hit_; }
  const std::vector<Row>& rows() const { return rows_; }
  const Row* First(const Facts& facts) const;  // FIRST and UNIQUE: the row, or nullptr
  RowHits Collect(const Facts& facts) const;   // every row that holds, in table order
  const Row* FindRow(std::string_view id) const;
  std::optional<int> dated_by() const { return dated_by_; }  // the fact that `from` and `until` mean
  // What each row asks for, dates included, in table order: for checks and explanations.
  const std::vector<RowBox>& conditions() const { return conditions_; }
  // Outputs that the table declares.
  const OutputTypes& outputs() const { return outputs_; }

 private:
  friend class TableLoader;
  std::string name_, file_, title_ja_, title_en_;
  HitPolicy hit_ = HitPolicy::kFirst;
  std::vector<Row> rows_;
  std::optional<int> dated_by_;
  std::vector<RowBox> conditions_;
  OutputTypes outputs_;
  std::shared_ptr<const RowMatcher> matcher_;  // the rows' conditions in evaluated form
};

// A named list of words that some rule reads, such as those that say a card was merely forgotten.
struct ValueList {
  std::string name;
  std::string file;  // that it stands in
  std::string title_ja, title_en;
  std::vector<std::string> values;
  std::string source;
  std::string note;
  RowStatus status = RowStatus::kSourced;
};

// Values of a fact that rows name together: {"in": "preschool_types"}.
struct NamedSet {
  std::string name;
  std::string file;  // that it stands in
  int fact = 0;      // that it was made for; a fact with the same unit and values may be asked for it as well
  std::string title_ja, title_en;
  ValueSet values;
  std::string source;
  std::string note;
  RowStatus status = RowStatus::kSourced;
  bool used = false;  // by a row
};

// What the loader refuses, and where.
struct TableComplaint {
  std::string file;
  std::string kind;   // "table", "list" or "set"
  std::string table;  // or list or set; empty when the file as a whole is wrong
  std::string row;    // its id, or "number 3"; empty when it is about the table
  std::string reason;
  std::string ToString() const;
};

class Rulebook {
 public:
  // `files`: file name → JSON text. `declarations`: every fact that tables may use.
  static absl::StatusOr<Rulebook> Load(std::span<const FactDeclaration> declarations,
                                       const std::map<std::string, std::string>& files);
  // The tables without a fault, and a complaint for each that the rest has: about files as a whole and sets first, for
  // tables of every file name them; then in the order of files and rows.
  static absl::StatusOr<Rulebook> LoadGood(std::span<const FactDeclaration> declarations,
                                           const std::map<std::string, std::string>& files,
                                           std::vector<TableComplaint>& complaints);
  const Table* Find(std::string_view table) const;  // nullptr when there is none
  const Row* FindRow(std::string_view table, std::string_view row) const;
  const ValueList* FindList(std::string_view list) const;             // nullptr when there is none
  const std::vector<std::string>& List(std::string_view list) const;  // its values; empty when there is no such list
  const std::vector<std::unique_ptr<Table>>& tables() const { return tables_; }
  const std::vector<ValueList>& lists() const { return lists_; }
  const std::vector<NamedSet>& sets() const { return sets_; }
  const std::string& digest() const { return digest_; }  // SHA-256 over names and bytes in name order, hex
  const std::map<std::string, std::string>& files() const { return files_; }

 private:
  std::vector<std::unique_ptr<Table>> tables_;  // by name
  std::vector<ValueList> lists_;                // by name
  std::vector<NamedSet> sets_;                  // by name
  std::map<std::string, std::string> files_;
  std::string digest_;
};

// The regulations built into the program: file name → JSON text.
const std::map<std::string, std::string>& EmbeddedRegulations();
// The same kind of files (*.json) read from a directory: an agency's own tables. Its include.json, if there is one,
// names other rule sets, {"include": ["built-in", "../common"]}: directories as seen from it, or the regulations built
// in. A file lies over one of the same name in what is included, and in what was included before. The result is the
// whole set, so that its digest does not tell where a file came from. Errors name the directory or the file.
absl::StatusOr<std::map<std::string, std::string>> ReadRegulations(const std::string& directory);

}  // namespace furikae::rules
