const INTEGERS = ['i8', 'i16', 'i32', 'i64', 'i128', 'isize', 'u8', 'u16', 'u32', 'u64', 'u128', 'usize'];

const numbers = [...INTEGERS, 'f32', 'f64']
  .map(
    (name) => `
pub struct ${name};
impl ${name} {
  pub fn abs(self) -> Self;
  pub fn pow(self, by: u32) -> Self;
  pub fn min(self, other: Self) -> Self;
  pub fn max(self, other: Self) -> Self;
  pub fn clamp(self, low: Self, high: Self) -> Self;
  pub fn checked_add(self, by: Self) -> Option<Self>;
  pub fn checked_sub(self, by: Self) -> Option<Self>;
  pub fn checked_mul(self, by: Self) -> Option<Self>;
  pub fn saturating_sub(self, by: Self) -> Self;
  pub fn saturating_add(self, by: Self) -> Self;
  pub fn wrapping_add(self, by: Self) -> Self;
  pub fn wrapping_sub(self, by: Self) -> Self;
  pub fn to_be_bytes(self) -> [u8];
  pub fn to_le_bytes(self) -> [u8];
  pub fn to_ascii_lowercase(&self) -> Self;
  pub fn trailing_zeros(self) -> u32;
  pub fn leading_zeros(self) -> u32;
  pub fn count_ones(self) -> u32;
}`,
  )
  .join('');

