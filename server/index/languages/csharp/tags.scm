(file_scoped_namespace_declaration name: (_) @name) @package
(namespace_declaration name: (_) @name body: (_) @body) @definition.module

(class_declaration name: (identifier) @name body: (_)? @body) @definition.class
(struct_declaration name: (identifier) @name body: (_)? @body) @definition.class
(record_declaration name: (identifier) @name body: (_)? @body) @definition.class
(interface_declaration name: (identifier) @name body: (_)? @body) @definition.interface
(enum_declaration name: (identifier) @name body: (_)? @body) @definition.enum
(delegate_declaration name: (identifier) @name) @definition.type

(method_declaration name: (identifier) @name body: (_) @body) @definition.method
(method_declaration !body name: (identifier) @name @abstract) @definition.method
(method_declaration (modifier "private") @private name: (identifier) @name body: (_) @body) @definition.method
(constructor_declaration name: (identifier) @name body: (_)? @body) @definition.method
(local_function_statement name: (identifier) @name body: (_)? @body) @definition.function
(method_declaration
  (attribute_list (attribute name: (_) @_attribute))
  name: (identifier) @name
  body: (_) @body
  (#any-of? @_attribute "Fact" "Theory" "Test" "TestCase" "TestMethod" "DataTestMethod")) @definition.test

(field_declaration (variable_declaration (variable_declarator name: (identifier) @name))) @definition.field
(event_field_declaration
  (variable_declaration (variable_declarator name: (identifier) @name))) @definition.field
(property_declaration name: (identifier) @name) @definition.field
(enum_member_declaration name: (identifier) @name) @definition.constant

(invocation_expression
  function: [(identifier) @name (generic_name (identifier) @name)]) @reference.call
(invocation_expression
  function: (member_access_expression
    expression: (_) @receiver
    name: [(identifier) @name (generic_name (identifier) @name)])) @reference.call
(invocation_expression
  function: (member_access_expression
    expression: ["this" "base"] @receiver
    name: [(identifier) @name (generic_name (identifier) @name)])) @reference.call
(invocation_expression
  function: (conditional_access_expression
    condition: (_) @receiver
    (member_binding_expression
      name: [(identifier) @name (generic_name (identifier) @name)]))) @reference.call
(object_creation_expression type: [(identifier) (generic_name) (qualified_name)] @name) @reference.new
(base_list [(identifier) (generic_name) (qualified_name)] @name) @reference.base
(base_list (primary_constructor_base_type type: (_) @name)) @reference.base

(using_directive !name [(identifier) (qualified_name)] @name) @import

(comment) @doc
