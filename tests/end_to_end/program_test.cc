// What the program promises its operator: the same month twice is the same month, exit codes, words that say what to
// do, and the same results over `furikae serve`. Source: files.md "The main job"; decisions.md §9.7, §9.8.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <sstream>

#include "tests/end_to_end/program_fixture.h"

namespace furikae {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::vector<std::string> kVerbs = {"run",    "load",    "submit", "decide", "close",    "export", "claim",
                                         "review", "inquiry", "verify", "serve",  "generate", "version"};

class ProgramBehaviour : public Program {
 protected:
  // The first claim with this outcome; "" when there is none.
  std::string ClaimWith(const std::string& outcome) const {
    for (const auto& [id, decision] : Decisions()) {
      if (decision["outcome"] == outcome) return id;
    }
    return "";
  }
};

TEST_F(ProgramBehaviour, RunningTheMonthAgainChangesNothing) {
  GenerateMonth();
  const Said first = Month();
  ASSERT_EQ(first.exit, 0) << first.All();
  const auto files = FilesIn("out");
  ASSERT_TRUE(files.contains("decisions.jsonl"));
  const std::string verified = Furikae({"verify", "--data-dir", Path("data")}).out;
  const Said second = Month();
  EXPECT_EQ(second.exit, first.exit) << second.All();
  EXPECT_THAT(second.out, HasSubstr("nothing had to be decided anew"));
  EXPECT_EQ(FilesIn("out"), files);
  EXPECT_EQ(Furikae({"verify", "--data-dir", Path("data")}).out, verified);  // as many events, entries, pools
}

TEST_F(ProgramBehaviour, TwoRunsFromScratchWriteTheSameBytes) {
  GenerateMonth();
  ASSERT_EQ(Month("2024-10", {"--sqlite"}).exit, 0);
  const auto files = FilesIn("out");
  EXPECT_TRUE(files.contains("furikae.sqlite"));
  fs::remove_all(Path("data"));
  fs::remove_all(Path("out"));
  ASSERT_EQ(Month("2024-10", {"--sqlite"}).exit, 0);
  EXPECT_EQ(FilesIn("out"), files);
}

TEST_F(ProgramBehaviour, TheStepsOneByOneAreTheRun) {
  GenerateMonth();
  ASSERT_EQ(Month().exit, 0);
  const auto files = FilesIn("out");
  fs::remove_all(Path("data"));
  const std::vector<std::string> here = {"--data-dir", Path("data"), "--month", "2024-10"};
  const auto step = [&](std::vector<std::string> words) {
    words.insert(words.end(), here.begin(), here.end());
    const Said said = Furikae(words);
    EXPECT_EQ(said.exit, 0) << words[0] << ": " << said.All();
  };
  step(
      {"load", Path("in/insurers.csv"), Path("in/institutions.csv"), Path("in/registry.csv"), Path("in/payments.csv")});
  // The name of a file, as submitted here, has no folder; so each is sent from its own.
  std::vector<std::string> receipts = {"submit"};
  std::set<std::string> paths;
  for (const auto& [path, bytes] : FilesIn("in/receipts")) paths.insert(path);
  for (const std::string& path : paths) receipts.push_back(Path("in/receipts/" + path));
  step(receipts);
  step({"load", Path("in/people.csv")});
  step({"decide"});
  step({"close"});
  step({"export", "--output", Path("steps")});
  auto without_paths = [](std::map<std::string, nlohmann::json> decisions) {
    for (auto& [id, decision] : decisions) decision.erase("file");
    return decisions;
  };
  EXPECT_EQ(without_paths(Decisions("steps")), without_paths(Decisions("out")));
  auto steps = FilesIn("steps");
  for (const auto& [path, bytes] : files) {
    if (path != "decisions.jsonl" && path != "returns.csv") {  // these two name the files
      EXPECT_EQ(steps[path], bytes) << path;
    }
  }
}

TEST_F(ProgramBehaviour, DirectoriesAreTakenAsTheRunTakesThem) {
  GenerateMonth(30);
  Write("in/receipts/clinic/late.uke", Cp932(FileText({ReceiptText{}})));
  Write("in/receipts/clinic/notes.txt", "no receipts");
  ASSERT_EQ(Month().exit, 0);
  fs::remove_all(Path("data"));
  const std::vector<std::string> here = {"--data-dir", Path("data"), "--month", "2024-10"};
  const auto step = [&](std::vector<std::string> words) {
    words.insert(words.end(), here.begin(), here.end());
    const Said said = Furikae(words);
    EXPECT_EQ(said.exit, 0) << words[0] << ": " << said.All();
  };
  step({"submit", Path("in")});  // first, for people.csv speaks about the receipts
  step({"load", Path("in")});
  step({"decide"});
  step({"close"});
  step({"export", "--output", Path("steps")});
  EXPECT_EQ(FilesIn("steps"), FilesIn("out"));
}

TEST_F(ProgramBehaviour, APathWithNothingToReadIsRefusedBeforeAnythingBegins) {
  fs::create_directories(Path("empty/below"));
  ASSERT_EQ(mkfifo(Path("pipe").c_str(), 0600), 0);
  const struct {
    std::string verb, path, says;
  } cases[] = {
      {"submit", "empty", "holds no receipts (*.UKE, *.CYO, *.jsonl)"},
      {"load", "empty", "holds no table that furikae knows by its name"},
      {"submit", "pipe", "is neither a file nor a directory"},
      {"load", "pipe", "is neither a file nor a directory"},
      {"submit", "none.UKE", "does it exist and may you read it?"},
      {"load", "none.csv", "does it exist and may you read it?"},
  };
  for (const auto& c : cases) {
    const Said said = Furikae({c.verb, "--data-dir", Path("data"), "--month", "2024-10", Path(c.path)});
    EXPECT_EQ(said.exit, 1) << c.verb << said.All();
    EXPECT_THAT(said.err, AllOf(HasSubstr(Path(c.path)), HasSubstr(c.says)));
  }
  EXPECT_FALSE(fs::exists(Path("data")));
}

TEST_F(ProgramBehaviour, AnExportDoesNotReplaceTheDirectoryOneIsIn) {
  GenerateMonth(30);
  for (const char* output : {".", "./", "..", "/", ""}) {
    const Said said =
        Furikae({"run", "--data-dir", Path("data"), "--month", "2024-10", "--input", Path("in"), "--output", output});
    EXPECT_EQ(said.exit, 1) << output << said.All();
    EXPECT_THAT(said.err, HasSubstr("--output"));
    EXPECT_FALSE(fs::exists(Path("data"))) << "refused at the end of the work, not at its beginning";
  }
  EXPECT_FALSE(fs::exists("..partial"));
  ASSERT_EQ(Month().exit, 0);
  const auto files = FilesIn("out");
  fs::create_directory_symlink(Path("out"), Path("link"));
  for (const char* output : {"out/", "out/.", "in/../out", "link"}) {
    const Said said = Furikae({"export", "--data-dir", Path("data"), "--month", "2024-10", "--output", Path(output)});
    EXPECT_EQ(said.exit, 0) << output << said.All();
    EXPECT_EQ(FilesIn("out"), files) << output;
  }
  EXPECT_TRUE(fs::is_symlink(Path("link")));
}

TEST_F(ProgramBehaviour, EveryVerbHelpsWithAnExample) {
  const Said help = Furikae({"--help"});
  EXPECT_EQ(help.exit, 0);
  EXPECT_THAT(help.out, HasSubstr("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but"));
  for (const std::string& verb : kVerbs) {
    EXPECT_THAT(help.out, HasSubstr("  " + verb + " "));
    const Said said = Furikae({verb, "--help"});
    EXPECT_EQ(said.exit, 0);
    EXPECT_THAT(said.out, HasSubstr("Example:\n  furikae " + verb)) << verb;
  }
}

TEST_F(ProgramBehaviour, WrongUsageEndsTwo) {
  const std::string data = Path("data"), id = "1311234567-1-202410-0123456789abcdef-000001";
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"bogus"},
      {"run"},
      {"run", "--bogus"},
      {"decide", "--data-dir", data},
      {"decide", "--data-dir", data, "--month", "2024-13"},
      {"decide", "--data-dir", data, "--month", "October"},
      {"decide", "--data-dir", data, "--month", "2024-10", "--now", "yesterday"},
      {"export", "--data-dir", data, "--month", "24-10", "--output", Path("out")},
      {"claim", "--data-dir", data},
      {"claim", "list", "--data-dir", data, "--filter", "colour=red"},
      {"claim", "list", "--data-dir", data, "--filter", "outcome=SPLITTED"},
      {"claim", "list", "--data-dir", data, "--limit", "-1"},
      {"claim", "list", "--data-dir", data, "--limit", "0"},
      {"claim", "explain", "--data-dir", data, id, "--lang", "fr"},
      {"claim", "explain", "--data-dir", data, id, "--as-of", "2024-09"},
      {"claim", "explain", "--data-dir", data, id, "--what-if", "colour=red"},
      {"claim", "explain", "--data-dir", data, id, "--what-if", "paper=maybe"},
      {"claim", "explain", "--data-dir", data, id, "--what-if", "paper=true", "--what-if", "paper=false"},
      {"serve", "--data-dir", data, "--listen", "127.0.0.1:99999"},
      {"serve", "--data-dir", data, "--listen", "0.0.0.0:0"},
      {"review", "accept", "--data-dir", data, "--month", "2024-10", "--actor", "me", "id"},  // whom?
  };
  for (const auto& words : wrong) {
    const Said said = Furikae(words);
    EXPECT_EQ(said.exit, 2) << testing::PrintToString(words) << said.All();
    EXPECT_NE(said.err, "");
  }
  EXPECT_FALSE(fs::exists(data)) << "wrong usage must not begin a data directory";
}

