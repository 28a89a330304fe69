# Writes OUTPUT, a source file that holds the files named in REGULATIONS as EmbeddedRegulations() (rules/table.h).
# Each line becomes a raw string literal of its own: literals stay short, and no character is cut in two.
set(entries "")
foreach(path IN LISTS REGULATIONS)
  get_filename_component(name ${path} NAME)
  file(READ ${path} text)
  string(FIND "${text}" ")json\"" closing)
  if(NOT closing EQUAL -1)
    message(FATAL_ERROR "${path}: holds )json\", which would end the literal")
  endif()
  string(REPLACE "\n" "\n)json\"\n    R\"json(" text "${text}")
  string(APPEND entries "  {\"${name}\",\n    R\"json(${text})json\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Written at build time from rules/regulations/*.json.
#include \"rules/table.h\"

namespace furikae::rules {

const std::map<std::string, std::string>& EmbeddedRegulations() {
  static const auto& files = *new std::map<std::string, std::string>{
${entries}  };
  return files;
}

}  // namespace furikae::rules
")
