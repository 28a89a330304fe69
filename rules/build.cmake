# The regulations (rules/regulations/*.json) and their example cases become part of the program, so that it runs without
# any file beside it. The cases are no part of the rule set: its digest does not see them.
set(FURIKAE_RULES_GENERATED)
function(furikae_embed pattern function header output)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/rules/regulations/${pattern})
  set(source ${CMAKE_BINARY_DIR}/generated/rules/${output})
  add_custom_command(OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${files}" -DFUNCTION=${function} -DHEADER=${header} -DOUTPUT=${source}
      -P ${CMAKE_SOURCE_DIR}/rules/table_embed.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/rules/table_embed.cmake VERBATIM)
  set(FURIKAE_RULES_GENERATED ${FURIKAE_RULES_GENERATED} ${source} PARENT_SCOPE)
endfunction()
furikae_embed(*.json EmbeddedRegulations rules/table.h embedded_regulations.cc)
furikae_embed(cases/*.json EmbeddedRuleCases rules/rule_cases.h embedded_rule_cases.cc)
