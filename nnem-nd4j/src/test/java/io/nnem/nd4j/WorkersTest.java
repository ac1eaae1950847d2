package io.nnem.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {

  @Test
  void everyItemIsDoneOnce_howeverManyThreads() {
    for (int threads = 1; threads <= 4; threads++) {
      Workers workers = new Workers(threads);
      for (int items : new int[] {1, 2, 63, 64, 1000}) {
        for (int round = 0; round < 50; round++) {
          AtomicIntegerArray times = new AtomicIntegerArray(items);
          AtomicInteger parts = new AtomicInteger();
          workers.split(
              items,
              10,
              (part, from, to) -> {
                parts.incrementAndGet();
                for (int i = from; i < to; i++) {
                  times.incrementAndGet(i);
                }
              });
          assertThat(parts.get()).isEqualTo(workers.parts(items, 10));
          for (int i = 0; i < items; i++) {
            assertThat(times.get(i)).isEqualTo(1);
          }
        }
      }
    }
  }

  @Test
  void littleWorkIsNotDivided() {
    Workers workers = new Workers(4);
    assertThat(workers.parts(19, 10)).isEqualTo(1);
    assertThat(workers.parts(20, 10)).isEqualTo(2);
    assertThat(workers.parts(1000, 10)).isEqualTo(4);
    assertThat(workers.parts(1000, 0)).isEqualTo(4);
  }

  @Test
  void whoeverComesWhileTheOthersAreBusy_doesAllPartsItself() {
    Workers workers = new Workers(3);
    Map<Integer, String> parts = new TreeMap<>();
    Set<Thread> threads = new HashSet<>();
    workers.split(
        100,
        10,
        (part, from, to) -> {
          if (part == 0) { // all are busy with the outer parts
            workers.split(
                1000,
                10,
                (inner, begin, end) -> {
                  parts.put(inner, begin + " to " + end);
                  threads.add(Thread.currentThread());
                });
          }
        });
    assertThat(parts).isEqualTo(Map.of(0, "0 to 320", 1, "320 to 656", 2, "656 to 1000"));
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void aFailureReachesTheCaller_andTheWorkersGoOn() {
    Workers workers = new Workers(3);
    for (int failing = 0; failing < 3; failing++) {
      int bad = failing;
      assertThatThrownBy(
              () ->
                  workers.split(
                      3,
                      1,
                      (part, from, to) -> {
                        if (part == bad) {
                          throw new IllegalStateException("part " + part);
                        }
                      }))
          .hasMessage("part " + bad);
    }
    AtomicInteger done = new AtomicInteger();
    workers.split(3, 1, (part, from, to) -> done.incrementAndGet());
    assertThat(done.get()).isEqualTo(3);
  }
}
