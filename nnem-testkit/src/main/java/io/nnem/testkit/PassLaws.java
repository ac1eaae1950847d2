package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What {@link EmbedderContract} asks of passes, fresh and retained. */
abstract class PassLaws<T> extends EmbedderClaims<T> {

  @Test
  final void embed_isForward_howeverManyRows() {
    try (ForwardPass<T> pass = embedder.newPass(2100)) {
      for (int rows : new int[] {1, 13, 2100, 207}) {
        T many = matrices.random(rows, observationSize(), 0, 1);
        T out = matrices.zeros(rows, 5);
        embedder.embed(many, out);
        T forward = embedder.forward(many, pass);
        assertThat(pass.rows()).isEqualTo(rows);
        assertThat(pass.capacity()).isEqualTo(2100);
        assertThat(matrices.elements(pass.output())).isEqualTo(matrices.elements(forward));
        assertClose("embed of " + rows, matrices.elements(out), matrices.elements(forward));
      }
    }
  }

  /** A memory is embedded again in other company than when it was written. */
  @Law(
      number = 2,
      holds = "embedded again in other company, an observation gives the same embedding")
  final void aRowsEmbedding_dependsOnThatRowAlone() {
    T together = matrices.random(ROWS, 5, 1, 2); // to be overwritten
    embedder.embed(observations, together);
    double[] all = matrices.elements(together);
    T alone = matrices.zeros(1, 5);
    for (int row = 0; row < ROWS; row++) {
      embedder.embed(matrices.tensors.rowRange(observations, row, row + 1), alone);
      assertClose(
          "embedding of row " + row + " alone, as against that within a batch",
          matrices.elements(alone),
          Arrays.copyOfRange(all, 5 * row, 5 * row + 5));
    }
  }

  @Law(number = 2, holds = "a pass that was copied and kept gives the gradient of the fresh one")
  final void retainedPasses_giveTheSameGradients() {
    assumeTrue(learns(), "the embedder does not learn");
    T gradient = matrices.random(ROWS, 5, -1, 1);
    int[] order = {3, 11, 0, 7, 4, 8, 1, 10, 6};
    try (ForwardPass<T> pass = embedder.newPass(ROWS);
        ForwardPass<T> retained = embedder.newPass(12);
        ForwardPass<T> part = embedder.newPass(10)) {
      embedder.forward(observations, pass);
      embedder.backward(pass, gradient);
      double[] expected = gradients();
      double[] embeddings = matrices.elements(pass.output());
      embedder.clearGradients();

      retained.scatterFrom(pass, order);
      assertThat(retained.rows())
          .as("rows of the retained pass, which must have room of its own")
          .isEqualTo(12);
      // The observations and the first pass are used again for something else.
      matrices.tensors.fill(0.5, observations);
      embedder.forward(observations, pass);
      part.gatherFrom(retained, order);
      assertThat(part.rows()).as("rows of the gathered pass").isEqualTo(ROWS);
      assertThat(matrices.elements(part.output()))
          .as("output of a retained pass, once the first pass was used again")
          .isEqualTo(embeddings);
      embedder.backward(part, gradient);
      assertClose("gradient of the gathered pass", gradients(), expected);
      embedder.clearGradients();

      T spread = matrices.zeros(12, 5);
      matrices.tensors.scatterRows(gradient, order, spread);
      embedder.backward(retained, spread);
      assertClose("gradient of the retained pass", gradients(), expected);
      long bytes = retained.retainedBytes();
      assertThat(bytes).as("retainedBytes()").isPositive();
      retained.scatterFrom(part, order);
      assertThat(retained.retainedBytes()).as("retainedBytes(), used again").isEqualTo(bytes);
    }
  }

  @Test
  final void aPassOfAnotherEmbedder_isRefused() {
    try (Embedder<T> other = embedder(TestSeed.get());
        ForwardPass<T> theirs = other.newPass(ROWS);
        ForwardPass<T> ours = embedder.newPass(ROWS)) {
      other.forward(observations, theirs);
      assertThatIllegalArgumentException().isThrownBy(() -> embedder.forward(observations, theirs));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ours.scatterFrom(theirs, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8}));
      assertThatIllegalArgumentException().isThrownBy(() -> ours.gatherFrom(theirs, new int[] {0}));
    }
  }

  @Test
  final void rowsOutsideAPass_areRefused() {
    try (ForwardPass<T> pass = embedder.newPass(ROWS);
        ForwardPass<T> small = embedder.newPass(2)) {
      embedder.forward(observations, pass);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> small.scatterFrom(pass, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8}));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> small.gatherFrom(pass, new int[] {0, 1, 2}));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> small.gatherFrom(pass, new int[] {ROWS}));
    }
  }
}
