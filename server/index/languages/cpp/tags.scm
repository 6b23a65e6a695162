(namespace_definition name: (_) @name body: (_) @body) @definition.module

(class_specifier name: (_) @name body: (_) @body) @definition.class
(struct_specifier name: (_) @name body: (_) @body) @definition.class
(union_specifier name: (_) @name body: (_) @body) @definition.class
(enum_specifier name: (_) @name body: (_) @body) @definition.enum
(type_definition
  type: [(struct_specifier !name body: (_) @body) (union_specifier !name body: (_) @body)]
  declarator: (type_identifier) @name) @definition.class
(type_definition
  type: (enum_specifier !name body: (_) @body)
  declarator: (type_identifier) @name) @definition.enum
(type_definition
  type: [
    (primitive_type) (sized_type_specifier) (type_identifier) (qualified_identifier) (template_type)
    (struct_specifier name: (_)) (union_specifier name: (_)) (enum_specifier name: (_))
  ]
  declarator: [
    (type_identifier) @name
    (pointer_declarator declarator: (type_identifier) @name)
    (function_declarator
      declarator: (parenthesized_declarator (pointer_declarator declarator: (type_identifier) @name)))
  ]) @definition.type
(alias_declaration name: (type_identifier) @name) @definition.type

(function_definition
  (storage_class_specifier "static")? @private
  declarator: [
    (function_declarator declarator: (_) @name)
    (pointer_declarator declarator: (function_declarator declarator: (_) @name))
    (reference_declarator (function_declarator declarator: (_) @name))
    (pointer_declarator
      declarator: (pointer_declarator declarator: (function_declarator declarator: (_) @name)))
  ]
  body: (_) @body) @definition.function

; What a class declares, and another place defines.
(field_declaration
  declarator: [
    (function_declarator declarator: (field_identifier) @name) @abstract
    (pointer_declarator declarator: (function_declarator declarator: (field_identifier) @name)) @abstract
    (reference_declarator (function_declarator declarator: (field_identifier) @name)) @abstract
  ]) @definition.method
(field_declaration_list
  (declaration declarator: (function_declarator declarator: (identifier) @name) @abstract) @definition.method)

; A test of GoogleTest has two names.
(function_definition
  declarator: (function_declarator
    declarator: (identifier) @_macro
    parameters: (parameter_list
      . (parameter_declaration type: (type_identifier) @suite !declarator)
      . (parameter_declaration type: (type_identifier) @name !declarator) .))
  (#any-of? @_macro "TEST" "TEST_F" "TEST_P" "TYPED_TEST")) @definition.test

(enumerator name: (identifier) @name) @definition.constant
(field_declaration
  declarator: [
    (field_identifier) @name
    (pointer_declarator declarator: (field_identifier) @name)
    (reference_declarator (field_identifier) @name)
    (array_declarator declarator: (field_identifier) @name)
    (function_declarator
      declarator: (parenthesized_declarator (pointer_declarator declarator: (field_identifier) @name)))
  ]) @definition.field
(declaration
  declarator: [
    (init_declarator declarator: (identifier) @name)
    (init_declarator declarator: (pointer_declarator declarator: (identifier) @name))
    (init_declarator declarator: (array_declarator declarator: (identifier) @name))
    (array_declarator declarator: (identifier) @name)
    (pointer_declarator declarator: (identifier) @name)
    (identifier) @name
  ]) @definition.variable

(preproc_function_def name: (identifier) @name) @definition.macro
(preproc_def name: (identifier) @name value: (_)) @definition.constant

(call_expression
  function: [
    (identifier) @name
    (qualified_identifier) @name
    (template_function name: (identifier) @name)
  ]) @reference.call
(call_expression
  function: (field_expression
    argument: (_) @receiver
    field: [(field_identifier) @name (template_method name: (field_identifier) @name)])) @reference.call
(new_expression type: [(type_identifier) (qualified_identifier) (template_type)] @name) @reference.new
(base_class_clause [(type_identifier) (qualified_identifier) (template_type)] @name) @reference.base

(preproc_include path: [(string_literal) (system_lib_string)] @path) @import

(comment) @doc
