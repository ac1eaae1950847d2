package io.nnem.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private final ReferenceTensors tensors = new ReferenceTensors();

  private Identity<Matrix> identity(int observationSize, int embeddingSize) {
    return new Identity<>(
        new EmbedderContext<>(
            tensors,
            RowShape.flat(observationSize),
            embeddingSize,
            List.of(),
            OptimiserSettings.adam(0.1),
            1,
            Options.none()));
  }

  @Test
  void anEmbeddingIsTheObservation() {
    try (Scope<Matrix> scope = tensors.newScope();
        Identity<Matrix> identity = identity(3, 3);
        ForwardPass<Matrix> pass = identity.newPass(2)) {
      Matrix observations = scope.zeros(2, 3);
      tensors.copyIn(new float[] {1, 2, 3, 4, 5, 6}, observations);
      Matrix out = scope.zeros(2, 3);
      identity.embed(observations, out);
      Matrix embeddings = identity.forward(observations, pass);
      tensors.fill(0, observations); // what is embedded is a copy
      for (int i = 0; i < 6; i++) {
        assertThat(tensors.get(out, i / 3, i % 3)).isEqualTo(i + 1);
        assertThat(tensors.get(embeddings, i / 3, i % 3)).isEqualTo(i + 1);
      }
    }
  }

  @Test
  void anEmbeddingIsAsLargeAsAnObservation() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> identity(784, 32))
        .withMessage(
            "The embedder 'identity' embeds an observation as itself, so that the embedding size"
                + " must be 784, but it is 32.");
  }
}
