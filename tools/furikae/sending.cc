#include "tools/furikae/sending.h"

#include <deque>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "rpc/proto/furikae/v1/services.grpc.pb.h"
#include "rpc/reactors.h"
#include "rpc/status.h"
#include "storage/loading/loading.h"
#include "tools/furikae/console.h"

namespace furikae::tools {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostUnderWay = 3;          // beside the one that is being sent
constexpr uintmax_t kLargeBytes = 64 << 20;  // a file that is sent on its own, so that few are in memory at a time

// 0: not known.
uintmax_t SizeOf(const fs::path& file) {
  std::error_code error;
  const uintmax_t size = fs::file_size(file, error);
  return error ? 0 : size;
}

// One file on its way: its bytes, then the word that it may be taken in, then the answer.
template <typename Response>
class Upload {
 public:
  Upload(const InputFile& file, const v1::UploadOptions& options) : file_(file), options_(options) {
    options_.set_size(static_cast<int64_t>(SizeOf(file.file)));
  }
  ~Upload() {
    if (stream_ == nullptr) return;
    context_.TryCancel();
    (void)stream_->Finish();
  }
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;

  // `call`: of the service, (context, response) → stream.
  template <typename Call>
  absl::Status SendBytes(Call call) {
    std::ifstream in(file_.file, std::ios::binary);
    if (!in) {
      return absl::NotFoundError(
          absl::StrCat("cannot read ", file_.file.string(), "; does it exist and may you read it?"));
    }
    stream_ = call(&context_, &response_);
    v1::FileChunk chunk;
    chunk.set_path(file_.path);
    *chunk.mutable_options() = options_;
    do {
      std::string* data = chunk.mutable_data();
      data->resize(rpc::kChunkBytes);
      in.read(data->data(), static_cast<std::streamsize>(data->size()));
      data->resize(static_cast<size_t>(in.gcount()));
      if (in.bad()) return absl::DataLossError(absl::StrCat("reading ", file_.file.string(), " failed in the middle"));
      if (!stream_->Write(chunk)) break;  // the service has answered early; Finish() says why
      chunk.Clear();
    } while (!in.eof());
    return absl::OkStatus();
  }

  void SendLast() {
    v1::FileChunk last;
    last.set_last(true);
    if (stream_->Write(last)) stream_->WritesDone();
  }

  // Whether it was; when it was not, Finish says why.
  bool WaitUntilTakenIn() {
    stream_->WaitForInitialMetadata();
    return context_.GetServerInitialMetadata().count(rpc::kTakenIn) > 0;
  }

  absl::StatusOr<Response> Finish() {
    RETURN_IF_ERROR(rpc::FromGrpc(std::exchange(stream_, nullptr)->Finish()));
    return std::move(response_);
  }

  const InputFile& file() const { return file_; }

 private:
  const InputFile& file_;
  v1::UploadOptions options_;
  grpc::ClientContext context_;
  Response response_;
  std::unique_ptr<grpc::ClientWriter<v1::FileChunk>> stream_;
};

template <typename Service>
absl::StatusOr<v1::LoadResponse> LoadOver(Session& session, const InputFile& table, const v1::UploadOptions& options) {
  const auto stub = Service::NewStub(session.channel());
  Upload<v1::LoadResponse> upload(table, options);
  RETURN_IF_ERROR(upload.SendBytes([&](auto* context, auto* response) { return stub->LoadFile(context, response); }));
  upload.SendLast();
  return upload.Finish();
}

// Files of receipts that were sent and not answered yet, in the order in which they are taken in.
class Submitting {
 public:
  Submitting(Session& session, const v1::UploadOptions& options, TakeAnswer take)
      : stub_(v1::ClaimService::NewStub(session.channel())), options_(options), take_(take) {}

  absl::Status Send(const InputFile& file) {
    if (SizeOf(file.file) > kLargeBytes) RETURN_IF_ERROR(FinishAll());
    auto next = std::make_unique<Upload<v1::SubmitResponse>>(file, options_);
    const absl::Status sent =
        next->SendBytes([this](auto* context, auto* response) { return stub_->SubmitFile(context, response); });
    if (!sent.ok() || (!under_way_.empty() && !under_way_.back()->WaitUntilTakenIn())) {
      RETURN_IF_ERROR(FinishAll());
      RETURN_IF_ERROR(sent);
    }
    next->SendLast();
    under_way_.push_back(std::move(next));
    return under_way_.size() > kMostUnderWay ? FinishFirst() : absl::OkStatus();
  }

  absl::Status FinishAll() {
    while (!under_way_.empty()) RETURN_IF_ERROR(FinishFirst());
    return absl::OkStatus();
  }

 private:
  absl::Status FinishFirst() {
    const std::unique_ptr<Upload<v1::SubmitResponse>> first = std::move(under_way_.front());
    under_way_.pop_front();
    ASSIGN_OR_RETURN(const v1::SubmitResponse response, first->Finish());
    return take_(first->file(), response);
  }

  const std::unique_ptr<v1::ClaimService::Stub> stub_;
  const v1::UploadOptions& options_;
  const TakeAnswer take_;
  std::deque<std::unique_ptr<Upload<v1::SubmitResponse>>> under_way_;
};

}  // namespace

absl::StatusOr<v1::LoadResponse> LoadTable(Session& session, const InputFile& table, const v1::UploadOptions& options) {
  const auto kind = storage::KindOfFile(table.path);
  const bool registry = kind == storage::TableKind::kRegistry || kind == storage::TableKind::kRegistryXml;
  return registry ? LoadOver<v1::RegistryService>(session, table, options)
                  : LoadOver<v1::ReferenceService>(session, table, options);
}

absl::Status TellOfLoad(const std::string& file, const v1::LoadResponse& response) {
  PrintComplaints(absl::StrCat(file, ": ", response.refused(), " rows refused"), response.complaints());
  PrintNotes(response.notes());
  if (!response.refused_whole()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(file, ": ", response.refused(), " of ", response.rows(), " rows ",
                                                 response.already_known()
                                                     ? "were refused when it was loaded before, without --strict"
                                                     : "are refused, so nothing of the file was loaded (--strict)"));
}

absl::Status SubmitInOrder(Session& session, const std::vector<InputFile>& files, const v1::UploadOptions& options,
                           TakeAnswer take) {
  Submitting submitting(session, options, take);
  for (const InputFile& file : files) RETURN_IF_ERROR(submitting.Send(file));
  return submitting.FinishAll();
}

}  // namespace furikae::tools
