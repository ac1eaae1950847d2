package io.nnem.bench.jmh;

import io.nnem.bench.run.Measuring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of this package. */
public final class Jmh {

  private static final List<Class<?>> ALL =
      List.of(
          DenseLayerBenchmark.class,
          ReadingBenchmark.class,
          TrainingStepBenchmark.class,
          WritingBenchmark.class);

  private Jmh() {}

  /**
   * The benchmarks there are.
   *
   * @return their names, joined by commas
   */
  public static String names() {
    return String.join(", ", ALL.stream().flatMap(Jmh::names).toList());
  }

  private static Stream<String> names(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(org.openjdk.jmh.annotations.Benchmark.class))
        .map(method -> type.getSimpleName() + "." + method.getName())
        .sorted();
  }

  /**
   * Whether some benchmark is meant.
   *
   * @param pattern looked for in their names
   * @return true if it is found
   */
  public static boolean isAny(Pattern pattern) {
    return ALL.stream().flatMap(Jmh::names).anyMatch(name -> pattern.matcher(name).find());
  }

  /**
   * Runs benchmarks, with the profiler of allocation; each in a process of its own.
   *
   * @param regex looked for in their names
   * @param quick whether few repetitions must do
   * @param results receives JMH's JSON
   * @throws RunnerException if one cannot be run, or its result was wrong
   */
  public static void run(String regex, boolean quick, Path results) throws RunnerException {
    List<String> jvmArguments = new ArrayList<>(Measuring.vectorModule());
    jvmArguments.add("--enable-native-access=ALL-UNNAMED");
    jvmArguments.add("-Dsun.misc.unsafe.memory.access=allow");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(regex)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .jvmArgsAppend(jvmArguments.toArray(new String[0]))
            .resultFormat(ResultFormatType.JSON)
            .result(results.toString());
    if (quick) {
      options
          .warmupIterations(1)
          .measurementIterations(2)
          .warmupTime(TimeValue.seconds(3)) // until then vectors are interpreted, and objects
          .measurementTime(TimeValue.milliseconds(300));
    }
    new Runner(options.build()).run();
  }
}
