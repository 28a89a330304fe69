#include <utility>

#include "core/status.h"
#include "rpc/proto/furikae/v1/services.grpc.pb.h"
#include "rpc/reactors.h"
#include "rpc/services/run_moment.h"
#include "rpc/services/services.h"

namespace furikae::rpc {
namespace {

void Fill(const rules::CloseReport& report, v1::CloseReport& message) {
  message.set_already_closed(report.already_closed);
  message.set_claims(report.claims);
  message.set_pools(report.pools);
  message.set_apportioned_yen(report.apportioned.value);
  message.set_unallocated_yen(report.unallocated.value);
  for (const std::string& note : report.notes) message.add_notes(note);
}

class ApportionmentService final : public v1::ApportionmentService::CallbackService {
 public:
  explicit ApportionmentService(Backend& backend) : backend_(backend) {}

  grpc::ServerWriteReactor<v1::CloseProgress>* CloseMonth(grpc::CallbackServerContext*,
                                                          const v1::RunMoment* request) override {
    return new Stream<v1::CloseProgress>(
        backend_.workers, [this, request = *request](Stream<v1::CloseProgress>& out) -> absl::Status {
          ASSIGN_OR_RETURN(const rules::RunMoment run, ParseRunMoment(request.month(), request.now()));
          MutexLock lock(&backend_.working);
          ASSIGN_OR_RETURN(const rules::CloseReport report, backend_.engine.Close(run, ProgressTo(out)));
          v1::CloseProgress last;
          Fill(report, *last.mutable_report());
          return out.Send(std::move(last));
        });
  }

 private:
  Backend& backend_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeApportionmentService(Backend& backend) {
  return std::make_unique<ApportionmentService>(backend);
}

}  // namespace furikae::rpc
