/** A map, a set and a list under the names that several crates give to them. */
const maps = ['HashMap', 'BTreeMap', 'FxHashMap', 'IndexMap', 'FxIndexMap', 'AHashMap', 'DashMap']
  .map(
    (name) => `
pub struct ${name}<K, V, S> { key: K, value: V }
impl<K, V, S> ${name}<K, V, S> {
  pub fn new() -> ${name}<K, V, S>;
  pub fn default() -> ${name}<K, V, S>;
  pub fn with_capacity(n: usize) -> ${name}<K, V, S>;
  pub fn with_capacity_and_hasher<H>(n: usize, hasher: H) -> ${name}<K, V, S>;
  pub fn len(&self) -> usize;
  pub fn is_empty(&self) -> bool;
  pub fn clear(&mut self);
  pub fn reserve(&mut self, n: usize);
  pub fn shrink_to_fit(&mut self);
  pub fn get<Q>(&self, key: &Q) -> Option<&V>;
  pub fn get_mut<Q>(&mut self, key: &Q) -> Option<&mut V>;
  pub fn get_key_value<Q>(&self, key: &Q) -> Option<(&K, &V)>;
  pub fn get_index(&self, at: usize) -> Option<(&K, &V)>;
  pub fn get_full<Q>(&self, key: &Q) -> Option<(usize, &K, &V)>;
  pub fn contains_key<Q>(&self, key: &Q) -> bool;
  pub fn insert(&mut self, key: K, value: V) -> Option<V>;
  pub fn insert_full(&mut self, key: K, value: V) -> (usize, Option<V>);
  pub fn remove<Q>(&mut self, key: &Q) -> Option<V>;
  pub fn swap_remove<Q>(&mut self, key: &Q) -> Option<V>;
  pub fn shift_remove<Q>(&mut self, key: &Q) -> Option<V>;
  pub fn remove_entry<Q>(&mut self, key: &Q) -> Option<(K, V)>;
  pub fn entry(&mut self, key: K) -> Entry<K, V>;
  pub fn keys(&self) -> impl Iterator<Item = &K>;
  pub fn into_keys(self) -> impl Iterator<Item = K>;
  pub fn values(&self) -> impl Iterator<Item = &V>;
  pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V>;
  pub fn into_values(self) -> impl Iterator<Item = V>;
  pub fn iter(&self) -> impl Iterator<Item = (&K, &V)>;
  pub fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)>;
  pub fn drain<R>(&mut self, range: R) -> impl Iterator<Item = (K, V)>;
  pub fn retain(&mut self, f: impl FnMut(&K, &mut V) -> bool);
  pub fn extend<I>(&mut self, items: I);
  pub fn append(&mut self, other: &mut Self);
  pub fn range<R>(&self, range: R) -> impl Iterator<Item = (&K, &V)>;
  pub fn range_mut<R>(&mut self, range: R) -> impl Iterator<Item = (&K, &mut V)>;
  pub fn first_key_value(&self) -> Option<(&K, &V)>;
  pub fn last_key_value(&self) -> Option<(&K, &V)>;
  pub fn pop_first(&mut self) -> Option<(K, V)>;
  pub fn pop_last(&mut self) -> Option<(K, V)>;
  pub fn first(&self) -> Option<(&K, &V)>;
  pub fn last(&self) -> Option<(&K, &V)>;
}
impl<K, V, S> IntoIterator for ${name}<K, V, S> { type Item = (K, V); fn into_iter(self) -> impl Iterator<Item = (K, V)>; }
impl<K, V, S> Index<K> for ${name}<K, V, S> { type Output = V; }
impl<K, V, S> FromIterator<(K, V)> for ${name}<K, V, S> { fn from_iter<T>(iter: T) -> ${name}<K, V, S>; }`,
  )
  .join('');

