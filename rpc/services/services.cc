#include "rpc/services/services.h"

namespace furikae::rpc {

std::vector<std::unique_ptr<grpc::Service>> MakeServices(Backend& backend) {
  std::vector<std::unique_ptr<grpc::Service>> services;
  for (auto make : {MakeClaimService, MakeRegistryService, MakeReferenceService, MakeReviewService, MakeInquiryService,
                    MakeApportionmentService, MakeAdminService, MakeRulesService}) {
    services.push_back(make(backend));
  }
  return services;
}

}  // namespace furikae::rpc
