package io.nnem.bench.run;

import io.nnem.bench.run.Growth.Row;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures growth in a process of its own, with room off the heap for a million memories. */
public final class GrowthProcess {

  private GrowthProcess() {}

  /**
   * Writes {@code growth.csv}, row by row, and {@code growth.md}.
   *
   * @param arguments the folder, and the most memories
   * @throws java.io.IOException if a file cannot be written
   */
  public static void main(String[] arguments) throws java.io.IOException {
    Path folder = Path.of(arguments[0]);
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    List<Row> rows = new ArrayList<>();
    try (PrintWriter csv =
        new PrintWriter(
            Files.newBufferedWriter(folder.resolve("growth.csv"), StandardCharsets.UTF_8), true)) {
      csv.print("varied,condition,n,b,d,step_ms,bytes\n");
      Growth.measure(
          Integer.parseInt(arguments[1]),
          row -> {
            rows.add(row);
            csv.print(row.csv() + "\n");
            csv.flush();
            out.println(row.csv());
          });
    }
    Files.writeString(folder.resolve("growth.md"), Growth.table(rows), StandardCharsets.UTF_8);
    System.exit(0); // OpenBLAS's threads are none that Java waits for
  }

  /**
   * Runs this class's main method in a new process, whose output is this process's.
   *
   * @param folder receives the files
   * @param mostMemories larger capacities are left out
   * @throws java.io.IOException if the process cannot be started
   * @throws InterruptedException if waiting was interrupted
   * @throws IllegalStateException if it failed
   */
  public static void run(Path folder, int mostMemories)
      throws java.io.IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Measuring.vectorModule());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Dsun.misc.unsafe.memory.access=allow",
            "-XX:+UseParallelGC",
            "-Xmx8g",
            "-Dorg.bytedeco.javacpp.maxBytes=64g",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-cp",
            System.getProperty("java.class.path"),
            GrowthProcess.class.getName(),
            folder.toString(),
            Integer.toString(mostMemories)));
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException(
          "The process that measured growth ended with exit code "
              + status
              + "; what it measured is in "
              + folder.resolve("growth.csv")
              + ". If it had too little memory, leave out the largest with --most-memories 100000.");
    }
  }
}
