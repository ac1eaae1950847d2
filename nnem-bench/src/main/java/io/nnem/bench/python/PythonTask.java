package io.nnem.bench.python;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Python was told to prepare. It takes the time itself. */
final class PythonTask implements Task {

  private final Python python;
  private final Path folder;

  PythonTask(Python python, Path folder) {
    this.python = python;
    this.folder = folder;
  }

  @Override
  public long run(int times) {
    return Long.parseLong(python.ask(Map.of("do", "run", "times", times)));
  }

  @Override
  public Outcome outcome() {
    String names = python.ask(Map.of("do", "outcome", "folder", folder.toString()));
    Map<String, float[]> values = new HashMap<>();
    try {
      List<?> all = JsonMapper.builder().build().readValue(names, List.class);
      for (int i = 0; i < all.size(); i++) {
        values.put(all.get(i).toString(), Floats.read(folder.resolve("outcome-" + i)));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Python answered " + names, e);
    }
    return new Outcome(values);
  }

  @Override
  public void close() {
    python.ask(Map.of("do", "close"));
  }
}
