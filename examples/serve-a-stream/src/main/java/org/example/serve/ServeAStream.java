package org.example.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nnem.datasets.Csv;
import io.nnem.learners.MemoryClassifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Learns from a stream of labelled rows, and answers over HTTP while it learns:
 *
 * <pre>{@code
 * java -jar target/serve-a-stream.jar stream.csv kind memory.safetensors
 * curl --data 0.5,1.25,3 http://127.0.0.1:PORT/
 * }</pre>
 *
 * <p>It saves now and then. Killed, and started again with the same file, it goes on after the last
 * row that the file knows, and what it learns is what it would have learned otherwise.
 */
public final class ServeAStream implements AutoCloseable {

  private static final int BATCH = 16;
  private static final int SAVE_EVERY = 200 * BATCH;
  private static final int ANSWERING = 4;

  private final Path file;
  private final MemoryClassifier classifier;
  private final ExecutorService threads = Executors.newFixedThreadPool(ANSWERING);
  private final HttpServer server;
  private long saved; // rows

  ServeAStream(Path file, int port) throws IOException {
    this.file = file;
    classifier =
        Files.exists(file)
            ? MemoryClassifier.load(file)
            : MemoryClassifier.builder().imputeMissing().build();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Rows that were learned before are read, and left alone. */
  void learn(Path stream, String label) {
    long known = classifier.learned();
    long[] read = {0};
    saved = known;
    Csv.of(stream)
        .label(label)
        .keepMissing()
        .forEach(
            BATCH,
            table -> {
              int count = table.rows().length;
              read[0] += count;
              int fresh = (int) Math.max(0, Math.min(count, read[0] - known));
              classifier.partialFit(
                  Arrays.copyOfRange(table.rows(), count - fresh, count),
                  Arrays.copyOfRange(table.labels(), count - fresh, count));
              if (classifier.learned() >= saved + SAVE_EVERY) {
                save();
              }
            });
    save();
  }

  /** The file is always whole: the old one, or the new one. */
  private void save() {
    try {
      classifier.save(file);
      saved = classifier.learned();
      say("saved after %d rows", saved);
    } catch (IOException e) {
      say("not saved (%s): going on without", e); // the old file is as it was
    }
  }

  /** A row of numbers comes in; label, familiarity and the memory that speaks for it go out. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String answer;
      int status = 200;
      try {
        var prediction = classifier.predict(row(exchange));
        var because = prediction.evidence().get(0);
        answer =
            String.format(
                Locale.ROOT,
                "%s, familiarity %.3f, because of a %s of %d steps ago",
                prediction.label(),
                prediction.familiarity(),
                because.label(),
                because.age());
      } catch (IllegalArgumentException e) {
        status = 400;
        answer = e.getMessage();
      } catch (IllegalStateException e) {
        status = 503; // nothing was learned yet
        answer = e.getMessage();
      }
      byte[] bytes = (answer + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static float[] row(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readNBytes(1 << 16), StandardCharsets.UTF_8);
    String[] values = text.split(",", -1);
    float[] row = new float[values.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = Float.parseFloat(values[i]);
    }
    return row;
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  @Override
  public void close() {
    server.stop(1);
    threads.shutdown();
    classifier.close();
  }

  public static void main(String[] arguments) throws Exception {
    try (ServeAStream serving = new ServeAStream(Path.of(arguments[2]), 0)) {
      say("answering on port %d", serving.port());
      serving.learn(Path.of(arguments[0]), arguments[1]);
      say("the stream has ended; answering until the input ends");
      while (System.in.read() >= 0) {}
    }
  }
}
