package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.core.StateException;
import io.nnem.learners.storage.FaultyStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Bits rot: in any byte of any file, of a folder that was left by a crash. */
class DamageTest {

  private static final int CALLS = 5;

  /** Of a checkpoint every so many bytes, at all places of a word. */
  private static final int CHECKPOINT_STEP = Integer.getInteger("nnem.flip-step", 11);

  private static final Workload<?> WORK = Workload.of(2);
  private static final Durability SAFE = Durability.eachCall();

  /** Two checkpoints with a journal each, as they are while it is open. */
  private static Map<String, byte[]> files() throws IOException {
    return files(WORK);
  }

  private static <N extends AutoCloseable> Map<String, byte[]> files(Workload<N> work)
      throws IOException {
    FaultyStorage storage = new FaultyStorage();
    try (DurableNetwork<N> durable = work.open(storage.folder(), SAFE)) {
      for (int i = 1; i <= CALLS; i++) {
        work.call(durable.network(), i);
        if (i == 2) {
          durable.checkpoint();
        }
      }
      Map<String, byte[]> files = storage.files();
      files.remove("lock");
      return files;
    }
  }

  private static FaultyStorage copy(Map<String, byte[]> files) {
    FaultyStorage storage = new FaultyStorage();
    files.forEach(storage::put);
    return storage;
  }

  private static long calls(FaultyStorage storage) throws IOException {
    try (DurableNetwork<?> durable = WORK.open(storage.folder(), Durability.readOnly())) {
      return durable.calls();
    }
  }

