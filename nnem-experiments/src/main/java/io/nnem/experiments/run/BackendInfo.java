package io.nnem.experiments.run;

/** Says what a tensor backend is on this machine. */
@FunctionalInterface
public interface BackendInfo {
  /**
   * What the backend says of itself.
   *
   * @param backend its name
   * @return for example the library, its version and the processor that it was made for
   */
  String describe(String backend);
}
