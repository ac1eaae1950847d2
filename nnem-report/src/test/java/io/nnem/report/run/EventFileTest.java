package io.nnem.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;

/** What is written is read here with TensorFlow's own classes. */
class EventFileTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 250_000_000);

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("run/events.out.tfevents.nnem");
  }

  /** The events without their frames. */
  private List<Event> events() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file())).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] content = new byte[Math.toIntExact(bytes.getLong())];
      bytes.getInt(); // the length's check sum
      bytes.get(content);
      bytes.getInt(); // the content's
      events.add(Event.parseFrom(content));
    }
    return events;
  }

  private static Map<String, Float> scalars(Event event) {
    Map<String, Float> scalars = new TreeMap<>();
    for (Summary.Value value : event.getSummary().getValueList()) {
      scalars.put(value.getTag(), value.getSimpleValue());
    }
    return scalars;
  }

  @Test
  void tensorFlowReadsWhatWasWritten() throws IOException {
    try (EventFile written = EventFile.create(folder.resolve("run"), TIME)) {
      written.add(TIME.plusSeconds(1), 0, Map.of("accuracy/validation", 0.5, "loss", 2.25));
      written.add(TIME.plusMillis(1500), 300, Map.of("accuracy/größe", Double.NaN));
      written.add(TIME.plusSeconds(2), 5_000_000_000L, Map.of("loss", -1e-3));
      assertThat(events()).as("while it is being written").hasSize(4);
    }
    List<Event> events = events();
    assertThat(events)
        .extracting(Event::getWallTime)
        .containsExactly(1_700_000_000.25, 1_700_000_001.25, 1_700_000_001.75, 1_700_000_002.25);
    assertThat(events).extracting(Event::getStep).containsExactly(0L, 0L, 300L, 5_000_000_000L);
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(scalars(events.get(1)))
        .containsOnly(Map.entry("accuracy/validation", 0.5f), Map.entry("loss", 2.25f));
    assertThat(scalars(events.get(2))).containsOnly(Map.entry("accuracy/größe", Float.NaN));
    assertThat(scalars(events.get(3))).containsOnly(Map.entry("loss", -0.001f));
    assertThat(events).allMatch(event -> event.getUnknownFields().asMap().isEmpty());
  }

  /**
   * The frame with which every event file begins, whoever wrote it, and one whose sums another
   * program made.
   */
  @Test
  void theFramesAreTensorFlows() throws IOException {
    EventFile.create(folder.resolve("run"), Instant.EPOCH).close();
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(file())))
        .startsWith("1800000000000000" + "a37f4b22" + "09" + "0000000000000000" + "1a0d")
        .endsWith("eedf28a3");
  }

  @Test
  void aFileThatIsThere_beginsAnew() throws IOException {
    for (int i = 0; i < 2; i++) {
      try (EventFile written = EventFile.create(folder.resolve("run"), TIME)) {
        written.add(TIME, 1, Map.of("loss", 1.0));
      }
    }
    assertThat(events()).hasSize(2);
  }
}
