package io.nnem.bench.run;

import io.nnem.bench.system.BenchSystem;
import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.Condition;
import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.QueryWork;
import io.nnem.bench.work.ReadWork;
import io.nnem.bench.work.StepProblem;
import io.nnem.bench.work.StepWork;
import io.nnem.bench.work.Work;
import io.nnem.bench.work.WriteWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One work, done by all systems. First each does it a few times, and what comes out must agree with
 * the first system; who disagrees is not timed. Then they take turns, in short blocks, each time
 * beginning with another, so that whatever else the machine does falls on all.
 */
final class Race {

  /** What a race reports. */
  interface Listener {
    void measured(Work work, String system, double medianMillis, int blocks);

    void failed(Work work, String system, String reason);
  }

  private static final double MILLION = 1e6;
  private static final int LARGE = 10_000;
  private static final int LEAST_BLOCKS = 3;
  private static final int MOST_BLOCKS = 31;

  private record Entrant(BenchSystem system, Task task, List<Double> millis) {}

  private final List<BenchSystem> systems;
  private final int threads;
  private final boolean quick;
  private final Listener listener;

  Race(List<BenchSystem> systems, int threads, boolean quick, Listener listener) {
    this.systems = systems;
    this.threads = threads;
    this.quick = quick;
    this.listener = listener;
  }

  /** Runs a work within about so many nanoseconds; a minimum of blocks is run in any case. */
  void run(Work work, long nanos) {
    long end = System.nanoTime() + nanos;
    Function<BenchSystem, Optional<Task>> preparation = preparation(work);
    int times = times(work);
    List<Entrant> entrants = new ArrayList<>();
    try {
      Outcome first = null;
      for (BenchSystem system : systems) {
        Optional<Outcome> outcome = enter(work, system, preparation, times, first, entrants);
        if (first == null) {
          if (outcome.isEmpty()) {
            return; // nothing to compare with
          }
          first = outcome.get();
        }
      }
      time(entrants, end);
      for (Entrant entrant : entrants) {
        listener.measured(
            work, entrant.system().name(), Medians.of(entrant.millis()), entrant.millis().size());
      }
    } finally {
      entrants.forEach(entrant -> entrant.task().close());
    }
  }

  /** Twice at least: synthetic gradients give no credit in the first step. */
  private static int times(Work work) {
    return work instanceof StepWork step ? (step.sizes().capacity() > LARGE ? 2 : 4) : 1;
  }

  /** How a system gets ready for a work. */
  static Function<BenchSystem, Optional<Task>> preparation(Work work) {
    if (work instanceof StepWork step) {
      StepProblem problem = new StepProblem(step);
      return system -> system.step(problem);
    } else if (work instanceof ReadWork read) {
      MemoryProblem problem = new MemoryProblem(read.capacity(), read.batch(), read.keySize());
      return system -> system.read(read, problem);
    } else if (work instanceof QueryWork query) {
      StepProblem problem = new StepProblem(new StepWork(Condition.NONE, query.sizes()));
      return system -> system.query(problem);
    } else if (work instanceof WriteWork write) {
      MemoryProblem problem = new MemoryProblem(write.capacity(), write.batch(), write.keySize());
      return system -> system.write(write, problem);
    }
    throw new IllegalArgumentException("There is no way to prepare " + work + ".");
  }

  private Optional<Outcome> enter(
      Work work,
      BenchSystem system,
      Function<BenchSystem, Optional<Task>> preparation,
      int times,
      Outcome first,
      List<Entrant> entrants) {
    Optional<Task> prepared = Optional.empty();
    try {
      system.turn();
      prepared = preparation.apply(system);
      if (prepared.isEmpty()) {
        return Optional.empty();
      }
      Task task = prepared.get();
      task.run(times);
      Outcome outcome = task.outcome();
      Optional<String> disagreement =
          first == null ? Optional.empty() : outcome.disagreement(first);
      if (disagreement.isPresent()) {
        listener.failed(work, system.name(), disagreement.get());
        task.close();
        return Optional.empty();
      }
      entrants.add(new Entrant(system, task, new ArrayList<>()));
      return Optional.of(outcome);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      listener.failed(work, system.name(), e.toString());
      prepared.ifPresent(Task::close);
      return Optional.empty();
    }
  }

  private void time(List<Entrant> entrants, long end) {
    long left = Math.max(end - System.nanoTime(), 0);
    long warming = (long) (left * 0.3 / entrants.size());
    long block = (long) ((quick ? 25 : 100) * MILLION);
    int[] sizes = new int[entrants.size()];
    for (int i = 0; i < sizes.length; i++) {
      entrants.get(i).system().turn();
      sizes[i] = warmUp(entrants.get(i).task(), warming, block);
    }
    BenchSystem last = entrants.get(entrants.size() - 1).system();
    int rounds = 0;
    while (rounds < LEAST_BLOCKS || (rounds < MOST_BLOCKS && System.nanoTime() < end)) {
      for (int i = 0; i < sizes.length; i++) {
        int turn = (i + rounds) % sizes.length;
        Entrant entrant = entrants.get(turn);
        pause(last);
        last = entrant.system();
        last.turn();
        if (sizes[turn] > 1) {
          entrant.task().run(1); // its data comes back into the caches
        }
        long nanos = entrant.task().run(sizes[turn]);
        entrant.millis().add(nanos / MILLION / sizes[turn]);
        sizes[turn] = size(block, nanos / sizes[turn]);
      }
      rounds++;
    }
  }

  /** Runs a task for a while; returns how often it fits into a block of so many nanoseconds. */
  static int warmUp(Task task, long nanos, long block) {
    long end = System.nanoTime() + nanos;
    int size = 1;
    do {
      size = size(block, task.run(size) / size);
    } while (System.nanoTime() < end);
    return size;
  }

  private static int size(long block, long once) {
    return (int) Math.max(1, Math.min(block / Math.max(once, 1), 1_000_000));
  }

  private void pause(BenchSystem last) {
    try {
      Thread.sleep(threads > 1 ? last.awakeMillis() : 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("measuring was interrupted", e);
    }
  }
}
