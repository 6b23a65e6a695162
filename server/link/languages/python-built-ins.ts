import { pythonLibrary } from './python-built-ins-library.ts';
import { pythonValues } from './python-built-ins-values.ts';

/**
 * The part of Python's standard library that code is typed through: containers, iteration, decorators and the
 * functions that take functions. Read like any other source, so generics and callbacks follow the same rules as the
 * workspace's own. Names that Python does not have begin with an underscore.
 */
export const pythonBuiltIns = pythonValues + pythonLibrary;

/** Modules whose names stand in the declarations above. Elsewhere nothing is known of a module outside. */
export const standardModules: Readonly<Record<string, string>> = {
  typing: '*',
  typing_extensions: '*',
  collections: 'deque defaultdict OrderedDict Counter ChainMap UserDict UserList abc',
  'collections.abc': '*',
  functools:
    'wraps update_wrapper lru_cache cache singledispatch total_ordering cmp_to_key reduce partial partialmethod',
  itertools:
    'chain islice takewhile dropwhile filterfalse groupby starmap cycle repeat tee accumulate combinations permutations pairwise product count',
  contextlib:
    'contextmanager asynccontextmanager closing nullcontext suppress redirect_stdout ContextDecorator ExitStack AbstractContextManager AbstractAsyncContextManager',
  dataclasses: 'dataclass field replace astuple asdict fields',
  enum: 'Enum IntEnum StrEnum Flag IntFlag EnumMeta EnumType',
  abc: 'ABC ABCMeta abstractmethod',
  copy: 'copy deepcopy',
  weakref: 'WeakKeyDictionary WeakValueDictionary WeakSet',
  types: 'MappingProxyType',
  asyncio: 'gather create_task wait_for run Future Task',
  io: 'StringIO BytesIO TextIOWrapper',
  array: 'array',
  builtins: '*',
};