const sets = ['HashSet', 'BTreeSet', 'FxHashSet', 'IndexSet', 'FxIndexSet', 'AHashSet', 'BinaryHeap']
  .map(
    (name) => `
pub struct ${name}<T, S> { item: T }
impl<T, S> ${name}<T, S> {
  pub fn new() -> ${name}<T, S>;
  pub fn default() -> ${name}<T, S>;
  pub fn with_capacity(n: usize) -> ${name}<T, S>;
  pub fn len(&self) -> usize;
  pub fn is_empty(&self) -> bool;
  pub fn clear(&mut self);
  pub fn get<Q>(&self, value: &Q) -> Option<&T>;
  pub fn get_index(&self, at: usize) -> Option<&T>;
  pub fn contains<Q>(&self, value: &Q) -> bool;
  pub fn insert(&mut self, value: T) -> bool;
  pub fn replace(&mut self, value: T) -> Option<T>;
  pub fn remove<Q>(&mut self, value: &Q) -> bool;
  pub fn take<Q>(&mut self, value: &Q) -> Option<T>;
  pub fn push(&mut self, value: T);
  pub fn pop(&mut self) -> Option<T>;
  pub fn peek(&self) -> Option<&T>;
  pub fn iter(&self) -> impl Iterator<Item = &T>;
  pub fn drain(&mut self) -> impl Iterator<Item = T>;
  pub fn retain(&mut self, f: impl FnMut(&T) -> bool);
  pub fn extend<I>(&mut self, items: I);
  pub fn union(&self, other: &Self) -> impl Iterator<Item = &T>;
  pub fn intersection(&self, other: &Self) -> impl Iterator<Item = &T>;
  pub fn difference(&self, other: &Self) -> impl Iterator<Item = &T>;
  pub fn symmetric_difference(&self, other: &Self) -> impl Iterator<Item = &T>;
  pub fn is_subset(&self, other: &Self) -> bool;
  pub fn is_superset(&self, other: &Self) -> bool;
  pub fn is_disjoint(&self, other: &Self) -> bool;
  pub fn first(&self) -> Option<&T>;
  pub fn last(&self) -> Option<&T>;
  pub fn pop_first(&mut self) -> Option<T>;
  pub fn pop_last(&mut self) -> Option<T>;
  pub fn into_sorted_vec(self) -> Vec<T>;
}
impl<T, S> IntoIterator for ${name}<T, S> { type Item = T; fn into_iter(self) -> impl Iterator<Item = T>; }
impl<T, S> FromIterator<T> for ${name}<T, S> { fn from_iter<I>(iter: I) -> ${name}<T, S>; }`,
  )
  .join('');

const lists = ['Vec', 'VecDeque', 'SmallVec', 'ArrayVec', 'ThinVec']
  .map(
    (name) => `
pub struct ${name}<T> { item: T }
impl<T> ${name}<T> {
  pub fn new() -> ${name}<T>;
  pub fn default() -> ${name}<T>;
  pub fn with_capacity(n: usize) -> ${name}<T>;
  pub fn from_elem(value: T, n: usize) -> ${name}<T>;
  pub fn capacity(&self) -> usize;
  pub fn reserve(&mut self, n: usize);
  pub fn shrink_to_fit(&mut self);
  pub fn truncate(&mut self, n: usize);
  pub fn clear(&mut self);
  pub fn push(&mut self, value: T);
  pub fn push_back(&mut self, value: T);
  pub fn push_front(&mut self, value: T);
  pub fn pop(&mut self) -> Option<T>;
  pub fn pop_back(&mut self) -> Option<T>;
  pub fn pop_front(&mut self) -> Option<T>;
  pub fn front(&self) -> Option<&T>;
  pub fn front_mut(&mut self) -> Option<&mut T>;
  pub fn back(&self) -> Option<&T>;
  pub fn back_mut(&mut self) -> Option<&mut T>;
  pub fn insert(&mut self, at: usize, value: T);
  pub fn remove(&mut self, at: usize) -> T;
  pub fn swap_remove(&mut self, at: usize) -> T;
  pub fn append(&mut self, other: &mut Self);
  pub fn extend<I>(&mut self, items: I);
  pub fn extend_from_slice(&mut self, items: &[T]);
  pub fn retain(&mut self, f: impl FnMut(&T) -> bool);
  pub fn retain_mut(&mut self, f: impl FnMut(&mut T) -> bool);
  pub fn dedup(&mut self);
  pub fn dedup_by_key<K>(&mut self, f: impl FnMut(&mut T) -> K);
  pub fn drain<R>(&mut self, range: R) -> impl Iterator<Item = T>;
  pub fn splice<R, I>(&mut self, range: R, by: I) -> impl Iterator<Item = T>;
  pub fn split_off(&mut self, at: usize) -> ${name}<T>;
  pub fn resize(&mut self, n: usize, value: T);
  pub fn resize_with(&mut self, n: usize, f: impl FnMut() -> T);
  pub fn as_slice(&self) -> &[T];
  pub fn as_mut_slice(&mut self) -> &mut [T];
  pub fn into_boxed_slice(self) -> Box<[T]>;
  pub fn into_vec(self) -> Vec<T>;
  pub fn leak(self) -> &mut [T];
  pub fn make_contiguous(&mut self) -> &mut [T];
}
impl<T> Deref for ${name}<T> { type Target = [T]; }
impl<T> IntoIterator for ${name}<T> { type Item = T; fn into_iter(self) -> impl Iterator<Item = T>; }
impl<T> Index<usize> for ${name}<T> { type Output = T; }
impl<T> FromIterator<T> for ${name}<T> { fn from_iter<I>(iter: I) -> ${name}<T>; }`,
  )
  .join('');

