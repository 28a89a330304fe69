// RegistryService and ReferenceService: both take in files of reference data; the registry's service takes nothing
// else.
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "rpc/proto/furikae/v1/services.grpc.pb.h"
#include "rpc/reactors.h"
#include "rpc/services/run_moment.h"
#include "rpc/services/services.h"
#include "storage/loading/loading.h"

namespace furikae::rpc {
namespace {

constexpr char kRegistryNames[] = "registry*.csv, registry*.xml";
constexpr char kReferenceNames[] =
    "insurers*.csv, institutions*.csv, payments*.csv, people*.csv, KEN_ALL*.CSV, towns*.csv";

bool IsRegistry(storage::TableKind kind) {
  return kind == storage::TableKind::kRegistry || kind == storage::TableKind::kRegistryXml;
}

absl::Status Load(Backend& backend, bool registry, const UploadedFile& file, v1::LoadResponse& response) {
  ASSIGN_OR_RETURN(const rules::RunMoment run, ParseRunMoment(file.options.month(), file.options.now()));
  const auto kind = storage::KindOfFile(file.path);
  if (!kind) {
    return absl::InvalidArgumentError(
        absl::StrCat(file.path, ": the name says no kind of file; use ", kRegistryNames, ", ", kReferenceNames));
  }
  if (IsRegistry(*kind) != registry) {
    return absl::InvalidArgumentError(absl::StrCat(file.path, ": the name says no kind of file for this service; use ",
                                                   registry ? kRegistryNames : kReferenceNames));
  }
  MutexLock lock(&backend.working);
  MutexLock changing(&backend.tables);
  ASSIGN_OR_RETURN(const rules::TableLoadReport report,
                   backend.engine.LoadTable(*kind, file.path, file.bytes, file.options.strict(), run));
  response.set_kind(std::string(storage::TableKindName(*kind)));
  response.set_already_known(report.already_known);
  response.set_refused_whole(report.refused_whole);
  response.set_rows(report.rows);
  response.set_loaded(report.loaded);
  response.set_refused(report.refused);
  for (const std::string& complaint : report.complaints) response.add_complaints(complaint);
  for (const std::string& note : report.notes) response.add_notes(note);
  return absl::OkStatus();
}

template <typename Service, bool kRegistry>
class LoadService final : public Service {
 public:
  explicit LoadService(Backend& backend) : backend_(backend) {}

  grpc::ServerReadReactor<v1::FileChunk>* LoadFile(grpc::CallbackServerContext* context,
                                                   v1::LoadResponse* response) override {
    return new Upload<v1::LoadResponse>(context, backend_.workers, response, [this](const UploadedFile& file) {
      return [this, &file](Upload<v1::LoadResponse>&, v1::LoadResponse& answer) {
        return Load(backend_, kRegistry, file, answer);
      };
    });
  }

 private:
  Backend& backend_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeRegistryService(Backend& backend) {
  return std::make_unique<LoadService<v1::RegistryService::CallbackService, true>>(backend);
}
std::unique_ptr<grpc::Service> MakeReferenceService(Backend& backend) {
  return std::make_unique<LoadService<v1::ReferenceService::CallbackService, false>>(backend);
}

}  // namespace furikae::rpc