TEST_F(ProgramBehaviour, FailuresEndOneAndSayWhatToDo) {
  GenerateMonth();
  const std::string data = Path("data");
  ASSERT_EQ(Month().exit, 0);
  struct Case {
    std::vector<std::string> words;
    const char* says;
  };
  const std::string unknown = "1311234567-1-202410-0123456789abcdef-000001";
  const std::vector<Case> cases = {
      {{"run", "--data-dir", data, "--month", "2024-10", "--input", Path("nowhere"), "--output", Path("out")},
       "--input names the folder"},
      {{"submit", "--data-dir", data, "--month", "2024-10", Path("none.UKE")}, "does it exist and may you read it?"},
      {{"load", "--data-dir", data, "--month", "2024-10", Path("in/truth.jsonl")},
       "the name says no kind of file; use registry*.csv, registry*.xml, insurers*.csv"},
      {{"claim", "show", "--data-dir", data, unknown}, "there is no claim"},
      {{"claim", "explain", "--data-dir", data, "x"}, "this is not a claim id: it looks like"},
      {{"rules", "check", Path("nowhere")}, "nowhere"},
      {{"rules", "test", Path("nowhere")}, "nowhere"},
      {{"close", "--data-dir", Path("nowhere"), "--month", "2024-10"}, "does not exist"},
      {{"verify", "--data-dir", Path("nowhere")}, "load a month first"},
      {{"export", "--data-dir", data, "--month", "2024-10", "--output", Path("in")},
       "holds files that no export wrote"},
      {{"claim", "list", "--server", "127.0.0.1:1"},
       "no furikae server answers at 127.0.0.1:1; is `furikae serve` running at that address?\n"},
      {{"close", "--data-dir", data, "--month", "2099-12"}, "the next month to close is 2024-11"},
      {{"generate", "--output", Path("in")}, "is not empty; name a new directory"},
      {{"version", "--regulations", Path("nowhere")}, "nowhere"},
      {{"inquiry", "open", "--data-dir", data, "--month", "2024-11", "--actor", "desk-3", "--insurer", "06139463",
        ClaimWith("TRANSFERRED")},
       "and waits for nobody, so INQUIRE would change nothing"},
  };
  for (const Case& c : cases) {
    const Said said = Furikae(c.words);
    EXPECT_EQ(said.exit, 1) << testing::PrintToString(c.words) << said.All();
    EXPECT_THAT(said.err, HasSubstr(c.says));
    EXPECT_EQ(said.out, "");
  }
  EXPECT_FALSE(fs::exists(Path("nowhere"))) << "a mistyped name must not begin a data directory";
}

