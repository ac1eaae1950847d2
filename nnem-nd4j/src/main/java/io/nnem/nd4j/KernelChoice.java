package io.nnem.nd4j;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which loops this process uses, and why. */
final class KernelChoice {

  static final String PROPERTY = "nnem.nd4j.kernels";

  private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
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
        LOG.info("Scalar loops, since {}=scalar.", PROPERTY);
        return new Kernels();
      }
      case "auto", "vector" -> {
        try {
          Kernels vectors =
              Class.forName("io.nnem.nd4j.VectorKernels")
                  .asSubclass(Kernels.class)
                  .getDeclaredConstructor()
                  .newInstance();
          LOG.info("{}, since the module jdk.incubator.vector is there.", vectors.description());
          return vectors;
        } catch (ReflectiveOperationException | LinkageError e) {
          String reason =
              "the Vector API cannot be used ("
                  + e
                  + "): java needs --add-modules jdk.incubator.vector";
          if (wanted.equals("vector")) {
            throw new IllegalStateException(PROPERTY + "=vector, but " + reason + ".", e);
          }
          LOG.info("Scalar loops, since {}.", reason);
          return new Kernels();
        }
      }
      default ->
          throw new IllegalArgumentException(
              PROPERTY + " is \"" + wanted + "\"; it must be auto, vector or scalar.");
    }
  }
}
