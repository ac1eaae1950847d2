package io.nnem.bench.durable;

import io.nnem.core.Scope;
import io.nnem.credit.MemoryNetwork;
import io.nnem.learners.Durability;
import io.nnem.learners.DurableNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A durable network with 100,000 memories under a steady load: 300 writes and 300 readings a second
 * from four threads, one row each, with checkpoints; every ten seconds a line with what was slow
 * and how much memory there is. Fails if anything throws.
 */
public final class Soak {

  private static final int MEMORIES = 100_000;
  private static final int PER_SECOND = 150; // of each thread
  private static final int SECONDS_OF_A_LINE = 10;
  private static final int ROWS = 64;

  private final Coded coded;
  private final DurableNetwork<MemoryNetwork<INDArray>> durable;
  private final long end;

  private Soak(Coded coded, DurableNetwork<MemoryNetwork<INDArray>> durable, long nanos) {
    this.coded = coded;
    this.durable = durable;
    this.end = System.nanoTime() + nanos;
  }

  /**
   * Runs.
   *
   * @param arguments a folder for the network, and the minutes
   * @throws Exception if a call failed
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    double minutes = Double.parseDouble(arguments[1]);
    Durability durability =
        Durability.every(Duration.ofMillis(10)).checkpointAfter(Duration.ofSeconds(5));
    try (Coded coded = new Coded();
        DurableNetwork<MemoryNetwork<INDArray>> durable =
            DurableNetwork.open(
                folder, durability, coded.builder(MEMORIES, "none", "").recall("partitioned"))) {
      if (durable.network().memory().size() < MEMORIES) {
        coded.fill(durable.network());
        durable.checkpoint();
      }
      long before = durable.calls();
      new Soak(coded, durable, (long) (minutes * 60e9)).run();
      System.out.println(durable.calls() - before + " calls were written");
    }
    System.out.println(DurableNetwork.verify(folder));
  }

  private void run() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    System.out.println(
        "second,write p50 ms,write p99,write max,read p50,read p99,read max,heap MB,process MB");
    List<Future<?>> all = new ArrayList<>();
    Load[] loads = new Load[4];
    for (int i = 0; i < loads.length; i++) {
      loads[i] = new Load(i % 2 == 0);
      all.add(threads.submit(loads[i]));
    }
    threads.shutdown();
    for (int second = SECONDS_OF_A_LINE; !all.get(0).isDone(); second += SECONDS_OF_A_LINE) {
      Thread.sleep(SECONDS_OF_A_LINE * 1000L);
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      System.out.println(
          second
              + ","
              + slow(loads[0], loads[2])
              + ","
              + slow(loads[1], loads[3])
              + ","
              + (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000
              + ","
              + processMegabytes());
    }
    for (Future<?> one : all) {
      one.get();
    }
  }

  private static String slow(Load one, Load other) {
    double[] both = one.take();
    double[] more = other.take();
    double[] millis = Arrays.copyOf(both, both.length + more.length);
    System.arraycopy(more, 0, millis, both.length, more.length);
    Arrays.sort(millis);
    return millis.length == 0
        ? "-,-,-"
        : String.format(
            Locale.ROOT,
            "%.2f,%.2f,%.2f",
            millis[millis.length / 2],
            millis[(int) (millis.length * 0.99)],
            millis[millis.length - 1]);
  }

  private static String processMegabytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS"))
          .map(line -> Long.toString(Long.parseLong(line.replaceAll("\\D", "")) / 1000))
          .findFirst()
          .orElse("-");
    } catch (IOException e) {
      return "-"; // only Linux says it so
    }
  }

  /** A thread's calls, each at its time; what is late is not left out. */
  private final class Load implements Runnable {
    private final boolean writes;
    private final INDArray observations;
    private final INDArray values;
    private double[] millis = new double[0];

    Load(boolean writes) {
      this.writes = writes;
      this.observations = coded.observations(ROWS);
      this.values = coded.values(ROWS);
    }

    @Override
    public void run() {
      try (Scope<INDArray> scope = coded.tensors.newScope()) {
        INDArray answers = scope.zeros(1, 10);
        long due = System.nanoTime();
        for (int i = 0; due < end; i++) {
          LockSupport.parkNanos(due - System.nanoTime());
          int row = i % ROWS;
          INDArray observation = coded.tensors.rowRange(observations, row, row + 1);
          if (writes) {
            INDArray value = coded.tensors.rowRange(values, row, row + 1);
            durable.network().remember(observation, value);
          } else {
            durable.network().read(observation, answers);
          }
          add((System.nanoTime() - due) / 1e6); // with the time that it waited for its turn
          due += 1_000_000_000L / PER_SECOND;
        }
      }
    }

    private synchronized void add(double ms) {
      millis = Arrays.copyOf(millis, millis.length + 1);
      millis[millis.length - 1] = ms;
    }

    synchronized double[] take() {
      double[] taken = millis;
      millis = new double[0];
      return taken;
    }
  }
}
