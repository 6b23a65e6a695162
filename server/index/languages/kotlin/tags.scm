(package_header (qualified_identifier) @name) @package

(class_declaration "class" name: (identifier) @name) @definition.class
(class_declaration "interface" name: (identifier) @name) @definition.interface
(class_declaration name: (identifier) @name (enum_class_body) @body) @definition.enum
(object_declaration name: (identifier) @name) @definition.class
(type_alias type: (identifier) @name) @definition.type

(function_declaration name: (identifier) @name) @definition.function
(function_declaration (modifiers (visibility_modifier "private")) @private name: (identifier) @name) @definition.function
(function_declaration
  (modifiers (annotation (user_type (identifier) @_annotation .)))
  name: (identifier) @name
  (#any-of? @_annotation "Test" "ParameterizedTest" "RepeatedTest")) @definition.test

(enum_entry (identifier) @name) @definition.constant
(class_parameter ["val" "var"] (identifier) @name) @definition.field
(property_declaration (variable_declaration (identifier) @name)) @definition.variable

(call_expression . (identifier) @name) @reference.call
(call_expression . (navigation_expression (_) @receiver (identifier) @name .)) @reference.call
(delegation_specifier (constructor_invocation (user_type (identifier) @name .))) @reference.base
(delegation_specifier (user_type (identifier) @name .)) @reference.base
(delegation_specifier (explicit_delegation (user_type (identifier) @name .))) @reference.base

(import (qualified_identifier) @name) @import

[(line_comment) (block_comment)] @doc
