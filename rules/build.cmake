# The regulations (rules/regulations/*.json) become part of the program, so that it runs without any file beside it.
file(GLOB regulation_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/rules/regulations/*.json)
set(FURIKAE_RULES_GENERATED ${CMAKE_BINARY_DIR}/generated/rules/embedded_regulations.cc)
add_custom_command(OUTPUT ${FURIKAE_RULES_GENERATED}
  COMMAND ${CMAKE_COMMAND} "-DREGULATIONS=${regulation_files}" -DOUTPUT=${FURIKAE_RULES_GENERATED}
    -P ${CMAKE_SOURCE_DIR}/rules/table_embed.cmake
  DEPENDS ${regulation_files} ${CMAKE_SOURCE_DIR}/rules/table_embed.cmake VERBATIM)
