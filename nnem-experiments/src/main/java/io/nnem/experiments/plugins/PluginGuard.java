package io.nnem.experiments.plugins;

import io.nnem.core.Plugin;
import io.nnem.core.Plugins;
import io.nnem.credit.DivergenceException;
import io.nnem.experiments.config.ConfigException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Uses a plug-in, and says whose fault it is when that fails. Everything that it throws becomes a
 * {@link PluginFailedException}: also an error of linking, by which a plug-in that was built
 * against another nnem gives itself away. Only a divergence, which is a result, a setting that it
 * refuses, and memory that runs out, which need not be the plug-in's doing, are passed on as they
 * are.
 */
public final class PluginGuard<P extends Plugin> {
  private final P plugin;
  private final String who;

  private PluginGuard(P plugin, String who) {
    this.plugin = plugin;
    this.who = who;
  }

  /** A guard for the one plug-in of a name. */
  public static <P extends Plugin> PluginGuard<P> of(Plugins<P> kind, String name) {
    P plugin = kind.get(name);
    String location =
        kind.all().stream()
            .filter(found -> found.plugin() == plugin)
            .map(found -> fileName(found.location()))
            .collect(Collectors.joining());
    return new PluginGuard<>(plugin, kind.kind() + " '" + name + "' in " + location);
  }

  /**
   * The last part of a path: a jar is known by it, and a report that is passed on tells no more.
   */
  public static String fileName(String location) {
    Path file = Path.of(location).getFileName();
    return file == null ? location : file.toString();
  }

  /** Asks it something, or has it make something that is used as it is; it must not answer null. */
  public <R> R ask(Function<P, R> question) {
    try {
      return requireAnswer(question.apply(plugin), "cannot be used: it returns null");
    } catch (RuntimeException | Error e) {
      throw failure("cannot be used: ", e);
    }
  }

  /**
   * The plug-in under guard. What it makes is used as it is, so that nothing stands in the way of
   * training, but must have all methods of its interface; {@code made} keeps this guard by the
   * names of the classes of what it makes, and {@link #failure} says afterwards whose fault it was.
   */
  P guarded(Class<P> kind, Map<String, PluginGuard<?>> made) {
    return kind.cast(
        Proxy.newProxyInstance(
            kind.getClassLoader(),
            new Class<?>[] {kind},
            (proxy, method, arguments) -> {
              Object answer = call(method, arguments);
              if (method.getName().equals("create")) {
                requireMethods(method.getReturnType(), answer);
                remember(answer.getClass(), made);
              }
              return answer;
            }));
  }

  private void remember(Class<?> type, Map<String, PluginGuard<?>> made) {
    made.put(type.getName(), this);
    for (Class<?> each = type.getSuperclass(); each != Object.class; each = each.getSuperclass()) {
      made.putIfAbsent(each.getName(), this);
    }
  }

  private Object call(Method method, Object[] arguments) throws IllegalAccessException {
    try {
      Object answer = method.invoke(plugin, arguments);
      return method.getReturnType() == void.class
          ? null
          : requireAnswer(answer, "cannot be used: it returns null");
    } catch (InvocationTargetException e) {
      throw failure("cannot be used: ", e.getCause());
    }
  }

  /** Fails at once, and not when the method is called: that may be after hours. */
  private void requireMethods(Class<?> type, Object made) {
    String missing;
    try {
      missing =
          Arrays.stream(made.getClass().getMethods())
              .filter(method -> Modifier.isAbstract(method.getModifiers()))
              .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
              .sorted()
              .distinct()
              .collect(Collectors.joining(", "));
    } catch (LinkageError e) {
      throw failure("cannot be used: ", e);
    }
    if (!missing.isEmpty()) {
      throw new PluginFailedException(
          who
              + " cannot be used: its "
              + type.getSimpleName()
              + ", "
              + made.getClass().getName()
              + ", does not have "
              + missing
              + ": it was built against another version of nnem. Build it again.",
          null);
    }
  }

  private <R> R requireAnswer(R answer, String otherwise) {
    if (answer == null) {
      throw new PluginFailedException(who + " " + otherwise, null);
    }
    return answer;
  }

  RuntimeException failure(String what, Throwable thrown) {
    if (thrown instanceof OutOfMemoryError e) {
      throw e;
    }
    if (thrown instanceof DivergenceException
        || thrown instanceof PluginFailedException
        || thrown instanceof ConfigException) {
      return (RuntimeException) thrown;
    }
    if (thrown instanceof LinkageError) {
      Throwable root = thrown;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      String advice = ". Was it built against another version of nnem? Build it again.";
      return new PluginFailedException(who + " " + what + root + advice, thrown);
    }
    return new PluginFailedException(who + " " + what + thrown, thrown);
  }
}
