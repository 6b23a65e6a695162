(class_definition name: (identifier) @name) @def.class
(class_definition superclasses: (argument_list [(identifier) (attribute)] @inherits))
(class_definition superclasses: (argument_list (subscript value: (_) @inherits)))
(class_definition body: (block (expression_statement (assignment left: (identifier) @name) @def.field)))
(class_definition body: (block (expression_statement (assignment left: (identifier) @name type: (type (_) @type)))))
(function_definition name: (identifier) @name) @def.function
(module (expression_statement (assignment left: (identifier) @name) @def.variable))
(assignment left: (attribute object: (identifier) @owner attribute: (identifier) @name)) @def.attribute
(assignment left: (attribute object: (identifier) @owner attribute: (identifier) @name) type: (type (_) @type))
(assignment left: (attribute object: (identifier) @owner attribute: (identifier) @name) right: (call function: (_) @made))

(function_definition) @scope
(lambda) @scope
(list_comprehension) @scope
(set_comprehension) @scope
(dictionary_comprehension) @scope
(generator_expression) @scope

(parameters (identifier) @bind)
(lambda_parameters (identifier) @bind)
(default_parameter name: (identifier) @bind)
(typed_parameter . (identifier) @bind type: (type (_) @type))
(typed_default_parameter name: (identifier) @bind type: (type (_) @type))
(list_splat_pattern (identifier) @bind)
(dictionary_splat_pattern (identifier) @bind)
(assignment left: (identifier) @bind)
(assignment left: (identifier) @bind type: (type (_) @type))
(assignment left: (identifier) @bind right: (call function: (_) @made))
(pattern_list (identifier) @bind)
(tuple_pattern (identifier) @bind)
(for_statement left: (identifier) @bind)
(for_in_clause left: (identifier) @bind)
(named_expression name: (identifier) @bind)
(as_pattern_target (identifier) @bind)

(call function: (_) @callee) @call
(decorator [(identifier) @callee (attribute) @callee (call function: (_) @callee)]) @decorator

(import_statement) @import
(import_from_statement) @import