/** Collections, slices, text, paths. */
export const rustBuiltInsLibrary = `${maps}${sets}${lists}
pub enum Entry<K, V> { Occupied(OccupiedEntry<K, V>), Vacant(VacantEntry<K, V>) }
impl<K, V> Entry<K, V> {
  pub fn or_insert(self, value: V) -> &mut V;
  pub fn or_insert_with(self, f: impl FnOnce() -> V) -> &mut V;
  pub fn or_insert_with_key(self, f: impl FnOnce(&K) -> V) -> &mut V;
  pub fn or_default(self) -> &mut V;
  pub fn and_modify(self, f: impl FnOnce(&mut V)) -> Entry<K, V>;
  pub fn key(&self) -> &K;
}
pub struct OccupiedEntry<K, V> { key: K, value: V }
impl<K, V> OccupiedEntry<K, V> { pub fn get(&self) -> &V; pub fn get_mut(&mut self) -> &mut V; pub fn into_mut(self) -> &mut V; pub fn key(&self) -> &K; pub fn insert(&mut self, value: V) -> V; pub fn remove(self) -> V; }
pub struct VacantEntry<K, V> { key: K, value: V }
impl<K, V> VacantEntry<K, V> { pub fn insert(self, value: V) -> &mut V; pub fn key(&self) -> &K; }

impl<T> [T] {
  pub fn len(&self) -> usize;
  pub fn is_empty(&self) -> bool;
  pub fn first(&self) -> Option<&T>;
  pub fn first_mut(&mut self) -> Option<&mut T>;
  pub fn last(&self) -> Option<&T>;
  pub fn last_mut(&mut self) -> Option<&mut T>;
  pub fn split_first(&self) -> Option<(&T, &[T])>;
  pub fn split_last(&self) -> Option<(&T, &[T])>;
  pub fn split_first_mut(&mut self) -> Option<(&mut T, &mut [T])>;
  pub fn split_last_mut(&mut self) -> Option<(&mut T, &mut [T])>;
  pub fn get(&self, at: usize) -> Option<&T>;
  pub fn get_mut(&mut self, at: usize) -> Option<&mut T>;
  pub fn swap(&mut self, a: usize, b: usize);
  pub fn reverse(&mut self);
  pub fn iter(&self) -> impl Iterator<Item = &T>;
  pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T>;
  pub fn windows(&self, n: usize) -> impl Iterator<Item = &[T]>;
  pub fn array_windows(&self) -> impl Iterator<Item = &[T]>;
  pub fn chunks(&self, n: usize) -> impl Iterator<Item = &[T]>;
  pub fn chunks_exact(&self, n: usize) -> impl Iterator<Item = &[T]>;
  pub fn chunks_mut(&mut self, n: usize) -> impl Iterator<Item = &mut [T]>;
  pub fn chunk_by(&self, f: impl FnMut(&T, &T) -> bool) -> impl Iterator<Item = &[T]>;
  pub fn split_at(&self, at: usize) -> (&[T], &[T]);
  pub fn split_at_mut(&mut self, at: usize) -> (&mut [T], &mut [T]);
  pub fn split(&self, f: impl FnMut(&T) -> bool) -> impl Iterator<Item = &[T]>;
  pub fn contains(&self, value: &T) -> bool;
  pub fn starts_with(&self, start: &[T]) -> bool;
  pub fn ends_with(&self, end: &[T]) -> bool;
  pub fn binary_search(&self, value: &T) -> Result<usize, usize>;
  pub fn binary_search_by(&self, f: impl FnMut(&T) -> Ordering) -> Result<usize, usize>;
  pub fn binary_search_by_key<B>(&self, key: &B, f: impl FnMut(&T) -> B) -> Result<usize, usize>;
  pub fn partition_point(&self, f: impl FnMut(&T) -> bool) -> usize;
  pub fn sort(&mut self);
  pub fn sort_unstable(&mut self);
  pub fn sort_by(&mut self, f: impl FnMut(&T, &T) -> Ordering);
  pub fn sort_unstable_by(&mut self, f: impl FnMut(&T, &T) -> Ordering);
  pub fn sort_by_key<K>(&mut self, f: impl FnMut(&T) -> K);
  pub fn sort_unstable_by_key<K>(&mut self, f: impl FnMut(&T) -> K);
  pub fn sort_by_cached_key<K>(&mut self, f: impl FnMut(&T) -> K);
  pub fn to_vec(&self) -> Vec<T>;
  pub fn into_vec(self) -> Vec<T>;
  pub fn concat(&self) -> T;
  pub fn join<S>(&self, separator: S) -> String;
  pub fn fill(&mut self, value: T);
  pub fn map<U>(self, f: impl FnMut(T) -> U) -> [U];
  pub fn as_slice(&self) -> &[T];
  pub fn copy_from_slice(&mut self, from: &[T]);
  pub fn clone_from_slice(&mut self, from: &[T]);
}
impl<T> IntoIterator for [T] { type Item = T; fn into_iter(self) -> impl Iterator<Item = T>; }
impl<T> Index<usize> for [T] { type Output = T; }

impl str {
  pub fn len(&self) -> usize;
  pub fn is_empty(&self) -> bool;
  pub fn as_bytes(&self) -> &[u8];
  pub fn as_str(&self) -> &str;
  pub fn chars(&self) -> Chars;
  pub fn char_indices(&self) -> impl Iterator<Item = (usize, char)>;
  pub fn bytes(&self) -> impl Iterator<Item = u8>;
  pub fn lines(&self) -> impl Iterator<Item = &str>;
  pub fn get<R>(&self, range: R) -> Option<&str>;
  pub fn contains<P>(&self, pattern: P) -> bool;
  pub fn starts_with<P>(&self, pattern: P) -> bool;
  pub fn ends_with<P>(&self, pattern: P) -> bool;
  pub fn find<P>(&self, pattern: P) -> Option<usize>;
  pub fn rfind<P>(&self, pattern: P) -> Option<usize>;
  pub fn split<P>(&self, pattern: P) -> impl Iterator<Item = &str>;
  pub fn rsplit<P>(&self, pattern: P) -> impl Iterator<Item = &str>;
  pub fn splitn<P>(&self, n: usize, pattern: P) -> impl Iterator<Item = &str>;
  pub fn rsplitn<P>(&self, n: usize, pattern: P) -> impl Iterator<Item = &str>;
  pub fn split_inclusive<P>(&self, pattern: P) -> impl Iterator<Item = &str>;
  pub fn split_terminator<P>(&self, pattern: P) -> impl Iterator<Item = &str>;
  pub fn split_whitespace(&self) -> impl Iterator<Item = &str>;
  pub fn split_ascii_whitespace(&self) -> impl Iterator<Item = &str>;
  pub fn split_once<P>(&self, pattern: P) -> Option<(&str, &str)>;
  pub fn rsplit_once<P>(&self, pattern: P) -> Option<(&str, &str)>;
  pub fn split_at(&self, at: usize) -> (&str, &str);
  pub fn matches<P>(&self, pattern: P) -> impl Iterator<Item = &str>;
  pub fn match_indices<P>(&self, pattern: P) -> impl Iterator<Item = (usize, &str)>;
  pub fn trim(&self) -> &str;
  pub fn trim_start(&self) -> &str;
  pub fn trim_end(&self) -> &str;
  pub fn trim_matches<P>(&self, pattern: P) -> &str;
  pub fn trim_start_matches<P>(&self, pattern: P) -> &str;
  pub fn trim_end_matches<P>(&self, pattern: P) -> &str;
  pub fn strip_prefix<P>(&self, prefix: P) -> Option<&str>;
  pub fn strip_suffix<P>(&self, suffix: P) -> Option<&str>;
  pub fn parse<F>(&self) -> Result<F, External__>;
  pub fn replace<P>(&self, from: P, to: &str) -> String;
  pub fn replacen<P>(&self, from: P, to: &str, n: usize) -> String;
  pub fn to_lowercase(&self) -> String;
  pub fn to_uppercase(&self) -> String;
  pub fn to_ascii_lowercase(&self) -> String;
  pub fn to_ascii_uppercase(&self) -> String;
  pub fn eq_ignore_ascii_case(&self, other: &str) -> bool;
  pub fn repeat(&self, n: usize) -> String;
  pub fn is_char_boundary(&self, at: usize) -> bool;
  pub fn to_string(&self) -> String;
  pub fn into_string(self) -> String;
  pub fn escape_debug(&self) -> External__;
  pub fn graphemes(&self, extended: bool) -> impl Iterator<Item = &str>;
}
impl Index<usize> for str { type Output = str; }
pub struct Chars;
impl Iterator for Chars { type Item = char; }
impl Chars { pub fn as_str(&self) -> &str; }
pub struct String;
impl Deref for String { type Target = str; }
impl Index<usize> for String { type Output = str; }
impl String {
  pub fn new() -> String;
  pub fn with_capacity(n: usize) -> String;
  pub fn from_utf8(bytes: Vec<u8>) -> Result<String, External__>;
  pub fn from_utf8_lossy(bytes: &[u8]) -> Cow<str>;
  pub fn from<T>(from: T) -> String;
  pub fn push_str(&mut self, text: &str);
  pub fn push(&mut self, c: char);
  pub fn pop(&mut self) -> Option<char>;
  pub fn insert(&mut self, at: usize, c: char);
  pub fn insert_str(&mut self, at: usize, text: &str);
  pub fn remove(&mut self, at: usize) -> char;
  pub fn truncate(&mut self, n: usize);
  pub fn clear(&mut self);
  pub fn capacity(&self) -> usize;
  pub fn reserve(&mut self, n: usize);
  pub fn drain<R>(&mut self, range: R) -> impl Iterator<Item = char>;
  pub fn extend<I>(&mut self, items: I);
  pub fn retain(&mut self, f: impl FnMut(char) -> bool);
  pub fn replace_range<R>(&mut self, range: R, by: &str);
  pub fn into_bytes(self) -> Vec<u8>;
  pub fn into_boxed_str(self) -> Box<str>;
  pub fn split_off(&mut self, at: usize) -> String;
  pub fn as_mut_str(&mut self) -> &mut str;
}

pub struct Path;
impl Path {
  pub fn new<S>(from: &S) -> &Path;
  pub fn to_path_buf(&self) -> PathBuf;
  pub fn to_str(&self) -> Option<&str>;
  pub fn to_string_lossy(&self) -> Cow<str>;
  pub fn display(&self) -> External__;
  pub fn parent(&self) -> Option<&Path>;
  pub fn file_name(&self) -> Option<&OsStr>;
  pub fn file_stem(&self) -> Option<&OsStr>;
  pub fn extension(&self) -> Option<&OsStr>;
  pub fn join<P>(&self, path: P) -> PathBuf;
  pub fn with_extension<S>(&self, extension: S) -> PathBuf;
  pub fn with_file_name<S>(&self, name: S) -> PathBuf;
  pub fn strip_prefix<P>(&self, base: P) -> Result<&Path, External__>;
  pub fn starts_with<P>(&self, base: P) -> bool;
  pub fn ends_with<P>(&self, child: P) -> bool;
  pub fn components(&self) -> External__;
  pub fn ancestors(&self) -> impl Iterator<Item = &Path>;
  pub fn exists(&self) -> bool;
  pub fn is_file(&self) -> bool;
  pub fn is_dir(&self) -> bool;
  pub fn is_absolute(&self) -> bool;
  pub fn is_relative(&self) -> bool;
  pub fn as_os_str(&self) -> &OsStr;
  pub fn canonicalize(&self) -> Result<PathBuf, External__>;
  pub fn metadata(&self) -> Result<External__, External__>;
}
pub struct PathBuf;
impl Deref for PathBuf { type Target = Path; }
impl PathBuf { pub fn new() -> PathBuf; pub fn from<T>(from: T) -> PathBuf; pub fn push<P>(&mut self, path: P); pub fn pop(&mut self) -> bool; pub fn set_extension<S>(&mut self, e: S) -> bool; pub fn set_file_name<S>(&mut self, e: S); pub fn as_path(&self) -> &Path; pub fn into_os_string(self) -> OsString; }
pub struct OsStr;
impl OsStr { pub fn to_str(&self) -> Option<&str>; pub fn to_string_lossy(&self) -> Cow<str>; pub fn to_os_string(&self) -> OsString; pub fn is_empty(&self) -> bool; }
pub struct OsString;
impl Deref for OsString { type Target = OsStr; }
impl OsString { pub fn new() -> OsString; pub fn into_string(self) -> Result<String, OsString>; }

pub enum Either<L, R> { Left(L), Right(R) }
impl<L, R> Either<L, R> { pub fn left(self) -> Option<L>; pub fn right(self) -> Option<R>; pub fn is_left(&self) -> bool; pub fn is_right(&self) -> bool; pub fn as_ref(&self) -> Either<&L, &R>; pub fn map_left<M>(self, f: impl FnOnce(L) -> M) -> Either<M, R>; pub fn map_right<M>(self, f: impl FnOnce(R) -> M) -> Either<L, M>; pub fn either<T>(self, f: impl FnOnce(L) -> T, g: impl FnOnce(R) -> T) -> T; }
impl<T> Either<T, T> { pub fn into_inner(self) -> T; }
`;
