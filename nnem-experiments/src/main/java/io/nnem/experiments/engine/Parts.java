package io.nnem.experiments.engine;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * Makes the commands, and the parts that they ask for. The injector is built when a part is first
 * asked for, so that help and completion do without it.
 */
public final class Parts implements IFactory {
  private final Module module;
  private Injector injector;

  /**
   * Nothing is made yet.
   *
   * @param module says how parts are made
   */
  public Parts(Module module) {
    this.module = module;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    try {
      return type.getConstructor(Parts.class).newInstance(this); // one of our commands
    } catch (NoSuchMethodException e) {
      return CommandLine.defaultFactory().create(type);
    }
  }

  /** A part. */
  public synchronized <T> T get(Class<T> type) {
    if (injector == null) {
      injector = Guice.createInjector(module);
    }
    return injector.getInstance(type);
  }
}
