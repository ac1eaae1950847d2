package io.nnem.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the service files on a class path register, made one by one. Java's own ServiceLoader does
 * not say which jar a class that fails came from, gives up on some failures, and takes a class that
 * lacks methods.
 */
final class ServiceFiles<P> {

  private final Class<P> type;
  private final ClassLoader loader;
  private final Consumer<P> made;
  private final Consumer<String> problem;

  ServiceFiles(Class<P> type, ClassLoader loader, Consumer<P> made, Consumer<String> problem) {
    this.type = type;
    this.loader = loader;
    this.made = made;
    this.problem = problem;
  }

  /** Makes what is registered, in the order of the class path. */
  void read() {
    String path = "META-INF/services/" + type.getName();
    Map<String, Set<String>> places = new LinkedHashMap<>();
    try {
      for (URL file : Collections.list(loader.getResources(path))) {
        String place = place(file, path);
        for (String name : names(file, place)) {
          places.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(place);
        }
      }
    } catch (IOException e) {
      problem.accept("Not every " + path + " can be found: " + e);
    }
    places.forEach(this::make);
  }

  private List<String> names(URL file, String place) {
    try {
      URLConnection connection = file.openConnection();
      connection.setUseCaches(false); // a cached jar would stay open
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
        return lines
            .lines()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(name -> !name.isEmpty())
            .toList();
      }
    } catch (IOException | RuntimeException e) {
      problem.accept("The service file of " + type.getName() + " in " + place + " is bad: " + e);
      return List.of();
    }
  }

  private void make(String name, Set<String> places) {
    String who = name + " in " + places.iterator().next();
    try {
      Class<?> found = Class.forName(name, false, loader);
      if (found.getModule().isNamed()) {
        return; // its module offers it
      }
      if (places.size() > 1) {
        problem.accept(
            name
                + " is in "
                + String.join(" and in ", places)
                + "; the one in "
                + Plugins.location(found)
                + " is used. Keep one of them.");
      }
      List<String> missing = missingMethods(found);
      if (!type.isAssignableFrom(found)) {
        problem.accept(who + " is registered as a " + type.getName() + ", but is none.");
      } else if (!missing.isEmpty()) {
        problem.accept(
            who
                + " does not have "
                + String.join(", ", missing)
                + ": it was built against another version of nnem. Build it again.");
      } else {
        made.accept(type.cast(found.getConstructor().newInstance()));
      }
    } catch (ClassNotFoundException e) {
      problem.accept(who + " is registered there, but there is no such class.");
    } catch (NoSuchMethodException e) {
      problem.accept(who + " has no public constructor without parameters.");
    } catch (InvocationTargetException e) {
      problem.accept(who + " cannot be made: its constructor throws " + e.getCause());
    } catch (ReflectiveOperationException e) {
      problem.accept(who + " cannot be made: " + e);
    } catch (LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      problem.accept(
          who
              + " cannot be loaded: "
              + cause
              + ". Was it built against another version of nnem? Build it again.");
    }
  }

  /** Abstract methods that a class ought to have, and would have if it were compiled today. */
  private static List<String> missingMethods(Class<?> found) {
    if (Modifier.isAbstract(found.getModifiers())) {
      return List.of(); // it cannot be made anyway, and that is what is wrong with it
    }
    return Arrays.stream(found.getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
        .sorted()
        .distinct()
        .toList();
  }

  /** The jar or folder that a file is in. */
  private static String place(URL file, String path) {
    String url = file.toString();
    int inside = url.indexOf("!/");
    return inside >= 0 && url.startsWith("jar:")
        ? place(url.substring("jar:".length(), inside))
        : place(url.substring(0, url.length() - path.length()));
  }

  /** The path of a URL, where it has one. */
  static String place(String url) {
    try {
      return Path.of(URI.create(url)).toString();
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return url;
    }
  }
}