TEST_F(ProgramBehaviour, AMonthOfWhichNothingIsStoredIsNoted) {
  GenerateMonth(30);
  ASSERT_EQ(Month().exit, 0);
  const auto export_of = [&](const std::string& month) {
    return Furikae({"export", "--data-dir", Path("data"), "--month", month, "--output", Path("exported")});
  };
  const auto diff_of = [&](const std::string& month) {
    return Furikae({"rules", "diff", "built-in", "built-in", "--data-dir", Path("data"), "--month", month});
  };
  const std::string note = "note: nothing is stored for claim month 2030-01; receipts are stored for 2024-10\n";
  for (const Said& said : {export_of("2030-01"), diff_of("2030-01")}) {
    EXPECT_EQ(said.exit, 0) << said.All();
    EXPECT_THAT(said.err, HasSubstr(note));
  }
  EXPECT_THAT(export_of("2024-10").err, Not(HasSubstr("nothing is stored")));
  EXPECT_THAT(diff_of("2024-10").err, Not(HasSubstr("nothing is stored")));
}

TEST_F(ProgramBehaviour, TheRuleSetBuiltInIsCheckedAndTested) {
  const Said check = Furikae({"rules", "check"});
  EXPECT_EQ(check.exit, 0) << check.All();
  EXPECT_THAT(check.out, HasSubstr(" 0 findings"));
  const Said test = Furikae({"rules", "test"});
  EXPECT_EQ(test.exit, 0) << test.All();
  EXPECT_THAT(test.out, HasSubstr(" 0 failed"));
}

