/** java.lang and what belongs to it. */
export const javaLang: Readonly<Record<string, string>> = {
  '': `
public class $boolean extends Boolean {}
public class $byte extends Byte {}
public class $short extends Short {}
public class $char extends Character {}
public class $int extends Integer {}
public class $long extends Long {}
public class $float extends Float {}
public class $double extends Double {}
public class $null {}
public class $Array<T> implements Cloneable, Serializable { public int length; T[] clone(); }`,
  'java.lang': `
public class Object {
  public Object() {} boolean equals(Object o); int hashCode(); String toString(); Class<?> getClass(); void notify(); void notifyAll();
  void wait(); void wait(long timeout); void wait(long timeout, int nanos); protected Object clone(); void finalize();
}
public interface Comparable<T> { int compareTo(T o); }
public interface CharSequence {
  int length(); char charAt(int i); CharSequence subSequence(int start, int end); String toString(); default boolean isEmpty() {} default IntStream chars() {}
  default IntStream codePoints() {} static int compare(CharSequence a, CharSequence b) {}
}
public interface Appendable { Appendable append(CharSequence s); Appendable append(CharSequence s, int start, int end); Appendable append(char c); }
public interface Readable {}
public interface Cloneable {}
public interface AutoCloseable { void close(); }
public interface Runnable { void run(); }
public interface Iterable<T> { Iterator<T> iterator(); default void forEach(Consumer<? super T> action) {} default Spliterator<T> spliterator() {} }
public class Enum<E> implements Comparable<E>, Serializable {
  String name(); int ordinal(); Class<E> getDeclaringClass(); int compareTo(E o); static E valueOf(String name); static E[] values();
  static <T> T valueOf(Class<T> type, String name);
}
public class Record {}
public class Number implements Serializable { int intValue(); long longValue(); float floatValue(); double doubleValue(); byte byteValue(); short shortValue(); }
public class Boolean implements Comparable<Boolean>, Serializable {
  public static Boolean TRUE; public static Boolean FALSE; boolean booleanValue(); int compareTo(Boolean b); static boolean parseBoolean(String s); static Boolean valueOf(boolean b);
  static Boolean valueOf(String s); static String toString(boolean b); static int hashCode(boolean b); static int compare(boolean a, boolean b);
}
public class Byte extends Number implements Comparable<Byte> { static Byte valueOf(byte b); static Byte valueOf(String s); static byte parseByte(String s); int compareTo(Byte o); static String toString(byte b); public static byte MAX_VALUE; public static byte MIN_VALUE; }
public class Short extends Number implements Comparable<Short> { static Short valueOf(short s); static Short valueOf(String s); static short parseShort(String s); int compareTo(Short o); static String toString(short s); }
public class Character implements Comparable<Character>, Serializable {
  char charValue(); static Character valueOf(char c); static boolean isDigit(char c); static boolean isLetter(char c); static boolean isLetterOrDigit(char c); static boolean isWhitespace(char c);
  static boolean isUpperCase(char c); static boolean isLowerCase(char c); static char toUpperCase(char c); static char toLowerCase(char c); static String toString(char c); static int getNumericValue(char c);
  static int compare(char a, char b); int compareTo(Character o); static int digit(char c, int radix); static char forDigit(int digit, int radix); static char[] toChars(int codePoint); static int charCount(int codePoint);
}
public class Integer extends Number implements Comparable<Integer> {
  public static int MAX_VALUE; public static int MIN_VALUE; static int parseInt(String s); static int parseInt(String s, int radix); static Integer valueOf(int i); static Integer valueOf(String s); static Integer valueOf(String s, int radix);
  static String toString(int i); static String toHexString(int i); static String toBinaryString(int i); static int compare(int a, int b); int compareTo(Integer o); static int max(int a, int b); static int min(int a, int b); static int sum(int a, int b);
  static Integer decode(String s); static int bitCount(int i); static int hashCode(int i); static int signum(int i); static Integer getInteger(String name); static int numberOfTrailingZeros(int i); static int numberOfLeadingZeros(int i); static int highestOneBit(int i);
}
public class Long extends Number implements Comparable<Long> {
  public static long MAX_VALUE; public static long MIN_VALUE; static long parseLong(String s); static Long valueOf(long l); static Long valueOf(String s); static String toString(long l); static String toHexString(long l);
  static int compare(long a, long b); int compareTo(Long o); static long max(long a, long b); static long min(long a, long b); static long sum(long a, long b); static Long decode(String s); static int hashCode(long l); static int bitCount(long l);
}
public class Float extends Number implements Comparable<Float> { static float parseFloat(String s); static Float valueOf(float f); static Float valueOf(String s); static int compare(float a, float b); int compareTo(Float o); boolean isNaN(); static boolean isNaN(float f); static String toString(float f); static int floatToIntBits(float f); }
public class Double extends Number implements Comparable<Double> { public static double MAX_VALUE; public static double NaN; static double parseDouble(String s); static Double valueOf(double d); static Double valueOf(String s); static int compare(double a, double b); int compareTo(Double o); boolean isNaN(); static boolean isNaN(double d); static String toString(double d); static long doubleToLongBits(double d); static double sum(double a, double b); }
public class Void {}
public class String implements Comparable<String>, CharSequence, Serializable {
  public static Comparator<String> CASE_INSENSITIVE_ORDER; public String() {} public String(String s) {} public String(char[] c) {} public String(byte[] b) {} public String(byte[] b, Charset c) {} public String(byte[] b, String c) {} public String(char[] c, int from, int count) {} public String(byte[] b, int from, int count, Charset c) {}
  int length(); boolean isEmpty(); boolean isBlank(); char charAt(int i); int codePointAt(int i); byte[] getBytes(); byte[] getBytes(Charset c); byte[] getBytes(String c); boolean contentEquals(CharSequence s);
  boolean equalsIgnoreCase(String s); int compareTo(String s); int compareToIgnoreCase(String s); boolean startsWith(String s); boolean startsWith(String s, int from); boolean endsWith(String s);
  int indexOf(int c); int indexOf(String s); int indexOf(int c, int from); int indexOf(String s, int from); int lastIndexOf(int c); int lastIndexOf(String s); int lastIndexOf(int c, int from); int lastIndexOf(String s, int from);
  String substring(int from); String substring(int from, int to); CharSequence subSequence(int from, int to); String concat(String s); String replace(char a, char b); String replace(CharSequence a, CharSequence b);
  boolean matches(String regex); boolean contains(CharSequence s); String replaceFirst(String regex, String by); String replaceAll(String regex, String by); String[] split(String regex); String[] split(String regex, int limit);
  String toLowerCase(); String toLowerCase(Locale l); String toUpperCase(); String toUpperCase(Locale l); String trim(); String strip(); String stripLeading(); String stripTrailing(); String stripIndent(); Stream<String> lines(); String indent(int n); String intern();
  String repeat(int n); IntStream chars(); char[] toCharArray(); String formatted(Object... args); boolean regionMatches(boolean ignoreCase, int at, String s, int from, int length); boolean regionMatches(int at, String s, int from, int length); <R> R transform(Function<? super String, ? extends R> f);
  static String join(CharSequence by, CharSequence... parts); static String join(CharSequence by, Iterable<? extends CharSequence> parts); static String format(String f, Object... args); static String format(Locale l, String f, Object... args);
  static String valueOf(Object o); static String valueOf(char[] c); static String valueOf(boolean b); static String valueOf(char c); static String valueOf(int i); static String valueOf(long l); static String valueOf(float f); static String valueOf(double d); static String copyValueOf(char[] c);
}
public class AbstractStringBuilder implements Appendable, CharSequence {}
public class StringBuilder extends AbstractStringBuilder implements Serializable, Comparable<StringBuilder> {
  public StringBuilder() {} public StringBuilder(int n) {} public StringBuilder(String s) {} public StringBuilder(CharSequence s) {} StringBuilder append(Object o); StringBuilder append(String s); StringBuilder append(CharSequence s); StringBuilder append(CharSequence s, int from, int to);
  StringBuilder append(char[] c); StringBuilder append(boolean b); StringBuilder append(char c); StringBuilder append(int i); StringBuilder append(long l); StringBuilder append(float f); StringBuilder append(double d); StringBuilder appendCodePoint(int c); StringBuilder delete(int from, int to); StringBuilder deleteCharAt(int i);
  StringBuilder replace(int from, int to, String s); StringBuilder insert(int at, String s); StringBuilder insert(int at, Object o); StringBuilder insert(int at, char c); StringBuilder reverse(); int indexOf(String s); int lastIndexOf(String s); String substring(int from); String substring(int from, int to); void setLength(int n); void setCharAt(int i, char c); int capacity();
}
public class StringBuffer extends AbstractStringBuilder implements Serializable, Comparable<StringBuffer> {
  public StringBuffer() {} public StringBuffer(int n) {} public StringBuffer(String s) {} StringBuffer append(Object o); StringBuffer append(String s); StringBuffer append(CharSequence s); StringBuffer append(char[] c); StringBuffer append(boolean b); StringBuffer append(char c); StringBuffer append(int i); StringBuffer append(long l);
  StringBuffer deleteCharAt(int i); StringBuffer insert(int at, String s); StringBuffer reverse(); String substring(int from); String substring(int from, int to); void setLength(int n); int indexOf(String s);
}
public class Class<T> implements Serializable, Type, AnnotatedElement, GenericDeclaration {
  T newInstance(); T cast(Object o); T[] getEnumConstants(); String getName(); String getSimpleName(); String getTypeName(); String getPackageName(); String getCanonicalName(); ClassLoader getClassLoader(); Class<? super T> getSuperclass(); Type getGenericSuperclass(); Class<?>[] getInterfaces(); Type[] getGenericInterfaces();
  boolean isInstance(Object o); boolean isAssignableFrom(Class<?> c); boolean isInterface(); boolean isArray(); boolean isPrimitive(); boolean isEnum(); boolean isAnnotation(); boolean isRecord(); boolean isAnonymousClass(); boolean isMemberClass(); boolean isLocalClass(); boolean isSynthetic(); int getModifiers(); Package getPackage(); Module getModule();
  Class<?> getComponentType(); Class<?> componentType(); Class<?> arrayType(); Class<?> getDeclaringClass(); Class<?> getEnclosingClass(); Method getEnclosingMethod(); Class<?>[] getDeclaredClasses(); Class<?>[] getClasses(); Field getField(String name); Field getDeclaredField(String name); Field[] getFields(); Field[] getDeclaredFields(); RecordComponent[] getRecordComponents();
  Method getMethod(String name, Class<?>... types); Method getDeclaredMethod(String name, Class<?>... types); Method[] getMethods(); Method[] getDeclaredMethods(); Constructor<T> getConstructor(Class<?>... types); Constructor<T> getDeclaredConstructor(Class<?>... types); Constructor<?>[] getConstructors(); Constructor<?>[] getDeclaredConstructors();
  <A extends Annotation> A getAnnotation(Class<A> type); InputStream getResourceAsStream(String name); URL getResource(String name); ProtectionDomain getProtectionDomain(); <U> Class<? extends U> asSubclass(Class<U> c); boolean desiredAssertionStatus(); boolean isSealed(); boolean isHidden(); Class<?>[] getPermittedSubclasses();
  static Class<?> forName(String name); static Class<?> forName(String name, boolean initialize, ClassLoader loader);
}
public class ClassLoader { static ClassLoader getSystemClassLoader(); ClassLoader getParent(); Class<?> loadClass(String name); URL getResource(String name); Enumeration<URL> getResources(String name); InputStream getResourceAsStream(String name); Class<?> defineClass(String name, byte[] b, int from, int n); Class<?> findLoadedClass(String name); }
public class Package { String getName(); <A extends Annotation> A getAnnotation(Class<A> type); }
public class Module { String getName(); ClassLoader getClassLoader(); }
public class Throwable implements Serializable {
  public Throwable() {} public Throwable(String message) {} public Throwable(String message, Throwable cause) {} public Throwable(Throwable cause) {} String getMessage(); String getLocalizedMessage(); Throwable getCause(); Throwable initCause(Throwable cause); void printStackTrace(); void printStackTrace(PrintStream s); void printStackTrace(PrintWriter w);
  StackTraceElement[] getStackTrace(); void setStackTrace(StackTraceElement[] s); void addSuppressed(Throwable t); Throwable[] getSuppressed(); Throwable fillInStackTrace();
}
public class StackTraceElement { String getClassName(); String getMethodName(); String getFileName(); int getLineNumber(); }
public class Exception extends Throwable { public Exception() {} public Exception(String message) {} public Exception(String message, Throwable cause) {} public Exception(Throwable cause) {} }
public class Error extends Throwable {}
public class RuntimeException extends Exception { public RuntimeException() {} public RuntimeException(String message) {} public RuntimeException(String message, Throwable cause) {} public RuntimeException(Throwable cause) {} }
public class IllegalArgumentException extends RuntimeException {}
public class IllegalStateException extends RuntimeException {}
public class NumberFormatException extends IllegalArgumentException {}
public class NullPointerException extends RuntimeException {}
public class ClassCastException extends RuntimeException {}
public class UnsupportedOperationException extends RuntimeException {}
public class ArithmeticException extends RuntimeException {}
public class ArrayStoreException extends RuntimeException {}
public class SecurityException extends RuntimeException {}
public class IndexOutOfBoundsException extends RuntimeException {}
public class ArrayIndexOutOfBoundsException extends IndexOutOfBoundsException {}
public class StringIndexOutOfBoundsException extends IndexOutOfBoundsException {}
public class NegativeArraySizeException extends RuntimeException {}
public class InterruptedException extends Exception {}
public class CloneNotSupportedException extends Exception {}
public class ReflectiveOperationException extends Exception {}
public class ClassNotFoundException extends ReflectiveOperationException {}
public class NoSuchMethodException extends ReflectiveOperationException {}
public class NoSuchFieldException extends ReflectiveOperationException {}
public class InstantiationException extends ReflectiveOperationException {}
public class IllegalAccessException extends ReflectiveOperationException {}
public class LinkageError extends Error {}
public class NoClassDefFoundError extends LinkageError {}
public class ExceptionInInitializerError extends LinkageError {}
public class IncompatibleClassChangeError extends LinkageError {}
public class NoSuchMethodError extends IncompatibleClassChangeError {}
public class AssertionError extends Error {}
public class VirtualMachineError extends Error {}
public class OutOfMemoryError extends VirtualMachineError {}
public class StackOverflowError extends VirtualMachineError {}
public class Thread implements Runnable {
  public Thread() {} public Thread(Runnable r) {} public Thread(Runnable r, String name) {} public Thread(String name) {} public Thread(ThreadGroup g, Runnable r) {} public Thread(ThreadGroup g, Runnable r, String name) {} static Thread currentThread(); void start(); void run(); void interrupt(); boolean isInterrupted(); static boolean interrupted(); boolean isAlive(); void join(); void join(long ms); static void sleep(long ms);
  String getName(); void setName(String n); long getId(); boolean isDaemon(); void setDaemon(boolean d); ClassLoader getContextClassLoader(); void setContextClassLoader(ClassLoader l); StackTraceElement[] getStackTrace(); int getPriority(); void setPriority(int p); ThreadGroup getThreadGroup();
}
public class ThreadGroup {}
public class ThreadLocal<T> { static <S> ThreadLocal<S> withInitial(Supplier<? extends S> s); T get(); void set(T t); void remove(); protected T initialValue(); }
public class InheritableThreadLocal<T> extends ThreadLocal<T> {}
public class System {
  public static PrintStream out; public static PrintStream err; public static InputStream in; static long currentTimeMillis(); static long nanoTime(); static void arraycopy(Object from, int at, Object to, int pos, int n); static int identityHashCode(Object o); static String getProperty(String k); static String getProperty(String k, String d); static String setProperty(String k, String v); static String clearProperty(String k);
  static Properties getProperties(); static String getenv(String k); static Map<String, String> getenv(); static void exit(int s); static void gc(); static String lineSeparator();
}
public class Runtime { static Runtime getRuntime(); int availableProcessors(); long freeMemory(); long totalMemory(); long maxMemory(); Process exec(String c); void addShutdownHook(Thread t); }
public class Process { InputStream getInputStream(); InputStream getErrorStream(); OutputStream getOutputStream(); int waitFor(); int exitValue(); void destroy(); }
public class Math {
  public static double PI; static int abs(int a); static long abs(long a); static double abs(double a); static int max(int a, int b); static long max(long a, long b); static double max(double a, double b); static int min(int a, int b); static long min(long a, long b); static double min(double a, double b);
  static double pow(double a, double b); static double sqrt(double a); static double floor(double a); static double ceil(double a); static long round(double a); static double random(); static int floorMod(int a, int b); static int toIntExact(long l); static double log(double a); static double log10(double a); static double exp(double a);
  static int addExact(int a, int b); static long addExact(long a, long b); static int multiplyExact(int a, int b); static long multiplyExact(long a, long b); static double sin(double a); static double cos(double a); static double tan(double a); static double signum(double a);
}`,
  'java.lang.annotation': `
public interface Annotation { Class<? extends Annotation> annotationType(); }
public enum RetentionPolicy { SOURCE, CLASS, RUNTIME }
public enum ElementType { TYPE, FIELD, METHOD, PARAMETER, CONSTRUCTOR, LOCAL_VARIABLE, ANNOTATION_TYPE, PACKAGE, TYPE_PARAMETER, TYPE_USE, MODULE, RECORD_COMPONENT }`,
  'java.lang.ref': `
public class Reference<T> { T get(); void clear(); boolean enqueue(); boolean refersTo(T t); }
public class WeakReference<T> extends Reference<T> { public WeakReference(T t) {} public WeakReference(T t, ReferenceQueue<? super T> q) {} }
public class SoftReference<T> extends Reference<T> { public SoftReference(T t) {} public SoftReference(T t, ReferenceQueue<? super T> q) {} }
public class ReferenceQueue<T> { Reference<? extends T> poll(); Reference<? extends T> remove(); }`,
  'java.lang.reflect': `
public interface Type { default String getTypeName() {} }
public interface AnnotatedElement {
  <A extends Annotation> A getAnnotation(Class<A> type); Annotation[] getAnnotations(); Annotation[] getDeclaredAnnotations(); default boolean isAnnotationPresent(Class<? extends Annotation> type) {} default <A extends Annotation> A[] getAnnotationsByType(Class<A> type) {}
  default <A extends Annotation> A getDeclaredAnnotation(Class<A> type) {} default <A extends Annotation> A[] getDeclaredAnnotationsByType(Class<A> type) {}
}
public interface GenericDeclaration extends AnnotatedElement { TypeVariable<?>[] getTypeParameters(); }
public interface Member { Class<?> getDeclaringClass(); String getName(); int getModifiers(); boolean isSynthetic(); }
public interface ParameterizedType extends Type { Type[] getActualTypeArguments(); Type getRawType(); Type getOwnerType(); }
public interface GenericArrayType extends Type { Type getGenericComponentType(); }
public interface WildcardType extends Type { Type[] getUpperBounds(); Type[] getLowerBounds(); }
public interface TypeVariable<D> extends Type, AnnotatedElement { Type[] getBounds(); D getGenericDeclaration(); String getName(); }
public interface InvocationHandler { Object invoke(Object proxy, Method method, Object[] args); }
public class AccessibleObject implements AnnotatedElement { void setAccessible(boolean b); boolean isAccessible(); boolean trySetAccessible(); }
public class Executable extends AccessibleObject implements Member, GenericDeclaration {
  Class<?>[] getParameterTypes(); Type[] getGenericParameterTypes(); int getParameterCount(); Parameter[] getParameters(); Class<?>[] getExceptionTypes(); Annotation[][] getParameterAnnotations(); boolean isVarArgs(); String toGenericString();
}
public class Method extends Executable { Class<?> getReturnType(); Type getGenericReturnType(); Object invoke(Object on, Object... args); boolean isBridge(); boolean isDefault(); Object getDefaultValue(); }
public class Constructor<T> extends Executable { T newInstance(Object... args); Class<T> getDeclaringClass(); }
public class Field extends AccessibleObject implements Member { Class<?> getType(); Type getGenericType(); Object get(Object on); void set(Object on, Object v); boolean isEnumConstant(); int getInt(Object on); boolean getBoolean(Object on); }
public class Parameter implements AnnotatedElement { String getName(); Class<?> getType(); Type getParameterizedType(); Executable getDeclaringExecutable(); boolean isNamePresent(); }
public class RecordComponent implements AnnotatedElement { String getName(); Class<?> getType(); Type getGenericType(); Method getAccessor(); }
public class Modifier { static boolean isPublic(int m); static boolean isStatic(int m); static boolean isPrivate(int m); static boolean isFinal(int m); static boolean isAbstract(int m); static boolean isProtected(int m); static boolean isInterface(int m); static boolean isNative(int m); static String toString(int m); }
public class Array { static Object newInstance(Class<?> c, int n); static int getLength(Object a); static Object get(Object a, int i); static void set(Object a, int i, Object v); }
public class Proxy { static Object newProxyInstance(ClassLoader l, Class<?>[] i, InvocationHandler h); static boolean isProxyClass(Class<?> c); static InvocationHandler getInvocationHandler(Object p); }
public class InvocationTargetException extends ReflectiveOperationException { Throwable getTargetException(); }
public class UndeclaredThrowableException extends RuntimeException { Throwable getUndeclaredThrowable(); }`,
};

