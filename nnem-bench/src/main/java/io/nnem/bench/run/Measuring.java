package io.nnem.bench.run;

import io.nnem.bench.report.Results;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Starts a measuring process for each number of threads, one after the other, and listens. */
public final class Measuring implements AutoCloseable {

  private final Path log;
  private final Results results;
  private final Consumer<String> progress;
  private final AtomicReference<Process> running = new AtomicReference<>();
  private volatile boolean stopped;

  /**
   * Nothing is started yet.
   *
   * @param log where the processes' other output goes
   * @param results what was measured is added here as it comes
   * @param progress is told what is being measured
   */
  public Measuring(Path log, Results results, Consumer<String> progress) {
    this.log = log;
    this.results = results;
    this.progress = progress;
  }

  /**
   * Measures with one number of threads.
   *
   * @param threads how many
   * @param threadCounts how many such numbers share the time
   * @param quick whether to be quick
   * @param filter which works
   * @throws IOException if the process cannot be started
   * @throws IllegalStateException if it ended before its time
   */
  public void run(int threads, int threadCounts, boolean quick, String filter) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Dsun.misc.unsafe.memory.access=allow",
            "-Djava.awt.headless=true",
            "-XX:+UseParallelGC",
            "-XX:ErrorFile=" + log.resolveSibling("hs_err.log"),
            "-XX:ParallelGCThreads=" + Math.max(threads, 1),
            "-DDJL_CACHE_DIR=" + System.getProperty("DJL_CACHE_DIR", cache().toString()),
            "-cp",
            System.getProperty("java.class.path"),
            MeasuringProcess.class.getName(),
            Integer.toString(threads),
            Integer.toString(threadCounts),
            Boolean.toString(quick),
            filter);
    List<String> all = new ArrayList<>(command);
    all.addAll(1, options());
    all.addAll(1, vectorModule());
    ProcessBuilder builder = new ProcessBuilder(all);
    Map<String, String> environment = builder.environment();
    for (String name : List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
      environment.put(name, Integer.toString(threads));
    }
    environment.put("OPT_OUT_TRACKING", "true");
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    running.set(process);
    if (stopped) {
      process.destroy();
    }
    boolean whole = listen(process, threads);
    int status = await(process);
    running.set(null);
    if (!whole && !stopped) {
      throw new IllegalStateException(
          "The process that measured with "
              + threads
              + (threads == 1 ? " thread" : " threads")
              + " ended before its time, with exit code "
              + status
              + "; what it said is in "
              + log
              + ".");
    }
  }

  /**
   * What java needs so that nnem's loops use the Vector API.
   *
   * @return the option, or nothing where the module is not there
   */
  public static List<String> vectorModule() {
    String module = "jdk.incubator.vector";
    return ModuleFinder.ofSystem().find(module).isPresent()
        ? List.of("--add-modules=" + module)
        : List.of();
  }

  /** The launcher's options for java, which count here and not where only files are written. */
  private static List<String> options() {
    String text = System.getProperty("nnem.bench.java-options", "").strip();
    return text.isEmpty() ? List.of() : List.of(text.split("\\s+", -1));
  }

  /** Where PyTorch's native code is unpacked if the launcher does not say so. */
  private static Path cache() {
    String home = System.getenv("XDG_CACHE_HOME");
    Path caches =
        home == null || home.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(home);
    return caches.resolve("nnem").resolve("djl");
  }

  private boolean listen(Process process, int threads) throws IOException {
    boolean whole = false;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        Optional<Line> line = Line.parse(text);
        if (line.isEmpty()) {
          log(text);
        } else {
          whole |= line.get().kind() == Line.Kind.END;
          take(line.get(), threads);
        }
      }
    } catch (IOException e) {
      if (!stopped) {
        throw e;
      }
    }
    return whole;
  }

  private void take(Line line, int threads) {
    switch (line.kind()) {
      case SYSTEM -> results.system(threads, line.field(0), line.field(1));
      case NOTE -> results.note(line.field(0));
      case WORK ->
          progress.accept(
              String.join(
                  " ",
                  "threads " + threads + ":",
                  line.field(0) + "/" + line.field(1),
                  line.field(2),
                  line.field(3)));
      case MEASURED ->
          results.measured(
              new Results.Row(
                  line.field(0),
                  line.field(1),
                  threads,
                  line.field(2),
                  line.number(3),
                  line.number(5),
                  line.number(6)));
      case FAILED ->
          results.failed(
              new Results.Failure(
                  line.field(0), line.field(1), threads, line.field(2), line.field(3)));
      case LIMIT ->
          results.limit(
              new Results.Limit(
                  line.field(0), line.field(1), threads, line.number(2), line.number(3)));
      case END -> {}
    }
  }

  private void log(String text) {
    try {
      Files.writeString(log, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int await(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
      return -1;
    }
  }

  /** Ends the process that is measuring; {@link #run} then returns, with what there is. */
  @Override
  public void close() {
    stopped = true;
    Process process = running.get();
    if (process != null) {
      process.destroy();
    }
  }
}
