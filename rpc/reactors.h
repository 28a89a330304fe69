// rpc/reactors.h — the three shapes of call that the services have, on gRPC's callback API: one answer, a file coming
// in, a stream going out.
//
//   return Answer(context, workers, [=] { return Fill(*request, *response); });
//   return new Upload<SubmitResponse>(workers, response, [](const UploadedFile& file) {
//     return [read = Read(file)](Upload<SubmitResponse>&, SubmitResponse& r) { return Fill(read, r); };
//   });
//   return new Stream<CloseProgress>(workers,
//                                    [](Stream<CloseProgress>& out) { out.Send(…); return absl::OkStatus(); });
//
// Handlers run on Workers. Reactors delete themselves when gRPC is done with them, as its callback API asks. What a
// handler returns goes to the caller by rpc/status.h; an upload beyond kLargestUpload bytes is ResourceExhausted.
// Source: DESIGN §9; STYLE (known traps: the callback API rather than sync).
#pragma once

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "core/mutex.h"
#include "rpc/proto/furikae/v1/services.pb.h"
#include "rpc/status.h"
#include "rpc/workers.h"

namespace furikae::rpc {

// Larger files are refused with RESOURCE_EXHAUSTED: a month's receipts come in volumes.
inline constexpr size_t kLargestUpload = size_t{4} << 30;
inline constexpr size_t kChunkBytes = size_t{1} << 20;
// Among the initial metadata of an upload: the file was taken in, in its place.
inline constexpr char kTakenIn[] = "furikae-taken-in";

// One request, one response.
template <typename Handler>
grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, Workers& workers, Handler handler) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  workers.Run([reactor, handler = std::move(handler)] { reactor->Finish(ToGrpc(handler())); });
  return reactor;
}

struct UploadedFile {
  std::string path;
  std::string bytes;
  v1::UploadOptions options;
};

// A file in chunks, one response. What takes no order is begun as soon as the bytes of the file are here, be it before
// the last chunk; the answer follows when both are done.
template <typename Response>
class Upload final : public grpc::ServerReadReactor<v1::FileChunk> {
 public:
  using Answer = std::function<absl::Status(Upload&, Response&)>;
  using Begin = std::function<Answer(const UploadedFile&)>;  // the file stays as long as the answer

  Upload(grpc::CallbackServerContext* context, Workers& workers, Response* response, Begin begin)
      : context_(context), workers_(workers), response_(response), begin_(std::move(begin)) {
    this->StartRead(&chunk_);
  }

  // Called by the answer, at most once: by the initial metadata the caller learns that the file has its place.
  void TellTakenIn() {
    context_->AddInitialMetadata(kTakenIn, "1");
    this->StartSendInitialMetadata();
  }

  void OnReadDone(bool ok) override {
    failure_ =
        ok ? Append() : absl::InvalidArgumentError("the upload ended before its last chunk; send the file again");
    if (!failure_.ok()) return Done();
    if (!begun_ && Whole()) {
      begun_ = true;
      ++awaited_;
      workers_.Run([this] {
        answer_ = begin_(file_);
        Done();
      });
    }
    chunk_.last() ? Done() : this->StartRead(&chunk_);
  }

  void OnDone() override { delete this; }

 private:
  size_t Announced() const { return static_cast<size_t>(std::max<int64_t>(file_.options.size(), 0)); }
  bool Whole() const { return chunk_.last() || (Announced() > 0 && file_.bytes.size() == Announced()); }

  absl::Status Append() {
    if (file_.path.empty()) {
      file_.path = chunk_.path();
      file_.options = chunk_.options();
    }
    const size_t size = file_.bytes.size() + chunk_.data().size();
    if (size > kLargestUpload) {
      return absl::ResourceExhaustedError(
          absl::StrCat(file_.path, " is larger than ", kLargestUpload >> 30, " GiB; send it in volumes"));
    }
    if (Announced() > 0 && (size > Announced() || (chunk_.last() && size < Announced()))) {
      return absl::InvalidArgumentError(absl::StrCat(file_.path, " was announced with ", Announced(), " bytes and has ",
                                                     size > Announced() ? "more" : absl::StrCat(size),
                                                     "; was it changed meanwhile? Send it again"));
    }
    file_.bytes += chunk_.data();
    return absl::OkStatus();
  }

  // One of what is awaited is done: the last chunk or a failure; the beginning.
  void Done() {
    if (awaited_.fetch_sub(1) > 1) return;
    if (!failure_.ok()) return this->Finish(ToGrpc(failure_));
    workers_.Run([this] { this->Finish(ToGrpc(answer_(*this, *response_))); });
  }

  grpc::CallbackServerContext* context_;
  Workers& workers_;
  Response* response_;
  Begin begin_;
  Answer answer_;
  v1::FileChunk chunk_;
  UploadedFile file_;
  absl::Status failure_;
  bool begun_ = false;
  std::atomic<int> awaited_ = 1;
};

// Messages going out as fast as the peer takes them.
template <typename Message>
class Stream final : public grpc::ServerWriteReactor<Message> {
 public:
  using Producer = std::function<absl::Status(Stream&)>;

  Stream(Workers& workers, Producer producer) : producer_(std::move(producer)) {
    workers.Run([this] {
      const absl::Status status = producer_(*this);
      {
        MutexLock lock(&mutex_);
        mutex_.Await(absl::Condition(this, &Stream::Idle));
      }
      this->Finish(ToGrpc(status));
    });
  }

  // Returns once the message before this one has left. Cancelled when the caller is gone.
  absl::Status Send(Message message) {
    MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &Stream::Idle));
    if (broken_) return absl::CancelledError("the caller is gone");
    message_ = std::move(message);
    writing_ = true;
    this->StartWrite(&message_);
    return absl::OkStatus();
  }

  void OnWriteDone(bool ok) override {
    MutexLock lock(&mutex_);
    writing_ = false;
    broken_ = broken_ || !ok;
  }

  void OnDone() override { delete this; }

 private:
  bool Idle() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return !writing_; }

  Producer producer_;
  Message message_;
  Mutex mutex_;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool broken_ ABSL_GUARDED_BY(mutex_) = false;
};

// An engine's progress as messages of a stream. A caller that has gone does not stop the work: it is safe to finish.
template <typename Message>
auto ProgressTo(Stream<Message>& out) {
  return [&out](std::string_view step, int64_t done, int64_t total) {
    Message message;
    message.mutable_progress()->set_step(std::string(step));
    message.mutable_progress()->set_done(done);
    message.mutable_progress()->set_total(total);
    out.Send(std::move(message)).IgnoreError();
  };
}

}  // namespace furikae::rpc
