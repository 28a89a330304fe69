# Writes OUTPUT, a source file that holds the files named in FILES as FUNCTION(), which HEADER declares: file name → text.
# Each line becomes a raw string literal of its own: literals stay short, and no character is cut in two.
set(entries "")
foreach(path IN LISTS FILES)
  get_filename_component(name ${path} NAME)
  file(READ ${path} text)
  string(FIND "${text}" ")json\"" closing)
  if(NOT closing EQUAL -1)
    message(FATAL_ERROR "${path}: holds )json\", which would end the literal")
  endif()
  string(REPLACE "\n" "\n)json\"\n    R\"json(" text "${text}")
  string(APPEND entries "  {\"${name}\",\n    R\"json(${text})json\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Written at build time from files of rules/regulations.
#include \"${HEADER}\"

namespace furikae::rules {

const std::map<std::string, std::string>& ${FUNCTION}() {
  static const auto& files = *new std::map<std::string, std::string>{
${entries}  };
  return files;
}

}  // namespace furikae::rules
")
