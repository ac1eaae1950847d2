package io.nnem.core;

import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The plug-ins of one kind, registered as for Java's service loader: in {@code META-INF/services}
 * on a class path, or by {@code provides} in a module. One that cannot be used (it throws in its
 * constructor, lacks a method since it was built against another version, has no valid name, shares
 * its name) does not keep the others from being used: it is listed among the {@link #problems},
 * with its jar.
 *
 * @param <P> the kind, an interface that extends {@link Plugin}
 */
public final class Plugins<P extends Plugin> {

  /**
   * A plug-in and where it came from.
   *
   * @param name what it is asked for by
   * @param plugin the plug-in
   * @param location the jar or folder, or {@code unknown}
   * @param <P> the kind
   */
  public record Found<P>(String name, P plugin, String location) {}

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final String kind;
  private final Class<P> type;
  private final List<Found<P>> found = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private Plugins(Class<P> type) {
    this.type = type;
    this.kind =
        type.getSimpleName()
            .replaceAll("Provider$", "")
            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
            .toLowerCase(Locale.ROOT);
  }

  /**
   * Looks with the thread's context class loader, or that of the kind if there is none.
   *
   * @param type the kind
   * @param <P> the kind
   * @return what was found
   */
  public static <P extends Plugin> Plugins<P> load(Class<P> type) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return load(type, loader == null ? type.getClassLoader() : loader);
  }

  /**
   * Looks in the modules of the kind's own layer, then on the class path of a class loader.
   *
   * @param type the kind
   * @param loader where to look
   * @param <P> the kind
   * @return what was found
   */
  public static <P extends Plugin> Plugins<P> load(Class<P> type, ClassLoader loader) {
    // The kinds of later modules are not known to this module's descriptor.
    Plugins.class.getModule().addUses(type);
    Plugins<P> plugins = new Plugins<>(type);
    ModuleLayer layer = type.getModule().getLayer();
    if (layer != null) {
      plugins.addModules(ServiceLoader.load(layer, type).iterator());
    }
    new ServiceFiles<>(type, loader, plugins::add, plugins.problems::add).read();
    plugins.setAsideSharedNames();
    return plugins;
  }

  /**
   * Plug-ins given as objects, for programs that do without the service loader.
   *
   * @param type the kind
   * @param plugins the plug-ins
   * @param <P> the kind
   * @return the same, to be asked for by name
   */
  public static <P extends Plugin> Plugins<P> of(Class<P> type, List<P> plugins) {
    Plugins<P> result = new Plugins<>(type);
    plugins.forEach(result::add);
    result.setAsideSharedNames();
    return result;
  }

  private void addModules(Iterator<P> iterator) {
    boolean more = true;
    while (more) {
      try {
        more = iterator.hasNext();
        if (more) {
          add(iterator.next());
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        problems.add(reason(e)); // the next may be in order
      }
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e.getCause();
    return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause;
  }

  private void add(P plugin) {
    String location = location(plugin.getClass());
    try {
      String name = plugin.name();
      if (name == null || !NAME.matcher(name).matches()) {
        problems.add(
            plugin.getClass().getName()
                + " in "
                + location
                + " calls itself '"
                + name
                + "'; a name is lower-case letters, digits and single hyphens, and starts with a"
                + " letter.");
      } else {
        found.add(new Found<>(name, plugin, location));
      }
    } catch (RuntimeException | Error e) {
      problems.add(plugin.getClass().getName() + " in " + location + " cannot be asked: " + e);
    }
  }

  /** The jar or folder that a class comes from. */
  static String location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL url = source == null ? null : source.getLocation();
    return url == null ? "unknown" : ServiceFiles.place(url.toString());
  }

  private void setAsideSharedNames() {
    for (String name : names()) {
      List<Found<P>> same = found.stream().filter(f -> f.name().equals(name)).toList();
      if (same.size() > 1) {
        problems.add(sharedName(name, same));
      }
    }
  }

  private String sharedName(String name, List<Found<P>> same) {
    return same.size()
        + ("aeiou".indexOf(kind.charAt(0)) < 0 ? " plug-ins offer a " : " plug-ins offer an ")
        + kind
        + " called '"
        + name
        + "': "
        + same.stream()
            .map(f -> f.plugin().getClass().getName() + " in " + f.location())
            .collect(Collectors.joining(", "))
        + ". Keep one of them.";
  }

  /**
   * The plug-in of a name.
   *
   * @param name the name
   * @return the plug-in
   * @throws IllegalArgumentException if none has the name, or more than one has; the message lists
   *     the names there are
   */
  public P get(String name) {
    List<Found<P>> same = found.stream().filter(f -> f.name().equals(name)).toList();
    if (same.size() == 1) {
      return same.get(0).plugin();
    }
    String there = names().isEmpty() ? "none" : String.join(", ", names());
    if (same.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no "
              + kind
              + " called '"
              + name
              + "'. There are: "
              + there
              + ". Add the jar that offers it, as a "
              + type.getName()
              + ", to the class path of your application; for the nnem command, put it into the"
              + " folder plugins/ beside it, or name it with --plugin-path."
              + (problems.isEmpty() ? "" : " Not usable: " + String.join("; ", problems)));
    }
    throw new IllegalArgumentException(sharedName(name, same) + " There are: " + there + ".");
  }

  /**
   * The names there are.
   *
   * @return each once, in alphabetical order
   */
  public List<String> names() {
    return found.stream().map(Found::name).distinct().sorted().toList();
  }

  /**
   * The plug-ins there are, those that share a name included.
   *
   * @return in the order in which they were found
   */
  public List<Found<P>> all() {
    return List.copyOf(found);
  }

  /**
   * What was found and cannot be used, each in a sentence with the reason.
   *
   * @return the sentences; empty if all is well
   */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * What these plug-ins are, in words.
   *
   * @return for example {@code credit assigner}
   */
  public String kind() {
    return kind;
  }
}
