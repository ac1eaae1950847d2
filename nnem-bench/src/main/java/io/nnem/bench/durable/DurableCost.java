package io.nnem.bench.durable;

import io.nnem.bench.run.Medians;
import io.nnem.credit.MemoryNetwork;
import io.nnem.learners.Durability;
import io.nnem.learners.DurableNetwork;
import io.nnem.learners.journal.Journal;
import io.nnem.learners.journal.JournalFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the journal adds to a step, what a synced write costs beside SQLite's, and how long a
 * checkpoint stops training. Prints Markdown. The folder should be on the disk that is meant.
 */
public final class DurableCost {

  private static final int MEMORIES = 8_000;
  private static final int MANY = 100_000;
  private static final int ROUNDS = 40;
  private static final int WRITES = 400;

  private DurableCost() {}

  /** Something that takes time and may fail. */
  private interface Action {
    void run() throws IOException, SQLException;
  }

  /**
   * Measures.
   *
   * @param arguments a folder, which is made and must not be there
   * @throws Exception if a file cannot be written
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectory(Path.of(arguments[0]));
    try (Coded coded = new Coded()) {
      steps(coded, folder);
      writes(folder);
      checkpoint(coded, folder.resolve("code"), "exact-reinstatement", "code");
      checkpoint(coded, folder.resolve("none"), "none", "");
      checkpoint(coded, folder.resolve("stored"), "exact-reinstatement", "stored");
    }
  }

  /** In turns, so that all have the same weather. */
  private static void steps(Coded coded, Path folder) throws IOException, SQLException {
    INDArray observations = coded.observations(Coded.BATCH);
    INDArray values = coded.values(Coded.BATCH);
    Map<String, Durability> kinds = new LinkedHashMap<>();
    kinds.put("synced every 10 ms", Durability.every(Duration.ofMillis(10)));
    kinds.put("synced every 64 calls", Durability.everyCalls(64));
    kinds.put("synced at each call", Durability.eachCall());
    List<DurableNetwork<MemoryNetwork<INDArray>>> open = new ArrayList<>();
    Map<String, Action> steps = new LinkedHashMap<>();
    try (MemoryNetwork<INDArray> plain =
        coded.builder(MEMORIES, "exact-reinstatement", "code").build()) {
      coded.fill(plain);
      steps.put("without a folder", () -> plain.step(observations, values));
      for (Map.Entry<String, Durability> kind : kinds.entrySet()) {
        DurableNetwork<MemoryNetwork<INDArray>> durable =
            DurableNetwork.open(
                folder.resolve(kind.getKey().replace(' ', '-')),
                kind.getValue(),
                coded.builder(MEMORIES, "exact-reinstatement", "code"));
        open.add(durable);
        coded.fill(durable.network());
        durable.checkpoint();
        steps.put(kind.getKey(), () -> durable.network().step(observations, values));
      }
      System.out.println("| step of exact/code, N=8,000, B=32 | median ms | more |");
      System.out.println("| --- | --- | --- |");
      Map<String, Double> medians = inTurns(steps, ROUNDS);
      double alone = medians.get("without a folder");
      medians.forEach(
          (name, ms) -> say("| %s | %.3f | %+.1f%% |", name, ms, 100 * (ms / alone - 1)));
    } finally {
      for (DurableNetwork<?> durable : open) {
        durable.close();
      }
    }
  }

  private static Map<String, Double> inTurns(Map<String, Action> actions, int rounds)
      throws IOException, SQLException {
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    for (int round = -rounds / 5; round < rounds; round++) {
      for (Map.Entry<String, Action> action : actions.entrySet()) {
        long start = System.nanoTime();
        action.getValue().run();
        double ms = (System.nanoTime() - start) / 1e6;
        if (round >= 0) {
          millis.computeIfAbsent(action.getKey(), name -> new ArrayList<>()).add(ms);
        }
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    millis.forEach((name, all) -> medians.put(name, Medians.of(all)));
    return medians;
  }

  /** The bytes of a batch, each write on the disk before the next. */
  private static void writes(Path folder) throws IOException, SQLException {
    for (int bytes : new int[] {Coded.BATCH * (784 + 10) * Float.BYTES, 272}) {
      byte[] payload = new byte[bytes];
      try (Journal unsynced = journal(folder.resolve("unsynced-" + bytes), 0);
          Journal journal = journal(folder.resolve("journal-" + bytes), 1);
          Connection sqlite =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("sqlite-" + bytes));
          Statement settings = sqlite.createStatement()) {
        settings.execute("pragma journal_mode=wal");
        settings.execute("pragma synchronous=full");
        settings.execute("create table calls (number integer primary key, call blob)");
        try (PreparedStatement insert =
            sqlite.prepareStatement("insert into calls (call) values (?)")) {
          Map<String, Action> writes = new LinkedHashMap<>();
          writes.put("the journal, left to be synced", () -> append(unsynced, payload));
          writes.put("the journal", () -> append(journal, payload));
          writes.put("SQLite (WAL, synchronous=full)", () -> insert(insert, payload));
          System.out.println();
          say("| a write of %,d bytes, synced | median ms |", bytes);
          System.out.println("| --- | --- |");
          inTurns(writes, WRITES).forEach((name, ms) -> say("| %s | %.3f |", name, ms));
        }
      }
    }
  }

  private static Journal journal(Path path, int callsPerSync) throws IOException {
    JournalFolder folder = new JournalFolder(path);
    folder.create();
    return Journal.create(folder, callsPerSync);
  }

  private static void append(Journal journal, byte[] payload) throws IOException {
    ByteBuffer room = Journal.room(payload.length);
    journal.append(1, room.put(payload));
  }

  private static void insert(PreparedStatement insert, byte[] payload) throws SQLException {
    insert.setBytes(1, payload);
    insert.executeUpdate();
  }

  /** How long nobody could change the network while a checkpoint was written. */
  private static void checkpoint(Coded coded, Path folder, String assigner, String reinstatement)
      throws IOException, InterruptedException, ExecutionException {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (DurableNetwork<MemoryNetwork<INDArray>> durable =
        DurableNetwork.open(
            folder,
            Durability.every(Duration.ofMillis(10)).checkpointAfter(Duration.ofHours(1)),
            coded.builder(MANY, assigner, reinstatement))) {
      coded.fill(durable.network());
      List<Double> stopped = new ArrayList<>();
      long bytes = 0;
      for (int i = 0; i < 7; i++) {
        durable.network().remember(coded.observations(1), coded.values(1));
        Future<?> writing =
            other.submit(
                () -> {
                  durable.checkpoint();
                  return null;
                });
        double most = 0;
        while (!writing.isDone()) {
          long start = System.nanoTime();
          durable.network().unchanged(() -> {});
          most = Math.max(most, (System.nanoTime() - start) / 1e6);
        }
        writing.get();
        stopped.add(most);
      }
      try (var files = Files.list(folder)) {
        for (Path file : files.filter(path -> path.toString().contains("checkpoint")).toList()) {
          bytes = Math.max(bytes, Files.size(file));
        }
      }
      String name = reinstatement.isEmpty() ? assigner : assigner + "/" + reinstatement;
      say(
          "%nA checkpoint of `%s`, N=100,000, %.1f MB, stops changes for %.1f ms (median of %d;"
              + " most %.1f).",
          name,
          bytes / 1e6,
          Medians.of(stopped),
          stopped.size(),
          stopped.stream().mapToDouble(ms -> ms).max().orElseThrow());
    } finally {
      other.shutdown();
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
