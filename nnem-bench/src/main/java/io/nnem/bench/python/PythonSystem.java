package io.nnem.bench.python;

import io.nnem.bench.system.BenchSystem;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.Condition;
import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.Network;
import io.nnem.bench.work.ReadWork;
import io.nnem.bench.work.Shape;
import io.nnem.bench.work.StepProblem;
import io.nnem.bench.work.WriteWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** PyTorch from Python. */
public final class PythonSystem implements BenchSystem {

  /** Its name in tables. */
  public static final String NAME = "pytorch-python";

  private final Path folder;
  private final Python python;

  private PythonSystem(String interpreter, Path folder, int threads) {
    this.folder = folder;
    // its files are large: they go when the program is ended, too
    Runtime.getRuntime().addShutdownHook(new Thread(this::delete, "python-files"));
    this.python = new Python(interpreter, folder, threads);
  }

  /**
   * Starts Python.
   *
   * @param threads how many threads an operation may use
   * @return the system
   * @throws IllegalStateException if there is no Python with PyTorch, with what to install
   */
  public static PythonSystem start(int threads) {
    String interpreter =
        interpreter()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "There is no python3 with torch; on Debian: apt install python3-torch"
                            + " libopenblas0-pthread."));
    try {
      return new PythonSystem(interpreter, Files.createTempDirectory("nnem-bench"), threads);
    } catch (IOException e) {
      throw new IllegalStateException("There is no room for Python's files: " + e, e);
    }
  }

  /**
   * Whether there is a Python with PyTorch.
   *
   * @return true if {@code import torch} works in one of those that are tried
   */
  public static boolean isPresent() {
    return interpreter().isPresent();
  }

  /** The one on the path may be a user's own, and not the one that Debian's packages are for. */
  private static Optional<String> interpreter() {
    return Stream.of("python3", "/usr/bin/python3").filter(PythonSystem::hasTorch).findFirst();
  }

  private static boolean hasTorch(String interpreter) {
    try {
      Process process =
          new ProcessBuilder(interpreter, "-c", "import torch")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroy();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false; // it is not there
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return python.greeting();
  }

  @Override
  public long awakeMillis() {
    return 150;
  }

  @Override
  public Optional<Task> step(StepProblem problem) {
    Shape shape = problem.work().sizes();
    Condition condition = problem.work().condition();
    write("embedder", problem.embedder());
    write("writer", problem.writer());
    write("decoder", problem.decoder());
    write("synthetic", problem.synthetic());
    write("memories", problem.memories());
    write("values", problem.memoryValues());
    for (int i = 0; i < StepProblem.BATCHES; i++) {
      write("batch-" + i, problem.batch(i));
      write("targets-" + i, problem.batchValues(i));
    }
    Map<String, Object> request =
        request("step", shape.capacity(), shape.batch(), shape.embeddingSize());
    request.put("condition", condition.label());
    request.put("observation", shape.observationSize());
    request.put("hidden", shape.hidden());
    request.put("synthetic", Shape.SYNTHETIC_HIDDEN);
    request.put("embedder_rate", StepProblem.EMBEDDER_RATE);
    request.put("other_rate", StepProblem.OTHER_RATE);
    python.ask(request);
    return Optional.of(new PythonTask(python, folder));
  }

  @Override
  public Optional<Task> read(ReadWork work, MemoryProblem problem) {
    return memory("read", problem);
  }

  @Override
  public Optional<Task> write(WriteWork work, MemoryProblem problem) {
    return work.lookups() ? Optional.empty() : memory("write", problem);
  }

  private Optional<Task> memory(String work, MemoryProblem problem) {
    write("queries", problem.queries());
    write("targets", problem.queryValues());
    write("keys", problem.keys());
    write("values", problem.values());
    python.ask(request(work, problem.capacity(), problem.batch(), problem.keySize()));
    return Optional.of(new PythonTask(python, folder));
  }

  private Map<String, Object> request(String work, int capacity, int batch, int embedding) {
    return new HashMap<>(
        Map.of(
            "do", "prepare",
            "work", work,
            "folder", folder.toString(),
            "capacity", capacity,
            "batch", batch,
            "embedding", embedding));
  }

  private void write(String name, Network network) {
    for (int i = 0; i < network.parameters().size(); i++) {
      write(name + "-" + i, network.parameters().get(i));
    }
  }

  private void write(String name, float[] floats) {
    Floats.write(folder.resolve(name), floats);
  }

  @Override
  public void close() {
    python.close();
    delete();
  }

  private void delete() {
    if (!Files.exists(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