TEST_F(ProgramBehaviour, ARuleSetWithFindingsIsRefusedAndTheCheckNamesEach) {
  Write("rules/include.json", R"({"include": ["built-in"]})");
  Write("rules/own.json", R"([{"list": "words_of_mine", "title": {"ja": "語", "en": "words"}, "values": []},
                              {"set": "set_of_mine", "fact": "nothing"}])");
  const Said check = Furikae({"rules", "check", Path("rules"), "--json"});
  EXPECT_NE(check.exit, 0) << check.All();
  const nlohmann::json findings = nlohmann::json::parse(check.out);
  ASSERT_EQ(findings.size(), 2u) << check.out;
  for (const auto& [place, what, name] :
       {std::tuple(0, "set", "set_of_mine"), std::tuple(1, "list", "words_of_mine")}) {
    EXPECT_EQ(findings[place]["file"], "own.json");
    EXPECT_EQ(findings[place]["what"], what);
    EXPECT_EQ(findings[place]["table"], name);
    EXPECT_EQ(findings[place]["kind"], "refused");
  }
  const Said text = Furikae({"rules", "check", Path("rules")});
  EXPECT_THAT(text.out, AllOf(HasSubstr("own.json, set set_of_mine: refused: "),
                              HasSubstr("own.json, list words_of_mine: refused: "), HasSubstr(" 2 findings")));
  GenerateMonth(5);
  const Said run = Month("2024-10", {"--regulations", Path("rules")});
  EXPECT_EQ(run.exit, 1) << run.All();
  EXPECT_THAT(run.err, AllOf(HasSubstr("own.json, set set_of_mine: refused: "), HasSubstr("(and 1 finding more)"),
                             HasSubstr("furikae rules check DIR")));
}

TEST_F(ProgramBehaviour, AForeignOutputDirectoryIsLeftAlone) {
  GenerateMonth(30);
  Write("out/thesis.txt", "the only copy");
  const Said said = Month();
  EXPECT_EQ(said.exit, 1) << said.All();
  EXPECT_THAT(said.err,
              HasSubstr("holds files that no export wrote; name another directory with --output or empty this one"));
  EXPECT_EQ(FilesIn("out"), (std::map<std::string, std::string>{{"thesis.txt", "the only copy"}}));
}