/** java.util's collections. */
export const javaCollections: Readonly<Record<string, string>> = {
  'java.util': `
public interface Iterator<E> { boolean hasNext(); E next(); default void remove() {} default void forEachRemaining(Consumer<? super E> f) {} }
public interface ListIterator<E> extends Iterator<E> { boolean hasPrevious(); E previous(); int nextIndex(); int previousIndex(); void set(E e); void add(E e); }
public interface PrimitiveIterator<T, C> extends Iterator<T> {}
public interface Enumeration<E> { boolean hasMoreElements(); E nextElement(); default Iterator<E> asIterator() {} }
public interface Spliterator<T> { boolean tryAdvance(Consumer<? super T> f); void forEachRemaining(Consumer<? super T> f); Spliterator<T> trySplit(); long estimateSize(); int characteristics(); public static int ORDERED; public static int IMMUTABLE; }
public class Spliterators { static <T> Spliterator<T> spliterator(Collection<? extends T> c, int n); static <T> Spliterator<T> spliteratorUnknownSize(Iterator<? extends T> i, int n); static <T> Spliterator<T> spliterator(Object[] a, int n); static <T> Iterator<T> iterator(Spliterator<? extends T> s); }
public interface Collection<E> extends Iterable<E> {
  int size(); boolean isEmpty(); boolean contains(Object o); Object[] toArray(); <T> T[] toArray(T[] a); <T> T[] toArray(IntFunction<T[]> f); boolean add(E e); boolean remove(Object o); boolean containsAll(Collection<?> c); boolean addAll(Collection<? extends E> c); boolean removeAll(Collection<?> c); boolean retainAll(Collection<?> c); void clear();
  boolean removeIf(Predicate<? super E> p); Stream<E> stream(); Stream<E> parallelStream();
}
public interface SequencedCollection<E> extends Collection<E> { E getFirst(); E getLast(); E removeFirst(); E removeLast(); void addFirst(E e); void addLast(E e); }
public interface List<E> extends SequencedCollection<E> {
  E get(int i); E set(int i, E e); void add(int i, E e); boolean add(E e); E remove(int i); boolean remove(Object o); int indexOf(Object o); int lastIndexOf(Object o); ListIterator<E> listIterator(); ListIterator<E> listIterator(int i); List<E> subList(int from, int to); boolean addAll(int i, Collection<? extends E> c); boolean addAll(Collection<? extends E> c);
  void replaceAll(UnaryOperator<E> f); void sort(Comparator<? super E> c); List<E> reversed(); static <T> List<T> of(T... items); static <T> List<T> copyOf(Collection<? extends T> c);
}
public interface Set<E> extends Collection<E> { static <T> Set<T> of(T... items); static <T> Set<T> copyOf(Collection<? extends T> c); }
public interface SortedSet<E> extends Set<E> { E first(); E last(); SortedSet<E> headSet(E e); SortedSet<E> tailSet(E e); SortedSet<E> subSet(E a, E b); Comparator<? super E> comparator(); }
public interface NavigableSet<E> extends SortedSet<E> { E lower(E e); E floor(E e); E ceiling(E e); E higher(E e); E pollFirst(); E pollLast(); NavigableSet<E> descendingSet(); Iterator<E> descendingIterator(); NavigableSet<E> headSet(E e, boolean b); NavigableSet<E> tailSet(E e, boolean b); NavigableSet<E> subSet(E a, boolean b, E c, boolean d); }
public interface Queue<E> extends Collection<E> { boolean offer(E e); E remove(); E poll(); E element(); E peek(); boolean remove(Object o); }
public interface Deque<E> extends Queue<E>, SequencedCollection<E> { boolean offerFirst(E e); boolean offerLast(E e); E pollFirst(); E pollLast(); E peekFirst(); E peekLast(); void push(E e); E pop(); Iterator<E> descendingIterator(); boolean removeFirstOccurrence(Object o); E remove(); boolean remove(Object o); }
public interface Map<K, V> {
  int size(); boolean isEmpty(); boolean containsKey(Object k); boolean containsValue(Object v); V get(Object k); V put(K k, V v); V remove(Object k); boolean remove(Object k, Object v); void putAll(Map<? extends K, ? extends V> m); void clear(); Set<K> keySet(); Collection<V> values(); Set<Map.Entry<K, V>> entrySet();
  V getOrDefault(Object k, V v); void forEach(BiConsumer<? super K, ? super V> f); void replaceAll(BiFunction<? super K, ? super V, ? extends V> f); V putIfAbsent(K k, V v); boolean replace(K k, V a, V b); V replace(K k, V v); V computeIfAbsent(K k, Function<? super K, ? extends V> f);
  V computeIfPresent(K k, BiFunction<? super K, ? super V, ? extends V> f); V compute(K k, BiFunction<? super K, ? super V, ? extends V> f); V merge(K k, V v, BiFunction<? super V, ? super V, ? extends V> f);
  static <A, B> Map<A, B> of(); static <A, B> Map<A, B> of(A a, B b); static <A, B> Map<A, B> of(A a, B b, A c, B d); static <A, B> Map<A, B> of(A a, B b, A c, B d, A e, B f); static <A, B> Map<A, B> of(A a, B b, A c, B d, A e, B f, A g, B h); static <A, B> Map<A, B> of(A a, B b, A c, B d, A e, B f, A g, B h, A i, B j);
  static <A, B> Map<A, B> ofEntries(Map.Entry<? extends A, ? extends B>... entries); static <A, B> Map.Entry<A, B> entry(A a, B b); static <A, B> Map<A, B> copyOf(Map<? extends A, ? extends B> m);
  public interface Entry<K, V> { K getKey(); V getValue(); V setValue(V v); static <A extends Comparable<? super A>, B> Comparator<Map.Entry<A, B>> comparingByKey() {} static <A, B extends Comparable<? super B>> Comparator<Map.Entry<A, B>> comparingByValue() {} static <A, B> Comparator<Map.Entry<A, B>> comparingByKey(Comparator<? super A> c) {} static <A, B> Comparator<Map.Entry<A, B>> comparingByValue(Comparator<? super B> c) {} }
}
public interface SortedMap<K, V> extends Map<K, V> { K firstKey(); K lastKey(); SortedMap<K, V> headMap(K k); SortedMap<K, V> tailMap(K k); SortedMap<K, V> subMap(K a, K b); Comparator<? super K> comparator(); }
public interface NavigableMap<K, V> extends SortedMap<K, V> { Map.Entry<K, V> firstEntry(); Map.Entry<K, V> lastEntry(); Map.Entry<K, V> floorEntry(K k); Map.Entry<K, V> ceilingEntry(K k); Map.Entry<K, V> lowerEntry(K k); Map.Entry<K, V> higherEntry(K k); Map.Entry<K, V> pollFirstEntry(); Map.Entry<K, V> pollLastEntry(); K floorKey(K k); K ceilingKey(K k); K lowerKey(K k); K higherKey(K k); NavigableMap<K, V> descendingMap(); NavigableSet<K> navigableKeySet(); NavigableSet<K> descendingKeySet(); NavigableMap<K, V> headMap(K k, boolean b); NavigableMap<K, V> tailMap(K k, boolean b); NavigableMap<K, V> subMap(K a, boolean b, K c, boolean d); }
public class AbstractCollection<E> implements Collection<E> {}
public class AbstractList<E> extends AbstractCollection<E> implements List<E> {}
public class AbstractSequentialList<E> extends AbstractList<E> {}
public class AbstractSet<E> extends AbstractCollection<E> implements Set<E> {}
public class AbstractQueue<E> extends AbstractCollection<E> implements Queue<E> {}
public class AbstractMap<K, V> implements Map<K, V> { public static class SimpleEntry<K, V> implements Map.Entry<K, V> { public SimpleEntry(K k, V v) {} } public static class SimpleImmutableEntry<K, V> implements Map.Entry<K, V> { public SimpleImmutableEntry(K k, V v) {} } }
public interface RandomAccess {}
public class ArrayList<E> extends AbstractList<E> implements RandomAccess, Cloneable, Serializable { public ArrayList() {} public ArrayList(int n) {} public ArrayList(Collection<? extends E> c) {} void ensureCapacity(int n); void trimToSize(); Object clone(); }
public class LinkedList<E> extends AbstractSequentialList<E> implements Deque<E>, Cloneable, Serializable { public LinkedList() {} public LinkedList(Collection<? extends E> c) {} Object clone(); }
public class Vector<E> extends AbstractList<E> implements RandomAccess, Cloneable, Serializable { public Vector() {} public Vector(int n) {} public Vector(Collection<? extends E> c) {} Enumeration<E> elements(); E elementAt(int i); E firstElement(); E lastElement(); void addElement(E e); }
public class Stack<E> extends Vector<E> { E push(E e); E pop(); E peek(); boolean empty(); int search(Object o); }
public class HashSet<E> extends AbstractSet<E> implements Cloneable, Serializable { public HashSet() {} public HashSet(int n) {} public HashSet(Collection<? extends E> c) {} public HashSet(int n, float f) {} Object clone(); }
public class LinkedHashSet<E> extends HashSet<E> implements SequencedCollection<E> { public LinkedHashSet() {} public LinkedHashSet(int n) {} public LinkedHashSet(Collection<? extends E> c) {} public LinkedHashSet(int n, float f) {} }
public class TreeSet<E> extends AbstractSet<E> implements NavigableSet<E>, Cloneable, Serializable { public TreeSet() {} public TreeSet(Comparator<? super E> c) {} public TreeSet(Collection<? extends E> c) {} public TreeSet(SortedSet<E> s) {} }
public class EnumSet<E> extends AbstractSet<E> implements Cloneable { static <T> EnumSet<T> of(T first, T... rest); static <T> EnumSet<T> noneOf(Class<T> c); static <T> EnumSet<T> allOf(Class<T> c); static <T> EnumSet<T> copyOf(Collection<T> c); static <T> EnumSet<T> range(T a, T b); static <T> EnumSet<T> complementOf(EnumSet<T> s); }
public class PriorityQueue<E> extends AbstractQueue<E> implements Serializable { public PriorityQueue() {} public PriorityQueue(int n) {} public PriorityQueue(Comparator<? super E> c) {} public PriorityQueue(int n, Comparator<? super E> c) {} public PriorityQueue(Collection<? extends E> c) {} }
public class ArrayDeque<E> extends AbstractCollection<E> implements Deque<E>, Cloneable, Serializable { public ArrayDeque() {} public ArrayDeque(int n) {} public ArrayDeque(Collection<? extends E> c) {} }
public class HashMap<K, V> extends AbstractMap<K, V> implements Cloneable, Serializable { public HashMap() {} public HashMap(int n) {} public HashMap(int n, float f) {} public HashMap(Map<? extends K, ? extends V> m) {} Object clone(); }
public class LinkedHashMap<K, V> extends HashMap<K, V> { public LinkedHashMap() {} public LinkedHashMap(int n) {} public LinkedHashMap(int n, float f) {} public LinkedHashMap(Map<? extends K, ? extends V> m) {} public LinkedHashMap(int n, float f, boolean b) {} protected boolean removeEldestEntry(Map.Entry<K, V> e); }
public class TreeMap<K, V> extends AbstractMap<K, V> implements NavigableMap<K, V>, Cloneable, Serializable { public TreeMap() {} public TreeMap(Comparator<? super K> c) {} public TreeMap(Map<? extends K, ? extends V> m) {} public TreeMap(SortedMap<K, ? extends V> m) {} }
public class WeakHashMap<K, V> extends AbstractMap<K, V> { public WeakHashMap() {} public WeakHashMap(int n) {} public WeakHashMap(Map<? extends K, ? extends V> m) {} }
public class IdentityHashMap<K, V> extends AbstractMap<K, V> implements Serializable, Cloneable { public IdentityHashMap() {} public IdentityHashMap(int n) {} public IdentityHashMap(Map<? extends K, ? extends V> m) {} }
public class EnumMap<K, V> extends AbstractMap<K, V> implements Serializable, Cloneable { public EnumMap(Class<K> c) {} public EnumMap(Map<K, ? extends V> m) {} }
public class Dictionary<K, V> { Enumeration<K> keys(); Enumeration<V> elements(); }
public class Hashtable<K, V> extends Dictionary<K, V> implements Map<K, V>, Cloneable, Serializable { public Hashtable() {} public Hashtable(int n) {} public Hashtable(Map<? extends K, ? extends V> m) {} }
public class Properties extends Hashtable<Object, Object> { public Properties() {} public Properties(Properties p) {} String getProperty(String k); String getProperty(String k, String d); Object setProperty(String k, String v); Set<String> stringPropertyNames(); Enumeration<?> propertyNames(); void load(InputStream in); void load(Reader r); void store(OutputStream o, String c); void store(Writer w, String c); void loadFromXML(InputStream in); }
public class Collections {
  static <T> void sort(List<T> l); static <T> void sort(List<T> l, Comparator<? super T> c); static <T> List<T> emptyList(); static <T> Set<T> emptySet(); static <K, V> Map<K, V> emptyMap(); static <T> Iterator<T> emptyIterator(); static <T> Enumeration<T> emptyEnumeration(); static <T> List<T> singletonList(T t); static <T> Set<T> singleton(T t); static <K, V> Map<K, V> singletonMap(K k, V v);
  static <T> List<T> unmodifiableList(List<? extends T> l); static <T> Set<T> unmodifiableSet(Set<? extends T> s); static <T> SortedSet<T> unmodifiableSortedSet(SortedSet<T> s); static <K, V> Map<K, V> unmodifiableMap(Map<? extends K, ? extends V> m); static <K, V> SortedMap<K, V> unmodifiableSortedMap(SortedMap<K, ? extends V> m); static <T> Collection<T> unmodifiableCollection(Collection<? extends T> c);
  static <T> List<T> synchronizedList(List<T> l); static <T> Set<T> synchronizedSet(Set<T> s); static <K, V> Map<K, V> synchronizedMap(Map<K, V> m); static <T> Collection<T> synchronizedCollection(Collection<T> c); static <T> Enumeration<T> enumeration(Collection<T> c); static <T> ArrayList<T> list(Enumeration<T> e); static <T> Set<T> newSetFromMap(Map<T, Boolean> m);
  static <T> boolean addAll(Collection<? super T> c, T... items); static void reverse(List<?> l); static void shuffle(List<?> l); static void shuffle(List<?> l, Random r); static void swap(List<?> l, int a, int b); static <T> Comparator<T> reverseOrder(); static <T> Comparator<T> reverseOrder(Comparator<T> c); static <T> T max(Collection<? extends T> c); static <T> T max(Collection<? extends T> c, Comparator<? super T> by); static <T> T min(Collection<? extends T> c); static <T> T min(Collection<? extends T> c, Comparator<? super T> by);
  static <T> List<T> nCopies(int n, T t); static <T> void fill(List<? super T> l, T t); static int frequency(Collection<?> c, Object o); static boolean disjoint(Collection<?> a, Collection<?> b); static <T> int binarySearch(List<? extends T> l, T key); static <T> int binarySearch(List<? extends T> l, T key, Comparator<? super T> c); static <T> void copy(List<? super T> a, List<? extends T> b);
  public static List EMPTY_LIST; public static Map EMPTY_MAP; public static Set EMPTY_SET;
}
public class Arrays {
  static <T> List<T> asList(T... items); static <T> Stream<T> stream(T[] a); static IntStream stream(int[] a); static LongStream stream(long[] a); static DoubleStream stream(double[] a); static <T> Stream<T> stream(T[] a, int from, int to); static <T> T[] copyOf(T[] a, int n); static byte[] copyOf(byte[] a, int n); static int[] copyOf(int[] a, int n); static char[] copyOf(char[] a, int n); static <T> T[] copyOfRange(T[] a, int from, int to); static byte[] copyOfRange(byte[] a, int from, int to); static int[] copyOfRange(int[] a, int from, int to); static char[] copyOfRange(char[] a, int from, int to);
  static void sort(int[] a); static void sort(long[] a); static void sort(Object[] a); static <T> void sort(T[] a, Comparator<? super T> c); static void sort(Object[] a, int from, int to); static <T> void sort(T[] a, int from, int to, Comparator<? super T> c); static String toString(Object[] a); static String toString(int[] a); static String toString(long[] a); static String toString(byte[] a); static String toString(char[] a); static String toString(double[] a); static String toString(boolean[] a); static String deepToString(Object[] a);
  static boolean equals(Object[] a, Object[] b); static boolean equals(byte[] a, byte[] b); static boolean equals(int[] a, int[] b); static boolean equals(char[] a, char[] b); static boolean deepEquals(Object[] a, Object[] b); static int hashCode(Object[] a); static int hashCode(byte[] a); static int hashCode(int[] a); static int deepHashCode(Object[] a); static void fill(Object[] a, Object v); static void fill(int[] a, int v); static void fill(byte[] a, byte v); static void fill(char[] a, char v); static void fill(boolean[] a, boolean v); static int binarySearch(int[] a, int v); static int binarySearch(Object[] a, Object v); static <T> void setAll(T[] a, IntFunction<? extends T> f);
}
public class Objects {
  static <T> T requireNonNull(T t); static <T> T requireNonNull(T t, String message); static <T> T requireNonNull(T t, Supplier<String> message); static <T> T requireNonNullElse(T t, T other); static <T> T requireNonNullElseGet(T t, Supplier<? extends T> s); static boolean equals(Object a, Object b); static boolean deepEquals(Object a, Object b); static int hash(Object... items); static int hashCode(Object o); static String toString(Object o); static String toString(Object o, String d); static boolean isNull(Object o); static boolean nonNull(Object o); static <T> int compare(T a, T b, Comparator<? super T> c); static int checkIndex(int i, int n);
}
public interface Comparator<T> {
  int compare(T a, T b); default Comparator<T> reversed() {} default Comparator<T> thenComparing(Comparator<? super T> c) {} default <U extends Comparable<? super U>> Comparator<T> thenComparing(Function<? super T, ? extends U> f) {} default <U> Comparator<T> thenComparing(Function<? super T, ? extends U> f, Comparator<? super U> c) {} default Comparator<T> thenComparingInt(ToIntFunction<? super T> f) {} default Comparator<T> thenComparingLong(ToLongFunction<? super T> f) {} default Comparator<T> thenComparingDouble(ToDoubleFunction<? super T> f) {}
  static <T extends Comparable<? super T>> Comparator<T> naturalOrder() {} static <T extends Comparable<? super T>> Comparator<T> reverseOrder() {} static <T, U extends Comparable<? super U>> Comparator<T> comparing(Function<? super T, ? extends U> f) {} static <T, U> Comparator<T> comparing(Function<? super T, ? extends U> f, Comparator<? super U> c) {} static <T> Comparator<T> comparingInt(ToIntFunction<? super T> f) {} static <T> Comparator<T> comparingLong(ToLongFunction<? super T> f) {} static <T> Comparator<T> comparingDouble(ToDoubleFunction<? super T> f) {} static <T> Comparator<T> nullsFirst(Comparator<? super T> c) {} static <T> Comparator<T> nullsLast(Comparator<? super T> c) {}
}
public class Optional<T> {
  static <S> Optional<S> of(S s); static <S> Optional<S> ofNullable(S s); static <S> Optional<S> empty(); T get(); boolean isPresent(); boolean isEmpty(); void ifPresent(Consumer<? super T> f); void ifPresentOrElse(Consumer<? super T> f, Runnable r); Optional<T> filter(Predicate<? super T> p); <U> Optional<U> map(Function<? super T, ? extends U> f); <U> Optional<U> flatMap(Function<? super T, ? extends Optional<? extends U>> f);
  Optional<T> or(Supplier<? extends Optional<? extends T>> s); Stream<T> stream(); T orElse(T t); T orElseGet(Supplier<? extends T> s); T orElseThrow(); <X extends Throwable> T orElseThrow(Supplier<? extends X> s);
}
public class OptionalInt { int getAsInt(); boolean isPresent(); boolean isEmpty(); int orElse(int i); int orElseGet(IntSupplier s); int orElseThrow(); void ifPresent(IntConsumer f); static OptionalInt of(int i); static OptionalInt empty(); }
public class OptionalLong { long getAsLong(); boolean isPresent(); boolean isEmpty(); long orElse(long l); long orElseThrow(); void ifPresent(LongConsumer f); static OptionalLong of(long l); static OptionalLong empty(); }
public class OptionalDouble { double getAsDouble(); boolean isPresent(); boolean isEmpty(); double orElse(double d); double orElseThrow(); void ifPresent(DoubleConsumer f); static OptionalDouble of(double d); static OptionalDouble empty(); }
public class StringJoiner { public StringJoiner(CharSequence by) {} public StringJoiner(CharSequence by, CharSequence before, CharSequence after) {} StringJoiner add(CharSequence s); StringJoiner setEmptyValue(CharSequence s); int length(); }
public class StringTokenizer implements Enumeration<Object> { public StringTokenizer(String s) {} public StringTokenizer(String s, String by) {} public StringTokenizer(String s, String by, boolean b) {} boolean hasMoreTokens(); String nextToken(); int countTokens(); }
public class UUID implements Comparable<UUID>, Serializable { static UUID randomUUID(); static UUID fromString(String s); long getMostSignificantBits(); long getLeastSignificantBits(); }
public class Locale implements Cloneable, Serializable { public static Locale ENGLISH; public static Locale ROOT; public static Locale US; public static Locale GERMAN; static Locale getDefault(); static Locale forLanguageTag(String s); String getLanguage(); String getCountry(); String toLanguageTag(); public Locale(String l) {} public Locale(String l, String c) {} }
public class Date implements Comparable<Date>, Serializable, Cloneable { public Date() {} public Date(long l) {} long getTime(); void setTime(long l); boolean before(Date d); boolean after(Date d); Instant toInstant(); static Date from(Instant i); int compareTo(Date d); }
public class Calendar implements Serializable, Cloneable, Comparable<Calendar> { static Calendar getInstance(); Date getTime(); void setTime(Date d); void set(int f, int v); int get(int f); void add(int f, int v); long getTimeInMillis(); }
public class GregorianCalendar extends Calendar {}
public class TimeZone implements Serializable, Cloneable { static TimeZone getTimeZone(String id); static TimeZone getDefault(); String getID(); ZoneId toZoneId(); }
public class Currency {}
public class Random implements Serializable { public Random() {} public Random(long l) {} int nextInt(); int nextInt(int n); long nextLong(); double nextDouble(); boolean nextBoolean(); void nextBytes(byte[] b); IntStream ints(); }
public class Scanner implements Iterator<String>, Closeable { public Scanner(InputStream in) {} public Scanner(String s) {} boolean hasNextLine(); String nextLine(); int nextInt(); boolean hasNextInt(); void close(); Scanner useDelimiter(String s); }
public class BitSet implements Cloneable, Serializable { public BitSet() {} public BitSet(int n) {} boolean get(int i); void set(int i); void clear(int i); int cardinality(); int nextSetBit(int i); boolean isEmpty(); void or(BitSet b); void and(BitSet b); }
public class Base64 { static Base64.Encoder getEncoder(); static Base64.Decoder getDecoder(); static Base64.Encoder getUrlEncoder(); static Base64.Decoder getUrlDecoder(); public static class Encoder { byte[] encode(byte[] b); String encodeToString(byte[] b); Base64.Encoder withoutPadding(); } public static class Decoder { byte[] decode(byte[] b); byte[] decode(String s); } }
public class ServiceLoader<S> implements Iterable<S> { static <T> ServiceLoader<T> load(Class<T> c); static <T> ServiceLoader<T> load(Class<T> c, ClassLoader l); Iterator<S> iterator(); Stream<ServiceLoader.Provider<S>> stream(); Optional<S> findFirst(); public interface Provider<S> extends Supplier<S> { Class<? extends S> type(); S get(); } }
public class ResourceBundle { static ResourceBundle getBundle(String n); String getString(String k); Object getObject(String k); }
public interface EventListener {}
public class EventObject implements Serializable { public EventObject(Object source) {} Object getSource(); }
public class Timer { public Timer() {} void schedule(TimerTask t, long d); void cancel(); }
public class TimerTask implements Runnable { boolean cancel(); }
public class NoSuchElementException extends RuntimeException {}
public class MissingResourceException extends RuntimeException {}
public class ConcurrentModificationException extends RuntimeException {}
public class EmptyStackException extends RuntimeException {}`,
};

