package org.example.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnem.learners.MemoryClassifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeAStreamTest {

  private static final int ROWS = 8000;
  private static final String END = "the stream has ended";

  @TempDir Path folder;

  /** Two kinds by two of four columns, and a third that comes after half of the stream. */
  private static String stream() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder("a,b,kind,c,d\n");
    for (int i = 0; i < ROWS; i++) {
      int kind = random.nextInt(i < ROWS / 2 ? 2 : 3);
      double a = 2 * Math.sin(2 * kind) + random.nextDouble();
      double b = 2 * Math.cos(2 * kind) + random.nextDouble();
      text.append(a).append(',').append(b).append(",kind-").append(kind);
      text.append(i % 9 == 0 ? ",?," : ",7,").append(random.nextDouble()).append('\n');
    }
    return text.toString();
  }

  private Process start(String stream, Path memory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            ServeAStream.class.getName(),
            stream,
            "kind",
            memory.toString())
        .redirectError(folder.resolve("errors").toFile())
        .start();
  }

  private String lineWith(String words, BufferedReader said) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.contains(words)) {
        return line;
      }
    }
    throw new AssertionError("'" + words + "' was not said: " + errors());
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors"));
  }

  @Test
  void fourThreadsAreAnsweredWhileItLearns_andOneThatIsKilledGoesOnToTheSameMemory()
      throws Exception {
    Path whole = folder.resolve("whole.safetensors");
    Path stream = Files.writeString(folder.resolve("stream.csv"), stream());
    Process serving = start(stream.toString(), whole);
    try (BufferedReader said = serving.inputReader()) {
      String port = lineWith("port", said).replaceAll(".* ", "");
      askWhile(() -> lineWith(END, said), port);
      serving.getOutputStream().close();
      assertEquals(0, serving.waitFor(), this::said);
    }

    // What is piped into it stops in mid-stream, so that it cannot be done before it is killed.
    Path memory = folder.resolve("memory.safetensors");
    Process killed = start("/dev/stdin", memory);
    try (BufferedReader said = killed.inputReader()) {
      killed.getOutputStream().write(stream().substring(0, stream().length() / 2).getBytes(StandardCharsets.UTF_8));
      killed.getOutputStream().flush();
      assertEquals("saved after 3200 rows", lineWith("saved", said));
    } finally {
      killed.destroyForcibly(); // kill -9
    }
    assertEquals(128 + 9, killed.waitFor());
    try (MemoryClassifier classifier = MemoryClassifier.load(memory)) {
      assertEquals(3200, classifier.learned());
      assertEquals(List.of("kind-0", "kind-1"), classifier.labels().stream().sorted().toList());
    }

    Process again = start("/dev/stdin", memory);
    try (BufferedReader said = again.inputReader()) {
      again.getOutputStream().write(stream().getBytes(StandardCharsets.UTF_8));
      again.getOutputStream().close();
      assertEquals("saved after 6400 rows", lineWith("saved", said));
      assertEquals("saved after 8000 rows", lineWith("saved", said));
      assertEquals(0, again.waitFor(), this::said);
    }
    assertEquals(-1, Files.mismatch(whole, memory), "what was killed has learned something else");
    try (MemoryClassifier classifier = MemoryClassifier.load(memory)) {
      assertEquals(3, classifier.labels().size());
    }
  }

  private String said() {
    try {
      return errors();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Four threads ask until something has happened; each of them must have been answered. */
  private static void askWhile(Callable<?> something, String port) throws Exception {
    var threads = Executors.newFixedThreadPool(4);
    try {
      AtomicBoolean going = new AtomicBoolean(true);
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(
            threads.submit(
                () -> {
                  HttpClient client = HttpClient.newHttpClient();
                  while (true) {
                    boolean last = !going.get();
                    var answer = ask(client, port, "0.5,2.5,7,0.5");
                    if (last) {
                      return answer.body();
                    }
                    int status = answer.statusCode(); // 503 before the first rows
                    assertTrue(status == 200 || status == 503, answer::body);
                  }
                }));
      }
      something.call();
      going.set(false);
      for (var answer : answers) {
        assertTrue(
            answer.get().matches("kind-0, familiarity [01]\\.\\d{3}, because of a kind-0 of \\d+ steps ago\n"),
            answer.get());
      }
      var bad = ask(HttpClient.newHttpClient(), port, "1,2");
      assertEquals(400, bad.statusCode());
      assertTrue(bad.body().contains("has 2 values"), bad.body());
    } finally {
      threads.shutdownNow();
    }
  }

  private static HttpResponse<String> ask(HttpClient client, String port, String row)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/");
    return client.send(
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(row)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