  @Test
  void aFlippedBitAnywhereIsFoundAndNamed() throws IOException {
    Map<String, byte[]> files = files();
    assertThat(files.keySet())
        .containsExactly(
            "checkpoint-000000000.safetensors",
            "checkpoint-000000001.safetensors",
            "journal-000000000.log",
            "journal-000000001.log");
    SplittableRandom random = new SplittableRandom(1);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String name = file.getKey();
      boolean needed = name.contains("-000000001");
      int step = name.startsWith("journal") ? 1 : CHECKPOINT_STEP;
      for (int at = 0; at < file.getValue().length; at += step) {
        FaultyStorage storage = copy(files);
        storage.flip(name, at, random.nextInt(8));
        DurableNetwork.Report report = DurableNetwork.verify(storage.folder());
        List<String> found = report.problems().isEmpty() ? report.torn() : report.problems();
        assertThat(found).as("%s at %s", name, at).isNotEmpty();
        assertThat(found.get(0)).contains("/disk/" + name);
        if (name.startsWith("journal")) {
          assertThat(found.get(0)).contains(" at offset ");
        }
        if (!needed) {
          assertThat(calls(storage)).isEqualTo(CALLS);
        } else if (report.problems().isEmpty()) { // the last call, of which nothing is known
          assertThat(calls(storage)).isEqualTo(CALLS - 1);
        } else {
          assertThatThrownBy(() -> calls(storage))
              .isInstanceOf(StateException.class)
              .hasMessageContaining("/disk/" + name);
        }
      }
    }
  }

  @Test
  void whatAnEndIsCutOffOfIsOpenedUpToTheLastWholeCall() throws Exception {
    Map<String, byte[]> files = files();
    String name = "journal-000000001.log";
    int length = files.get(name).length;
    for (int left = 33; left < length; left++) {
      FaultyStorage storage = copy(files);
      storage.put(name, Arrays.copyOf(files.get(name), left));
      DurableNetwork.Report report = DurableNetwork.verify(storage.folder());
      assertThat(report.problems()).isEmpty();
      reopen(WORK, storage, report.calls());
      boolean aside = storage.files().keySet().stream().anyMatch(file -> file.endsWith(".aside"));
      assertThat(aside).isEqualTo(!report.torn().isEmpty());
    }
  }

  private static <N extends AutoCloseable> void reopen(
      Workload<N> work, FaultyStorage storage, long calls) throws Exception {
    try (DurableNetwork<N> durable = work.open(storage.folder(), SAFE)) {
      assertThat(durable.calls()).isEqualTo(calls);
      assertThat(work.state(durable.network()))
          .isEqualTo(work.states((int) calls).get((int) calls));
      work.call(durable.network(), calls + 1);
    }
    assertThat(calls(storage)).isEqualTo(calls + 1);
  }

  @Test
  void salvageGoesOnWithTheCallsThatAreWhole() throws Exception {
    Map<String, byte[]> files = files();
    salvage(files, "checkpoint-000000001.safetensors", 100, CALLS);
    salvage(files, "journal-000000001.log", 40, 2);
    salvage(files, "journal-000000001.log", 3, 2);
    FaultyStorage missing = copy(files);
    missing.remove("journal-000000001.log");
    assertThatThrownBy(() -> calls(missing))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("journal-000000001.log at offset 0: it is missing");
    DurableNetwork.salvage(missing.folder());
    reopen(WORK, missing, 2);
  }

  private static void salvage(Map<String, byte[]> files, String name, int at, int calls)
      throws Exception {
    FaultyStorage storage = copy(files);
    storage.flip(name, at, 3);
    assertThatThrownBy(() -> calls(storage)).isInstanceOf(StateException.class);
    DurableNetwork.Report report = DurableNetwork.salvage(storage.folder());
    assertThat(report.calls()).isEqualTo(calls);
    assertThat(report.problems()).isNotEmpty();
    assertThat(DurableNetwork.verify(storage.folder()))
        .isEqualTo(new DurableNetwork.Report(calls, List.of(), List.of()));
    reopen(WORK, storage, calls);
    assertThat(storage.files().keySet()).anyMatch(file -> file.endsWith(".aside"));
  }

  @Test
  void withoutAWholeCheckpointNothingCanBeSalvaged() throws IOException {
    Map<String, byte[]> files = files();
    files.keySet().removeIf(name -> name.startsWith("checkpoint"));
    FaultyStorage storage = copy(files);
    assertThat(DurableNetwork.verify(storage.folder()).calls()).isEqualTo(-1);
    assertThatThrownBy(() -> calls(storage))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("no checkpoint");
    assertThatThrownBy(() -> DurableNetwork.salvage(storage.folder()))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("Nothing can be salvaged");
  }

  /** With right checksums, so that only the checks of sizes are in the way. */
  @Test
  void hostileSizesAreRefusedBeforeAnythingIsAllocated() throws IOException {
    Map<String, byte[]> files = files();
    for (int size : new int[] {-1, 0, 7, 1 << 20, Integer.MAX_VALUE}) {
      for (int place = 0; place < 4; place++) {
        FaultyStorage storage = copy(files);
        storage.put("journal-000000001.log", hostile(files, size, place));
        assertThatThrownBy(() -> calls(storage))
            .isInstanceOf(StateException.class)
            .hasMessageContaining("/disk/journal-000000001.log at offset 32")
            .hasMessageContaining(size > 7 && place < 2 ? "it asks for" : "");
      }
    }
  }

  @Test
  void sizesWhoseProductIsNoLongAreRefused() throws IOException {
    Workload<?> work = Workload.of(0); // of rows
    Map<String, byte[]> files = files(work);
    files.put("journal-000000001.log", hostile(files, Integer.MAX_VALUE, 0));
    files.put("journal-000000001.log", hostile(files, Integer.MAX_VALUE, 1));
    FaultyStorage storage = copy(files);
    assertThatThrownBy(() -> work.open(storage.folder(), Durability.readOnly()))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("it asks for");
  }

  /** Each would have all that is behind it read again. */
  @Test
  void recordsInRecordsAreForgedAndSaidSo() throws IOException {
    Map<String, byte[]> files = files();
    byte[] journal = Arrays.copyOf(files.get("journal-000000001.log"), 4096);
    Arrays.fill(journal, 32, journal.length, (byte) 1);
    forge(journal, 64, 3000);
    FaultyStorage one = copy(files);
    one.put("journal-000000001.log", journal);
    assertThat(DurableNetwork.verify(one.folder()).problems()).isEmpty();
    forge(journal, 104, 3000);
    FaultyStorage two = copy(files);
    two.put("journal-000000001.log", journal);
    assertThat(DurableNetwork.verify(two.folder()).problems()).hasSize(1);
  }

  /** The header of a payload that is not whole. */
  private static void forge(byte[] journal, int at, int length) {
    ByteBuffer buffer = ByteBuffer.wrap(journal).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(at + 4, length).putLong(at + 8, CALLS + 2).putLong(at + 16, CALLS + 1);
    buffer.putInt(at, crc(journal, at + 4, at + 32));
  }

  private static byte[] hostile(Map<String, byte[]> files, int size, int place) {
    byte[] bytes = files.get("journal-000000001.log").clone();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = buffer.getInt(32 + 4);
    if (place == 3) {
      buffer.putInt(32 + 4, size);
    } else {
      buffer.putInt(64 + 4 * place, size);
    }
    buffer.putInt(32 + 28, crc(bytes, 64, 64 + (length + 7) / 8 * 8));
    buffer.putInt(32, crc(bytes, 36, 64));
    return bytes;
  }

  private static int crc(byte[] bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }
}
