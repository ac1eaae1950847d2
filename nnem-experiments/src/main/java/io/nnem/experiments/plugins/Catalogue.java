package io.nnem.experiments.plugins;

import io.nnem.autoencoder.DecoderProvider;
import io.nnem.core.BackendProvider;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.Plugin;
import io.nnem.core.Plugins;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.KeyRefresherProvider;
import io.nnem.credit.PluginSource;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.MemoryStoreProvider;
import io.nnem.memory.RecallProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** All plug-ins that are found, by kind. A kind is looked for when it is first asked for. */
public final class Catalogue {

  private static final List<Class<? extends Plugin>> KINDS =
      List.of(
          BackendProvider.class,
          CreditAssignerProvider.class,
          ReinstatementProvider.class,
          EmbedderProvider.class,
          DecoderProvider.class,
          MemoryStoreProvider.class,
          EvictionPolicyProvider.class,
          RecallProvider.class,
          KeyRefresherProvider.class);

  private final PluginPath path;
  private final ClassLoader loader;

  /** In the order in which they are shown. */
  final List<Class<? extends Plugin>> kinds;

  private final Map<Class<?>, Plugins<? extends Plugin>> plugins = new HashMap<>();
  private final List<String> refused = new ArrayList<>();

  /** Whose what was made is, by the name of its class. */
  private final Map<String, PluginGuard<?>> made = new ConcurrentHashMap<>();

  private Catalogue(PluginPath path, ClassLoader loader, List<Class<? extends Plugin>> kinds) {
    this.path = path;
    this.loader = loader;
    this.kinds = kinds;
  }

  /** What comes with the application, on the class path. */
  public static Catalogue load() {
    return load(PluginPath.none(), List.of());
  }

  /**
   * What comes with the application, what is on a path, and kinds that this package does not know.
   */
  public static Catalogue load(PluginPath path, List<Class<? extends Plugin>> more) {
    return new Catalogue(
        path,
        path.loader(Catalogue.class.getClassLoader()),
        Stream.concat(KINDS.stream(), more.stream()).toList());
  }

  public <P extends Plugin> Catalogue with(Class<P> kind, Plugins<P> others) {
    Catalogue catalogue = new Catalogue(path, loader, kinds);
    catalogue.plugins.putAll(plugins);
    catalogue.plugins.put(kind, others);
    return catalogue;
  }

  @SuppressWarnings("unchecked") // the map is filled by kind
  public synchronized <P extends Plugin> Plugins<P> of(Class<P> kind) {
    return (Plugins<P>) plugins.computeIfAbsent(kind, k -> Plugins.load(kind, loader));
  }

  /** What loads plug-ins, and whatever else is on the plug-in path. */
  public ClassLoader loader() {
    return loader;
  }

  /** The plug-ins of a kind by name, each under guard, without those that share their name. */
  public <P extends Plugin> Map<String, P> guarded(Class<P> kind) {
    Plugins<P> there = of(kind);
    Map<String, P> guarded = new TreeMap<>();
    for (String name : there.names()) {
      if (there.all().stream().filter(found -> found.name().equals(name)).count() == 1) {
        guarded.put(name, PluginGuard.of(there, name).guarded(kind, made));
      }
    }
    return guarded;
  }

  /**
   * All plug-ins by name, under guard: a {@link PluginFailedException} says when one fails, and
   * {@link #blamed} when what it made does.
   */
  public PluginSource guarded() {
    return new PluginSource() {
      @Override
      public <P extends Plugin> P find(Class<P> kind, String name) {
        return PluginGuard.of(of(kind), name).guarded(kind, made);
      }
    };
  }

  /**
   * Says whose fault a failure is, from where it came: the innermost that a guarded plug-in made.
   * What is no plug-in's comes back, or is thrown, as it is.
   */
  public RuntimeException blamed(Throwable thrown) {
    for (StackTraceElement frame : thrown.getStackTrace()) {
      PluginGuard<?> maker = made.get(frame.getClassName());
      if (maker != null) {
        return maker.failure("failed in " + frame.getMethodName() + ": ", thrown);
      }
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    return (RuntimeException) thrown;
  }

  /** Where those are that do not come with the application. */
  public PluginPath path() {
    return path;
  }

  /** All kinds, in the order in which they are shown. */
  public List<Plugins<? extends Plugin>> kinds() {
    return kinds.stream().<Plugins<? extends Plugin>>map(this::of).toList();
  }

  /**
   * Notes that something that was found cannot be used after all, in a sentence that names it, its
   * jar and the reason.
   */
  public void refuse(String problem) {
    refused.add(problem);
  }

  /** What was found and cannot be used: sentences that name the jar and the reason. */
  public List<String> problems() {
    Stream<String> found = kinds().stream().flatMap(kind -> kind.problems().stream());
    return Stream.of(path.problems().stream(), found, refused.stream())
        .flatMap(problems -> problems)
        .toList();
  }

  /**
   * What is on the plug-in path and offers nothing, though it looks as if it should, with the
   * remedy.
   */
  public List<String> unregistered() {
    return path.unregistered(kinds);
  }
}
