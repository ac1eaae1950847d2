package io.nnem.bench.run;

import io.nnem.bench.nd4j.Nd4jSystem;
import io.nnem.bench.nnem.NnemSystem;
import io.nnem.bench.nnem.NnemVariant;
import io.nnem.bench.python.PythonSystem;
import io.nnem.bench.system.BenchSystem;
import io.nnem.bench.torch.TorchSystem;
import io.nnem.bench.work.Work;
import io.nnem.nd4j.Nd4jTensors;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The process that measures with one number of threads. Started by {@link Measuring}. */
public final class MeasuringProcess {

  private final PrintStream out;
  private final int threads;
  private final Plan plan;
  private final List<BenchSystem> systems = new ArrayList<>();

  private MeasuringProcess(PrintStream out, int threads, Plan plan) {
    this.out = out;
    this.threads = threads;
    this.plan = plan;
  }

  /**
   * Measures.
   *
   * @param arguments number of threads, how many such numbers there are, whether to be quick, and
   *     which works
   */
  public static void main(String[] arguments) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    int threads = Integer.parseInt(arguments[0]);
    Plan plan =
        Plan.of(
            Boolean.parseBoolean(arguments[2]),
            Pattern.compile(arguments[3]),
            Integer.parseInt(arguments[1]));
    new MeasuringProcess(out, threads, plan).run();
    System.exit(0); // PyTorch's and OpenBLAS's threads are none that Java waits for, others may be
  }

  private void tell(Line.Kind kind, Object... fields) {
    out.println(Line.of(kind, fields).text());
  }

  private void run() {
    Nd4jTensors tensors = new Nd4jTensors(threads);
    systems.add(new NnemSystem<>(tensors));
    systems.add(NnemVariant.reinstating(tensors));
    if (threads == 1 && Runtime.getRuntime().availableProcessors() > 1) {
      systems.add(NnemVariant.twoCallers(tensors)); // with more, one caller has them all
    }
    enter("pytorch-djl", () -> new TorchSystem(threads));
    enter("nd4j", () -> new Nd4jSystem(threads));
    enter(PythonSystem.NAME, () -> PythonSystem.start(threads));
    for (BenchSystem system : systems) {
      tell(Line.Kind.SYSTEM, system.name(), system.description());
    }
    tell(Line.Kind.WORK, 0, plan.works().size(), "warming up", "nnem");
    WarmUp.run(systems.get(0), plan.works());
    long end = System.nanoTime() + plan.time().toNanos();
    Limits limits =
        new Limits(
            threads,
            (kind, shape, median, giga) -> tell(Line.Kind.LIMIT, kind, shape, median, giga));
    limits.products();
    limits.copy();
    Race race = new Race(systems, threads, plan.quick(), new Reporter());
    int left = plan.works().size();
    for (Work work : plan.works()) {
      if (plan.quick() && System.nanoTime() - end > 0) {
        tell(
            Line.Kind.NOTE,
            "Left out, for --quick had no time left: the last "
                + left
                + " of "
                + plan.works().size()
                + " works. This machine is slow or busy; without --quick all are measured.");
        break;
      }
      int place = plan.works().size() - left + 1;
      tell(Line.Kind.WORK, place, plan.works().size(), work.name(), work.shape());
      race.run(work, Math.max(end - System.nanoTime(), 0) / left--);
      System.gc(); // what is off the heap goes with what is on it
    }
    limits.products(); // again, for somebody may have disturbed the first time
    limits.copy();
    systems.forEach(BenchSystem::close);
    tell(Line.Kind.END);
  }

  private void enter(String name, Supplier<BenchSystem> system) {
    try {
      systems.add(system.get());
    } catch (IllegalStateException e) {
      tell(Line.Kind.NOTE, name + ": not measured. " + e.getMessage());
    }
  }

  private final class Reporter implements Race.Listener {
    @Override
    public void measured(Work work, String system, double medianMillis, int blocks) {
      tell(
          Line.Kind.MEASURED,
          work.name(),
          work.shape(),
          system,
          medianMillis,
          blocks,
          work.operations(),
          work.bytes());
    }

    @Override
    public void failed(Work work, String system, String reason) {
      tell(Line.Kind.FAILED, work.name(), work.shape(), system, reason);
    }
  }
}
