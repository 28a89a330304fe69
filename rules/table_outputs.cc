#include "rules/table_outputs.h"

#include <algorithm>
#include <limits>

#include "absl/status/status.h"
#include "core/concat.h"
#include "core/status.h"
#include "rules/table_member.h"

namespace furikae::rules {
namespace {

using nlohmann::json;

bool IsInteger(const json& value) {
  return value.is_number_integer() &&
         !(value.is_number_unsigned() &&
           value.get<uint64_t>() > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()));
}

absl::Status ReadOutput(const std::string& name, const OutputType& type, const json& value, OutputValue& output) {
  switch (type.kind) {
    case OutputType::kFlag:
      if (!value.is_boolean()) return Wrong(Concat("output \"", name, "\" must be true or false"));
      output.number = value.get<bool>() ? 1 : 0;
      return absl::OkStatus();
    case OutputType::kNumber:
      if (!IsInteger(value)) return Wrong(Concat("output \"", name, "\" must be an integer"));
      output.number = value.get<int64_t>();
      return absl::OkStatus();
    case OutputType::kText:
      if (!value.is_string()) return Wrong(Concat("output \"", name, "\" must be a text"));
      output.text = value.get<std::string>();
      if (!type.allowed.empty() &&
          std::find(type.allowed.begin(), type.allowed.end(), output.text) == type.allowed.end()) {
        return Wrong(Concat("output \"", name, "\" is \"", output.text, "\"; allowed: ", Joined(type.allowed, " ")));
      }
      return absl::OkStatus();
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<OutputTypes> ReadOutputTypes(const json& table) {
  if (!table.contains("outputs") || !table["outputs"].is_object() || table["outputs"].empty()) {
    return Wrong("\"outputs\" must be an object: output name → flag, number, text or a list of texts");
  }
  OutputTypes types;
  for (const auto& [name, declared] : table["outputs"].items()) {
    OutputType& type = types[name];
    if (declared == "flag") {
      type.kind = OutputType::kFlag;
    } else if (declared == "number") {
      type.kind = OutputType::kNumber;
    } else if (declared.is_array() && !declared.empty() &&
               std::all_of(declared.begin(), declared.end(), [](const json& text) { return text.is_string(); })) {
      type.allowed = declared.get<std::vector<std::string>>();
    } else if (declared != "text") {
      return Wrong(Concat("output \"", name, "\" must be declared as flag, number, text or a list of texts"));
    }
  }
  return types;
}

absl::Status ReadOutputs(const json& source, const OutputTypes& types, Row& row) {
  if (!source.contains("then") || !source["then"].is_object()) return Wrong("\"then\" must be an object of outputs");
  for (const auto& [name, value] : source["then"].items()) {
    const auto type = types.find(name);
    if (type == types.end()) return Wrong(Concat("unknown output \"", name, "\""));
    OutputValue output;
    RETURN_IF_ERROR(ReadOutput(name, type->second, value, output));
    row.outputs.emplace_back(name, std::move(output));
  }
  return absl::OkStatus();
}

}  // namespace furikae::rules
