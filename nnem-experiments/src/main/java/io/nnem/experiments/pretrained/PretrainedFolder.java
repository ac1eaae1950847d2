package io.nnem.experiments.pretrained;

import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.state.StateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where weights are kept from one run to the next. It spares work and no more: whatever is wrong
 * with it is told, and the run goes on.
 *
 * @param path the folder; empty to keep nothing
 */
public record PretrainedFolder(Optional<Path> path) {
  /** The metadata that says what settings a file is of. */
  private static final String SETTINGS = "settings";

  public static PretrainedFolder none() {
    return new PretrainedFolder(Optional.empty());
  }

  /**
   * The folder that the user named, or else {@code nnem/pretrained} in the user's cache: {@code
   * XDG_CACHE_HOME}, {@code LOCALAPPDATA} or {@code .cache} at home. Name and home may be null.
   */
  public static PretrainedFolder standard(
      Path named, Map<String, String> environment, String home) {
    if (named != null) {
      return new PretrainedFolder(Optional.of(named));
    }
    for (String variable : new String[] {"XDG_CACHE_HOME", "LOCALAPPDATA"}) {
      Optional<Path> cache = absolute(environment.get(variable));
      if (cache.isPresent()) {
        return in(cache.get());
      }
    }
    return absolute(home).map(path -> in(path.resolve(".cache"))).orElse(none());
  }

  private static PretrainedFolder in(Path cache) {
    return new PretrainedFolder(Optional.of(cache.resolve("nnem").resolve("pretrained")));
  }

  private static Optional<Path> absolute(String text) {
    try {
      return Optional.ofNullable(text).map(Path::of).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The name of what was trained with some settings: 64 hexadecimal digits. */
  public static String key(String settings) {
    try {
      byte[] bytes = settings.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The weights of a key, if they are there and whole; the notes are told of a damaged file. */
  public Optional<Weights> read(String key, Consumer<String> notes) {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    Path file = file(key);
    try (StateFile state = StateFile.open(file)) {
      if (!key.equals(state.metadata().get(SETTINGS))) {
        throw new IOException("it is of other settings than its name says");
      }
      Kept kept = new Kept();
      state.load(kept, false);
      return Optional.of(kept.weights);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (StateException e) { // it names the file itself
      notes.accept("a pre-trained autoencoder is trained anew: " + e.getMessage());
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      notes.accept(
          "the pre-trained autoencoder in "
              + file
              + " cannot be used and is trained anew: "
              + reason(e));
      return Optional.empty();
    }
  }

  /** What a file has, or is to have. */
  private static final class Kept implements Stateful {
    private Weights weights;

    @Override
    public void save(StateWriter out) {
      weights.save(out);
    }

    @Override
    public void load(StateReader in) {
      weights = Weights.load(in);
    }
  }

  /** Keeps weights, if that can be done; the notes are told why not. */
  public void write(String key, Weights weights, Consumer<String> notes) {
    if (path.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(path.get());
      Kept kept = new Kept();
      kept.weights = weights;
      StateFile.save(file(key), Map.of(SETTINGS, key), kept);
    } catch (IOException | RuntimeException e) {
      notes.accept(
          "the pre-trained autoencoder cannot be kept in "
              + path.get()
              + " ("
              + reason(e)
              + "); the next run trains it again, unless --pretrained names another folder");
    }
  }

  private Path file(String key) {
    return path.orElseThrow().resolve(key + ".safetensors");
  }

  private static String reason(Exception e) {
    return e.getClass() == IOException.class && e.getMessage() != null
        ? e.getMessage()
        : e.toString();
  }
}
