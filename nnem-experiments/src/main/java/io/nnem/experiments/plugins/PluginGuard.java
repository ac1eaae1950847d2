package io.nnem.experiments.plugins;

import io.nnem.autoencoder.Decoder;
import io.nnem.core.Embedder;
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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Uses a plug-in, and says whose fault it is when that fails. Everything that it throws becomes a
 * {@link PluginFailedException}: also an error of linking, by which a plug-in that was built
 * against another nnem gives itself away. Only a divergence, which is a result, a setting that it
 * refuses, and memory that runs out, which need not be the plug-in's doing, are passed on as they
 * are.
 *
 * @param <P> the kind of plug-in
 */
public final class PluginGuard<P extends Plugin> {
  /** Backward passes go through these, and other interfaces of theirs are asked for. */
  private static final Set<Class<?>> AS_THEY_ARE = Set.of(Embedder.class, Decoder.class);

  private final P plugin;
  private final String who;

  private PluginGuard(P plugin, String who) {
    this.plugin = plugin;
    this.who = who;
  }

  /**
   * A guard for one plug-in.
   *
   * @param kind the plug-ins of its kind
   * @param name its name
   * @param <P> the kind
   * @return the guard
   * @throws IllegalArgumentException if there is none of that name, or more than one
   */
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
  static String fileName(String location) {
    Path file = Path.of(location).getFileName();
    return file == null ? location : file.toString();
  }

  /**
   * Asks it something, or has it make something that is used as it is.
   *
   * @param question what to ask
   * @param <R> what it answers
   * @return the answer
   * @throws PluginFailedException if it throws, or answers null
   */
  public <R> R ask(Function<P, R> question) {
    try {
      return requireAnswer(question.apply(plugin), "cannot be used: it returns null");
    } catch (RuntimeException | Error e) {
      throw failure("cannot be used: ", e);
    }
  }

  /**
   * The plug-in under guard: what it makes stays under guard too, except for embedders and
   * decoders, which are used as they are.
   *
   * @param kind the interface of its kind
   * @return a plug-in; a call of it that fails throws as this class says, and so does a call of
   *     what it made
   * @throws PluginFailedException when it makes something that lacks a method of its interface
   */
  public P guarded(Class<P> kind) {
    return proxy(
        kind,
        (method, arguments) -> {
          Object answer = call(plugin, method, arguments, "cannot be used");
          return method.getName().equals("create")
              ? madeGuarded(method.getReturnType(), answer)
              : answer;
        });
  }

  private <R> R madeGuarded(Class<R> type, Object made) {
    requireMethods(type, made);
    return AS_THEY_ARE.contains(type)
        ? type.cast(made)
        : proxy(
            type,
            (method, arguments) -> call(made, method, arguments, "failed in " + method.getName()));
  }

  /** What is done in place of a call. */
  private interface Call {
    Object of(Method method, Object[] arguments) throws IllegalAccessException;
  }

  private static <R> R proxy(Class<R> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call.of(method, arguments)));
  }

  private Object call(Object target, Method method, Object[] arguments, String where)
      throws IllegalAccessException {
    try {
      Object answer = method.invoke(target, arguments);
      return method.getReturnType() == void.class
          ? null
          : requireAnswer(answer, where + ": it returns null");
    } catch (InvocationTargetException e) {
      throw failure(where + ": ", e.getCause());
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

  private RuntimeException failure(String what, Throwable thrown) {
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
