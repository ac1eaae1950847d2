package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nnem.core.Activation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link TensorsContract} asks of the arithmetic of layers that are not dense. */
abstract class LayerLaws<T> extends MatrixLaws<T> {

  @ParameterizedTest
  @CsvSource({"1,1", "3,7", "13,207", "2,4099"})
  final void activations_agreeWithTheReference(int rows, int columns) {
    for (Activation activation : Activation.values()) {
      try (BackendBench<T> bench = new BackendBench<>(tensors(), true, "activations")) {
        Twin<T> x = bench.random("x", rows, columns, -3, 3);
        Twin<T> out = bench.random(activation + " output", rows, columns, -9, 9);
        bench.mine.activate(activation, x.mine(), out.mine());
        bench.reference.activate(activation, x.reference(), out.reference());
        bench.assertSame(out, bench.tolerance(1));
        Twin<T> gradient = bench.random(activation + " gradient", rows, columns, -1, 1);
        bench.mine.activateBackward(activation, out.mine(), gradient.mine());
        bench.reference.activateBackward(activation, out.reference(), gradient.reference());
        bench.assertSame(gradient, bench.tolerance(1));
        bench.mine.activate(activation, x.mine(), x.mine());
        bench.reference.activate(activation, x.reference(), x.reference());
        bench.assertSame(x, bench.tolerance(1));
        bench.assertBordersUntouched();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,7,14", "13,207,96", "5,3,4100", "2,4099,3"})
  final void elements_areGatheredExactly_andAddedBack(int rows, int columns, int entries) {
    int[] index = new int[entries];
    Arrays.setAll(index, j -> j % 5 == 4 ? -1 : (int) (j * 31L % columns));
    try (BackendBench<T> bench = new BackendBench<>(tensors(), true, "elements")) {
      Twin<T> source = bench.random("source", rows, columns, -1, 1);
      boolean tall = entries % 2 == 0; // out may have any shape
      Twin<T> out =
          bench.random("out", tall ? 2 * rows : rows, tall ? entries / 2 : entries, -9, 9);
      bench.mine.gatherElements(source.mine(), index, out.mine());
      bench.reference.gatherElements(source.reference(), index, out.reference());
      bench.assertExactlySame(out);
      bench.mine.addElements(out.mine(), index, source.mine());
      bench.reference.addElements(out.reference(), index, source.reference());
      bench.assertSame(source, bench.tolerance(entries));
      bench.assertBordersUntouched();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "3,7,5,4", "13,207,99,9", "2,4099,1500,2"})
  final void theLargestOfGroups_areFoundExactly_andGetTheGradient(
      int rows, int columns, int groups, int group) {
    int[] index = new int[groups * group];
    Arrays.setAll(index, j -> (int) (j * 17L % columns));
    try (BackendBench<T> bench = new BackendBench<>(tensors(), true, "groups")) {
      Twin<T> x = bench.random("x", rows, columns, -1, 1);
      Twin<T> out = bench.random("largest", rows, groups, -9, 9);
      bench.mine.maxGroups(x.mine(), index, group, out.mine());
      bench.reference.maxGroups(x.reference(), index, group, out.reference());
      bench.assertExactlySame(out);
      Twin<T> gradient = bench.random("xGradient", rows, columns, -9, 9);
      bench.mine.maxGroupsBackward(x.mine(), index, group, out.mine(), gradient.mine());
      bench.reference.maxGroupsBackward(
          x.reference(), index, group, out.reference(), gradient.reference());
      bench.assertSame(gradient, bench.tolerance(groups));
      bench.assertBordersUntouched();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,5", "3,7", "13,207", "2,4099"})
  final void normalisedRows_agreeWithTheReference(int rows, int columns) {
    try (BackendBench<T> bench = new BackendBench<>(tensors(), true, "normalisation")) {
      Twin<T> x = bench.random("x", rows, columns, -1, 3);
      Twin<T> gain = bench.random("gain", 1, columns, -1, 1);
      Twin<T> bias = bench.random("bias", 1, columns, -1, 1);
      Twin<T> out = bench.random("normalised", rows, columns, -9, 9);
      bench.mine.normaliseRows(x.mine(), gain.mine(), bias.mine(), out.mine());
      bench.reference.normaliseRows(
          x.reference(), gain.reference(), bias.reference(), out.reference());
      bench.assertSame(out, bench.tolerance(columns));
      for (boolean withInput : new boolean[] {false, true}) {
        Twin<T> d = bench.random("d", rows, columns, -1, 1);
        Twin<T> gainGradient = bench.random("gainGradient", 1, columns, -1, 1);
        Twin<T> biasGradient = bench.random("biasGradient", 1, columns, -1, 1);
        Twin<T> xGradient = bench.random("xGradient", rows, columns, -9, 9);
        bench.mine.normaliseRowsBackward(
            x.mine(),
            gain.mine(),
            d.mine(),
            gainGradient.mine(),
            biasGradient.mine(),
            withInput ? xGradient.mine() : null);
        bench.reference.normaliseRowsBackward(
            x.reference(),
            gain.reference(),
            d.reference(),
            gainGradient.reference(),
            biasGradient.reference(),
            withInput ? xGradient.reference() : null);
        bench.assertSame(gainGradient, bench.tolerance(columns));
        bench.assertSame(biasGradient, bench.tolerance(columns));
        bench.assertSame(xGradient, bench.tolerance(columns));
      }
      bench.assertBordersUntouched();
    }
  }

  @Test
  final void anIndexOutsideTheRowIsRefused() {
    try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "index")) {
      T source = bench.zeros("source", 2, 3).mine();
      T out = bench.zeros("out", 2, 2).mine();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> bench.mine.gatherElements(source, new int[] {0, 3}, out))
          .withMessage("An index names column 3, but there are 3 columns.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> bench.mine.maxGroups(source, new int[] {0, -1}, 1, out))
          .withMessage("An index names column -1, but there are 3 columns.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> bench.mine.gatherElements(source, new int[] {0, 1, 2}, out))
          .withMessage(
              "The source is 2 x 3, and the index has 3 entries, so that the destination must have"
                  + " 6 elements, but it is 2 x 2.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> bench.mine.maxGroups(source, new int[] {0, 1, 2}, 2, out))
          .withMessage("An index of 3 entries is not made of groups of 2.");
    }
  }

  @Test
  final void aGroupWithoutANumberHasNoLargest() {
    try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "not a number")) {
      T x = bench.zeros("x", 1, 3).mine();
      bench.mine.copyIn(new float[] {1, Float.NaN, 2}, x);
      T out = bench.zeros("out", 1, 2).mine();
      bench.mine.maxGroups(x, new int[] {0, 1, 2, 2, 2, 0}, 3, out);
      assertThat(bench.mine.get(out, 0, 0)).isNaN();
      assertThat(bench.mine.get(out, 0, 1)).isEqualTo(2);
    }
  }
}
