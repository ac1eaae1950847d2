package io.nnem.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the four IDX files in a folder and reads them. */
final class IdxFolder {
  /** So many names of a folder are shown in an error. */
  private static final int SHOWN = 10;

  private IdxFolder() {}

  /**
   * Reads a folder, as {@code Datasets.folder} describes.
   *
   * @param folder the folder
   * @return training, validation and test set
   * @throws DatasetException if that cannot be done
   */
  static Split read(Path folder) {
    if (!Files.exists(folder)) {
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s: there is no such folder. Give the folder that holds the IDX files.",
              folder));
    }
    if (!Files.isDirectory(folder)) {
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s: expected a folder, found a file. Give the folder that holds the IDX files.",
              folder));
    }
    // All four are looked for before the first is read: reading may take long.
    List<Path> files = files(folder);
    Path trainImages = find(folder, files, "training images", "images", "idx3", "train");
    Path trainLabels = find(folder, files, "training labels", "labels", "idx1", "train");
    Path testImages = find(folder, files, "test images", "images", "idx3", "t10k", "test");
    Path testLabels = find(folder, files, "test labels", "labels", "idx1", "t10k", "test");
    return IdxSplit.of(
        splitName(folder),
        IdxReader.readImages(trainImages),
        IdxReader.readLabels(trainLabels),
        IdxReader.readImages(testImages),
        IdxReader.readLabels(testLabels));
  }

  private static List<String> names(String content, String idx, String... prefixes) {
    List<String> names = new ArrayList<>();
    for (String prefix : prefixes) {
      for (String separator : List.of("-", ".")) {
        names.add(prefix + "-" + content + separator + idx + "-ubyte");
      }
    }
    return names;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new DatasetException(folder + ": it cannot be listed (" + e + ").", e);
    }
  }

  private static Path find(
      Path folder, List<Path> files, String what, String content, String idx, String... prefixes) {
    Pattern pattern =
        Pattern.compile(
            "([a-z0-9]+-)*("
                + String.join("|", prefixes)
                + ")-"
                + content
                + "[-.]idx[0-9]-[a-z]+(\\.gz)?");
    List<Path> matching =
        files.stream().filter(file -> pattern.matcher(name(file)).matches()).toList();
    Set<String> all = matching.stream().map(IdxFolder::name).collect(Collectors.toSet());
    // A plain file beside its own .gz is what unpacking leaves behind: no reason to complain.
    List<Path> found =
        matching.stream()
            .filter(
                file ->
                    !all.contains(name(file).replaceFirst("\\.gz$", ""))
                        || !name(file).endsWith(".gz"))
            .toList();
    List<String> names = names(content, idx, prefixes);
    if (found.isEmpty()) {
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s: found no %s. Expected a file named %s, or one of these with .gz; %s.",
              folder,
              what,
              String.join(" or ", names),
              "the folder holds " + content(folder)));
    }
    if (found.size() > 1) {
      List<String> two = found.stream().map(file -> file.getFileName().toString()).toList();
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s: expected one file of %s, found %s. Keep one and move the others away.",
              folder,
              what,
              String.join(" and ", two)));
    }
    return found.get(0);
  }

  private static String content(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> names = entries.map(IdxFolder::shown).sorted().toList();
      if (names.isEmpty()) {
        return "nothing";
      }
      String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
      return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
    } catch (IOException e) {
      return "what cannot be listed (" + e + ")";
    }
  }

  private static String shown(Path entry) {
    return entry.getFileName() + (Files.isDirectory(entry) ? "/" : "");
  }

  private static String name(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  private static String splitName(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null || name.toString().isBlank() ? "folder" : name.toString();
  }
}
