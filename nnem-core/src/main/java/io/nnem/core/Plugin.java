package io.nnem.core;

import java.util.List;

/**
 * Something that can be found by name with {@link Plugins}. Each kind of plug-in extends this with
 * the factory method of what it provides. Its constructor takes nothing and does nothing.
 */
public interface Plugin {

  /**
   * The name it is asked for by: lower-case letters, digits and single hyphens, starting with a
   * letter, as in {@code exact-reinstatement}. Unique among the plug-ins of its kind.
   *
   * @return the name
   */
  String name();

  /**
   * Its own settings, which it reads from the {@link Options} that it is given. Whoever builds with
   * it refuses other settings, and bad values of these.
   *
   * @return empty unless overridden; no two of one name
   */
  default List<Option<?>> options() {
    return List.of();
  }

  /**
   * The class that offers it, which a saved network names; not to be overridden. Who stands in
   * front of a plug-in asks the plug-in.
   *
   * @return this object's class
   */
  default Class<?> offeredBy() {
    return getClass();
  }
}
