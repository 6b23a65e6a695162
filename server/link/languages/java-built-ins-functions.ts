/** The functional interfaces of java.util.function. */
export const javaFunctions: Readonly<Record<string, string>> = {
  'java.util.function': `
public interface Function<T, R> { R apply(T t); default <V> Function<V, R> compose(Function<? super V, ? extends T> f) {} default <V> Function<T, V> andThen(Function<? super R, ? extends V> f) {} static <S> Function<S, S> identity() {} }
public interface BiFunction<T, U, R> { R apply(T t, U u); default <V> BiFunction<T, U, V> andThen(Function<? super R, ? extends V> f) {} }
public interface UnaryOperator<T> extends Function<T, T> { static <S> UnaryOperator<S> identity() {} }
public interface BinaryOperator<T> extends BiFunction<T, T, T> { static <S> BinaryOperator<S> minBy(Comparator<? super S> c) {} static <S> BinaryOperator<S> maxBy(Comparator<? super S> c) {} }
public interface Supplier<T> { T get(); }
public interface Consumer<T> { void accept(T t); default Consumer<T> andThen(Consumer<? super T> f) {} }
public interface BiConsumer<T, U> { void accept(T t, U u); default BiConsumer<T, U> andThen(BiConsumer<? super T, ? super U> f) {} }
public interface Predicate<T> { boolean test(T t); default Predicate<T> and(Predicate<? super T> p) {} default Predicate<T> or(Predicate<? super T> p) {} default Predicate<T> negate() {} static <S> Predicate<S> not(Predicate<? super S> p) {} static <S> Predicate<S> isEqual(Object o) {} }
public interface BiPredicate<T, U> { boolean test(T t, U u); default BiPredicate<T, U> and(BiPredicate<? super T, ? super U> p) {} default BiPredicate<T, U> or(BiPredicate<? super T, ? super U> p) {} default BiPredicate<T, U> negate() {} }
public interface BooleanSupplier { boolean getAsBoolean(); }
public interface IntSupplier { int getAsInt(); }
public interface LongSupplier { long getAsLong(); }
public interface DoubleSupplier { double getAsDouble(); }
public interface IntFunction<R> { R apply(int i); }
public interface LongFunction<R> { R apply(long l); }
public interface DoubleFunction<R> { R apply(double d); }
public interface ToIntFunction<T> { int applyAsInt(T t); }
public interface ToLongFunction<T> { long applyAsLong(T t); }
public interface ToDoubleFunction<T> { double applyAsDouble(T t); }
public interface ToIntBiFunction<T, U> { int applyAsInt(T t, U u); }
public interface ToLongBiFunction<T, U> { long applyAsLong(T t, U u); }
public interface ToDoubleBiFunction<T, U> { double applyAsDouble(T t, U u); }
public interface IntPredicate { boolean test(int i); default IntPredicate and(IntPredicate p) {} default IntPredicate or(IntPredicate p) {} default IntPredicate negate() {} }
public interface LongPredicate { boolean test(long l); }
public interface DoublePredicate { boolean test(double d); }
public interface IntConsumer { void accept(int i); default IntConsumer andThen(IntConsumer f) {} }
public interface LongConsumer { void accept(long l); }
public interface DoubleConsumer { void accept(double d); }
public interface ObjIntConsumer<T> { void accept(T t, int i); }
public interface ObjLongConsumer<T> { void accept(T t, long l); }
public interface ObjDoubleConsumer<T> { void accept(T t, double d); }
public interface IntUnaryOperator { int applyAsInt(int i); }
public interface IntBinaryOperator { int applyAsInt(int a, int b); }
public interface LongUnaryOperator { long applyAsLong(long l); }
public interface LongBinaryOperator { long applyAsLong(long a, long b); }
public interface DoubleUnaryOperator { double applyAsDouble(double d); }
public interface DoubleBinaryOperator { double applyAsDouble(double a, double b); }
public interface IntToLongFunction { long applyAsLong(int i); }
public interface IntToDoubleFunction { double applyAsDouble(int i); }
public interface LongToIntFunction { int applyAsInt(long l); }`,
};

