(namespace_definition !body name: (namespace_name) @name) @package
(namespace_definition name: (namespace_name) @name body: (_) @body) @definition.module

(class_declaration name: (name) @name body: (_) @body) @definition.class
(trait_declaration name: (name) @name body: (_) @body) @definition.class
(interface_declaration name: (name) @name body: (_) @body) @definition.interface
(enum_declaration name: (name) @name body: (_) @body) @definition.enum

(function_definition name: (name) @name body: (_) @body) @definition.function
(method_declaration name: (name) @name body: (_) @body) @definition.method
(method_declaration !body name: (name) @name @abstract) @definition.method
(method_declaration (visibility_modifier "private") @private name: (name) @name body: (_) @body) @definition.method
(class_declaration
  name: (name) @_class
  body: (declaration_list (method_declaration name: (name) @name body: (_) @body) @definition.test)
  (#match? @_class "Test(Case)?$")
  (#match? @name "^test"))

(property_element name: (variable_name (name) @name)) @definition.field
(property_promotion_parameter name: (variable_name (name) @name)) @definition.field
(const_element . (name) @name) @definition.constant
(enum_case name: (name) @name) @definition.constant

(function_call_expression function: [(name) (qualified_name)] @name) @reference.call
(member_call_expression object: (_) @receiver name: (name) @name) @reference.call
(nullsafe_member_call_expression object: (_) @receiver name: (name) @name) @reference.call
(scoped_call_expression scope: (_) @scope name: (name) @name) @reference.call
(object_creation_expression [(name) (qualified_name)] @name) @reference.new
(base_clause [(name) (qualified_name)] @name) @reference.base
(class_interface_clause [(name) (qualified_name)] @name) @reference.base
(use_declaration [(name) (qualified_name)] @name) @reference.base

(namespace_use_declaration (namespace_use_clause [(name) (qualified_name)] @name)) @import
(namespace_use_declaration
  (namespace_name) @prefix
  body: (namespace_use_group (namespace_use_clause (name) @name))) @import
(include_expression (_) @path) @import
(include_once_expression (_) @path) @import
(require_expression (_) @path) @import
(require_once_expression (_) @path) @import

(comment) @doc
