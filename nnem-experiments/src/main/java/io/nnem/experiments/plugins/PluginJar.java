package io.nnem.experiments.plugins;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A jar of the plug-in path that a run depends on.
 *
 * @param file its name, without the folder
 * @param sha256 of its bytes, in hexadecimal; of a folder of classes, of its files' names and bytes
 * @param plugins what the run uses of it, such as {@code credit assigner mine}; none if it is there
 *     as a library
 */
public record PluginJar(String file, String sha256, List<String> plugins) {

  public PluginJar {
    plugins = List.copyOf(plugins);
  }

  static PluginJar of(Path place, List<String> plugins) {
    try {
      return new PluginJar(PluginGuard.fileName(place.toString()), sha256(place), plugins);
    } catch (IOException e) {
      throw new IllegalStateException(
          place + " on the plug-in path can no longer be read: " + e, e);
    }
  }

  /** Of a file, or of the names and bytes of the files in a folder; in hexadecimal. */
  public static String sha256(Path place) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    if (!Files.isDirectory(place)) {
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(place)));
    }
    Map<String, Path> files = new TreeMap<>(); // the same order everywhere
    try (Stream<Path> all = Files.walk(place)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> files.put(place.relativize(file).toString().replace('\\', '/'), file));
    }
    for (Map.Entry<String, Path> file : files.entrySet()) {
      byte[] bytes = Files.readAllBytes(file.getValue());
      String head = file.getKey() + "\n" + bytes.length + "\n"; // says where a file begins and ends
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
