package io.nnem.experiments.saved;

import io.nnem.core.BackendProvider;
import io.nnem.core.StateException;
import io.nnem.core.Tensors;
import io.nnem.core.state.StateFile;
import io.nnem.credit.MemoryNetwork;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.learners.MemoryClassifier;
import io.nnem.learners.MemoryRegressor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A network that was loaded from a file: one by itself, or that of a learner.
 *
 * @param kind what the file holds, in a word or two
 * @param label what a value's largest place means; empty where values are no labels
 * @param owner closes it
 */
record SavedNetwork(
    String kind,
    Map<String, String> metadata,
    List<StateFile.Entry> entries,
    MemoryNetwork<?> network,
    Optional<MemoryClassifier> classifier,
    Optional<IntFunction<String>> label,
    Runnable owner)
    implements AutoCloseable {

  /** Loads a file; a ConfigException says why it cannot be. */
  static SavedNetwork load(Path path, Catalogue catalogue) {
    if (!Files.isRegularFile(path)) {
      throw new ConfigException(
          path
              + (!Files.exists(path)
                  ? ": there is no such file"
                  : Files.isDirectory(path)
                      ? ": it is a folder; name the file in it"
                      : ": it is no regular file, so that it cannot be checked; copy it to one"));
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(catalogue.loader()); // where networks find their plug-ins
    try (StateFile file = StateFile.open(path)) {
      return load(path, file, catalogue);
    } catch (StateException | IllegalArgumentException e) {
      String words = String.valueOf(e.getMessage());
      throw wrong(words.startsWith(path + ": ") ? "" : path + ": ", words, e);
    } catch (IOException e) {
      throw wrong(path + ": it cannot be read: ", e.toString(), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static ConfigException wrong(String where, String what, Exception cause) {
    ConfigException wrong = new ConfigException(where + what);
    wrong.initCause(cause);
    return wrong;
  }

  private static SavedNetwork load(Path path, StateFile file, Catalogue catalogue)
      throws IOException {
    Map<String, String> said = file.metadata();
    List<StateFile.Entry> entries = file.entries();
    String learner = said.getOrDefault("learner", "none");
    switch (learner) {
      case "classifier" -> {
        MemoryClassifier loaded = MemoryClassifier.load(path);
        return new SavedNetwork(
            "a classifier",
            said,
            entries,
            loaded.network(),
            Optional.of(loaded),
            Optional.of(i -> i < loaded.labels().size() ? loaded.labels().get(i) : "?"),
            loaded::close);
      }
      case "regressor" -> {
        MemoryRegressor loaded = MemoryRegressor.load(path);
        return new SavedNetwork(
            "a regressor",
            said,
            entries,
            loaded.network(),
            Optional.empty(),
            Optional.empty(),
            loaded::close);
      }
      default -> {
        if (!said.containsKey("assigner")) {
          throw new StateException("it holds no network with a memory, but something else.");
        }
        BackendProvider backend =
            catalogue.of(BackendProvider.class).get(doubles(entries) ? "reference" : "nd4j");
        return network(path, said, entries, backend.create(1));
      }
    }
  }

  private static <T> SavedNetwork network(
      Path path, Map<String, String> said, List<StateFile.Entry> entries, Tensors<T> tensors)
      throws IOException {
    try {
      MemoryNetwork<T> loaded = MemoryNetwork.load(path, tensors);
      return new SavedNetwork(
          "a memory network",
          said,
          entries,
          loaded,
          Optional.empty(),
          said.getOrDefault("loss", "").equals("CROSS_ENTROPY")
              ? Optional.of(Integer::toString)
              : Optional.empty(),
          () -> {
            try (tensors) {
              loaded.close();
            }
          });
    } catch (RuntimeException | Error | IOException e) {
      tensors.close();
      throw e;
    }
  }

  /** Whether its matrices are of doubles; arrays of them are in networks on floats, too. */
  boolean doubles() {
    return doubles(entries);
  }

  private static boolean doubles(List<StateFile.Entry> entries) {
    return entries.stream().anyMatch(e -> e.shape().size() == 2 && e.dtype().equals("F64"));
  }

  @Override
  public void close() {
    owner.run();
  }
}
