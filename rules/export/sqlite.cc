// furikae.sqlite: the tables of `out/` in one file for analysts. Views have the names of the CSV files (and decisions,
// parts); notices are left out, because they hold names. The same store gives the same bytes.
#include <sqlite3.h>

#include <memory>

#include "core/concat.h"
#include "core/status.h"
#include "rules/export/files.h"
#include "rules/export/scratch_file.h"

namespace furikae::rules {
namespace {

class Database {
 public:
  static absl::StatusOr<Database> Create(const std::string& path) {
    Database database;
    sqlite3* handle = nullptr;
    const int result = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    database.handle_.reset(handle);
    if (result != SQLITE_OK) return absl::UnavailableError("furikae.sqlite could not be begun");
    // The scratch file is thrown away when anything fails, so nothing needs to survive a crash.
    RETURN_IF_ERROR(database.Run("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN"));
    return database;
  }

  absl::Status Run(const std::string& sql) const {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return absl::OkStatus();
    return Failure();
  }

  // The table `<name>_rows` with a view `<name>` on it.
  absl::Status Fill(const OutTable& table, RowSourceOf rows) const {
    std::string columns, marks, names;
    for (const TableColumn& column : table.columns) {
      const char* const comma = columns.empty() ? "" : ", ";
      columns += Concat(comma, "\"", column.name, "\" ", column.number ? "INTEGER" : "TEXT");
      names += Concat(comma, "\"", column.name, "\"");
      marks += Concat(comma, "?");
    }
    RETURN_IF_ERROR(Run(Concat("CREATE TABLE ", table.name, "_rows (", columns, ")")));
    RETURN_IF_ERROR(Insert(Concat("INSERT INTO ", table.name, "_rows VALUES (", marks, ")"), rows));
    return Run(Concat("CREATE VIEW ", table.name, " AS SELECT ", names, " FROM ", table.name, "_rows ORDER BY rowid"));
  }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };

  absl::Status Failure() const {
    return absl::UnavailableError(
        Concat("furikae.sqlite could not be written: ", std::string(sqlite3_errmsg(handle_.get()))));
  }

  // Texts of number columns become integers by the column's affinity; "" is NULL.
  absl::Status Insert(const std::string& sql, RowSourceOf rows) const {
    sqlite3_stmt* prepared = nullptr;
    if (sqlite3_prepare_v2(handle_.get(), sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK) return Failure();
    const std::unique_ptr<sqlite3_stmt, Close> statement(prepared);
    return rows([&](const TableRow& row) -> absl::Status {
      sqlite3_reset(prepared);
      for (size_t i = 0; i < row.size(); ++i) {
        const int place = static_cast<int>(i) + 1;
        if (row[i].empty()) {
          sqlite3_bind_null(prepared, place);
        } else {
          sqlite3_bind_text(prepared, place, row[i].data(), static_cast<int>(row[i].size()), SQLITE_STATIC);
        }
      }
      return sqlite3_step(prepared) == SQLITE_DONE ? absl::OkStatus() : Failure();
    });
  }

  std::unique_ptr<sqlite3, Close> handle_;
};

absl::Status FillDatabase(const ExportContext& context, const Database& database) {
  const auto fill = [&](const OutTable& table, absl::Status (*rows)(const ExportContext&, RowVisit)) {
    return database.Fill(table, [&](RowVisit visit) { return rows(context, visit); });
  };
  RETURN_IF_ERROR(fill(DecisionTable(), ForEachDecisionRow));
  RETURN_IF_ERROR(fill(PartTable(), ForEachPartRow));
  RETURN_IF_ERROR(fill(ReturnTable(), ForEachReturnRow));
  RETURN_IF_ERROR(fill(ReviewTable(), ForEachReviewRow));
  RETURN_IF_ERROR(fill(InquiryTable(), ForEachInquiryRow));
  RETURN_IF_ERROR(fill(PoolTable(), ForEachPoolRow));
  RETURN_IF_ERROR(fill(ShareTable(), ForEachShareRow));
  RETURN_IF_ERROR(fill(ByInsurerTable(), ForEachByInsurerRow));
  RETURN_IF_ERROR(fill(LedgerTable(), ForEachLedgerRow));
  return database.Run("COMMIT");
}

}  // namespace

absl::Status WriteSqlite(const ExportContext& context, Output& output) {
  ASSIGN_OR_RETURN(const ScratchFile file, ScratchFile::Create(context.store));
  {
    ASSIGN_OR_RETURN(const Database database, Database::Create(file.path()));
    RETURN_IF_ERROR(FillDatabase(context, database));
  }
  output.Begin("furikae.sqlite");
  RETURN_IF_ERROR(file.CopyTo(output));
  return output.End();
}

}  // namespace furikae::rules