TEST_F(ProgramBehaviour, JsonIsJson) {
  GenerateMonth();
  const std::string data = Path("data");
  const Said run = Month("2024-10", {"--json"});
  ASSERT_EQ(run.exit, 0) << run.All();
  const nlohmann::json summary = nlohmann::json::parse(run.out);
  EXPECT_GE(summary["accepted"], 120);
  EXPECT_EQ(summary["decided"], summary["accepted"]);
  int64_t receipts = 0;
  for (const auto& [outcome, sum] : summary["outcomes"].items()) receipts += sum["receipts"].get<int64_t>();
  EXPECT_EQ(receipts, summary["accepted"]);

  const std::string id = Decisions().begin()->first;
  const std::vector<std::vector<std::string>> asking = {{"decide", "--month", "2024-10"},
                                                        {"close", "--month", "2024-10"},
                                                        {"export", "--month", "2024-10", "--output", Path("out")},
                                                        {"claim", "show", id},
                                                        {"claim", "list", "--limit", "5"},
                                                        {"review", "list"},
                                                        {"review", "show", id},
                                                        {"inquiry", "list"},
                                                        {"verify"},
                                                        {"version"},
                                                        {"load", "--month", "2024-10", Path("in/insurers.csv")}};
  for (std::vector<std::string> words : asking) {
    words.insert(words.end(), {"--data-dir", data, "--json"});
    const Said said = Furikae(words);
    EXPECT_EQ(said.exit, 0) << testing::PrintToString(words) << said.All();
    std::istringstream lines(said.out);
    int parsed = 0;
    for (std::string line; std::getline(lines, line); ++parsed)
      EXPECT_FALSE(nlohmann::json::parse(line, nullptr, false).is_discarded()) << line;
    if (words[1] != "list") {
      EXPECT_EQ(parsed, 1) << testing::PrintToString(words);
    }
  }
}

TEST_F(ProgramBehaviour, OneDataDirectoryIsForOneProcess) {
  GenerateMonth(30);
  ASSERT_EQ(Month().exit, 0);
  Served served(Path("data"));
  ASSERT_NE(served.address(), "");
  const Said said = Month();
  EXPECT_EQ(said.exit, 1) << said.All();
  EXPECT_THAT(said.err, HasSubstr("is already open in process "));
  EXPECT_THAT(said.err, HasSubstr("send the request to it with --server"));
  EXPECT_EQ(served.Stop(), 0);
  EXPECT_EQ(Month().exit, 0);
}

