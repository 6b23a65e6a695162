(class_declaration name: (type_identifier) @name) @def.class
(abstract_class_declaration name: (type_identifier) @name) @def.class
(class_heritage (extends_clause value: (_) @inherits))
(class_heritage (implements_clause (_) @implements))
(interface_declaration name: (type_identifier) @name) @def.interface
(interface_declaration (extends_type_clause type: (_) @inherits))
(enum_declaration name: (identifier) @name) @def.enum
(type_alias_declaration name: (type_identifier) @name) @def.alias
(internal_module name: (identifier) @name) @def.module
(abstract_method_signature name: (_) @name) @def.method
(method_signature name: (_) @name) @def.method
(property_signature name: (_) @name type: (type_annotation (_) @type)) @def.field
(public_field_definition name: (_) @name value: [(arrow_function) (function_expression)]) @def.method
(public_field_definition name: (_) @name) @def.field
(public_field_definition name: (_) @name type: (type_annotation (_) @type))
(public_field_definition name: (_) @name value: (new_expression constructor: (_) @made))
(required_parameter (accessibility_modifier) pattern: (identifier) @name type: (type_annotation (_) @type)) @def.property
(required_parameter pattern: (identifier) @bind)
(required_parameter pattern: (identifier) @bind type: (type_annotation (_) @type))
(optional_parameter pattern: (identifier) @bind)
(optional_parameter pattern: (identifier) @bind type: (type_annotation (_) @type))
(variable_declarator name: (identifier) @bind type: (type_annotation (_) @type))
