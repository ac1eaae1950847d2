package io.nnem.bench.python;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A conversation with a Python script: a line of JSON there, a line of text back. */
final class Python implements AutoCloseable {

  private static final String SCRIPT = "torch_bench.py";

  private final JsonMapper json = JsonMapper.builder().build();
  private final Process process;
  private final BufferedReader answers;
  private final Writer requests;
  private final String greeting;

  /** Starts the script, and waits until it has loaded PyTorch. */
  Python(String interpreter, Path folder, int threads) {
    try {
      Path script = folder.resolve(SCRIPT);
      try (InputStream source = Python.class.getResourceAsStream(SCRIPT)) {
        Files.copy(source, script);
      }
      process =
          new ProcessBuilder(interpreter, script.toString(), Integer.toString(threads))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    requests = process.outputWriter(StandardCharsets.UTF_8);
    try {
      greeting = answer();
    } catch (IllegalStateException e) {
      close();
      throw e;
    }
  }

  String greeting() {
    return greeting;
  }

  /** Asks; returns what follows {@code ok}. */
  String ask(Map<String, Object> request) {
    try {
      requests.write(json.writeValueAsString(request) + "\n");
      requests.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + request, e);
    } catch (IOException e) {
      throw new IllegalStateException("Python no longer listens: " + e.getMessage(), e);
    }
    return answer();
  }

  private String answer() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("Python ended without an answer.");
      }
      if (!line.startsWith("ok")) {
        throw new IllegalStateException("Python " + line);
      }
      return line.substring(2).strip();
    } catch (IOException e) {
      throw new IllegalStateException("Python no longer answers: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      requests.close(); // the end of its input ends it
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroy();
      }
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
  }
}
