// tests/rpc/services_fixture.h — the services of furikae.v1 in process, over a store of its own, as a client sees them.
//
//   class Pages : public Services {};
//   TEST_F(Pages, …) { Load("insurers.csv", csv); Submit("a.UKE", bytes); Decide(); claims().ListClaims(…); }
#pragma once

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "rpc/backend.h"
#include "rpc/proto/furikae/v1/services.grpc.pb.h"
#include "rpc/server.h"
#include "tests/storage/temporary_directory.h"

namespace furikae::rpc {

// `receipts` outpatient receipts of 青空医院 for October 2024, each with a card of its own; CP932.
std::string ReceiptFile(int receipts, const std::string& institution = "1234567");

class Services : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  template <typename Service>
  std::unique_ptr<typename Service::Stub> Stub() {
    return Service::NewStub(server_->InProcessChannel());
  }
  v1::ClaimService::Stub& claims() { return *claims_; }

  static v1::UploadOptions Options(const std::string& month = "2024-10", const std::string& now = "");
  // Chunks of `bytes`, the last one marked as such unless `cut`.
  static void Send(grpc::ClientWriter<v1::FileChunk>& stream, const std::string& path, const std::string& bytes,
                   const v1::UploadOptions& options, bool cut = false);
  grpc::Status Submit(const std::string& path, const std::string& bytes, v1::SubmitResponse& response,
                      const v1::UploadOptions& options = Options(), bool cut = false);
  grpc::Status Load(const std::string& path, const std::string& bytes, v1::LoadResponse& response,
                    bool to_registry = false, const v1::UploadOptions& options = Options());
  grpc::Status Decide(std::vector<v1::DecideProgress>& messages, const std::string& month = "2024-10",
                      const std::string& now = "");
  grpc::Status List(const v1::ListClaimsRequest& request, v1::ListClaimsResponse& response);

  storage::TemporaryDirectory directory_;
  std::unique_ptr<Backend> backend_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::ClaimService::Stub> claims_;
};

}  // namespace furikae::rpc
