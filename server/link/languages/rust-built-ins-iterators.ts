/** Iterators and their adapters, those of the itertools crate included. */
export const rustBuiltInsIterators = `
pub trait IntoIterator { type Item; fn into_iter(self) -> impl Iterator<Item = Self::Item>; }
pub trait Iterator: IntoIterator<Item = Self::Item> {
  type Item;
  fn into_iter(self) -> impl Iterator<Item = Self::Item>;
  fn next(&mut self) -> Option<Self::Item>;
  fn next_back(&mut self) -> Option<Self::Item>;
  fn nth(&mut self, n: usize) -> Option<Self::Item>;
  fn size_hint(&self) -> (usize, Option<usize>);
  fn count(self) -> usize;
  fn len(&self) -> usize;
  fn last(self) -> Option<Self::Item>;
  fn step_by(self, step: usize) -> impl Iterator<Item = Self::Item>;
  fn chain<U>(self, other: U) -> impl Iterator<Item = Self::Item>;
  fn zip<B, U: IntoIterator<Item = B>>(self, other: U) -> impl Iterator<Item = (Self::Item, B)>;
  fn map<B>(self, f: impl FnMut(Self::Item) -> B) -> impl Iterator<Item = B>;
  fn for_each(self, f: impl FnMut(Self::Item));
  fn filter(self, f: impl FnMut(&Self::Item) -> bool) -> impl Iterator<Item = Self::Item>;
  fn filter_map<B>(self, f: impl FnMut(Self::Item) -> Option<B>) -> impl Iterator<Item = B>;
  fn enumerate(self) -> impl Iterator<Item = (usize, Self::Item)>;
  fn peekable(self) -> Peekable<Self::Item>;
  fn skip_while(self, f: impl FnMut(&Self::Item) -> bool) -> impl Iterator<Item = Self::Item>;
  fn take_while(self, f: impl FnMut(&Self::Item) -> bool) -> impl Iterator<Item = Self::Item>;
  fn map_while<B>(self, f: impl FnMut(Self::Item) -> Option<B>) -> impl Iterator<Item = B>;
  fn skip(self, n: usize) -> impl Iterator<Item = Self::Item>;
  fn take(self, n: usize) -> impl Iterator<Item = Self::Item>;
  fn scan<S, B>(self, state: S, f: impl FnMut(&mut S, Self::Item) -> Option<B>) -> impl Iterator<Item = B>;
  fn flat_map<B, U: IntoIterator<Item = B>>(self, f: impl FnMut(Self::Item) -> U) -> impl Iterator<Item = B>;
  fn flatten<B>(self) -> Flattened__<Self::Item>;
  fn fuse(self) -> impl Iterator<Item = Self::Item>;
  fn inspect(self, f: impl FnMut(&Self::Item)) -> impl Iterator<Item = Self::Item>;
  fn by_ref(&mut self) -> &mut Self;
  fn collect<B: FromIterator<Self::Item>>(self) -> B;
  fn partition<B>(self, f: impl FnMut(&Self::Item) -> bool) -> (B, B);
  fn fold<B>(self, init: B, f: impl FnMut(B, Self::Item) -> B) -> B;
  fn try_fold<B, R>(&mut self, init: B, f: impl FnMut(B, Self::Item) -> R) -> R;
  fn try_for_each<R>(&mut self, f: impl FnMut(Self::Item) -> R) -> R;
  fn reduce(self, f: impl FnMut(Self::Item, Self::Item) -> Self::Item) -> Option<Self::Item>;
  fn all(&mut self, f: impl FnMut(Self::Item) -> bool) -> bool;
  fn any(&mut self, f: impl FnMut(Self::Item) -> bool) -> bool;
  fn find(&mut self, f: impl FnMut(&Self::Item) -> bool) -> Option<Self::Item>;
  fn rfind(&mut self, f: impl FnMut(&Self::Item) -> bool) -> Option<Self::Item>;
  fn find_map<B>(&mut self, f: impl FnMut(Self::Item) -> Option<B>) -> Option<B>;
  fn position(&mut self, f: impl FnMut(Self::Item) -> bool) -> Option<usize>;
  fn rposition(&mut self, f: impl FnMut(Self::Item) -> bool) -> Option<usize>;
  fn max(self) -> Option<Self::Item>;
  fn min(self) -> Option<Self::Item>;
  fn max_by_key<B>(self, f: impl FnMut(&Self::Item) -> B) -> Option<Self::Item>;
  fn min_by_key<B>(self, f: impl FnMut(&Self::Item) -> B) -> Option<Self::Item>;
  fn max_by(self, f: impl FnMut(&Self::Item, &Self::Item) -> Ordering) -> Option<Self::Item>;
  fn min_by(self, f: impl FnMut(&Self::Item, &Self::Item) -> Ordering) -> Option<Self::Item>;
  fn rev(self) -> impl Iterator<Item = Self::Item>;
  fn unzip<A, B>(self) -> (A, B);
  fn copied(self) -> impl Iterator<Item = Self::Item>;
  fn cloned(self) -> impl Iterator<Item = Self::Item>;
  fn cycle(self) -> impl Iterator<Item = Self::Item>;
  fn sum<S>(self) -> S;
  fn product<S>(self) -> S;
  fn is_sorted(self) -> bool;
  fn eq<I>(self, other: I) -> bool;

  fn collect_vec(self) -> Vec<Self::Item>;
  fn sorted(self) -> impl Iterator<Item = Self::Item>;
  fn sorted_unstable(self) -> impl Iterator<Item = Self::Item>;
  fn sorted_by(self, f: impl FnMut(&Self::Item, &Self::Item) -> Ordering) -> impl Iterator<Item = Self::Item>;
  fn sorted_by_key<K>(self, f: impl FnMut(&Self::Item) -> K) -> impl Iterator<Item = Self::Item>;
  fn sorted_unstable_by_key<K>(self, f: impl FnMut(&Self::Item) -> K) -> impl Iterator<Item = Self::Item>;
  fn unique(self) -> impl Iterator<Item = Self::Item>;
  fn unique_by<K>(self, f: impl FnMut(&Self::Item) -> K) -> impl Iterator<Item = Self::Item>;
  fn dedup(self) -> impl Iterator<Item = Self::Item>;
  fn dedup_by(self, f: impl FnMut(&Self::Item, &Self::Item) -> bool) -> impl Iterator<Item = Self::Item>;
  fn join(&mut self, separator: &str) -> String;
  fn format(self, separator: &str) -> External__;
  fn format_with(self, separator: &str, f: impl FnMut(Self::Item, External__)) -> External__;
  fn exactly_one(self) -> Result<Self::Item, External__>;
  fn at_most_one(self) -> Result<Option<Self::Item>, External__>;
  fn zip_eq<B, U: IntoIterator<Item = B>>(self, other: U) -> impl Iterator<Item = (Self::Item, B)>;
  fn merge(self, other: impl IntoIterator<Item = Self::Item>) -> impl Iterator<Item = Self::Item>;
  fn interleave(self, other: impl IntoIterator<Item = Self::Item>) -> impl Iterator<Item = Self::Item>;
  fn intersperse(self, item: Self::Item) -> impl Iterator<Item = Self::Item>;
  fn intersperse_with(self, f: impl FnMut() -> Self::Item) -> impl Iterator<Item = Self::Item>;
  fn tuple_windows<T>(self) -> impl Iterator<Item = T>;
  fn tuples<T>(self) -> impl Iterator<Item = T>;
  fn collect_tuple<T>(self) -> Option<T>;
  fn next_tuple<T>(&mut self) -> Option<T>;
  fn partition_map<A, B, F>(self, f: F) -> (A, B);
  fn all_equal(&mut self) -> bool;
  fn contains(&mut self, item: &Self::Item) -> bool;
  fn counts(self) -> HashMap<Self::Item, usize>;
  fn into_group_map<K, V>(self) -> HashMap<K, Vec<V>>;
  fn fold_while<B, F>(self, init: B, f: F) -> B;
  fn find_position(&mut self, f: impl FnMut(&Self::Item) -> bool) -> Option<(usize, Self::Item)>;
  fn filter_ok<F>(self, f: F) -> impl Iterator<Item = Self::Item>;
  fn take_until(self, f: impl FnMut(&Self::Item) -> bool) -> impl Iterator<Item = Self::Item>;
  fn with_position(self) -> impl Iterator<Item = (External__, Self::Item)>;
  fn cartesian_product<B, U: IntoIterator<Item = B>>(self, other: U) -> impl Iterator<Item = (Self::Item, B)>;
  fn multi_cartesian_product(self) -> impl Iterator<Item = Vec<Self::Item>>;
}
pub trait DoubleEndedIterator: Iterator<Item = Self::Item> { type Item; }
pub trait ExactSizeIterator: Iterator<Item = Self::Item> { type Item; }
pub trait FusedIterator: Iterator<Item = Self::Item> { type Item; }
pub trait Extend<A> {}

pub struct Peekable<T> { item: T }
impl<T> Iterator for Peekable<T> { type Item = T; }
impl<T> Peekable<T> {
  pub fn peek(&mut self) -> Option<&T>;
  pub fn peek_mut(&mut self) -> Option<&mut T>;
  pub fn next_if(&mut self, f: impl FnOnce(&T) -> bool) -> Option<T>;
  pub fn next_if_eq<U>(&mut self, expected: &U) -> Option<T>;
}
pub struct Flattened__<T> { item: T }
impl<T> Iterator for Flattened__<Vec<T>> { type Item = T; }
impl<T> Iterator for Flattened__<Option<T>> { type Item = T; }
impl<T, E> Iterator for Flattened__<Result<T, E>> { type Item = T; }
impl<T> Iterator for Flattened__<[T]> { type Item = T; }
impl<T> Iterator for Flattened__<HashSet<T>> { type Item = T; }
impl<T> Iterator for Flattened__<dyn Iterator<Item = T>> { type Item = T; }

pub fn once<T>(value: T) -> impl Iterator<Item = T>;
pub fn empty<T>() -> impl Iterator<Item = T>;
pub fn repeat<T>(value: T) -> impl Iterator<Item = T>;
pub fn repeat_n<T>(value: T, n: usize) -> impl Iterator<Item = T>;
pub fn repeat_with<T>(f: impl FnMut() -> T) -> impl Iterator<Item = T>;
pub fn from_fn<T>(f: impl FnMut() -> Option<T>) -> impl Iterator<Item = T>;
pub fn successors<T>(first: Option<T>, f: impl FnMut(&T) -> Option<T>) -> impl Iterator<Item = T>;
pub fn zip<A, B, I: IntoIterator<Item = A>, J: IntoIterator<Item = B>>(a: I, b: J) -> impl Iterator<Item = (A, B)>;
pub fn chain<A, I: IntoIterator<Item = A>, J>(a: I, b: J) -> impl Iterator<Item = A>;
`;
