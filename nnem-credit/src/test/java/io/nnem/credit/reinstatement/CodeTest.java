package io.nnem.credit.reinstatement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nnem.autoencoder.CodeRanges;
import io.nnem.autoencoder.Codec;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingRows;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.Memories;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodeTest {
  private static final int CAPACITY = 1300; // more than are encoded or decoded at a time

  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();
  private final Matrix noKeys = scope.zeros(1, 1); // a code does without them
  private final GrowingRows<Matrix> room = new GrowingRows<>(tensors, 2);

  /** An observation is a number twice; its code is the number, from 0 to 10. */
  private final Codec<Matrix> codec =
      new Codec<>() {
        @Override
        public int codeSize() {
          return 1;
        }

        @Override
        public int observationSize() {
          return 2;
        }

        @Override
        public void encode(Matrix observations, Matrix out) {
          for (int i = 0; i < tensors.rows(observations); i++) {
            tensors.set(out, i, 0, tensors.get(observations, i, 0));
          }
        }

        @Override
        public void decode(Matrix codes, Matrix out) {
          for (int i = 0; i < tensors.rows(codes); i++) {
            tensors.set(out, i, 0, tensors.get(codes, i, 0));
            tensors.set(out, i, 1, tensors.get(codes, i, 0));
          }
        }

        @Override
        public CodeRanges ranges() {
          return new CodeRanges(new float[] {0}, new float[] {10});
        }

        @Override
        public void save(StateWriter out) {}

        @Override
        public void load(StateReader in) {}

        @Override
        public void close() {}
      };

  private ReinstatementContext<Matrix> context(
      int capacity, Optional<Codec<Matrix>> given, Map<String, String> options) {
    return new ReinstatementContext<>(
        tensors,
        Memories.fifo(tensors, capacity, 1, 1),
        2,
        Optional.empty(),
        given,
        new Options(options));
  }

  private Reinstatement<Matrix> reinstatement(int capacity, Map<String, String> options) {
    return new CodeProvider().create(context(capacity, Optional.of(codec), options));
  }

  /** As a memory does: keys come with the pass that has the observations. */
  private void write(Reinstatement<Matrix> reinstatement, Slots slots, Matrix observations) {
    Embedder<Matrix> embedder =
        Plugins.load(EmbedderProvider.class)
            .get("identity")
            .create(
                new EmbedderContext<>(
                    tensors,
                    RowShape.flat(2),
                    2,
                    List.of(),
                    OptimiserSettings.adam(1),
                    1,
                    Options.none()));
    ForwardPass<Matrix> pass = embedder.newPass(slots.count());
    embedder.forward(observations, pass);
    reinstatement.beforeWrite(NewKeys.of(pass), noKeys);
    reinstatement.onWrite(slots, NewKeys.of(pass), noKeys);
  }

  private static double number(int slot) {
    return 10.0 * slot / CAPACITY;
  }

  private Matrix observations(int[] slots) {
    Matrix observations = scope.zeros(slots.length, 2);
    for (int i = 0; i < slots.length; i++) {
      tensors.set(observations, i, 0, number(slots[i]));
    }
    return observations;
  }

  private void assertReinstates(Map<String, String> options, double tolerance) {
    try (Reinstatement<Matrix> reinstatement = reinstatement(CAPACITY, options)) {
      int[] all = IntStream.range(0, CAPACITY).toArray();
      write(reinstatement, Slots.of(all), observations(all));
      int[] some = {1299, 3, 512, 511, 0};
      for (int[] slots : new int[][] {all, some, {700}, {701}}) {
        Matrix got = reinstatement.observations(Slots.of(slots), noKeys, room);
        assertThat(tensors.rows(got)).isEqualTo(slots.length);
        for (int i = 0; i < slots.length; i++) {
          assertThat(tensors.get(got, i, 1))
              .as("observation of slot %d, in row %d of %d", slots[i], i, slots.length)
              .isCloseTo(number(slots[i]), within(tolerance));
        }
      }
      write(reinstatement, Slots.of(3, 700), observations(new int[] {20, 30}));
      Matrix got = reinstatement.observations(Slots.of(700, 3, 4), noKeys, room);
      assertThat(tensors.get(got, 0, 0)).isCloseTo(number(30), within(tolerance));
      assertThat(tensors.get(got, 1, 0)).isCloseTo(number(20), within(tolerance));
      assertThat(tensors.get(got, 2, 0)).isCloseTo(number(4), within(tolerance));
    }
  }

  @Test
  void everySlotHasItsCode() {
    assertReinstates(Map.of(), 1e-12);
  }

  @Test
  void everySlotHasItsCodeInBytes_toHalfALevel() {
    assertReinstates(Map.of("code-bits", "8"), 10 / 510.0 + 1e-5);
  }

  @Test
  void bytesAreFewer() {
    try (Reinstatement<Matrix> numbers = reinstatement(100, Map.of());
        Reinstatement<Matrix> bytes = reinstatement(100, Map.of("code-bits", "8"))) {
      assertThat(numbers.retainedBytes()).isEqualTo(100L * Double.BYTES);
      assertThat(bytes.retainedBytes()).isEqualTo(100);
    }
  }

  /** Else the option would promise bytes and hold floats. */
  @Test
  void whatIsHeldInBytesHasNoMoreThan256Values() {
    try (Reinstatement<Matrix> bytes = reinstatement(CAPACITY, Map.of("code-bits", "8"))) {
      int[] all = IntStream.range(0, CAPACITY).toArray();
      write(bytes, Slots.of(all), observations(all));
      Matrix got = bytes.observations(Slots.of(all), noKeys, room);
      long different =
          IntStream.of(all).mapToDouble(slot -> tensors.get(got, slot, 0)).distinct().count();
      assertThat(different).isBetween(250L, 256L);
    }
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CodeProvider().create(context(4, Optional.empty(), Map.of())))
        .withMessage(
            "Reinstatement 'code' needs an autoencoder that was trained beforehand, and there is"
                + " none: give its context a codec.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reinstatement(4, Map.of("code-bits", "16")))
        .withMessage("Option code-bits must be a whole number, 8 or 32, but it is '16'.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reinstatement(4, Map.of("code-size", "7")))
        .withMessage(
            "Option code-size is 7, but the codec's codes have 1 floats: make them agree, or leave"
                + " the option out.");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CodeProvider()
                    .create(
                        new ReinstatementContext<>(
                            tensors,
                            Memories.fifo(tensors, 4, 1, 1),
                            3,
                            Optional.empty(),
                            Optional.of(codec),
                            Options.none())))
        .withMessage("The codec is for observations of 2 floats, but they have 3.");
  }
}
