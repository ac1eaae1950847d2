package io.nnem.bench.recall;

import java.lang.management.ManagementFactory;

/** What this thread has had of a processor: what others do meanwhile counts only as it disturbs. */
final class ProcessorTime {

  private ProcessorTime() {}

  static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
