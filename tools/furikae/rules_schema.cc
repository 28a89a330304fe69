// furikae rules schema — the JSON Schemas with which an editor completes and checks regulations and cases.
#include <iostream>
#include <memory>

#include "rules/receipt_facts.h"
#include "rules/rule_schema.h"
#include "tools/furikae/console.h"
#include "tools/furikae/rules.h"

namespace furikae::tools {

void AddRulesSchema(Program& program, CLI::App& rules) {
  auto cases = std::make_shared<bool>(false);
  CLI::App* verb = program.Add(rules, "schema", "print the JSON Schema of regulations, for editors",
                               "furikae rules schema > regulations.schema.json");
  verb->add_flag("--cases", *cases, "the schema of example cases instead");
  verb->callback([&program, cases] {
    program.work = [cases]() -> absl::StatusOr<int> {
      std::cout << (*cases ? rules::CasesSchema(rules::Declarations())
                           : rules::RegulationsSchema(rules::Declarations()));
      return kExitDone;
    };
  });
}

}  // namespace furikae::tools
