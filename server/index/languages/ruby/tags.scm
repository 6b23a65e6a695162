(module name: (_) @name) @definition.module
(class name: (_) @name) @definition.class
(assignment left: (constant) @name) @definition.constant
(assignment
  left: (constant) @name
  right: (call
    receiver: (constant) @_of
    method: (identifier) @_new)
  (#any-of? @_of "Struct" "Class" "Data")
  (#any-of? @_new "new" "define")) @definition.class

(method name: (_) @name) @definition.method
(singleton_method name: (_) @name) @definition.method
(call
  method: (identifier) @_attribute
  arguments: (argument_list (simple_symbol) @name @definition.method)
  (#any-of? @_attribute "attr_reader" "attr_writer" "attr_accessor"))
(class
  body: (body_statement (method name: (identifier) @name (#match? @name "^test_")) @definition.test))

(call
  !receiver
  method: [(identifier) (constant)] @name
  (#not-any-of? @name
    "require" "require_relative" "load" "require_dependency" "include" "extend" "prepend"
    "attr_reader" "attr_writer" "attr_accessor" "private" "protected" "public" "raise" "puts")) @reference.call
(call
  receiver: (_) @receiver
  method: [(identifier) (constant)] @name
  (#not-eq? @name "new")) @reference.call
(call
  receiver: [(constant) (scope_resolution)] @name
  method: (identifier) @_new
  (#eq? @_new "new")) @reference.new
(superclass [(constant) (scope_resolution)] @name) @reference.base

; A word alone is a call unless it is a local variable.
((identifier) @name @reference.bare
  (#not-any-of? @name
    "require" "require_relative" "load" "require_dependency" "include" "extend" "prepend" "new"
    "attr_reader" "attr_writer" "attr_accessor" "private" "protected" "public" "raise" "puts"))
(assignment left: (identifier) @local.definition)
(operator_assignment left: (identifier) @local.definition)
(left_assignment_list (identifier) @local.definition)
(method_parameters [
  (identifier) @local.definition
  (_ name: (identifier) @local.definition)
])
(block_parameters [
  (identifier) @local.definition
  (_ name: (identifier) @local.definition)
])
(lambda_parameters [
  (identifier) @local.definition
  (_ name: (identifier) @local.definition)
])
(for pattern: (identifier) @local.definition)
(exception_variable (identifier) @local.definition)

(call
  method: (identifier) @_require
  arguments: (argument_list . (string (string_content) @path))
  (#any-of? @_require "require" "require_relative" "load" "require_dependency")) @import

(comment) @doc
