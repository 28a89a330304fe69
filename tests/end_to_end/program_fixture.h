// tests/end_to_end/program_fixture.h — the real program, run as an agency runs it: its words, its exit code, its files.
//
//   class Inputs : public Program {};
//   TEST_F(Inputs, …) { Write("in/receipts/a.UKE", bytes);
//                       const Said said = Month("2024-10"); EXPECT_EQ(said.exit, 3); }
//
// Every test has a directory of its own; `in`, `data` and `out` are its input, data directory and output.
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/storage/temporary_directory.h"

namespace furikae {

// What the program said before it ended.
struct Said {
  int exit = -1;  // -1: ended by a signal
  std::string out, err;
  long peak_memory_kb = 0;
  std::string All() const { return "exit " + std::to_string(exit) + "\n" + out + err; }
};

// Receipts of 青空医院 (1311234567), one after the other, with header and the GO that they add up to. UTF-8.
struct ReceiptText {
  std::string number = "1", insurer = "01130012", symbol = "64", card = "1234567", birth = "19850402", month = "202409";
  std::string name = "山田　花子", kana = "ヤマダハナコ";
  int points = 282;
  std::string more;  // further records, with their line ends
};
std::string Records(const ReceiptText& receipt);
std::string FileText(const std::vector<ReceiptText>& receipts, const std::string& written = "202410",
                     const std::string& volume = "00", const std::string& go = "");
std::string Cp932(const std::string& utf8);

class Program : public testing::Test {
 protected:
  std::string Path(const std::string& name) const { return directory_.File(name); }
  void Write(const std::string& name, const std::string& bytes) const;
  std::string Read(const std::string& name) const;
  std::map<std::string, std::string> FilesIn(const std::string& name) const;              // path → bytes
  std::map<std::string, nlohmann::json> Decisions(const std::string& out = "out") const;  // by claim_id

  Said Furikae(const std::vector<std::string>& arguments) const;
  // `furikae run` on in/, data/ and out/.
  Said Month(const std::string& month = "2024-10", const std::vector<std::string>& more = {}) const;
  // The small prefecture of `furikae generate` in in/.
  void GenerateMonth(int receipts = 120) const;
  // Masters and a registry in which 山田 花子 of ReceiptText is covered by 01130012, in in/.
  void WriteWorld() const;

 private:
  storage::TemporaryDirectory directory_;
};

// `furikae serve` on a free port, until Stop() or the end of the test.
class Served {
 public:
  explicit Served(const std::string& data_dir);
  ~Served();
  const std::string& address() const { return address_; }  // empty: it did not start
  int Stop();                                              // SIGTERM; its exit code

 private:
  pid_t process_ = -1;
  int output_ = -1;
  std::string address_;
};

}  // namespace furikae
