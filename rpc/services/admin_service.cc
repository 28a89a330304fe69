#include <algorithm>
#include <string>
#include <utility>

#include "core/status.h"
#include "rpc/proto/furikae/v1/services.grpc.pb.h"
#include "rpc/reactors.h"
#include "rpc/services/run_moment.h"
#include "rpc/services/services.h"
#include "rules/export/export.h"
#include "rules/stored_months.h"
#include "storage/keys.h"

namespace furikae::rpc {
namespace {

void Fill(const rules::VerifyReport& report, v1::VerifyReport& message) {
  message.set_claims(report.claims);
  message.set_events(report.events);
  message.set_ledger_entries(report.entries);
  message.set_pools(report.pools);
  message.set_registry_rows(report.registry_rows);
  for (const std::string& difference : report.differences) message.add_differences(difference);
}

absl::Status SendInChunks(std::string_view path, std::string_view bytes, Stream<v1::FileChunk>& out) {
  do {
    v1::FileChunk chunk;
    chunk.set_path(std::string(path));
    chunk.set_data(std::string(bytes.substr(0, kChunkBytes)));
    bytes.remove_prefix(std::min(bytes.size(), kChunkBytes));
    RETURN_IF_ERROR(out.Send(std::move(chunk)));
  } while (!bytes.empty());
  return absl::OkStatus();
}

class AdminService final : public v1::AdminService::CallbackService {
 public:
  explicit AdminService(Backend& backend) : backend_(backend) {}

  grpc::ServerWriteReactor<v1::FileChunk>* ExportMonth(grpc::CallbackServerContext*,
                                                       const v1::ExportRequest* request) override {
    return new Stream<v1::FileChunk>(
        backend_.workers, [this, request = *request](Stream<v1::FileChunk>& out) -> absl::Status {
          ASSIGN_OR_RETURN(const rules::RunMoment run, ParseRunMoment(request.month(), ""));
          MutexLock lock(&backend_.working);  // the files of one export belong together
          const auto send = [&out](std::string_view path, std::string_view bytes) {
            return SendInChunks(path, bytes, out);
          };
          RETURN_IF_ERROR(
              rules::Export(*backend_.store, backend_.rulebook, {.month = run.month, .sqlite = request.sqlite()}, send)
                  .status());
          v1::FileChunk end;
          end.set_last(true);
          ASSIGN_OR_RETURN(std::string note, rules::NoteOfEmptyMonth(*backend_.store, run.month));
          if (!note.empty()) end.add_notes(std::move(note));
          return out.Send(std::move(end));
        });
  }

  grpc::ServerWriteReactor<v1::VerifyProgress>* Verify(grpc::CallbackServerContext*,
                                                       const v1::VerifyRequest*) override {
    return new Stream<v1::VerifyProgress>(backend_.workers, [this](Stream<v1::VerifyProgress>& out) -> absl::Status {
      MutexLock lock(&backend_.working);
      ASSIGN_OR_RETURN(const rules::VerifyReport report, backend_.engine.Verify(ProgressTo(out)));
      v1::VerifyProgress last;
      Fill(report, *last.mutable_report());
      return out.Send(std::move(last));
    });
  }

  grpc::ServerUnaryReactor* GetVersion(grpc::CallbackServerContext* context, const v1::GetVersionRequest*,
                                       v1::Version* response) override {
    return Answer(context, backend_.readers, [=, this] {
      response->set_version(kVersion);
      response->set_rules_digest(backend_.rulebook.digest());
      response->set_schema_version(storage::kSchemaVersion);
      return absl::OkStatus();
    });
  }

 private:
  Backend& backend_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeAdminService(Backend& backend) { return std::make_unique<AdminService>(backend); }

}  // namespace furikae::rpc
