package io.nnem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.reference.Matrix;
import io.nnem.memory.eviction.ClassBalanced;
import io.nnem.memory.eviction.FirstInFirstOut;
import io.nnem.memory.eviction.LeastCertain;
import io.nnem.memory.eviction.LeastRead;
import io.nnem.memory.eviction.LeastRecentlyRead;
import io.nnem.memory.eviction.Reservoir;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each eviction policy in random writes, readings, replacements and clearances beside a plain list
 * of memories that is sorted anew for each choice; how many is {@code
 * -Dnnem.eviction.operations=NUMBER}.
 */
class EvictionModelTest {

  private static final int OPERATIONS = Integer.getInteger("nnem.eviction.operations", 4_000);
  private static final int CAPACITY = 61;
  private static final double DECAY = 0.5; // exact

  /** What the plain model knows of a memory. */
  private static final class One {
    final int slot;
    final long order;
    int label;
    double worth;

    One(int slot, long order, int label, double worth) {
      this.slot = slot;
      this.order = order;
      this.label = label;
      this.worth = worth;
    }
  }

  private enum Policy {
    FIFO,
    CLASS_BALANCED,
    LEAST_READ,
    LEAST_RECENTLY_READ,
    LEAST_CERTAIN,
    RESERVOIR;

    EvictionPolicy<Matrix> make(EvictionContext<Matrix> context) {
      return switch (this) {
        case FIFO -> new FirstInFirstOut<>(context);
        case CLASS_BALANCED -> new ClassBalanced<>(context);
        case LEAST_READ -> new LeastRead<>(context, DECAY);
        case LEAST_RECENTLY_READ -> new LeastRecentlyRead<>(context, 1);
        case LEAST_CERTAIN -> new LeastCertain<>(context, 0);
        case RESERVOIR -> new Reservoir<>(context);
      };
    }
  }

  private final List<One> memories = new ArrayList<>();
  private long written;
  private long readings;

  @ParameterizedTest
  @EnumSource
  void randomOperations_asInAPlainList(Policy policy) {
    SplittableRandom random = new SplittableRandom(53);
    Plain plain = new Plain(CAPACITY, 1, Map.of(), policy::make);
    for (int i = 0; i < OPERATIONS; i++) {
      int what = random.nextInt(12);
      if (what < 6 || memories.isEmpty()) {
        write(policy, plain, random, 1 + random.nextInt(what == 0 ? CAPACITY : 7));
      } else if (what < 9) {
        read(policy, plain, random);
      } else if (what == 9) {
        One one = memories.get(random.nextInt(memories.size()));
        one.label = random.nextInt(Plain.CLASSES);
        plain.memory.replaceValues(Slots.of(one.slot), plain.oneHot(one.label));
        if (policy == Policy.CLASS_BALANCED) { // it counts as the newest of its class
          memories.remove(one);
          memories.add(new One(one.slot, written++, one.label, one.worth));
        }
      } else {
        clear(plain, random, 1 + random.nextInt(Math.min(memories.size(), what == 10 ? 99 : 3)));
      }
      assertThat(plain.memory.size()).isEqualTo(memories.size());
      if (!memories.isEmpty()) {
        assertThat(plain.memory.occupied().toArray())
            .isEqualTo(memories.stream().mapToInt(each -> each.slot).sorted().toArray());
      }
    }
  }

