package io.nnem.experiments.run;

import io.nnem.experiments.pretrained.Weights;
import java.util.Optional;

/**
 * What was trained before a trial.
 *
 * @param parts what embedder and decoder start from
 * @param code what the codec is made of
 */
public record Start(Optional<Weights> parts, Optional<Weights> code) {
  /**
   * Nothing was.
   *
   * @return both empty
   */
  public static Start untrained() {
    return new Start(Optional.empty(), Optional.empty());
  }
}
