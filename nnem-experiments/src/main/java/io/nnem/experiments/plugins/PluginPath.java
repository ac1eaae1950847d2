package io.nnem.experiments.plugins;

import io.nnem.core.Plugin;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * Jars with plug-ins that are not on the application's class path. They share one class loader, so
 * that a plug-in may bring its libraries as further jars.
 */
public final class PluginPath {
  /** The property that names the folder of the user's plug-ins. It need not be there. */
  public static final String FOLDER_PROPERTY = "nnem.plugins";

  private static final String REMEDY =
      " Name auto-service in the annotationProcessorPaths of maven-compiler-plugin and build it"
          + " again (javac of JDK 23 and newer runs no processor that is not named), or write the"
          + " service file by hand.";

  private final Set<Path> places = new LinkedHashSet<>();
  private final Set<Path> empty = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();

  private PluginPath() {}

  public static PluginPath none() {
    return new PluginPath();
  }

  /**
   * The folder of the user's plug-ins, then what a command names: lists of jars and folders, each
   * separated as in a class path. What is not there is among the problems.
   */
  public static PluginPath standard(List<String> named) {
    PluginPath result = new PluginPath();
    String folder = System.getProperty(FOLDER_PROPERTY, "");
    if (!folder.isEmpty() && Files.exists(Path.of(folder))) {
      result.add(folder);
      result.empty.clear(); // nobody asked for a plug-in there
    }
    for (String list : named) {
      for (String place : list.split(Pattern.quote(File.pathSeparator), 0)) {
        if (!place.isEmpty()) {
          result.add(place);
        }
      }
    }
    return result;
  }

  private void add(String place) {
    try {
      Path path = Path.of(place).toRealPath();
      if (!Files.isDirectory(path)) {
        addJar(path);
      } else if (Files.isDirectory(path.resolve("META-INF"))) {
        places.add(path); // classes as a compiler leaves them
      } else {
        addJarsIn(path);
      }
    } catch (InvalidPathException | IOException e) {
      problems.add(place + " on the plug-in path is not there or cannot be read: " + e);
    }
  }

  private void addJarsIn(Path folder) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.jar")) {
      stream.forEach(jars::add);
    }
    if (jars.isEmpty()) {
      empty.add(folder);
    }
    jars.sort(null); // the same order everywhere
    jars.forEach(this::addJar);
  }

  /** The class loader would pass over a bad jar without a word. */
  private void addJar(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      file.getManifest();
      places.add(jar);
    } catch (IOException | RuntimeException e) {
      problems.add(jar + " on the plug-in path is no jar that can be read: " + e);
    }
  }

  /** A new class loader that finds the plug-ins, open as long as the program runs. */
  public ClassLoader loader(ClassLoader parent) {
    return new URLClassLoader(
        "plug-ins", places.stream().map(PluginPath::url).toArray(URL[]::new), parent);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(path + " has no URL", e);
    }
  }

  /** Jars and folders of classes, as absolute paths without links. */
  public List<Path> places() {
    return List.copyOf(places);
  }

  /** What was named and cannot be used: sentences with the file and the reason. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * What is on the path, offers nothing, and is no mere library of a plug-in. A library is not
   * suspected: only a place whose classes speak of a plug-in's interface is.
   */
  List<String> unregistered(List<Class<? extends Plugin>> kinds) {
    List<String> sentences = new ArrayList<>();
    for (Path folder : empty) {
      sentences.add(
          folder
              + " on the plug-in path offers nothing: there is no jar in it, and no"
              + " META-INF/services as in a folder of classes."
              + REMEDY);
    }
    for (Path place : places) {
      try {
        Unregistered.in(place, kinds)
            .map(
                found ->
                    place
                        + " on the plug-in path offers nothing: "
                        + found
                        + " is not registered in META-INF/services."
                        + REMEDY)
            .ifPresent(sentences::add);
      } catch (IOException e) {
        sentences.add(place + " on the plug-in path cannot be looked through: " + e);
      }
    }
    return sentences;
  }
}
