package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.core.Scope;
import io.nnem.core.StateException;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.core.state.StateFile;
import io.nnem.credit.DivergenceException;
import io.nnem.credit.MemoryNetwork;
import io.nnem.learners.journal.JournalFolder;
import io.nnem.learners.storage.FaultyStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableNetworkTest {

  private static final Durability SAFE = Durability.eachCall();

  @TempDir Path temporary;

  private static MemoryClassifier.Builder builder() {
    return MemoryClassifier.builder().backend("reference", 1).embedder("mlp", 4).capacity(20);
  }

  private static DurableNetwork<MemoryClassifier> open(Path folder) throws IOException {
    return DurableNetwork.open(folder, SAFE, builder());
  }

  private static void learn(DurableNetwork<MemoryClassifier> durable, int calls) {
    for (int i = 0; i < calls; i++) {
      Clouds clouds = new Clouds(5, 3, durable.calls());
      durable.network().partialFit(clouds.rows, clouds.names);
    }
  }

  @Test
  void aClassifierGoesOnWhereItWas() throws IOException {
    Path folder = temporary.resolve("in").resolve("here");
    try (DurableNetwork<MemoryClassifier> durable = open(folder)) {
      assertThat(durable.calls()).isZero();
      learn(durable, 7);
      assertThat(durable.calls()).isEqualTo(7);
      assertThat(durable.durableCalls()).isEqualTo(7);
    }
    try (DurableNetwork<MemoryClassifier> durable = open(folder);
        MemoryClassifier plain = builder().build()) {
      assertThat(durable.calls()).isEqualTo(7);
      for (int i = 0; i < 7; i++) {
        Clouds clouds = new Clouds(5, 3, i);
        plain.partialFit(clouds.rows, clouds.names);
      }
      Clouds more = new Clouds(9, 3, 99);
      assertThat(durable.network().predict(more.rows)).isEqualTo(plain.predict(more.rows));
    }
  }

  @Test
  void aCheckpointIsASavedNetwork() throws IOException {
    try (DurableNetwork<MemoryClassifier> durable = open(temporary)) {
      learn(durable, 3);
      durable.checkpoint();
      Clouds more = new Clouds(9, 3, 99);
      try (MemoryClassifier loaded =
          MemoryClassifier.load(temporary.resolve("checkpoint-000000001.safetensors"))) {
        assertThat(loaded.predict(more.rows)).isEqualTo(durable.network().predict(more.rows));
      }
    }
  }

  @Test
  void checkpointsAreWrittenBesideAndWhatIsOlderIsDeleted() throws Exception {
    Durability often = Durability.every(Duration.ofMillis(5)).checkpointAfter(Duration.ofMillis(1));
    try (DurableNetwork<MemoryClassifier> durable =
        DurableNetwork.open(temporary, often, builder())) {
      while (!Files.exists(temporary.resolve("checkpoint-000000003.safetensors"))) {
        learn(durable, 1);
      }
      durable.sync();
      assertThat(durable.durableCalls()).isEqualTo(durable.calls());
    }
    assertThat(temporary.resolve("checkpoint-000000000.safetensors")).doesNotExist();
    assertThat(temporary.resolve("journal-000000000.log")).doesNotExist();
    assertThat(DurableNetwork.verify(temporary).problems()).isEmpty();
  }

  @Test
  void aSecondOwnerIsRefusedAndReadersAreNot() throws IOException {
    try (DurableNetwork<MemoryClassifier> durable = open(temporary)) {
      learn(durable, 3);
      assertThatThrownBy(() -> open(temporary))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      assertThatThrownBy(() -> DurableNetwork.salvage(temporary)).hasMessageContaining("in use");
      try (DurableNetwork<MemoryClassifier> reader =
          DurableNetwork.open(temporary, Durability.readOnly(), builder())) {
        learn(durable, 1);
        assertThat(reader.calls()).isEqualTo(3);
        Clouds more = new Clouds(9, 3, 99);
        assertThat(reader.network().predict(more.rows)).hasSize(9);
        assertThatThrownBy(() -> reader.network().partialFit(more.rows, more.names))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("opened to read only");
        assertThatThrownBy(reader::checkpoint).hasMessageContaining("opened to read only");
      }
      learn(durable, 1);
    }
    try (DurableNetwork<MemoryClassifier> again = open(temporary)) {
      assertThat(again.calls()).isEqualTo(5);
    }
  }

  @Test
  void whatIsDeletedWhileItIsReadIsReadAgain() throws IOException {
    open(temporary).close();
    JournalFolder folder = new JournalFolder(temporary);
    Path checkpoint = temporary.resolve("checkpoint-000000000.safetensors");
    assertThatThrownBy(
            () ->
                folder.read(
                    () -> {
                      throw new IOException("a disk's");
                    },
                    read -> true))
        .hasMessage("a disk's");
    assertThat(folder.read(() -> "bad", read -> false)).isEqualTo("bad");
    List<String> read = new ArrayList<>(List.of("gone", "good"));
    assertThat(
            folder.read(
                () -> {
                  Files.deleteIfExists(checkpoint);
                  return read.remove(0);
                },
                "good"::equals))
        .isEqualTo("good");
  }

  @Test
  void readingWhatIsNotThereMakesNothing() {
    Path folder = temporary.resolve("nothing");
    assertThatThrownBy(() -> DurableNetwork.open(folder, Durability.readOnly(), builder()))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(folder).doesNotExist();
  }

  @Test
  void otherSettingsAreRefused() throws IOException {
    try (DurableNetwork<MemoryClassifier> durable = open(temporary)) {
      learn(durable, 1);
    }
    assertThatThrownBy(() -> DurableNetwork.open(temporary, SAFE, builder().capacity(30)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("capacity '20', but '30' is asked for");
    assertThatThrownBy(() -> DurableNetwork.open(temporary, SAFE, MemoryRegressor.builder()))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("is no saved regressor, but a classifier");
    open(temporary).close();
  }

  /** Its calls would be made again in another network. */
  @Test
  void otherSettingsAreRefusedBeforeTheFirstCheckpointThatHasLearned() throws IOException {
    FaultyStorage storage = new FaultyStorage();
    DurableNetwork<MemoryClassifier> crashed = open(storage.folder());
    learn(crashed, 2);
    Map<String, MemoryClassifier.Builder> others =
        Map.of(
            "capacity '20', but '30'", builder().capacity(30),
            "standardise 'true', but 'false'", builder().standardise(false),
            "candidates 'null', but '7'", builder().option("candidates", "7"));
    for (Durability how : List.of(SAFE, Durability.readOnly())) {
      FaultyStorage copy = new FaultyStorage();
      storage.files().forEach(copy::put);
      others.forEach(
          (said, other) ->
              assertThatThrownBy(() -> DurableNetwork.open(copy.folder(), how, other))
                  .isInstanceOf(StateException.class)
                  .hasMessageContaining(said));
      try (DurableNetwork<MemoryClassifier> again =
          DurableNetwork.open(copy.folder(), how, builder())) {
        assertThat(again.calls()).isEqualTo(2);
      }
    }
    crashed.close();
  }

  @Test
  void whatIsRefusedIsNotKept() throws IOException {
    try (DurableNetwork<MemoryClassifier> durable = open(temporary)) {
      float[][] bad = {{1, 2, Float.NaN}};
      assertThatThrownBy(() -> durable.network().partialFit(bad, new String[] {"a"}))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(durable.calls()).isZero();
      learn(durable, 1);
      assertThatThrownBy(() -> durable.network().partialFit(bad, new String[] {"a"}))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(durable.calls()).isEqualTo(1);
    }
  }

  @Test
  void aStepThatDivergesIsNotKept() throws IOException {
    ReferenceTensors tensors = new ReferenceTensors();
    FaultyStorage storage = new FaultyStorage();
    Workload.OfNetwork work = new Workload.OfNetwork(3);
    try (DurableNetwork<MemoryNetwork<Matrix>> durable = work.open(storage.folder(), SAFE);
        Scope<Matrix> scope = tensors.newScope()) {
      Matrix observations = scope.zeros(1, Workload.OfNetwork.OBSERVATION);
      Matrix values = scope.zeros(1, Workload.OfNetwork.VALUE);
      tensors.fill(7e153, values);
      durable.network().remember(observations, values);
      byte[] before = work.state(durable.network());
      tensors.scale(-1, values); // as far from what is remembered as no loss can be
      long operations = storage.operations();
      assertThatThrownBy(() -> durable.network().step(observations, values))
          .isInstanceOf(DivergenceException.class);
      assertThat(storage.operations()).isEqualTo(operations);
      assertThat(durable.calls()).isEqualTo(1);
      assertThat(work.state(durable.network())).isEqualTo(before);
    }
  }

  /** It is not what the journal says: a checkpoint has it. */
  @Test
  void aCallThatFailsBehindItsRecordIsMadeGoodByTheNext() throws Exception {
    FaultyStorage storage = new FaultyStorage();
    Workload.OfNetwork work = new Workload.OfNetwork(2);
    Moody moody = new Moody();
    byte[] last;
    try (DurableNetwork<MemoryNetwork<Matrix>> durable = open(storage, work, moody)) {
      remember(durable.network(), 1);
      moody.refuses = 3;
      assertThatThrownBy(() -> remember(durable.network(), 3)).hasMessage("Not so many.");
      remember(durable.network(), 2);
      last = work.state(durable.network());
      storage.powerFailsAt(storage.operations() + 1);
    }
    storage.restart(1);
    moody.refuses = 0;
    try (DurableNetwork<MemoryNetwork<Matrix>> durable = open(storage, work, moody)) {
      assertThat(work.state(durable.network())).isEqualTo(last);
    }
  }

  private static DurableNetwork<MemoryNetwork<Matrix>> open(
      FaultyStorage storage, Workload.OfNetwork work, Moody moody) throws IOException {
    return DurableNetwork.open(storage.folder(), SAFE, work.builder().eviction(moody));
  }

  @Test
  void ofACallThatFailedLastNothingIsMadeAgain() throws Exception {
    FaultyStorage storage = new FaultyStorage();
    Workload.OfNetwork work = new Workload.OfNetwork(2);
    Moody moody = new Moody();
    byte[] last = new byte[0];
    try (DurableNetwork<MemoryNetwork<Matrix>> durable = open(storage, work, moody)) {
      remember(durable.network(), 1);
      last = work.state(durable.network());
      moody.refuses = 3;
      assertThatThrownBy(() -> remember(durable.network(), 3)).hasMessage("Not so many.");
      storage.powerFailsAt(storage.operations() + 1);
      assertThatThrownBy(durable::sync).isInstanceOf(IOException.class);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("power");
    }
    storage.restart(1);
    try (DurableNetwork<MemoryNetwork<Matrix>> durable = open(storage, work, moody)) {
      assertThat(work.state(durable.network())).isEqualTo(last);
      assertThat(durable.remarks()).hasSize(1);
      assertThat(durable.remarks().get(0)).contains("call 2 is left out: Not so many.");
    }
  }

  private static void remember(MemoryNetwork<Matrix> network, int rows) {
    ReferenceTensors tensors = new ReferenceTensors();
    try (Scope<Matrix> scope = tensors.newScope()) {
      Matrix observations = scope.zeros(rows, Workload.OfNetwork.OBSERVATION);
      tensors.fill(0.5, observations);
      network.remember(observations, scope.zeros(rows, Workload.OfNetwork.VALUE));
    }
  }

  /** The network is of no use any more, but the folder is. */
  @Test
  void aCallThatFailsHalfWayIsLeftOutWhenTheFolderIsOpenedAgain() throws Exception {
    FaultyStorage storage = new FaultyStorage();
    Workload.OfNetwork work = new Workload.OfNetwork(2);
    Moody moody = new Moody();
    byte[] last = new byte[0];
    try (DurableNetwork<MemoryNetwork<Matrix>> durable = open(storage, work, moody)) {
      remember(durable.network(), 2);
      last = work.state(durable.network());
      moody.breaks = 3;
      assertThatThrownBy(() -> remember(durable.network(), 3)).hasMessage("Not so many.");
      assertThatThrownBy(() -> remember(durable.network(), 1))
          .hasMessageContaining("begun to change");
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("begun to change"); // of closing: there is nothing to save
    }
    try (DurableNetwork<MemoryNetwork<Matrix>> reader =
        DurableNetwork.open(
            storage.folder(), Durability.readOnly(), work.builder().eviction(moody))) {
      assertThat(work.state(reader.network())).isEqualTo(last);
    }
    try (DurableNetwork<MemoryNetwork<Matrix>> durable = open(storage, work, moody)) {
      assertThat(work.state(durable.network())).isEqualTo(last);
      assertThat(durable.remarks()).hasSize(1);
      assertThat(durable.remarks().get(0)).contains("call 2 is left out: Not so many.");
      remember(durable.network(), 1);
    }
    assertThat(DurableNetwork.verify(storage.folder()).problems()).isEmpty();
  }

  @Test
  void anotherMachineIsSaidOnceAndGoesOn() throws Exception {
    FaultyStorage storage = new FaultyStorage();
    Workload.OfNetwork work = new Workload.OfNetwork(2);
    try (DurableNetwork<MemoryNetwork<Matrix>> durable = work.open(storage.folder(), SAFE)) {
      work.call(durable.network(), 1);
    }
    Path checkpoint = storage.folder().resolve("checkpoint-000000001.safetensors");
    try (MemoryNetwork<Matrix> network = work.builder().load(checkpoint);
        StateFile file = StateFile.open(checkpoint)) {
      var notes = new TreeMap<>(file.metadata());
      notes.put("durable.machine", "a PDP-11");
      StateFile.save(checkpoint, notes, network);
    }
    try (DurableNetwork<MemoryNetwork<Matrix>> durable = work.open(storage.folder(), SAFE)) {
      assertThat(durable.remarks()).hasSize(1);
      assertThat(durable.remarks().get(0)).contains("was written on a PDP-11", "reference");
    }
    try (DurableNetwork<MemoryNetwork<Matrix>> durable = work.open(storage.folder(), SAFE)) {
      assertThat(durable.remarks()).isEmpty();
    }
  }

  @Test
  void anInterruptClosesNoFileForGood() throws IOException {
    try (DurableNetwork<MemoryClassifier> durable = open(temporary)) {
      learn(durable, 1);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> learn(durable, 1)).isInstanceOf(UncheckedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(durable.calls()).isEqualTo(1);
      learn(durable, 2);
    }
    try (DurableNetwork<MemoryClassifier> again = open(temporary)) {
      assertThat(again.calls()).isEqualTo(3);
    }
  }

  @Test
  void anInterruptTakesNothingFromClosing() throws IOException {
    DurableNetwork<MemoryClassifier> durable =
        DurableNetwork.open(temporary, Durability.every(Duration.ofHours(1)), builder());
    learn(durable, 2);
    Thread.currentThread().interrupt();
    durable.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(it -> it.getName().equals("nnem-sync"));
    assertThat(temporary.resolve("checkpoint-000000001.safetensors")).exists();
    try (DurableNetwork<MemoryClassifier> again = open(temporary)) {
      assertThat(again.calls()).isEqualTo(2);
    }
  }

  @Test
  void theSameCheckpointAgainLeavesTheOneBefore() throws IOException {
    try (DurableNetwork<MemoryClassifier> durable = open(temporary)) {
      learn(durable, 1);
      durable.checkpoint();
      durable.checkpoint();
      assertThat(temporary.resolve("checkpoint-000000000.safetensors")).exists();
      assertThat(temporary.resolve("journal-000000000.log")).exists();
      learn(durable, 1);
      durable.checkpoint();
      assertThat(temporary.resolve("checkpoint-000000000.safetensors")).doesNotExist();
    }
  }

  @Test
  void whatIsNoFileIsRefusedByName() throws IOException {
    for (String name :
        List.of("lock", "journal-000000000.log", "checkpoint-000000000.safetensors")) {
      Path folder = temporary.resolve(name + ".d");
      open(folder).close();
      Path file = folder.resolve(name);
      Files.move(file, temporary.resolve(name));
      Files.createSymbolicLink(file, temporary.resolve(name));
      assertThatThrownBy(() -> open(folder))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(name + ": it is no regular file");
    }
  }

  @Test
  void aCallThatIsTooLargeIsRefused() throws IOException {
    try (DurableNetwork<MemoryClassifier> durable = open(temporary)) {
      float[][] rows = new float[17][1 << 20];
      String[] names = new String[rows.length];
      Arrays.fill(names, "a");
      assertThatThrownBy(() -> durable.network().partialFit(rows, names))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Make the batch smaller");
      learn(durable, 1); // rows of another size: nothing was learned of the others
      assertThat(durable.calls()).isEqualTo(1);
    }
  }

  @Test
  void aDurationMayBeLongerThanNanosecondsCanCount() throws IOException {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    Durability never = Durability.every(forever).checkpointAfter(forever);
    try (DurableNetwork<MemoryClassifier> durable =
        DurableNetwork.open(temporary, never, builder())) {
      learn(durable, 2);
      assertThat(durable.calls()).isEqualTo(2);
    }
  }

  @Test
  void whatIsClosedStaysClosed() throws IOException {
    DurableNetwork<MemoryClassifier> durable = open(temporary);
    learn(durable, 1);
    durable.close();
    durable.close();
    assertThatThrownBy(() -> learn(durable, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    open(temporary).close();
  }

  @Test
  void aNetworkWithALogLoadsNoOtherState() throws IOException {
    FaultyStorage storage = new FaultyStorage();
    Workload.OfNetwork work = new Workload.OfNetwork(2);
    try (DurableNetwork<MemoryNetwork<Matrix>> durable = work.open(storage.folder(), SAFE);
        StateFile file =
            StateFile.open(storage.folder().resolve("checkpoint-000000000.safetensors"))) {
      assertThatThrownBy(() -> file.load(durable.network(), false))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has a log");
    }
  }
}
