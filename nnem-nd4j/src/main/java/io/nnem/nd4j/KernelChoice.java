package io.nnem.nd4j;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Which loops this process uses, and why. What slows it down unasked is a warning of Java's own
 * logger, which shows it where the application has set up no logging.
 */
final class KernelChoice {

  static final String PROPERTY = "nnem.nd4j.kernels";

  private static final Logger LOG = System.getLogger(KernelChoice.class.getName());
  private static final Kernels MADE = make(System.getProperty(PROPERTY, "auto"));

  private KernelChoice() {}

  static Kernels made() {
    return MADE;
  }

  /**
   * Chooses.
   *
   * @param wanted {@code auto}, {@code vector} or {@code scalar}
   * @throws IllegalArgumentException if it is none of these
   * @throws IllegalStateException if vectors are wanted and not there
   */
  static Kernels make(String wanted) {
    switch (wanted) {
      case "scalar" -> {
        LOG.log(Level.DEBUG, "Scalar loops, since {0}=scalar.", PROPERTY);
        return new Kernels();
      }
      case "auto", "vector" -> {
        try {
          Kernels vectors =
              Class.forName("io.nnem.nd4j.VectorKernels")
                  .asSubclass(Kernels.class)
                  .getDeclaredConstructor()
                  .newInstance();
          LOG.log(
              Level.DEBUG,
              "{0}, since the module jdk.incubator.vector is there.",
              vectors.description());
          return vectors;
        } catch (ReflectiveOperationException | LinkageError e) {
          String reason =
              "the Vector API cannot be used ("
                  + e
                  + "): java needs --add-modules jdk.incubator.vector";
          if (wanted.equals("vector")) {
            throw new IllegalStateException(PROPERTY + "=vector, but " + reason + ".", e);
          }
          LOG.log(
              Level.WARNING,
              "nd4j computes with scalar loops, in which a reading takes 2 to 7 times as long, since "
                  + reason
                  + ". To have them without this warning: -D"
                  + PROPERTY
                  + "=scalar.");
          return new Kernels();
        }
      }
      default ->
          throw new IllegalArgumentException(
              PROPERTY + " is \"" + wanted + "\"; it must be auto, vector or scalar.");
    }
  }
}