/** java.util.stream. */
export const javaStreams: Readonly<Record<string, string>> = {
  'java.util.stream': `
public interface BaseStream<T, S> extends AutoCloseable { Iterator<T> iterator(); Spliterator<T> spliterator(); boolean isParallel(); S sequential(); S parallel(); S unordered(); S onClose(Runnable r); void close(); }
public interface Stream<T> extends BaseStream<T, Stream<T>> {
  Stream<T> filter(Predicate<? super T> p); <R> Stream<R> map(Function<? super T, ? extends R> f); IntStream mapToInt(ToIntFunction<? super T> f); LongStream mapToLong(ToLongFunction<? super T> f); DoubleStream mapToDouble(ToDoubleFunction<? super T> f); <R> Stream<R> flatMap(Function<? super T, ? extends Stream<? extends R>> f); <R> Stream<R> mapMulti(BiConsumer<? super T, ? super Consumer<R>> f); IntStream flatMapToInt(Function<? super T, ? extends IntStream> f);
  Stream<T> distinct(); Stream<T> sorted(); Stream<T> sorted(Comparator<? super T> c); Stream<T> peek(Consumer<? super T> f); Stream<T> limit(long n); Stream<T> skip(long n); Stream<T> takeWhile(Predicate<? super T> p); Stream<T> dropWhile(Predicate<? super T> p); void forEach(Consumer<? super T> f); void forEachOrdered(Consumer<? super T> f); Object[] toArray(); <A> A[] toArray(IntFunction<A[]> f);
  T reduce(T start, BinaryOperator<T> f); Optional<T> reduce(BinaryOperator<T> f); <U> U reduce(U start, BiFunction<U, ? super T, U> f, BinaryOperator<U> g); <R> R collect(Supplier<R> s, BiConsumer<R, ? super T> f, BiConsumer<R, R> g); <R, A> R collect(Collector<? super T, A, R> c); List<T> toList(); Optional<T> min(Comparator<? super T> c); Optional<T> max(Comparator<? super T> c); long count();
  boolean anyMatch(Predicate<? super T> p); boolean allMatch(Predicate<? super T> p); boolean noneMatch(Predicate<? super T> p); Optional<T> findFirst(); Optional<T> findAny(); static <E> Stream<E> empty(); static <E> Stream<E> of(E e); static <E> Stream<E> of(E... items); static <E> Stream<E> ofNullable(E e); static <E> Stream<E> iterate(E start, UnaryOperator<E> f); static <E> Stream<E> iterate(E start, Predicate<? super E> p, UnaryOperator<E> f); static <E> Stream<E> generate(Supplier<? extends E> s); static <E> Stream<E> concat(Stream<? extends E> a, Stream<? extends E> b);
  static <E> Stream.Builder<E> builder(); public interface Builder<E> extends Consumer<E> { Stream.Builder<E> add(E e); Stream<E> build(); }
}
public interface IntStream extends BaseStream<Integer, IntStream> {
  IntStream filter(IntPredicate p); IntStream map(IntUnaryOperator f); <U> Stream<U> mapToObj(IntFunction<? extends U> f); LongStream mapToLong(IntToLongFunction f); DoubleStream mapToDouble(IntToDoubleFunction f); LongStream asLongStream(); DoubleStream asDoubleStream(); IntStream distinct(); IntStream sorted(); IntStream limit(long n); IntStream skip(long n); void forEach(IntConsumer f); int[] toArray(); int reduce(int start, IntBinaryOperator f); int sum(); OptionalInt min(); OptionalInt max(); long count(); OptionalDouble average(); boolean anyMatch(IntPredicate p); boolean allMatch(IntPredicate p); boolean noneMatch(IntPredicate p); OptionalInt findFirst(); OptionalInt findAny(); Stream<Integer> boxed(); IntStream peek(IntConsumer f);
  static IntStream range(int a, int b); static IntStream rangeClosed(int a, int b); <R> R collect(Supplier<R> s, ObjIntConsumer<R> f, BiConsumer<R, R> g); static IntStream of(int... items); static IntStream empty(); static IntStream iterate(int start, IntUnaryOperator f); static IntStream concat(IntStream a, IntStream b);
}
public interface LongStream extends BaseStream<Long, LongStream> { LongStream filter(LongPredicate p); LongStream map(LongUnaryOperator f); <U> Stream<U> mapToObj(LongFunction<? extends U> f); IntStream mapToInt(LongToIntFunction f); long sum(); OptionalLong min(); OptionalLong max(); long count(); long[] toArray(); Stream<Long> boxed(); void forEach(LongConsumer f); long reduce(long start, LongBinaryOperator f); LongStream limit(long n); static LongStream range(long a, long b); static LongStream rangeClosed(long a, long b); <R> R collect(Supplier<R> s, ObjLongConsumer<R> f, BiConsumer<R, R> g); static LongStream of(long... items); }
public interface DoubleStream extends BaseStream<Double, DoubleStream> { DoubleStream filter(DoublePredicate p); DoubleStream map(DoubleUnaryOperator f); <U> Stream<U> mapToObj(DoubleFunction<? extends U> f); double sum(); OptionalDouble min(); OptionalDouble max(); long count(); OptionalDouble average(); double[] toArray(); Stream<Double> boxed(); void forEach(DoubleConsumer f); <R> R collect(Supplier<R> s, ObjDoubleConsumer<R> f, BiConsumer<R, R> g); static DoubleStream of(double... items); }
public interface Collector<T, A, R> { Supplier<A> supplier(); BiConsumer<A, T> accumulator(); BinaryOperator<A> combiner(); Function<A, R> finisher(); static <T, R> Collector<T, R, R> of(Supplier<R> s, BiConsumer<R, T> f, BinaryOperator<R> g, Collector.Characteristics... c); static <T, A, R> Collector<T, A, R> of(Supplier<A> s, BiConsumer<A, T> f, BinaryOperator<A> g, Function<A, R> h, Collector.Characteristics... c); public enum Characteristics { CONCURRENT, UNORDERED, IDENTITY_FINISH } }
public class Collectors {
  static <T> Collector<T, ?, List<T>> toList(); static <T> Collector<T, ?, Set<T>> toSet(); static <T> Collector<T, ?, List<T>> toUnmodifiableList(); static <T> Collector<T, ?, Set<T>> toUnmodifiableSet(); static <T, C extends Collection<T>> Collector<T, ?, C> toCollection(Supplier<C> s); static Collector<CharSequence, ?, String> joining(); static Collector<CharSequence, ?, String> joining(CharSequence by); static Collector<CharSequence, ?, String> joining(CharSequence by, CharSequence before, CharSequence after);
  static <T, U, A, R> Collector<T, ?, R> mapping(Function<? super T, ? extends U> f, Collector<? super U, A, R> c); static <T, U, A, R> Collector<T, ?, R> flatMapping(Function<? super T, ? extends Stream<? extends U>> f, Collector<? super U, A, R> c); static <T, A, R> Collector<T, ?, R> filtering(Predicate<? super T> p, Collector<? super T, A, R> c); static <T, A, R, S> Collector<T, A, S> collectingAndThen(Collector<T, A, R> c, Function<R, S> f); static <T> Collector<T, ?, Long> counting(); static <T> Collector<T, ?, Optional<T>> minBy(Comparator<? super T> c); static <T> Collector<T, ?, Optional<T>> maxBy(Comparator<? super T> c);
  static <T> Collector<T, ?, Integer> summingInt(ToIntFunction<? super T> f); static <T> Collector<T, ?, Long> summingLong(ToLongFunction<? super T> f); static <T> Collector<T, ?, Double> summingDouble(ToDoubleFunction<? super T> f); static <T> Collector<T, ?, Double> averagingInt(ToIntFunction<? super T> f); static <T> Collector<T, ?, Double> averagingLong(ToLongFunction<? super T> f); static <T> Collector<T, ?, Double> averagingDouble(ToDoubleFunction<? super T> f); static <T> Collector<T, ?, T> reducing(T start, BinaryOperator<T> f); static <T> Collector<T, ?, Optional<T>> reducing(BinaryOperator<T> f); static <T, U> Collector<T, ?, U> reducing(U start, Function<? super T, ? extends U> f, BinaryOperator<U> g);
  static <T, K> Collector<T, ?, Map<K, List<T>>> groupingBy(Function<? super T, ? extends K> f); static <T, K, A, D> Collector<T, ?, Map<K, D>> groupingBy(Function<? super T, ? extends K> f, Collector<? super T, A, D> c); static <T, K, D, A, M extends Map<K, D>> Collector<T, ?, M> groupingBy(Function<? super T, ? extends K> f, Supplier<M> s, Collector<? super T, A, D> c); static <T, K> Collector<T, ?, ConcurrentMap<K, List<T>>> groupingByConcurrent(Function<? super T, ? extends K> f); static <T> Collector<T, ?, Map<Boolean, List<T>>> partitioningBy(Predicate<? super T> p); static <T, D, A> Collector<T, ?, Map<Boolean, D>> partitioningBy(Predicate<? super T> p, Collector<? super T, A, D> c);
  static <T, K, U> Collector<T, ?, Map<K, U>> toMap(Function<? super T, ? extends K> f, Function<? super T, ? extends U> g); static <T, K, U> Collector<T, ?, Map<K, U>> toMap(Function<? super T, ? extends K> f, Function<? super T, ? extends U> g, BinaryOperator<U> h); static <T, K, U, M extends Map<K, U>> Collector<T, ?, M> toMap(Function<? super T, ? extends K> f, Function<? super T, ? extends U> g, BinaryOperator<U> h, Supplier<M> s); static <T, K, U> Collector<T, ?, Map<K, U>> toUnmodifiableMap(Function<? super T, ? extends K> f, Function<? super T, ? extends U> g); static <T, K, U> Collector<T, ?, ConcurrentMap<K, U>> toConcurrentMap(Function<? super T, ? extends K> f, Function<? super T, ? extends U> g); static <T, A, B, X, R> Collector<T, ?, R> teeing(Collector<? super T, ?, A> a, Collector<? super T, ?, B> b, BiFunction<? super A, ? super B, R> f);
}
public class StreamSupport { static <T> Stream<T> stream(Spliterator<T> s, boolean parallel); static <T> Stream<T> stream(Supplier<? extends Spliterator<T>> s, int n, boolean parallel); }`,
};

