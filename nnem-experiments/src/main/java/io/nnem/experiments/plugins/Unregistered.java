package io.nnem.experiments.plugins;

import io.nnem.core.Plugin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for plug-ins that nobody will find, because no service file names them. */
final class Unregistered {

  private Unregistered() {}

  /**
   * A class in a jar or a folder that seems to be a plug-in; empty if anything there is registered.
   */
  static Optional<String> in(Path place, List<Class<? extends Plugin>> kinds) throws IOException {
    if (Files.isDirectory(place)) {
      return inRoot(place, kinds);
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return inRoot(jar.getPath("/"), kinds);
    }
  }

  private static Optional<String> inRoot(Path root, List<Class<? extends Plugin>> kinds)
      throws IOException {
    for (Class<?> kind : kinds) {
      if (Files.exists(root.resolve("META-INF/services/" + kind.getName()))) {
        return Optional.empty();
      }
    }
    List<Path> classes;
    try (Stream<Path> files = Files.walk(root)) {
      classes = files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
    for (Path file : classes) {
      if (speaksOf(file, kinds)) {
        String name = root.relativize(file).toString().replace('/', '.').replace('\\', '.');
        return Optional.of(name.substring(0, name.length() - ".class".length()));
      }
    }
    return Optional.empty();
  }

  /** The interfaces of a class stand in its file by name. */
  private static boolean speaksOf(Path file, List<Class<? extends Plugin>> kinds)
      throws IOException {
    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    return kinds.stream().anyMatch(kind -> bytes.contains(kind.getName().replace('.', '/')));
  }
}
