package io.nnem.learners;

import io.nnem.core.Option;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What learners of both kinds can be set to. Everything has a default; what has no method of its
 * own is set by {@link #option}.
 *
 * @param <B> the builder itself
 */
public abstract sealed class LearnerBuilder<B extends LearnerBuilder<B>>
    permits MemoryClassifier.Builder, MemoryRegressor.Builder {

  private final Map<String, String> values = new TreeMap<>();

  LearnerBuilder() {}

  abstract B self();

  final Settings settings() {
    return new Settings(values);
  }

  /**
   * The settings that every learner has: names, what they may be, defaults, and what they do.
   *
   * @return all of them
   */
  public static List<Option<?>> options() {
    return Settings.ALL;
  }

  /**
   * One of the {@link #options}, or one of a plug-in's own.
   *
   * @param name its name
   * @param value as text
   * @return this
   * @throws IllegalArgumentException if it may not be set to that
   */
  public final B option(String name, String value) {
    Settings.ALL.stream()
        .filter(option -> option.name().equals(name))
        .forEach(option -> option.parse(value));
    values.put(name, value);
    return self();
  }

  private B set(Option<?> option, Object value) {
    return option(option.name(), String.valueOf(value));
  }

  private static String list(int... numbers) {
    return Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(","));
  }

  /**
   * How many memories there is room for: 10,000 unless said. When they are full, the policy {@code
   * eviction} gives some up.
   *
   * @param memories at least 1
   * @return this
   */
  public final B capacity(int memories) {
    return set(Settings.CAPACITY, memories);
  }

  /**
   * Rows are images: line by line, the channels of a place side by side. For embedders that know
   * images, such as {@code conv}.
   *
   * @param height lines
   * @param width places of a line
   * @param channels floats of a place
   * @return this
   */
  public final B image(int height, int width, int channels) {
    return option(Settings.IMAGE.name(), list(height, width, channels));
  }

  /**
   * The network that embeds rows: {@code mlp} with a hidden layer of 256 units unless said.
   *
   * @param name of an embedder
   * @param hidden units of each hidden layer, for embedders that have some
   * @return this
   */
  public final B embedder(String name, int... hidden) {
    return set(Settings.EMBEDDER, name).option(Settings.HIDDEN.name(), list(hidden));
  }

  /**
   * Whether columns are brought to mean 0 and variance 1 by what was seen of them so far: they are
   * unless said. Values of more than 10 standard deviations then count as 10, and columns that
   * never changed as 0.
   *
   * @param on whether they are
   * @return this
   */
  public final B standardise(boolean on) {
    return set(Settings.STANDARDISE, on);
  }

  /**
   * A value that is NaN counts as the mean of its column so far. Unless said it is refused.
   *
   * @return this
   */
  public final B imputeMissing() {
    return set(Settings.IMPUTE, true);
  }

  /**
   * How many memories a prediction names: 5 unless said.
   *
   * @param memories 0 or more
   * @return this
   */
  public final B evidence(int memories) {
    return set(Settings.EVIDENCE, memories);
  }

  /**
   * What computes: {@code nd4j} with one thread unless said.
   *
   * @param name of a back end
   * @param threads how many threads one operation may use, at least 1
   * @return this
   */
  public final B backend(String name, int threads) {
    return set(Settings.BACKEND, name).option(Settings.THREADS.name(), list(threads));
  }

  /**
   * Where all randomness comes from: 1 unless said. The same seed and the same batches give the
   * same learner.
   *
   * @param seed any number
   * @return this
   */
  public final B seed(int seed) {
    return set(Settings.SEED, seed);
  }
}
