package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nnem.core.Scope;
import io.nnem.credit.MemoryNetwork;
import io.nnem.nd4j.Nd4jTensors;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A batch without rows, which only ND4J can make, is refused and does no harm. */
class EmptyBatchTest {
  @Test
  void aBatchOfNoRowsIsRefused_andTheNetworkGoesOn() {
    try (Nd4jTensors tensors = new Nd4jTensors(1);
        Scope<INDArray> scope = tensors.newScope();
        MemoryNetwork<INDArray> network =
            MemoryNetwork.builder(tensors)
                .embedder("mlp", 4, 2)
                .capacity(6)
                .valueSize(3)
                .assigner("exact-reinstatement", "stored")
                .build()) {
      INDArray observations = scope.zeros(2, 4);
      tensors.fill(0.5, observations);
      INDArray values = scope.zeros(2, 3);
      network.step(observations, values);
      INDArray none = Nd4j.create(DataType.FLOAT, 0, 4);
      INDArray nothing = Nd4j.create(DataType.FLOAT, 0, 3);
      for (Runnable call :
          new Runnable[] {
            () -> network.step(none, nothing),
            () -> network.learn(none, nothing),
            () -> network.remember(none, nothing),
            () -> network.read(none, nothing),
            () -> network.nearest(none, 1)
          }) {
        assertThatIllegalArgumentException()
            .isThrownBy(call::run)
            .withMessageMatching(
                "The (observations|queries) must have 1 row or more, but have none\\.");
      }
      network.step(observations, values);
      assertThat(network.steps()).isEqualTo(2);
    }
  }
}
