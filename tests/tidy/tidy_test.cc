// The few style laws that matter to us, checked so that nobody argues about them.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Source {
  std::string path;  // relative to the project
  std::vector<std::string> lines;
};

std::vector<Source> SourcesUnder(const std::string& folder) {
  std::vector<Source> sources;
  const fs::path root(FURIKAE_SOURCE_DIR);
  if (!fs::exists(root / folder)) return sources;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    const auto extension = entry.path().extension();
    if (extension != ".h" && extension != ".cc") continue;
    Source source{fs::relative(entry.path(), root).generic_string(), {}};
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) source.lines.push_back(line);
    sources.push_back(std::move(source));
  }
  return sources;
}

// Lowest floor first; a file may include its own floor and those before it.
const std::array<std::string, 5> kFloors = {"core", "storage", "rules", "rpc", "tools"};

TEST(Tidy, ImportsPointDownOnly) {
  const std::regex include(R"rx(^#include "(core|storage|rules|rpc|tools)/)rx");
  for (size_t floor = 0; floor < kFloors.size(); ++floor) {
    for (const Source& source : SourcesUnder(kFloors[floor])) {
      for (const std::string& line : source.lines) {
        std::smatch match;
        if (!std::regex_search(line, match, include)) continue;
        const auto* target = std::find(kFloors.begin(), kFloors.end(), match[1].str());
        EXPECT_LE(static_cast<size_t>(target - kFloors.begin()), floor) << source.path << ": " << line;
      }
    }
  }
}

TEST(Tidy, NoFloatingPointBelowTheServices) {
  const std::regex floating(R"rx(\b(double|float)\b)rx");
  for (const char* floor : {"core", "storage", "rules"}) {
    for (const Source& source : SourcesUnder(floor)) {
      for (const std::string& line : source.lines) {
        const std::string code = line.substr(0, line.find("//"));
        const bool of_a_library =
            code.find("lxw_") != std::string::npos || code.find("worksheet_") != std::string::npos;
        EXPECT_TRUE(of_a_library || !std::regex_search(code, floating)) << source.path << ": " << line;
      }
    }
  }
}

TEST(Tidy, NoClockBelowTheTools) {
  const std::regex clock(R"rx(system_clock|steady_clock|\btime\(|absl::Now|localtime)rx");
  for (const char* floor : {"core", "storage", "rules", "rpc"}) {
    for (const Source& source : SourcesUnder(floor)) {
      for (const std::string& line : source.lines) {
        EXPECT_FALSE(std::regex_search(line.substr(0, line.find("//")), clock)) << source.path << ": " << line;
      }
    }
  }
}

TEST(Tidy, NothingIsLeftToDo) {
  const std::regex left(R"rx(\b(TO)(DO)\b|FIX(ME)|not implemented|unimplemented)rx");
  for (const std::string& floor : kFloors) {
    for (const Source& source : SourcesUnder(floor)) {
      for (const std::string& line : source.lines)
        EXPECT_FALSE(std::regex_search(line, left)) << source.path << ": " << line;
    }
  }
}

TEST(Tidy, EveryHeaderSaysWhatItIs) {
  for (const std::string& floor : kFloors) {
    for (const Source& source : SourcesUnder(floor)) {
      if (source.path.size() < 2 || source.path.substr(source.path.size() - 2) != ".h") continue;
      ASSERT_FALSE(source.lines.empty()) << source.path;
      EXPECT_EQ(source.lines[0].rfind("// " + source.path + " — ", 0), 0u)
          << source.path << " begins: " << source.lines[0];
    }
  }
}

// Whether the comment that a header begins with has a sentence "Source: …": the rule, table or design behind it.
bool NamesItsSource(const std::vector<std::string>& lines) {
  const std::regex source(R"rx((^|[.] )Source: \S)rx");
  std::string paragraph;
  for (const std::string& line : lines) {
    if (!line.starts_with("//")) break;
    if (line.starts_with("// ") && !line.starts_with("//  ")) {
      paragraph += (paragraph.empty() ? "" : " ") + line.substr(3);
    } else {
      paragraph.clear();  // a blank line, or a line of an example
    }
    if (std::regex_search(paragraph, source)) return true;
  }
  return false;
}

TEST(Tidy, EveryHeaderOfTheServiceNamesItsSource) {
  for (const char* floor : {"core", "storage", "rules", "rpc"}) {
    for (const Source& source : SourcesUnder(floor)) {
      if (!source.path.ends_with(".h")) continue;
      EXPECT_TRUE(NamesItsSource(source.lines)) << source.path << " does not say where its rule or design comes from";
    }
  }
}

TEST(Tidy, AHeaderThatNamesNoSourceIsFound) {
  const std::string first = "// core/money.h — amounts.";
  EXPECT_TRUE(NamesItsSource({first, "//", "// Source: decisions.md §7.", "#pragma once"}));
  EXPECT_TRUE(
      NamesItsSource({first, "//", "//   Points p{282};", "//", "// Thread-safe. Source:", "// decisions.md §7."}));
  EXPECT_FALSE(NamesItsSource({}));
  EXPECT_FALSE(NamesItsSource({first, "#pragma once"}));
  EXPECT_FALSE(NamesItsSource({first, "//", "// The source of money. Thread-safe. Source:", "#pragma once"}));
  EXPECT_FALSE(NamesItsSource({first, "// The rule names its Source: a table.", "#pragma once"}));
  EXPECT_FALSE(NamesItsSource({first, "#pragma once", "// Source: decisions.md §7."}));
}

TEST(Tidy, EveryFileIsOneAReaderCanHoldInMind) {
  constexpr size_t kLines = 700;
  for (const std::string& floor : kFloors) {
    for (const Source& source : SourcesUnder(floor)) EXPECT_LE(source.lines.size(), kLines) << source.path;
  }
}

TEST(Tidy, TheTopLevelIsAsAgreed) {
  const std::vector<std::string> allowed = {
      "CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE", "CHANGELOG.md", "core",  "rpc",
      "rules",          "storage",           "tools",     "tests",   "samples",      "build", "out"};
  for (const auto& entry : fs::directory_iterator(FURIKAE_SOURCE_DIR)) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(name[0] == '.' || std::find(allowed.begin(), allowed.end(), name) != allowed.end()) << name;
  }
}

}  // namespace
