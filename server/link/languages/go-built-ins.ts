/**
 * The types and functions of Go's universe, and the types that its syntax makes. What has two underscores stands for a type without a
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

func append[T any](slice []T, items ...T) []T
func cap(v any) int
func clear(v any)
func close(c any)
func complex(r, i float64) complex128
func copy(to, from any) int
func delete(m, key any)
func imag(c complex128) float64
func len(v any) int
func make(t any, size ...int)
func max[T any](x T, more ...T) T
func min[T any](x T, more ...T) T
func new(t any)
func panic(v any)
func print(items ...any)
func println(items ...any)
func real(c complex128) float64
func recover() any
`;