TEST_F(ProgramBehaviour, ServedIsAsInProcess) {
  GenerateMonth();
  ASSERT_EQ(Month().exit, 0);
  const auto in_process = FilesIn("out");
  fs::remove_all(Path("out"));

  Served served(Path("served"));
  ASSERT_NE(served.address(), "");
  const auto ask = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--server", served.address()});
    return Furikae(words);
  };
  const Said run = ask({"run", "--month", "2024-10", "--input", Path("in"), "--output", Path("out")});
  EXPECT_EQ(run.exit, 0) << run.All();
  EXPECT_EQ(FilesIn("out"), in_process);

  // What is asked of the server is what a process of its own answers.
  const std::string apportioned = ClaimWith("APPORTIONED");
  ASSERT_NE(apportioned, "");
  const std::vector<std::vector<std::string>> questions = {
      {"claim", "list", "--limit", "1000"},
      {"claim", "list", "--filter", "outcome=SPLIT"},
      {"claim", "show", apportioned},
      {"claim", "explain", apportioned},
      {"claim", "explain", apportioned, "--what-if", "paper=true", "--as-of", "2024-10-31T23:59:59+09:00"},
      {"claim", "explain", apportioned, "--lang", "ja", "--all-rows", "--what-would-change"},
      {"review", "list"},
      {"review", "show", apportioned},
      {"inquiry", "list"},
      {"verify"}};
  for (const auto& words : questions) {
    const Said over = ask(words);
    std::vector<std::string> local = words;
    local.insert(local.end(), {"--data-dir", Path("data")});
    const Said here = Furikae(local);
    EXPECT_EQ(over.exit, 0) << over.All();
    EXPECT_EQ(over.out, here.out) << testing::PrintToString(words);
    EXPECT_NE(over.out, "") << testing::PrintToString(words);
  }

  // Every verb that changes something, over the wire; the next month is open for it.
  const std::vector<std::string> november = {"--month", "2024-11", "--now", "2024-11-20T12:00:00+09:00"};
  const auto act = [&](std::vector<std::string> words) {
    words.insert(words.end(), november.begin(), november.end());
    const Said said = ask(words);
    EXPECT_EQ(said.exit, 0) << testing::PrintToString(words) << said.All();
    return said;
  };
  EXPECT_THAT(act({"load", Path("in/insurers.csv")}).out, HasSubstr("loaded before, nothing to do"));
  Write("late.UKE", Cp932(FileText({ReceiptText{}}, "202411")));
  const Said submitted = act({"submit", "--json", Path("late.UKE")});
  const std::string late = nlohmann::json::parse(submitted.out)["claim_ids"][0];
  EXPECT_THAT(act({"decide"}).out, HasSubstr("1 claims decided"));
  // One review that the close has left open: asked about, denied, taken back, accepted, taken back.
  std::string open, candidate;
  std::istringstream reviews(ask({"review", "list", "--json"}).out);
  for (std::string line; candidate.empty() && std::getline(reviews, line);) {
    const nlohmann::json review = nlohmann::json::parse(line);
    if (review["candidates"].empty() || review["claim"]["inquiry_open"] == true) continue;
    open = review["claim"]["claim_id"];
    candidate = review["candidates"][0]["subject_id"];
  }
  ASSERT_NE(candidate, "");
  const std::string insurer = Decisions().at(ClaimWith("TRANSFERRED"))["parts"][0]["insurer"];
  int day = 10;
  const auto say = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--actor", "reviewer-12", open, "--month", "2024-11", "--now",
                               "2024-11-" + std::to_string(day++) + "T12:00:00+09:00"});
    const Said said = ask(words);
    EXPECT_EQ(said.exit, 0) << testing::PrintToString(words) << said.All();
    return said.exit == 0 ? nlohmann::json::parse(said.out) : nlohmann::json::object();
  };
  EXPECT_EQ(say({"inquiry", "open", "--insurer", insurer})["inquiry_open"], true);
  EXPECT_THAT(ask({"inquiry", "list"}).out, HasSubstr(open));
  EXPECT_EQ(say({"inquiry", "answer", "deny", "--insurer", insurer})["inquiry_open"], false);
  say({"review", "undo"});
  EXPECT_EQ(say({"review", "accept", "--subject", candidate})["review_open"], false);
  EXPECT_EQ(say({"review", "undo"})["review_open"], true);
  // Without a moment given, all of this is of the month's last second, and still counts as it is said.
  for (int time = 0; time < 2; ++time) {
    for (const bool accepts : {true, false}) {
      std::vector<std::string> words = {
          "review", accepts ? "accept" : "undo", "--actor", "reviewer-12", open, "--month", "2024-11"};
      if (accepts) words.insert(words.end(), {"--subject", candidate});
      const Said said = ask(words);
      ASSERT_EQ(said.exit, 0) << said.All();
      EXPECT_EQ(nlohmann::json::parse(said.out)["review_open"], !accepts);
    }
  }
  EXPECT_THAT(act({"close"}).out, HasSubstr(" claims closed, "));
  EXPECT_EQ(ask({"export", "--month", "2024-11", "--output", Path("november")}).exit, 0);
  EXPECT_TRUE(Decisions("november").contains(late));  // beside it, what October has left pending
  EXPECT_EQ(ask({"verify"}).exit, 0);
  EXPECT_EQ(served.Stop(), 0);
}

}  // namespace
}  // namespace furikae
