; What TypeScript and JavaScript share. Captures: @def.KIND + @name, @scope, @bind (+ @type, @made),
; @call/@new/@jsx/@tag/@decorator + @callee, @import, @export.
(function_declaration name: (identifier) @name) @def.function
(generator_function_declaration name: (identifier) @name) @def.function
(method_definition name: (_) @name) @def.method
(variable_declarator name: (identifier) @name value: [(arrow_function) (function_expression) (generator_function)]) @def.function
(variable_declarator name: (identifier) @name) @def.variable
(variable_declarator name: (identifier) @bind value: (new_expression constructor: (_) @made))
(pair key: (property_identifier) @name value: [(arrow_function) (function_expression)]) @def.function

(function_declaration) @scope
(generator_function_declaration) @scope
(function_expression) @scope
(arrow_function) @scope
(method_definition) @scope
(statement_block) @scope
(for_statement) @scope
(for_in_statement) @scope
(catch_clause) @scope

(arrow_function parameter: (identifier) @bind)
(catch_clause parameter: (identifier) @bind)
(for_in_statement left: (identifier) @bind)
(function_expression name: (identifier) @bind)
(shorthand_property_identifier_pattern) @bind
(object_pattern (pair_pattern value: (identifier) @bind))
(array_pattern (identifier) @bind)
(rest_pattern (identifier) @bind)

(call_expression function: (_) @callee arguments: (arguments)) @call
(call_expression function: (_) @callee arguments: (template_string)) @tag
(new_expression constructor: (_) @callee) @new
(decorator [(identifier) @callee (member_expression) @callee (call_expression function: (_) @callee)]) @decorator

(import_statement) @import
(export_statement) @export
(assignment_expression left: (member_expression) @assigned right: (_) @value)
(variable_declarator name: (_) @required value: (call_expression function: (identifier) @function arguments: (arguments (string) @specifier)))