/** What else of the JDK is often passed around: files, streams of bytes, times, patterns. */
export const javaPlatform: Readonly<Record<string, string>> = {
  'java.io': `
public interface Serializable {}
public interface Closeable extends AutoCloseable { void close(); }
public interface Flushable { void flush(); }
public class InputStream implements Closeable { int read(); int read(byte[] b); int read(byte[] b, int from, int n); byte[] readAllBytes(); byte[] readNBytes(int n); long skip(long n); int available(); void close(); void mark(int n); void reset(); boolean markSupported(); long transferTo(OutputStream o); static InputStream nullInputStream(); }
public class OutputStream implements Closeable, Flushable { void write(int b); void write(byte[] b); void write(byte[] b, int from, int n); void flush(); void close(); }
public class FilterInputStream extends InputStream {}
public class FilterOutputStream extends OutputStream {}
public class ByteArrayInputStream extends InputStream { public ByteArrayInputStream(byte[] b) {} public ByteArrayInputStream(byte[] b, int from, int n) {} }
public class ByteArrayOutputStream extends OutputStream { public ByteArrayOutputStream() {} public ByteArrayOutputStream(int n) {} byte[] toByteArray(); int size(); String toString(Charset c); void writeTo(OutputStream o); }
public class FileInputStream extends InputStream { public FileInputStream(String s) {} public FileInputStream(File f) {} }
public class FileOutputStream extends OutputStream { public FileOutputStream(String s) {} public FileOutputStream(File f) {} public FileOutputStream(File f, boolean b) {} }
public class BufferedInputStream extends FilterInputStream { public BufferedInputStream(InputStream in) {} }
public class BufferedOutputStream extends FilterOutputStream { public BufferedOutputStream(OutputStream o) {} }
public class DataInputStream extends FilterInputStream { public DataInputStream(InputStream in) {} int readInt(); long readLong(); String readUTF(); }
public class DataOutputStream extends FilterOutputStream { public DataOutputStream(OutputStream o) {} void writeInt(int i); void writeLong(long l); void writeUTF(String s); }
public class ObjectInputStream extends InputStream { public ObjectInputStream(InputStream in) {} Object readObject(); void defaultReadObject(); }
public class ObjectOutputStream extends OutputStream { public ObjectOutputStream(OutputStream o) {} void writeObject(Object o); void defaultWriteObject(); }
public class PrintStream extends FilterOutputStream implements Appendable { public PrintStream(OutputStream o) {} void print(Object o); void print(String s); void println(); void println(Object o); void println(String s); void println(int i); PrintStream printf(String f, Object... args); PrintStream format(String f, Object... args); }
public class Reader implements Readable, Closeable { int read(); int read(char[] c); int read(char[] c, int from, int n); void close(); boolean ready(); }
public class Writer implements Appendable, Closeable, Flushable { void write(int c); void write(String s); void write(char[] c); void write(char[] c, int from, int n); void write(String s, int from, int n); Writer append(CharSequence s); Writer append(char c); void flush(); void close(); }
public class StringReader extends Reader { public StringReader(String s) {} }
public class StringWriter extends Writer { public StringWriter() {} StringBuffer getBuffer(); }
public class InputStreamReader extends Reader { public InputStreamReader(InputStream in) {} public InputStreamReader(InputStream in, Charset c) {} public InputStreamReader(InputStream in, String c) {} }
public class OutputStreamWriter extends Writer { public OutputStreamWriter(OutputStream o) {} public OutputStreamWriter(OutputStream o, Charset c) {} public OutputStreamWriter(OutputStream o, String c) {} }
public class FileReader extends InputStreamReader { public FileReader(String s) {} public FileReader(File f) {} }
public class FileWriter extends OutputStreamWriter { public FileWriter(String s) {} public FileWriter(File f) {} }
public class BufferedReader extends Reader { public BufferedReader(Reader r) {} String readLine(); Stream<String> lines(); }
public class BufferedWriter extends Writer { public BufferedWriter(Writer w) {} void newLine(); }
public class LineNumberReader extends BufferedReader { public LineNumberReader(Reader r) {} int getLineNumber(); }
public class PrintWriter extends Writer { public PrintWriter(Writer w) {} public PrintWriter(OutputStream o) {} public PrintWriter(Writer w, boolean b) {} void print(Object o); void print(String s); void println(); void println(Object o); void println(String s); PrintWriter printf(String f, Object... args); PrintWriter format(String f, Object... args); }
public class File implements Serializable, Comparable<File> { public File(String s) {} public File(String p, String s) {} public File(File p, String s) {} public File(URI u) {} String getName(); String getPath(); String getAbsolutePath(); String getCanonicalPath(); File getParentFile(); String getParent(); File getAbsoluteFile(); File getCanonicalFile(); boolean exists(); boolean isFile(); boolean isDirectory(); boolean canRead(); boolean delete(); boolean mkdir(); boolean mkdirs(); boolean createNewFile(); long length(); long lastModified(); String[] list(); File[] listFiles(); Path toPath(); URI toURI(); static File createTempFile(String a, String b); boolean renameTo(File f); void deleteOnExit(); }
public class IOException extends Exception { public IOException() {} public IOException(String m) {} public IOException(String m, Throwable t) {} public IOException(Throwable t) {} }
public class FileNotFoundException extends IOException {}
public class EOFException extends IOException {}
public class UnsupportedEncodingException extends IOException {}
public class UncheckedIOException extends RuntimeException { IOException getCause(); }
public class ObjectStreamException extends IOException {}
public class NotSerializableException extends ObjectStreamException {}`,
  'java.nio': `
public class Buffer { int remaining(); int limit(); int position(); int capacity(); boolean hasRemaining(); boolean hasArray(); Buffer flip(); Buffer clear(); Buffer rewind(); Buffer position(int p); Buffer limit(int l); int arrayOffset(); }
public class ByteBuffer extends Buffer implements Comparable<ByteBuffer> { static ByteBuffer allocate(int n); static ByteBuffer allocateDirect(int n); static ByteBuffer wrap(byte[] b); static ByteBuffer wrap(byte[] b, int from, int n); byte get(); byte get(int i); ByteBuffer get(byte[] b); ByteBuffer get(byte[] b, int from, int n); ByteBuffer put(byte b); ByteBuffer put(byte[] b); ByteBuffer put(ByteBuffer b); ByteBuffer put(byte[] b, int from, int n); int getInt(); long getLong(); ByteBuffer putInt(int i); ByteBuffer putLong(long l); ByteBuffer putChar(char c); ByteBuffer order(ByteOrder o); byte[] array(); ByteBuffer slice(); ByteBuffer duplicate(); ByteBuffer asReadOnlyBuffer(); ByteBuffer flip(); ByteBuffer clear(); ByteBuffer rewind(); ByteBuffer position(int p); ByteBuffer limit(int l); }
public class CharBuffer extends Buffer implements Comparable<CharBuffer>, CharSequence, Appendable, Readable { static CharBuffer wrap(CharSequence s); static CharBuffer wrap(char[] c); static CharBuffer allocate(int n); char get(); }
public class ByteOrder { public static ByteOrder BIG_ENDIAN; public static ByteOrder LITTLE_ENDIAN; static ByteOrder nativeOrder(); }`,
  'java.nio.file': `
public interface Path extends Comparable<Path>, Iterable<Path> { static Path of(String s, String... more) {} Path getFileName(); Path getParent(); Path getRoot(); Path resolve(String s); Path resolve(Path p); Path resolveSibling(String s); Path relativize(Path p); Path normalize(); Path toAbsolutePath(); Path toRealPath(LinkOption... o); boolean startsWith(Path p); boolean startsWith(String s); boolean endsWith(String s); boolean isAbsolute(); File toFile(); URI toUri(); int getNameCount(); FileSystem getFileSystem(); }
public class Paths { static Path get(String s, String... more); static Path get(URI u); }
public class FileSystem implements Closeable { Path getPath(String s, String... more); }
public class Files { static boolean exists(Path p, LinkOption... o); static boolean notExists(Path p, LinkOption... o); static boolean isDirectory(Path p, LinkOption... o); static boolean isRegularFile(Path p, LinkOption... o); static String readString(Path p); static String readString(Path p, Charset c); static byte[] readAllBytes(Path p); static List<String> readAllLines(Path p); static List<String> readAllLines(Path p, Charset c); static Stream<String> lines(Path p); static Stream<Path> list(Path p); static Stream<Path> walk(Path p, FileVisitOption... o); static Path write(Path p, byte[] b, OpenOption... o); static Path writeString(Path p, CharSequence s, OpenOption... o); static Path createDirectories(Path p); static Path createDirectory(Path p); static Path createFile(Path p); static Path createTempDirectory(String s); static Path createTempFile(String a, String b); static void delete(Path p); static boolean deleteIfExists(Path p); static Path copy(Path a, Path b, CopyOption... o); static Path move(Path a, Path b, CopyOption... o); static InputStream newInputStream(Path p, OpenOption... o); static OutputStream newOutputStream(Path p, OpenOption... o); static BufferedReader newBufferedReader(Path p); static BufferedReader newBufferedReader(Path p, Charset c); static BufferedWriter newBufferedWriter(Path p, OpenOption... o); static long size(Path p); }
public interface CopyOption {}
public interface OpenOption {}
public enum LinkOption implements OpenOption, CopyOption { NOFOLLOW_LINKS }
public enum StandardOpenOption implements OpenOption { READ, WRITE, APPEND, CREATE, CREATE_NEW, TRUNCATE_EXISTING }
public enum FileVisitOption { FOLLOW_LINKS }
public class NoSuchFileException extends IOException {}`,
  'java.nio.charset': `
public class Charset implements Comparable<Charset> { static Charset forName(String s); static Charset defaultCharset(); String name(); String displayName(); }
public class StandardCharsets { public static Charset UTF_8; public static Charset US_ASCII; public static Charset ISO_8859_1; public static Charset UTF_16; }`,
  'java.net': `
public class URI implements Comparable<URI>, Serializable { public URI(String s) {} static URI create(String s); String getPath(); String getHost(); int getPort(); String getScheme(); String getQuery(); String getFragment(); String getAuthority(); URL toURL(); URI resolve(String s); URI resolve(URI u); String getRawPath(); String getRawQuery(); String toASCIIString(); }
public class URL implements Serializable { public URL(String s) {} public URL(URL u, String s) {} String getPath(); String getHost(); int getPort(); String getProtocol(); String getQuery(); String getFile(); InputStream openStream(); URLConnection openConnection(); URI toURI(); String toExternalForm(); }
public class URLConnection { InputStream getInputStream(); OutputStream getOutputStream(); void connect(); int getContentLength(); long getLastModified(); void setUseCaches(boolean b); }
public class HttpURLConnection extends URLConnection { int getResponseCode(); void setRequestMethod(String m); void disconnect(); }
public class InetAddress { static InetAddress getByName(String s); static InetAddress getLocalHost(); String getHostAddress(); String getHostName(); }
public class InetSocketAddress { public InetSocketAddress(int p) {} public InetSocketAddress(String h, int p) {} InetAddress getAddress(); int getPort(); String getHostString(); String getHostName(); }
public class Socket implements Closeable { InputStream getInputStream(); OutputStream getOutputStream(); void close(); }
public class URLClassLoader extends ClassLoader { public URLClassLoader(URL[] u) {} public URLClassLoader(URL[] u, ClassLoader l) {} URL[] getURLs(); }
public class MalformedURLException extends IOException {}
public class URISyntaxException extends Exception {}
public class URLDecoder { static String decode(String s, String c); static String decode(String s, Charset c); }
public class URLEncoder { static String encode(String s, String c); static String encode(String s, Charset c); }`,
  'java.math': `
public class BigDecimal extends Number implements Comparable<BigDecimal> { public BigDecimal(String s) {} public BigDecimal(int i) {} public BigDecimal(double d) {} public BigDecimal(BigInteger i) {} public static BigDecimal ZERO; public static BigDecimal ONE; public static BigDecimal TEN; static BigDecimal valueOf(long l); static BigDecimal valueOf(double d); BigDecimal add(BigDecimal b); BigDecimal subtract(BigDecimal b); BigDecimal multiply(BigDecimal b); BigDecimal divide(BigDecimal b); BigDecimal divide(BigDecimal b, RoundingMode m); BigDecimal setScale(int s); BigDecimal setScale(int s, RoundingMode m); BigDecimal negate(); BigDecimal abs(); int compareTo(BigDecimal b); int signum(); int scale(); String toPlainString(); BigInteger toBigInteger(); BigDecimal max(BigDecimal b); BigDecimal min(BigDecimal b); }
public class BigInteger extends Number implements Comparable<BigInteger> { public BigInteger(String s) {} public BigInteger(String s, int radix) {} public static BigInteger ZERO; public static BigInteger ONE; static BigInteger valueOf(long l); BigInteger add(BigInteger b); BigInteger subtract(BigInteger b); BigInteger multiply(BigInteger b); BigInteger divide(BigInteger b); BigInteger mod(BigInteger b); BigInteger pow(int e); int compareTo(BigInteger b); int signum(); byte[] toByteArray(); String toString(int radix); int bitLength(); }
public enum RoundingMode { UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN, HALF_EVEN, UNNECESSARY }`,
  'java.time': `
public class Duration implements Comparable<Duration>, Serializable { public static Duration ZERO; static Duration ofSeconds(long l); static Duration ofMillis(long l); static Duration ofMinutes(long l); static Duration ofHours(long l); static Duration ofDays(long l); static Duration ofNanos(long l); static Duration between(Temporal a, Temporal b); static Duration parse(CharSequence s); static Duration of(long l, TemporalUnit u); long toMillis(); long toSeconds(); long getSeconds(); long toMinutes(); long toHours(); long toDays(); long toNanos(); Duration plus(Duration d); Duration minus(Duration d); Duration multipliedBy(long l); Duration dividedBy(long l); Duration plusSeconds(long l); Duration plusMillis(long l); boolean isNegative(); boolean isZero(); int compareTo(Duration d); Duration negated(); Duration abs(); }
public class Instant implements Comparable<Instant>, Serializable, Temporal { static Instant now(); static Instant now(Clock c); static Instant ofEpochMilli(long l); static Instant ofEpochSecond(long l); static Instant parse(CharSequence s); long toEpochMilli(); long getEpochSecond(); Instant plus(Duration d); Instant minus(Duration d); Instant plusSeconds(long l); Instant plusMillis(long l); Instant minusSeconds(long l); Instant minusMillis(long l); boolean isAfter(Instant i); boolean isBefore(Instant i); ZonedDateTime atZone(ZoneId z); int compareTo(Instant i); Instant truncatedTo(TemporalUnit u); }
public class LocalDate implements Comparable<LocalDate>, Serializable, Temporal { static LocalDate now(); static LocalDate of(int y, int m, int d); static LocalDate parse(CharSequence s); int getYear(); int getMonthValue(); int getDayOfMonth(); LocalDate plusDays(long l); LocalDate minusDays(long l); LocalDate plusMonths(long l); LocalDateTime atStartOfDay(); boolean isBefore(LocalDate d); boolean isAfter(LocalDate d); String format(DateTimeFormatter f); }
public class LocalTime implements Comparable<LocalTime>, Serializable, Temporal { static LocalTime now(); static LocalTime of(int h, int m); static LocalTime parse(CharSequence s); int getHour(); int getMinute(); }
public class LocalDateTime implements Comparable<LocalDateTime>, Serializable, Temporal { static LocalDateTime now(); static LocalDateTime now(Clock c); static LocalDateTime of(int y, int m, int d, int h, int n); static LocalDateTime parse(CharSequence s); static LocalDateTime ofInstant(Instant i, ZoneId z); LocalDate toLocalDate(); LocalTime toLocalTime(); LocalDateTime plusDays(long l); LocalDateTime minusDays(long l); LocalDateTime plusHours(long l); LocalDateTime plusMinutes(long l); LocalDateTime plusSeconds(long l); boolean isBefore(LocalDateTime d); boolean isAfter(LocalDateTime d); ZonedDateTime atZone(ZoneId z); String format(DateTimeFormatter f); int getYear(); int getHour(); }
public class ZonedDateTime implements Comparable<ZonedDateTime>, Serializable, Temporal { static ZonedDateTime now(); static ZonedDateTime now(ZoneId z); Instant toInstant(); LocalDateTime toLocalDateTime(); LocalDate toLocalDate(); String format(DateTimeFormatter f); ZoneId getZone(); ZonedDateTime plusDays(long l); }
public class OffsetDateTime implements Comparable<OffsetDateTime>, Serializable, Temporal { static OffsetDateTime now(); Instant toInstant(); }
public class ZoneId implements Serializable { static ZoneId of(String s); static ZoneId systemDefault(); String getId(); }
public class ZoneOffset extends ZoneId { public static ZoneOffset UTC; }
public class Clock { static Clock systemUTC(); static Clock systemDefaultZone(); static Clock fixed(Instant i, ZoneId z); long millis(); Instant instant(); ZoneId getZone(); }
public enum DayOfWeek { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY; int getValue(); }`,
  'java.time.temporal': `
public interface Temporal {}
public interface TemporalUnit {}
public enum ChronoUnit implements TemporalUnit { NANOS, MICROS, MILLIS, SECONDS, MINUTES, HOURS, DAYS, WEEKS, MONTHS, YEARS; long between(Temporal a, Temporal b); }`,
  'java.time.format': `
public class DateTimeFormatter { static DateTimeFormatter ofPattern(String s); static DateTimeFormatter ofPattern(String s, Locale l); String format(Temporal t); DateTimeFormatter withZone(ZoneId z); DateTimeFormatter withLocale(Locale l); public static DateTimeFormatter ISO_DATE; public static DateTimeFormatter ISO_DATE_TIME; }`,
  'java.util.regex': `
public class Pattern implements Serializable { static Pattern compile(String s); static Pattern compile(String s, int flags); Matcher matcher(CharSequence s); String pattern(); static boolean matches(String r, CharSequence s); static String quote(String s); String[] split(CharSequence s); Predicate<String> asPredicate(); Stream<String> splitAsStream(CharSequence s); public static int CASE_INSENSITIVE; int flags(); }
public interface MatchResult { String group(); String group(int i); int start(); int end(); int groupCount(); }
public class Matcher implements MatchResult { boolean matches(); boolean find(); boolean find(int at); boolean lookingAt(); String group(); String group(int i); String group(String n); int start(); int start(int i); int end(); int end(int i); int groupCount(); String replaceAll(String s); String replaceAll(Function<MatchResult, String> f); String replaceFirst(String s); Matcher reset(); Matcher reset(CharSequence s); Matcher appendReplacement(StringBuilder b, String s); Stream<MatchResult> results(); MatchResult toMatchResult(); static String quoteReplacement(String s); }
public class PatternSyntaxException extends IllegalArgumentException {}`,
  'java.security': `
public class ProtectionDomain { CodeSource getCodeSource(); }
public class CodeSource { URL getLocation(); }
public interface Principal { String getName(); }
public class MessageDigest { static MessageDigest getInstance(String s); byte[] digest(); byte[] digest(byte[] b); void update(byte[] b); }
public class GeneralSecurityException extends Exception {}
public class NoSuchAlgorithmException extends GeneralSecurityException {}`,
  'java.sql': `
public class SQLException extends Exception { int getErrorCode(); String getSQLState(); SQLException getNextException(); }`,
};
