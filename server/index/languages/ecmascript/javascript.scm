(class_declaration name: (identifier) @name) @def.class
(class_heritage (_) @inherits)
(field_definition property: (_) @name value: [(arrow_function) (function_expression)]) @def.method
(field_definition property: (_) @name) @def.field
(field_definition property: (_) @name value: (new_expression constructor: (_) @made))
(formal_parameters (identifier) @bind)
(formal_parameters (assignment_pattern left: (identifier) @bind))
