/**
 * The types of Go's universe, and those that its syntax makes. What has two underscores stands for a type without a
 * name of its own; \`external__\` for whatever a package outside the workspace declares.
 */
export const goBuiltIns = `
package builtin

type error interface { Error() string }
type bool struct{}
type string struct{}
type int struct{}
type int8 struct{}
type int16 struct{}
type int32 struct{}
type int64 struct{}
type uint struct{}
type uint8 struct{}
type uint16 struct{}
type uint32 struct{}
type uint64 struct{}
type uintptr struct{}
type byte struct{}
type rune struct{}
type float32 struct{}
type float64 struct{}
type complex64 struct{}
type complex128 struct{}
type slice__[T any] struct{}
type map__[K, V any] struct{}
type chan__[T any] struct{}
type external__ struct{}
`;
