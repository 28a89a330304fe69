// rpc/services/services.h — every service of furikae.v1 over one backend; one file per service.
//
// The backend must outlive them. Methods may be called from any thread; what they answer stands in their protos, and
// they fail with the status that the engine or the store gives (rpc/status.h). Source: DESIGN §9;
// rpc/proto/furikae/v1/services.proto, rules.proto.
#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/service_type.h>

#include <memory>
#include <vector>

#include "rpc/backend.h"

namespace furikae::rpc {

std::unique_ptr<grpc::Service> MakeClaimService(Backend& backend);
std::unique_ptr<grpc::Service> MakeRegistryService(Backend& backend);
std::unique_ptr<grpc::Service> MakeReferenceService(Backend& backend);
std::unique_ptr<grpc::Service> MakeReviewService(Backend& backend);
std::unique_ptr<grpc::Service> MakeInquiryService(Backend& backend);
std::unique_ptr<grpc::Service> MakeApportionmentService(Backend& backend);
std::unique_ptr<grpc::Service> MakeAdminService(Backend& backend);
std::unique_ptr<grpc::Service> MakeRulesService(Backend& backend);

std::vector<std::unique_ptr<grpc::Service>> MakeServices(Backend& backend);

}  // namespace furikae::rpc