/** java.util.concurrent. */
export const javaConcurrent: Readonly<Record<string, string>> = {
  'java.util.concurrent': `
public interface Callable<V> { V call(); }
public interface Executor { void execute(Runnable r); }
public interface ExecutorService extends Executor, AutoCloseable { void shutdown(); List<Runnable> shutdownNow(); boolean isShutdown(); boolean isTerminated(); boolean awaitTermination(long n, TimeUnit u); <T> Future<T> submit(Callable<T> c); <T> Future<T> submit(Runnable r, T t); Future<?> submit(Runnable r); <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> c); <T> T invokeAny(Collection<? extends Callable<T>> c); }
public interface ScheduledExecutorService extends ExecutorService { ScheduledFuture<?> schedule(Runnable r, long n, TimeUnit u); <V> ScheduledFuture<V> schedule(Callable<V> c, long n, TimeUnit u); ScheduledFuture<?> scheduleAtFixedRate(Runnable r, long d, long p, TimeUnit u); ScheduledFuture<?> scheduleWithFixedDelay(Runnable r, long d, long p, TimeUnit u); }
public class Executors { static ExecutorService newFixedThreadPool(int n); static ExecutorService newFixedThreadPool(int n, ThreadFactory f); static ExecutorService newCachedThreadPool(); static ExecutorService newCachedThreadPool(ThreadFactory f); static ExecutorService newSingleThreadExecutor(); static ExecutorService newSingleThreadExecutor(ThreadFactory f); static ScheduledExecutorService newScheduledThreadPool(int n); static ScheduledExecutorService newScheduledThreadPool(int n, ThreadFactory f); static ScheduledExecutorService newSingleThreadScheduledExecutor(); static ExecutorService newVirtualThreadPerTaskExecutor(); static ThreadFactory defaultThreadFactory(); static <T> Callable<T> callable(Runnable r, T t); }
public interface ThreadFactory { Thread newThread(Runnable r); }
public interface Delayed extends Comparable<Delayed> { long getDelay(TimeUnit u); }
public interface Future<V> { V get(); V get(long n, TimeUnit u); boolean cancel(boolean b); boolean isDone(); boolean isCancelled(); default V resultNow() {} }
public interface RunnableFuture<V> extends Runnable, Future<V> {}
public interface ScheduledFuture<V> extends Delayed, Future<V> {}
public class FutureTask<V> implements RunnableFuture<V> { public FutureTask(Callable<V> c) {} public FutureTask(Runnable r, V v) {} void run(); protected void done(); }
public interface CompletionStage<T> {
  <U> CompletionStage<U> thenApply(Function<? super T, ? extends U> f); CompletionStage<Void> thenAccept(Consumer<? super T> f); CompletionStage<Void> thenRun(Runnable r); <U> CompletionStage<U> thenCompose(Function<? super T, ? extends CompletionStage<U>> f); CompletionStage<T> whenComplete(BiConsumer<? super T, ? super Throwable> f); <U> CompletionStage<U> handle(BiFunction<? super T, Throwable, ? extends U> f); CompletionStage<T> exceptionally(Function<Throwable, ? extends T> f); CompletableFuture<T> toCompletableFuture();
}
public class CompletableFuture<T> implements Future<T>, CompletionStage<T> {
  public CompletableFuture() {} T join(); T getNow(T t); boolean complete(T t); boolean completeExceptionally(Throwable t); boolean isCompletedExceptionally(); static <U> CompletableFuture<U> supplyAsync(Supplier<U> s); static <U> CompletableFuture<U> supplyAsync(Supplier<U> s, Executor e); static CompletableFuture<Void> runAsync(Runnable r); static CompletableFuture<Void> runAsync(Runnable r, Executor e); static <U> CompletableFuture<U> completedFuture(U u); static <U> CompletableFuture<U> failedFuture(Throwable t); static CompletableFuture<Void> allOf(CompletableFuture<?>... f); static CompletableFuture<Object> anyOf(CompletableFuture<?>... f);
  <U> CompletableFuture<U> thenApply(Function<? super T, ? extends U> f); <U> CompletableFuture<U> thenApplyAsync(Function<? super T, ? extends U> f); <U> CompletableFuture<U> thenApplyAsync(Function<? super T, ? extends U> f, Executor e); CompletableFuture<Void> thenAccept(Consumer<? super T> f); CompletableFuture<Void> thenRun(Runnable r); <U> CompletableFuture<U> thenCompose(Function<? super T, ? extends CompletionStage<U>> f); <U, V> CompletableFuture<V> thenCombine(CompletionStage<? extends U> o, BiFunction<? super T, ? super U, ? extends V> f);
  CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> f); <U> CompletableFuture<U> handle(BiFunction<? super T, Throwable, ? extends U> f); CompletableFuture<T> exceptionally(Function<Throwable, ? extends T> f); CompletableFuture<T> orTimeout(long n, TimeUnit u);
}
public interface ConcurrentMap<K, V> extends Map<K, V> {}
public interface ConcurrentNavigableMap<K, V> extends ConcurrentMap<K, V>, NavigableMap<K, V> {}
public class ConcurrentHashMap<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V>, Serializable { public ConcurrentHashMap() {} public ConcurrentHashMap(int n) {} public ConcurrentHashMap(Map<? extends K, ? extends V> m) {} public ConcurrentHashMap(int n, float f) {} static <T> Set<T> newKeySet(); static <T> Set<T> newKeySet(int n); Enumeration<K> keys(); Enumeration<V> elements(); long mappingCount(); }
public class ConcurrentSkipListMap<K, V> extends AbstractMap<K, V> implements ConcurrentNavigableMap<K, V> { public ConcurrentSkipListMap() {} public ConcurrentSkipListMap(Comparator<? super K> c) {} }
public class ConcurrentSkipListSet<E> extends AbstractSet<E> implements NavigableSet<E> { public ConcurrentSkipListSet() {} public ConcurrentSkipListSet(Comparator<? super E> c) {} }
public class CopyOnWriteArrayList<E> implements List<E>, RandomAccess, Serializable { public CopyOnWriteArrayList() {} public CopyOnWriteArrayList(Collection<? extends E> c) {} public CopyOnWriteArrayList(E[] a) {} boolean addIfAbsent(E e); }
public class CopyOnWriteArraySet<E> extends AbstractSet<E> { public CopyOnWriteArraySet() {} public CopyOnWriteArraySet(Collection<? extends E> c) {} }
public class ConcurrentLinkedQueue<E> extends AbstractQueue<E> { public ConcurrentLinkedQueue() {} public ConcurrentLinkedQueue(Collection<? extends E> c) {} }
public class ConcurrentLinkedDeque<E> extends AbstractCollection<E> implements Deque<E> { public ConcurrentLinkedDeque() {} public ConcurrentLinkedDeque(Collection<? extends E> c) {} }
public interface BlockingQueue<E> extends Queue<E> { void put(E e); E take(); E poll(long n, TimeUnit u); boolean offer(E e, long n, TimeUnit u); int drainTo(Collection<? super E> c); int remainingCapacity(); E poll(); boolean offer(E e); }
public interface BlockingDeque<E> extends BlockingQueue<E>, Deque<E> {}
public class LinkedBlockingQueue<E> extends AbstractQueue<E> implements BlockingQueue<E> { public LinkedBlockingQueue() {} public LinkedBlockingQueue(int n) {} }
public class ArrayBlockingQueue<E> extends AbstractQueue<E> implements BlockingQueue<E> { public ArrayBlockingQueue(int n) {} }
public class PriorityBlockingQueue<E> extends AbstractQueue<E> implements BlockingQueue<E> { public PriorityBlockingQueue() {} }
public class LinkedBlockingDeque<E> extends AbstractQueue<E> implements BlockingDeque<E> { public LinkedBlockingDeque() {} public LinkedBlockingDeque(int n) {} }
public class SynchronousQueue<E> extends AbstractQueue<E> implements BlockingQueue<E> { public SynchronousQueue() {} }
public class DelayQueue<E> extends AbstractQueue<E> implements BlockingQueue<E> {}
public class ThreadPoolExecutor implements ExecutorService { int getPoolSize(); int getCorePoolSize(); int getActiveCount(); BlockingQueue<Runnable> getQueue(); }
public class ForkJoinPool implements ExecutorService { static ForkJoinPool commonPool(); public ForkJoinPool() {} public ForkJoinPool(int n) {} }
public class CountDownLatch { public CountDownLatch(int n) {} void countDown(); void await(); boolean await(long n, TimeUnit u); long getCount(); }
public class CyclicBarrier { public CyclicBarrier(int n) {} int await(); }
public class Semaphore { public Semaphore(int n) {} void acquire(); void release(); boolean tryAcquire(); }
public class ThreadLocalRandom extends Random { static ThreadLocalRandom current(); int nextInt(int a, int b); }
public enum TimeUnit { NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS; long toMillis(long n); long toSeconds(long n); long toNanos(long n); long toMinutes(long n); long convert(long n, TimeUnit u); void sleep(long n); }
public class ExecutionException extends Exception {}
public class TimeoutException extends Exception {}
public class CancellationException extends IllegalStateException {}
public class CompletionException extends RuntimeException {}
public class RejectedExecutionException extends RuntimeException {}`,
  'java.util.concurrent.atomic': `
public class AtomicReference<V> { public AtomicReference() {} public AtomicReference(V v) {} V get(); void set(V v); V getAndSet(V v); boolean compareAndSet(V a, V b); V updateAndGet(UnaryOperator<V> f); V getAndUpdate(UnaryOperator<V> f); V accumulateAndGet(V v, BinaryOperator<V> f); void lazySet(V v); V getPlain(); V getAcquire(); }
public class AtomicInteger extends Number { public AtomicInteger() {} public AtomicInteger(int i) {} int get(); void set(int i); int incrementAndGet(); int decrementAndGet(); int getAndIncrement(); int getAndDecrement(); int addAndGet(int i); int getAndAdd(int i); int getAndSet(int i); boolean compareAndSet(int a, int b); int updateAndGet(IntUnaryOperator f); int getAndUpdate(IntUnaryOperator f); }
public class AtomicLong extends Number { public AtomicLong() {} public AtomicLong(long l) {} long get(); void set(long l); long incrementAndGet(); long decrementAndGet(); long getAndIncrement(); long addAndGet(long l); long getAndAdd(long l); long getAndSet(long l); boolean compareAndSet(long a, long b); long updateAndGet(LongUnaryOperator f); }
public class AtomicBoolean { public AtomicBoolean() {} public AtomicBoolean(boolean b) {} boolean get(); void set(boolean b); boolean getAndSet(boolean b); boolean compareAndSet(boolean a, boolean b); }
public class AtomicReferenceArray<E> { public AtomicReferenceArray(int n) {} E get(int i); void set(int i, E e); int length(); }
public class AtomicReferenceFieldUpdater<T, V> { static <A, B> AtomicReferenceFieldUpdater<A, B> newUpdater(Class<A> a, Class<B> b, String s); V get(T t); void set(T t, V v); boolean compareAndSet(T t, V a, V b); V getAndSet(T t, V v); }
public class LongAdder extends Number { void increment(); void add(long l); long sum(); void decrement(); void reset(); }`,
  'java.util.concurrent.locks': `
public interface Lock { void lock(); void unlock(); boolean tryLock(); boolean tryLock(long n, TimeUnit u); void lockInterruptibly(); Condition newCondition(); }
public interface Condition { void await(); boolean await(long n, TimeUnit u); void signal(); void signalAll(); }
public interface ReadWriteLock { Lock readLock(); Lock writeLock(); }
public class ReentrantLock implements Lock { public ReentrantLock() {} public ReentrantLock(boolean b) {} boolean isLocked(); boolean isHeldByCurrentThread(); }
public class ReentrantReadWriteLock implements ReadWriteLock { public ReentrantReadWriteLock() {} }
public class StampedLock { long writeLock(); long readLock(); void unlock(long s); }`,
};