  private void write(Policy policy, Plain plain, SplittableRandom random, int count) {
    int[] labels = random.ints(count, 0, Plain.CLASSES).toArray();
    double[] uncertainty = IntStream.range(0, count).mapToDouble(i -> random.nextInt(9)).toArray();
    int[] free =
        IntStream.range(0, CAPACITY)
            .filter(slot -> memories.stream().noneMatch(each -> each.slot == slot))
            .limit(count)
            .toArray();
    int evicted = count - free.length;
    double mean = memories.stream().mapToDouble(each -> each.worth).average().orElse(0);
    double[] keys = new double[2 * count];
    for (int i = 0; i < count; i++) {
      keys[2 * i + 1] = uncertainty[i];
    }
    int[] slots = plain.memory.write(plain.rows(2, keys), plain.oneHot(labels), 0).toArray();
    assertThat(Arrays.copyOf(slots, free.length)).as("free slots").isEqualTo(free);
    int[] gone = Arrays.copyOfRange(slots, free.length, count);
    int[] expected = givenUp(policy, evicted, labels);
    if (policy == Policy.LEAST_READ) { // whose worths may be equal but for rounding
      for (int i = 0; i < evicted; i++) {
        assertThat(of(gone[i]).worth)
            .as("worth of slot %d", gone[i])
            .isCloseTo(of(expected[i]).worth, within(1e-9));
      }
    } else if (policy != Policy.RESERVOIR) { // it draws
      assertThat(gone).as("slots that were given up").isEqualTo(expected);
    }
    for (int slot : gone) {
      memories.remove(of(slot));
    }
    for (int i = 0; i < count; i++) {
      double worth =
          switch (policy) {
            case LEAST_READ -> mean;
            case LEAST_RECENTLY_READ -> readings;
            case LEAST_CERTAIN -> -uncertainty[i];
            default -> 0;
          };
      memories.add(new One(slots[i], written++, labels[i], worth));
    }
  }

  private int[] givenUp(Policy policy, int count, int[] labels) {
    List<One> left = new ArrayList<>(memories);
    left.sort(
        Comparator.<One>comparingDouble(each -> each.worth).thenComparingLong(each -> each.order));
    int[] chosen = new int[count];
    int[] sizes = new int[Plain.CLASSES];
    left.forEach(each -> sizes[each.label]++);
    for (int label : labels) {
      sizes[label]++;
    }
    for (int i = 0; i < count; i++) {
      One one = left.get(0);
      if (policy == Policy.CLASS_BALANCED) {
        int largest = -1;
        for (int label = 0; label < sizes.length; label++) {
          int its = label;
          boolean any = left.stream().anyMatch(each -> each.label == its);
          largest = any && (largest < 0 || sizes[label] > sizes[largest]) ? label : largest;
        }
        int its = largest;
        one = left.stream().filter(each -> each.label == its).findFirst().orElseThrow();
        sizes[largest]--;
      }
      left.remove(one);
      chosen[i] = one.slot;
    }
    return chosen;
  }

  private void read(Policy policy, Plain plain, SplittableRandom random) {
    Slots slots = some(plain, random, 1 + random.nextInt(memories.size()));
    double[] weights =
        IntStream.range(0, slots.count()).mapToDouble(i -> random.nextInt(8) / 8.0).toArray();
    double enough = Arrays.stream(weights).sum() / memories.size();
    if (!policyListens(policy)) {
      return;
    }
    memories.forEach(each -> each.worth *= policy == Policy.LEAST_READ ? DECAY : 1);
    readings++;
    for (int i = 0; i < weights.length; i++) {
      int slot = slots.get(i);
      One one = of(slot);
      if (policy == Policy.LEAST_READ) {
        one.worth += (1 - DECAY) * weights[i];
      } else if (weights[i] > 0 && weights[i] >= enough) {
        one.worth = readings;
      }
    }
    plain.read(slots, weights);
  }

  private One of(int slot) {
    return memories.stream().filter(each -> each.slot == slot).findFirst().orElseThrow();
  }

  private static boolean policyListens(Policy policy) {
    return policy == Policy.LEAST_READ || policy == Policy.LEAST_RECENTLY_READ;
  }

  private void clear(Plain plain, SplittableRandom random, int count) {
    Slots slots = some(plain, random, count);
    plain.memory.clear(slots);
    for (int i = 0; i < slots.count(); i++) {
      memories.remove(of(slots.get(i)));
    }
  }

  private static Slots some(Plain plain, SplittableRandom random, int count) {
    int[] all = plain.memory.occupied().toArray();
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(all.length - i);
      int slot = all[other];
      all[other] = all[i];
      all[i] = slot;
    }
    return Slots.of(Arrays.copyOf(all, count));
  }
}
