// Every *.scenario of this folder, run through intake, registry, decision and close on a store of its own.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/end_to_end/scenario_fixture.h"

namespace furikae {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> ScenarioFiles() {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(FURIKAE_SOURCE_DIR "/tests/end_to_end")) {
    if (entry.path().extension() == ".scenario") files.push_back(entry.path().stem().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

class ScenarioTest : public testing::TestWithParam<std::string> {};

TEST_P(ScenarioTest, HappensAsTold) {
  const std::string data = testing::TempDir() + "/scenario-" + GetParam();
  fs::remove_all(data);
  const absl::Status status = Scenario(data).Run(FURIKAE_SOURCE_DIR "/tests/end_to_end/" + GetParam() + ".scenario");
  EXPECT_TRUE(status.ok()) << GetParam() << ".scenario " << status.message();
  fs::remove_all(data);
}

INSTANTIATE_TEST_SUITE_P(Stories, ScenarioTest, testing::ValuesIn(ScenarioFiles()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace furikae