/** Primitive types, options and results, smart pointers, the traits of operators and conversions. */
export const rustBuiltInsCore = `
pub struct External__;
impl External__ {
  pub fn member(&self) -> External__;
  pub fn and_then<U>(self, f: impl FnOnce(_) -> U) -> U;
  pub fn or_else<U>(self, f: impl FnOnce() -> U) -> U;
  pub fn find_map<U>(&mut self, f: impl FnMut(_) -> U) -> U;
  pub fn map<U>(self, f: impl FnMut(_) -> U) -> Mapped__<U>;
  pub fn filter_map<U>(self, f: impl FnMut(_) -> Option<U>) -> impl Iterator<Item = U>;
  pub fn flat_map<U, I: IntoIterator<Item = U>>(self, f: impl FnMut(_) -> I) -> impl Iterator<Item = U>;
  pub fn map_or<U>(self, default: U, f: impl FnOnce(_) -> U) -> U;
  pub fn map_or_else<U>(self, default: impl FnOnce() -> U, f: impl FnOnce(_) -> U) -> U;
  pub fn unwrap_or<U>(self, default: U) -> U;
  pub fn unwrap_or_else<U>(self, f: impl FnOnce() -> U) -> U;
  pub fn fold<U>(self, init: U, f: impl FnMut(U, _) -> U) -> U;
  pub fn to_string(&self) -> String;
}
pub struct Mapped__<T> { item: T }
impl<T> Deref for Mapped__<T> { type Target = Option<T>; }
impl<T> Iterator for Mapped__<T> { type Item = T; }
impl<T> Mapped__<T> {
  pub fn map<U>(self, f: impl FnMut(T) -> U) -> Mapped__<U>;
  pub fn filter(self, f: impl FnMut(&T) -> bool) -> Mapped__<T>;
  pub fn inspect(self, f: impl FnMut(&T)) -> Mapped__<T>;
  pub fn cloned(self) -> Mapped__<T>;
  pub fn copied(self) -> Mapped__<T>;
  pub fn zip<U>(self, other: U) -> Mapped__<(T, External__)>;
}

pub struct bool;
pub struct char;
pub struct str;
pub struct slice__<T> { item: T }
${numbers}

impl bool {
  pub fn then<T>(self, f: impl FnOnce() -> T) -> Option<T>;
  pub fn then_some<T>(self, value: T) -> Option<T>;
}
impl char {
  pub fn is_alphabetic(self) -> bool;
  pub fn is_numeric(self) -> bool;
  pub fn is_whitespace(self) -> bool;
  pub fn len_utf8(self) -> usize;
  pub fn to_digit(self, radix: u32) -> Option<u32>;
  pub fn to_ascii_lowercase(&self) -> char;
  pub fn to_ascii_uppercase(&self) -> char;
  pub fn to_lowercase(self) -> impl Iterator<Item = char>;
  pub fn to_uppercase(self) -> impl Iterator<Item = char>;
}

pub trait Deref { type Target; fn deref(&self) -> &Self::Target; }
pub trait DerefMut { fn deref_mut(&mut self) -> &mut Self; }
pub trait Index<Idx> { type Output; fn index(&self, index: Idx) -> &Self::Output; }
pub trait IndexMut<Idx> { fn index_mut(&mut self, index: Idx) -> &mut Self; }
pub trait Future { type Output; }
pub trait Add<Rhs> { type Output; fn add(self, rhs: Rhs) -> Self::Output; }
pub trait Sub<Rhs> { type Output; fn sub(self, rhs: Rhs) -> Self::Output; }
pub trait Mul<Rhs> { type Output; fn mul(self, rhs: Rhs) -> Self::Output; }
pub trait Div<Rhs> { type Output; fn div(self, rhs: Rhs) -> Self::Output; }
pub trait Rem<Rhs> { type Output; fn rem(self, rhs: Rhs) -> Self::Output; }
pub trait BitAnd<Rhs> { type Output; fn bitand(self, rhs: Rhs) -> Self::Output; }
pub trait BitOr<Rhs> { type Output; fn bitor(self, rhs: Rhs) -> Self::Output; }
pub trait BitXor<Rhs> { type Output; fn bitxor(self, rhs: Rhs) -> Self::Output; }
pub trait Shl<Rhs> { type Output; fn shl(self, rhs: Rhs) -> Self::Output; }
pub trait Shr<Rhs> { type Output; fn shr(self, rhs: Rhs) -> Self::Output; }
pub trait Not { type Output; fn not(self) -> Self::Output; }
pub trait Neg { type Output; fn neg(self) -> Self::Output; }

pub trait Clone { fn clone(&self) -> Self; fn clone_from(&mut self, source: &Self); }
pub trait Copy {}
pub trait Send {}
pub trait Sync {}
pub trait Sized {}
pub trait Unpin {}
pub trait Any { fn type_id(&self) -> External__; }
pub trait Debug {}
pub trait Display {}
pub trait Default { fn default() -> Self; }
pub trait PartialEq { fn eq(&self, other: &Self) -> bool; fn ne(&self, other: &Self) -> bool; }
pub trait Eq {}
pub trait PartialOrd { fn partial_cmp(&self, other: &Self) -> Option<Ordering>; fn lt(&self, other: &Self) -> bool; fn le(&self, other: &Self) -> bool; fn gt(&self, other: &Self) -> bool; fn ge(&self, other: &Self) -> bool; }
pub trait Ord { fn cmp(&self, other: &Self) -> Ordering; }
pub trait Hash { fn hash<H>(&self, state: &mut H); }
pub trait Hasher { fn finish(&self) -> u64; fn write(&mut self, bytes: &[u8]); }
pub trait Drop { fn drop(&mut self); }
pub trait From<T> { fn from(value: T) -> Self; }
pub trait Into<T> { fn into(self) -> T; }
pub trait TryFrom<T> { type Error; fn try_from(value: T) -> Result<Self, Self::Error>; }
pub trait TryInto<T> { fn try_into(self) -> Result<T, External__>; }
pub trait AsRef<T> { fn as_ref(&self) -> &T; }
pub trait AsMut<T> { fn as_mut(&mut self) -> &mut T; }
pub trait ToOwned { fn to_owned(&self) -> Self; }
pub trait ToString { fn to_string(&self) -> String; }
pub trait FromStr { fn from_str(s: &str) -> Result<Self, External__>; }
pub trait Error { fn source(&self) -> Option<&dyn Error>; fn description(&self) -> &str; }
pub trait FromIterator<A> { fn from_iter<T: IntoIterator<Item = A>>(iter: T) -> Self; }
pub trait Write { fn write_str(&mut self, s: &str) -> Result<(), External__>; fn write_fmt(&mut self, a: External__) -> Result<(), External__>; fn write_char(&mut self, c: char) -> Result<(), External__>; fn write_all(&mut self, b: &[u8]) -> Result<(), External__>; fn flush(&mut self) -> Result<(), External__>; }
pub trait Read { fn read(&mut self, to: &mut [u8]) -> Result<usize, External__>; fn read_to_string(&mut self, to: &mut String) -> Result<usize, External__>; fn read_to_end(&mut self, to: &mut Vec<u8>) -> Result<usize, External__>; }

impl<T> Clone for T { fn clone(&self) -> T; }
impl<T> PartialEq for T { fn eq(&self, other: &T) -> bool; fn ne(&self, other: &T) -> bool; }
impl<T> Hash for T { fn hash<H>(&self, state: &mut H); }
impl<T> ToString for T { fn to_string(&self) -> String; }
impl<T, U> Into<U> for T { fn into(self) -> U; }
impl<T, U> TryInto<U> for T { fn try_into(self) -> Result<U, External__>; }
impl<T> ToOwned for T { fn to_owned(&self) -> T; }
impl ToOwned for str { fn to_owned(&self) -> String; }
impl<T> ToOwned for [T] { fn to_owned(&self) -> Vec<T>; }
impl<T> Default for T { fn default() -> T; }
impl<T> Ord for T { fn cmp(&self, other: &T) -> Ordering; fn max(self, other: T) -> T; fn min(self, other: T) -> T; }
impl<T> PartialOrd for T { fn partial_cmp(&self, other: &T) -> Option<Ordering>; fn lt(&self, other: &T) -> bool; fn le(&self, other: &T) -> bool; fn gt(&self, other: &T) -> bool; fn ge(&self, other: &T) -> bool; }

pub enum Ordering { Less, Equal, Greater }
impl Ordering {
  pub fn then(self, other: Ordering) -> Ordering;
  pub fn then_with(self, f: impl FnOnce() -> Ordering) -> Ordering;
  pub fn reverse(self) -> Ordering;
  pub fn is_eq(self) -> bool;
}

pub enum Option<T> { None, Some(T) }
impl<T> Option<T> {
  pub fn is_some(&self) -> bool;
  pub fn is_none(&self) -> bool;
  pub fn is_some_and(self, f: impl FnOnce(T) -> bool) -> bool;
  pub fn is_none_or(self, f: impl FnOnce(T) -> bool) -> bool;
  pub fn as_ref(&self) -> Option<&T>;
  pub fn as_mut(&mut self) -> Option<&mut T>;
  pub fn expect(self, message: &str) -> T;
  pub fn unwrap(self) -> T;
  pub fn unwrap_or(self, default: T) -> T;
  pub fn unwrap_or_else(self, f: impl FnOnce() -> T) -> T;
  pub fn unwrap_or_default(self) -> T;
  pub unsafe fn unwrap_unchecked(self) -> T;
  pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Option<U>;
  pub fn inspect(self, f: impl FnOnce(&T)) -> Option<T>;
  pub fn map_or<U>(self, default: U, f: impl FnOnce(T) -> U) -> U;
  pub fn map_or_else<U>(self, default: impl FnOnce() -> U, f: impl FnOnce(T) -> U) -> U;
  pub fn map_or_default<U>(self, f: impl FnOnce(T) -> U) -> U;
  pub fn ok_or<E>(self, error: E) -> Result<T, E>;
  pub fn ok_or_else<E>(self, error: impl FnOnce() -> E) -> Result<T, E>;
  pub fn iter(&self) -> impl Iterator<Item = &T>;
  pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T>;
  pub fn and<U>(self, other: Option<U>) -> Option<U>;
  pub fn and_then<U>(self, f: impl FnOnce(T) -> Option<U>) -> Option<U>;
  pub fn filter(self, f: impl FnOnce(&T) -> bool) -> Option<T>;
  pub fn or(self, other: Option<T>) -> Option<T>;
  pub fn or_else(self, f: impl FnOnce() -> Option<T>) -> Option<T>;
  pub fn xor(self, other: Option<T>) -> Option<T>;
  pub fn insert(&mut self, value: T) -> &mut T;
  pub fn get_or_insert(&mut self, value: T) -> &mut T;
  pub fn get_or_insert_with(&mut self, f: impl FnOnce() -> T) -> &mut T;
  pub fn take(&mut self) -> Option<T>;
  pub fn take_if(&mut self, f: impl FnOnce(&mut T) -> bool) -> Option<T>;
  pub fn replace(&mut self, value: T) -> Option<T>;
  pub fn zip<U>(self, other: Option<U>) -> Option<(T, U)>;
  pub fn copied(self) -> Option<T>;
  pub fn cloned(self) -> Option<T>;
}
impl<T: Deref> Option<T> {
  pub fn as_deref(&self) -> Option<&T::Target>;
  pub fn as_deref_mut(&mut self) -> Option<&mut T::Target>;
}
impl<T> Option<Option<T>> { pub fn flatten(self) -> Option<T>; }
impl<T, E> Option<Result<T, E>> { pub fn transpose(self) -> Result<Option<T>, E>; }
impl<A, B> Option<(A, B)> { pub fn unzip(self) -> (Option<A>, Option<B>); }
impl<T> IntoIterator for Option<T> { type Item = T; fn into_iter(self) -> impl Iterator<Item = T>; }

pub enum Result<T, E> { Ok(T), Err(E) }
impl<T, E> Result<T, E> {
  pub fn is_ok(&self) -> bool;
  pub fn is_err(&self) -> bool;
  pub fn is_ok_and(self, f: impl FnOnce(T) -> bool) -> bool;
  pub fn is_err_and(self, f: impl FnOnce(E) -> bool) -> bool;
  pub fn ok(self) -> Option<T>;
  pub fn err(self) -> Option<E>;
  pub fn as_ref(&self) -> Result<&T, &E>;
  pub fn as_mut(&mut self) -> Result<&mut T, &mut E>;
  pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Result<U, E>;
  pub fn map_or<U>(self, default: U, f: impl FnOnce(T) -> U) -> U;
  pub fn map_or_else<U>(self, default: impl FnOnce(E) -> U, f: impl FnOnce(T) -> U) -> U;
  pub fn map_err<F>(self, f: impl FnOnce(E) -> F) -> Result<T, F>;
  pub fn inspect(self, f: impl FnOnce(&T)) -> Result<T, E>;
  pub fn inspect_err(self, f: impl FnOnce(&E)) -> Result<T, E>;
  pub fn iter(&self) -> impl Iterator<Item = &T>;
  pub fn expect(self, message: &str) -> T;
  pub fn unwrap(self) -> T;
  pub fn expect_err(self, message: &str) -> E;
  pub fn unwrap_err(self) -> E;
  pub fn and<U>(self, other: Result<U, E>) -> Result<U, E>;
  pub fn and_then<U>(self, f: impl FnOnce(T) -> Result<U, E>) -> Result<U, E>;
  pub fn or<F>(self, other: Result<T, F>) -> Result<T, F>;
  pub fn or_else<F>(self, f: impl FnOnce(E) -> Result<T, F>) -> Result<T, F>;
  pub fn unwrap_or(self, default: T) -> T;
  pub fn unwrap_or_else(self, f: impl FnOnce(E) -> T) -> T;
  pub fn unwrap_or_default(self) -> T;
  pub fn copied(self) -> Result<T, E>;
  pub fn cloned(self) -> Result<T, E>;
  pub fn context<C>(self, context: C) -> Result<T, External__>;
  pub fn with_context<C>(self, f: impl FnOnce() -> C) -> Result<T, External__>;
}
impl<T, E> Result<Option<T>, E> { pub fn transpose(self) -> Option<Result<T, E>>; }
impl<T: Deref, E> Result<T, E> { pub fn as_deref(&self) -> Result<&T::Target, &E>; }
impl<T, E> IntoIterator for Result<T, E> { type Item = T; fn into_iter(self) -> impl Iterator<Item = T>; }

pub enum ControlFlow<C, B> { Continue(C), Break(B) }
pub enum Poll<T> { Ready(T), Pending }
pub enum Cow<T> { Borrowed(T), Owned(T) }
impl<T> Deref for Cow<T> { type Target = T; }
impl<T> Cow<T> { pub fn into_owned(self) -> T; pub fn to_mut(&mut self) -> &mut T; }
impl Cow<str> { pub fn into_owned(self) -> String; }

pub struct Box<T> { item: T }
impl<T> Box<T> { pub fn new(value: T) -> Box<T>; pub fn pin(value: T) -> Pin<Box<T>>; pub fn into_inner(b: Box<T>) -> T; pub fn leak(b: Box<T>) -> &mut T; }
impl<T> Deref for Box<T> { type Target = T; }
impl<T> Box<[T]> { pub fn into_vec(self) -> Vec<T>; }
pub struct Pin<T> { item: T }
impl<T> Deref for Pin<T> { type Target = T; }
impl<T> Pin<T> { pub fn as_mut(&mut self) -> Pin<T>; pub fn get_mut(self) -> T; }
pub struct Rc<T> { item: T }
impl<T> Rc<T> { pub fn new(value: T) -> Rc<T>; pub fn clone(from: &Rc<T>) -> Rc<T>; pub fn ptr_eq(a: &Rc<T>, b: &Rc<T>) -> bool; pub fn get_mut(rc: &mut Rc<T>) -> Option<&mut T>; pub fn make_mut(rc: &mut Rc<T>) -> &mut T; pub fn downgrade(rc: &Rc<T>) -> Weak<T>; pub fn try_unwrap(rc: Rc<T>) -> Result<T, Rc<T>>; }
impl<T> Deref for Rc<T> { type Target = T; }
pub struct Arc<T> { item: T }
impl<T> Arc<T> { pub fn new(value: T) -> Arc<T>; pub fn clone(from: &Arc<T>) -> Arc<T>; pub fn ptr_eq(a: &Arc<T>, b: &Arc<T>) -> bool; pub fn get_mut(arc: &mut Arc<T>) -> Option<&mut T>; pub fn make_mut(arc: &mut Arc<T>) -> &mut T; pub fn downgrade(arc: &Arc<T>) -> Weak<T>; pub fn try_unwrap(arc: Arc<T>) -> Result<T, Arc<T>>; }
impl<T> Deref for Arc<T> { type Target = T; }
pub struct Weak<T> { item: T }
impl<T> Weak<T> { pub fn new() -> Weak<T>; pub fn upgrade(&self) -> Option<Rc<T>>; }
pub struct Cell<T> { item: T }
impl<T> Cell<T> { pub fn new(value: T) -> Cell<T>; pub fn get(&self) -> T; pub fn set(&self, value: T); pub fn take(&self) -> T; pub fn replace(&self, value: T) -> T; }
pub struct RefCell<T> { item: T }
impl<T> RefCell<T> { pub fn new(value: T) -> RefCell<T>; pub fn borrow(&self) -> Ref<T>; pub fn borrow_mut(&self) -> RefMut<T>; pub fn try_borrow(&self) -> Result<Ref<T>, External__>; pub fn try_borrow_mut(&self) -> Result<RefMut<T>, External__>; pub fn into_inner(self) -> T; pub fn take(&self) -> T; pub fn replace(&self, value: T) -> T; pub fn get_mut(&mut self) -> &mut T; }
pub struct Ref<T> { item: T }
impl<T> Deref for Ref<T> { type Target = T; }
pub struct RefMut<T> { item: T }
impl<T> Deref for RefMut<T> { type Target = T; }
pub struct OnceCell<T> { item: T }
impl<T> OnceCell<T> { pub fn new() -> OnceCell<T>; pub fn get(&self) -> Option<&T>; pub fn set(&self, value: T) -> Result<(), T>; pub fn get_or_init(&self, f: impl FnOnce() -> T) -> &T; pub fn get_mut(&mut self) -> Option<&mut T>; pub fn into_inner(self) -> Option<T>; pub fn take(&mut self) -> Option<T>; }
pub struct OnceLock<T> { item: T }
impl<T> OnceLock<T> { pub fn new() -> OnceLock<T>; pub fn get(&self) -> Option<&T>; pub fn set(&self, value: T) -> Result<(), T>; pub fn get_or_init(&self, f: impl FnOnce() -> T) -> &T; pub fn get_mut(&mut self) -> Option<&mut T>; pub fn into_inner(self) -> Option<T>; }
pub struct LazyLock<T> { item: T }
impl<T> LazyLock<T> { pub fn new(f: impl FnOnce() -> T) -> LazyLock<T>; }
impl<T> Deref for LazyLock<T> { type Target = T; }
pub struct LazyCell<T> { item: T }
impl<T> LazyCell<T> { pub fn new(f: impl FnOnce() -> T) -> LazyCell<T>; }
impl<T> Deref for LazyCell<T> { type Target = T; }
pub struct ManuallyDrop<T> { item: T }
impl<T> ManuallyDrop<T> { pub fn new(value: T) -> ManuallyDrop<T>; }
impl<T> Deref for ManuallyDrop<T> { type Target = T; }
pub struct Mutex<T> { item: T }
impl<T> Mutex<T> { pub fn new(value: T) -> Mutex<T>; pub fn lock(&self) -> Result<MutexGuard<T>, External__>; pub fn try_lock(&self) -> Result<MutexGuard<T>, External__>; pub fn into_inner(self) -> Result<T, External__>; pub fn get_mut(&mut self) -> Result<&mut T, External__>; }
pub struct MutexGuard<T> { item: T }
impl<T> MutexGuard<T> { pub fn unwrap(self) -> MutexGuard<T>; }
impl<T> Deref for MutexGuard<T> { type Target = T; }
pub struct RwLock<T> { item: T }
impl<T> RwLock<T> { pub fn new(value: T) -> RwLock<T>; pub fn read(&self) -> Result<RwLockReadGuard<T>, External__>; pub fn write(&self) -> Result<RwLockWriteGuard<T>, External__>; pub fn into_inner(self) -> Result<T, External__>; }
pub struct RwLockReadGuard<T> { item: T }
impl<T> Deref for RwLockReadGuard<T> { type Target = T; }
pub struct RwLockWriteGuard<T> { item: T }
impl<T> Deref for RwLockWriteGuard<T> { type Target = T; }
pub struct PhantomData<T> { item: T }

pub mod mem {}
pub fn take<T>(from: &mut T) -> T;
pub fn replace<T>(from: &mut T, value: T) -> T;
pub fn swap<T>(a: &mut T, b: &mut T);
pub fn drop<T>(value: T);
pub fn max<T>(a: T, b: T) -> T;
pub fn min<T>(a: T, b: T) -> T;
pub fn identity<T>(value: T) -> T;
pub fn catch_unwind<T>(f: impl FnOnce() -> T) -> Result<T, External__>;
`.replace('pub mod mem {}\n', '');
