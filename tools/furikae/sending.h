// tools/furikae/sending.h — files on their way to the services, in chunks.
//
//   ASSIGN_OR_RETURN(const v1::LoadResponse response, LoadTable(session, table, options));
//   RETURN_IF_ERROR(SubmitInOrder(session, files, options,
//                                 [&](const InputFile& file, const v1::SubmitResponse& response) { … }));
//
// Errors: NotFound when a file cannot be read, DataLoss when reading it breaks off; else those of the service.
#pragma once

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rpc/proto/furikae/v1/services.pb.h"
#include "tools/furikae/files.h"
#include "tools/furikae/session.h"

namespace furikae::tools {

absl::StatusOr<v1::LoadResponse> LoadTable(Session& session, const InputFile& table, const v1::UploadOptions& options);
// Prints the refused rows that the answer lists, and the notes. InvalidArgument when the file is refused as a whole.
absl::Status TellOfLoad(const std::string& file, const v1::LoadResponse& response);

// Files of receipts, taken in in this order. `take` gets each answer once its file is durable, in the same order; an
// error of its ends the work. Some files are on their way at a time: while the service takes one in, it reads the next
// and waits for the disk for those before. After the first file that fails none is taken in.
using TakeAnswer = absl::FunctionRef<absl::Status(const InputFile& file, const v1::SubmitResponse& response)>;
absl::Status SubmitInOrder(Session& session, const std::vector<InputFile>& files, const v1::UploadOptions& options,
                           TakeAnswer take);

}  // namespace furikae::tools
