package io.nnem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nnem.bench.nd4j.Nd4jSystem;
import io.nnem.bench.nnem.NnemSystem;
import io.nnem.bench.nnem.NnemVariant;
import io.nnem.bench.python.PythonSystem;
import io.nnem.bench.system.BenchSystem;
import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.bench.torch.TorchSystem;
import io.nnem.bench.work.Condition;
import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.ReadWork;
import io.nnem.bench.work.Shape;
import io.nnem.bench.work.StepProblem;
import io.nnem.bench.work.StepWork;
import io.nnem.bench.work.WriteWork;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.nd4j.Nd4jTensors;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every system computes what nnem on the reference back end computes. */
class AgreementTest {

  private static final Shape TINY = new Shape(64, 8, 48, 24, 12);
  private static final int STEPS = 5;

  private static final BenchSystem REFERENCE = new NnemSystem<>(new ReferenceTensors());

  private static BenchSystem system(String name) {
    return switch (name) {
      case "nnem" -> new NnemSystem<>(new Nd4jTensors(1));
      case "nnem-reinstating" -> NnemVariant.reinstating(new Nd4jTensors(1));
      case "nnem-two-callers" -> NnemVariant.twoCallers(new Nd4jTensors(1));
      case "nd4j" -> new Nd4jSystem(1);
      case "pytorch-djl" -> {
        assumeTrue(TorchSystem.isPresent(), "PyTorch's native code is not on the class path");
        yield new TorchSystem(1);
      }
      case PythonSystem.NAME -> {
        assumeTrue(PythonSystem.isPresent(), "there is no python3 with torch");
        yield PythonSystem.start(1);
      }
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static void assertAgrees(
      String name, int times, Function<BenchSystem, Optional<Task>> prepare) {
    try (BenchSystem system = system(name)) {
      Optional<Task> task = prepare.apply(system);
      assumeTrue(task.isPresent(), name + " does not do this");
      assertThat(outcome(task, times).disagreement(outcome(prepare.apply(REFERENCE), times)))
          .isEmpty();
    }
  }

  private static Outcome outcome(Optional<Task> prepared, int times) {
    try (Task task = prepared.orElseThrow()) {
      assertThat(task.run(times)).isPositive();
      return task.outcome();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nnem,NONE",
    "nnem,BACKPROP",
    "nnem,SYNTHETIC_GRADIENT",
    "nnem,EXACT_DECODED",
    "nnem,APPROXIMATE_DECODED",
    "nnem,EXACT_STORED",
    "nd4j,NONE",
    "nd4j,BACKPROP",
    "nd4j,EXACT_DECODED",
    "nd4j,APPROXIMATE_DECODED",
    "nd4j,EXACT_STORED",
    "pytorch-djl,NONE",
    "pytorch-djl,BACKPROP",
    "pytorch-djl,SYNTHETIC_GRADIENT",
    "pytorch-djl,EXACT_DECODED",
    "pytorch-djl,APPROXIMATE_DECODED",
    "pytorch-djl,EXACT_STORED"
  })
  void stepsAgreeWithTheReference(String name, Condition condition) {
    StepProblem problem = new StepProblem(new StepWork(condition, TINY));
    assertAgrees(name, STEPS, system -> system.step(problem));
  }

  @ParameterizedTest
  @CsvSource({"nnem", "nd4j", "pytorch-djl", "pytorch-python"})
  void readingsAgreeWithTheReference(String name) {
    MemoryProblem problem = new MemoryProblem(200, 3, 16);
    assertAgrees(name, 1, system -> system.read(new ReadWork(200, 3, 16), problem));
  }

  @ParameterizedTest
  @CsvSource({"nnem", "nnem-reinstating", "nnem-two-callers"})
  void queriesAgreeWithTheReference(String name) {
    StepProblem problem = new StepProblem(new StepWork(Condition.NONE, TINY));
    assertAgrees(name, 3, system -> system.query(problem));
  }

  @ParameterizedTest
  @CsvSource({"nnem", "nd4j", "pytorch-djl", "pytorch-python"})
  void writesAgreeWithTheReference(String name) {
    MemoryProblem problem = new MemoryProblem(40, 8, 16);
    assertAgrees(name, 3, system -> system.write(new WriteWork(40, 8, 16, false), problem));
  }
}
